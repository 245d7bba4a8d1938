"""The glossary speaks of what is there."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

GLOSSARY = (Path(__file__).parent.parent / "docs/glossary.md").read_text(encoding="utf-8")
PACKAGES = {path.name for path in (Path(__file__).parent.parent / "saduak").iterdir()}
NAMED = sorted(name for name in set(re.findall(r"`([a-z_]+\.[\w.]+)`", GLOSSARY)) if name.split(".")[0] in PACKAGES)


@pytest.mark.parametrize("name", NAMED)
def test_every_identifier_of_the_glossary_is_in_the_code(name):
    package, _, rest = name.partition(".")
    if rest[0].isupper():
        assert apps.get_model(package, rest).__module__.startswith("saduak.")
        return
    module, _, thing = rest.partition(".")
    found = import_module(f"saduak.{package}.{module}")
    assert not thing or hasattr(found, thing)


def test_no_term_stands_in_the_glossary_twice():
    terms = re.findall(r"^\| ([^|]+) \|", GLOSSARY, re.MULTILINE)
    terms = [term for term in terms if term not in ("Thai", "---")]

    assert len(terms) == len(set(terms))
