"""The page about the format tells every key, and its example is sound."""

import re
from pathlib import Path

from saduak.standards import library
from saduak.standards.criteria import Kind

PAGE = (Path(__file__).parents[3] / "docs" / "criteria-format.md").read_text()


def test_every_key_is_explained():
    tables = PAGE.partition("## Every key")[2]
    explained = set(re.findall(r"`([a-z_]+)`", tables))
    known = {key for name, keys in vars(library).items() if name.endswith("_KEYS") for key in keys}

    assert known <= explained


def test_the_example_is_a_sound_library_of_every_kind():
    example = library.load(re.search(r"```yaml\n(.*?)```", PAGE, re.S)[1])

    assert {criterion.kind for criterion in example.criteria()} == set(Kind)
