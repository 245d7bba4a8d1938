"""Promises of the whole code base that a machine can keep, so that reviews can be about meaning."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from saduak.config import handbook
from saduak.design import messages

CHECKOUT = Path(__file__).resolve().parents[1]
SADUAK = CHECKOUT / "saduak"
PACKAGES = messages.packages()
PROCEDURES = handbook.procedures()


def ours(pattern, *, but=("tests", "migrations")):
    """Files of the platform that match, without those in some folders."""
    return [path for path in sorted(SADUAK.rglob(pattern)) if not set(but) & set(path.relative_to(SADUAK).parts)]


MODULES = ours("*.py")
TEMPLATES = ours("templates/**/*.html") + ours("templates/**/*.txt")


def place(path, node=None):
    return f"{path.relative_to(CHECKOUT)}{f':{node.lineno}' if node else ''}"


def found_in(nodes, is_wrong, *, named):
    """Where a wrong node stands, over all modules that hold one of the words `named`: a wrong node needs one."""
    return [
        place(path, node)
        for path in MODULES
        if any(word in (text := path.read_text()) for word in named)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, nodes) and is_wrong(path, node)
    ]


class TestProcedures:
    """Every procedure reads like a regulation."""

    pytestmark = pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda procedure: procedure.name)

    def test_every_step_has_its_clause_and_a_label(self, procedure):
        assert [step.name for step in procedure.steps if not step.clause or not step.label] == []

    def test_every_stage_that_a_step_starts_from_can_be_reached(self, procedure):
        reached = {procedure.starts_at, *(step.to for step in procedure.steps if step.to)}

        assert set().union(*(step.moves for step in procedure.steps)) <= reached

    def test_conditions_of_one_name_are_one_condition(self, procedure):
        conditions = {condition for step in procedure.steps for condition in step.provided}

        assert len(conditions) == len({condition.name for condition in conditions})


class TestPackages:
    """A package says what it is, in one line, and nothing else."""

    pytestmark = pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)

    def test_its_docstring_ends_with_the_thai_term(self, package):
        module = ast.parse((package / "__init__.py").read_text())

        assert re.fullmatch(r"[A-Z].+ \([ก-๛ ]*[ก-๛][^()]*\)\.", ast.get_docstring(module))
        assert len(module.body) == 1

    def test_everything_it_says_has_its_thai(self, package):
        assert messages.problems_of(package) == []


def test_only_the_journal_changes_a_stage():
    free = {
        SADUAK / "journal" / "steps.py",
        # Applications made up by the thousand, to measure with, are born in their stage.
        SADUAK / "certification" / "demonstration" / "scale.py",
    }

    def sets_stage(path, node):
        if path in free:
            return False
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            return any(isinstance(target, ast.Attribute) and target.attr == "stage" for target in targets)
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        return name == "update" and any(keyword.arg == "stage" for keyword in node.keywords)

    assert found_in((ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Call), sets_stage, named=["stage"]) == []


def test_history_is_kept_by_the_journal_and_looks_by_audit():
    kept_apart = [
        model.__name__
        for config in apps.get_app_configs()
        if config.name.startswith("saduak.") and config.label not in {"journal", "audit"}
        for model in config.get_models()
        if re.search(r"(History|Log|Audit)(Entry)?$", model.__name__)
    ]

    assert kept_apart == []


def test_nothing_happens_behind_the_back_of_an_operation():
    signals = "django.db.models.signals"
    behind = found_in(ast.ImportFrom, lambda path, node: node.module == signals, named=[signals])

    assert behind == []


def test_there_is_no_back_door():
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


def test_whatever_answers_get_answers_head():
    """`require_safe`, or a list of methods that has both."""

    def forgets_head(_path, node):
        if isinstance(node, ast.Name):
            return node.id == "require_GET"
        methods = {each.value for each in node.elts if isinstance(each, ast.Constant)}
        return "GET" in methods and "POST" in methods and "HEAD" not in methods

    assert found_in((ast.Name, ast.List), forgets_head, named=["GET"]) == []


def test_dates_are_typed_in_the_buddhist_era():
    def is_djangos(path, node):
        return "design" not in path.parts and node.attr in {"DateField", "DateTimeField"} and is_forms(node.value)

    def is_forms(value):
        return isinstance(value, ast.Name) and value.id == "forms"

    assert found_in(ast.Attribute, is_djangos, named=["DateField", "DateTimeField"]) == [], (
        "Use ThaiDateField: Django takes 2569 for a Gregorian year."
    )


def test_every_template_is_used():
    said = {
        name
        for path in [*MODULES, *TEMPLATES]
        for name in re.findall(r"""["'`]([\w./{}-]+\.(?:html|txt))""", path.read_text())
    }
    # A name put together, such as f"components/{name}.html", uses all that fit.
    used = re.compile("|".join(re.sub(r"\\{.*?\\}", "[^/]+", re.escape(name)) for name in said))
    unused = {name for path in TEMPLATES if not used.fullmatch(name := str(path).split("/templates/", 1)[1])}

    # What Django and allauth ask for by names of their own.
    assert sorted(name for name in unused if not re.match(r"\d{3}\.html|(account|mfa|socialaccount)/", name)) == []


@pytest.mark.parametrize(
    ("inline", "pattern"),
    [
        pytest.param("script", r"<script(?![^>]*\ssrc=)", id="script"),
        pytest.param("style", r"<style|\sstyle\s*=", id="style"),
        pytest.param("handler", r"\son[a-z]+\s*=\s*[\"']|\shx-on|javascript:", id="handler"),
    ],
)
def test_nothing_inline_in_a_template(inline, pattern):
    assert [place(path) for path in TEMPLATES if re.search(pattern, path.read_text())] == [], f"no inline {inline}"


def test_every_migration_can_be_taken_back():
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("saduak.")}
    one_way = [
        f"{label} {name}: {operation.describe()}"
        for (label, name), migration in MigrationLoader(None).disk_migrations.items()
        if label in ours
        for operation in migration.operations
        if not operation.reversible
    ]

    assert one_way == []


def kept():
    """Every text file under version control."""
    if not (CHECKOUT / ".git").exists():
        pytest.skip("not a checkout")
    names = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        try:
            yield name, (CHECKOUT / name).read_text()
        except (UnicodeDecodeError, FileNotFoundError):
            continue


def test_no_file_names_a_place_on_somebodys_machine():
    someones = re.compile(r"(?<![\w.~:/{-])/(work|root|home|Users)/\w")

    assert [name for name, text in kept() if someones.search(text)] == []


def test_lock_files_name_no_registry():
    locks = [*CHECKOUT.glob("requirements*.txt"), CHECKOUT / "package-lock.json"]

    assert [
        path.name for path in locks if re.search(r'"resolved"|--(extra-)?index-url|@ https?:', path.read_text())
    ] == []
