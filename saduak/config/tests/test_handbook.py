"""The generated pages say what the code does."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import gettext_lazy as _

from saduak.config import handbook


def test_the_generated_pages_are_fresh():
    assert handbook.stale() == [], "Run `saduak docs`."


@pytest.fixture
def docs(tmp_path, monkeypatch):
    monkeypatch.setattr(handbook, "CHAPTERS", (lambda: {"a.md": "A", "folder/b.md": "B"},))
    return tmp_path


def test_pages_are_written_once(docs):
    assert handbook.write(docs) == ["a.md", "folder/b.md"]
    assert handbook.write(docs) == []
    assert (docs / "folder/b.md").read_text() == "B"


def test_a_changed_page_is_written_anew_and_a_homeless_one_removed(docs):
    handbook.write(docs)
    (docs / "a.md").write_text("C")
    (docs / "folder/c.md").write_text("C")

    assert handbook.stale(docs) == ["a.md", "folder/c.md"]
    assert handbook.write(docs) == ["a.md", "folder/c.md"]
    assert not (docs / "folder/c.md").exists()


def test_two_pages_never_have_one_path(monkeypatch):
    monkeypatch.setattr(handbook, "CHAPTERS", (lambda: {"a.md": "A"}, lambda: {"a.md": "B"}))

    with pytest.raises(ValueError, match=r"Written twice: a\.md"):
        handbook.texts()


def test_the_command_tells_what_is_stale(monkeypatch):
    monkeypatch.setattr(handbook, "stale", lambda: ["a.md"])
    told = StringIO()

    with pytest.raises(CommandError, match="Run `saduak docs`"):
        call_command("docs", "--check", stdout=told)

    assert told.getvalue() == "docs/a.md\n"


def test_the_command_writes(monkeypatch):
    monkeypatch.setattr(handbook, "write", lambda: ["a.md"])
    told = StringIO()

    call_command("docs", stdout=told)

    assert told.getvalue() == "docs/a.md\n"


def test_a_text_without_thai_stays_as_it_is():
    assert handbook.in_thai(_("Nobody ever translated this.")) == "Nobody ever translated this."
