"""The Thai catalogues: found, checked, refreshed and compiled."""

import gettext

import pytest

from saduak.design import messages


@pytest.fixture
def package(tmp_path):
    """A package that says three things, one of them in a template."""
    folder = tmp_path / "queue"
    (folder / "templates" / "queue").mkdir(parents=True)
    (folder / "__init__.py").write_text('"""Queues."""\n')
    (folder / "views.py").write_text(
        '_("Hello")\npgettext_lazy("queue", "call")\nngettext("%(n)s day", "%(n)s days", 1)\n'
    )
    (folder / "templates" / "queue" / "page.html").write_text(
        '  {% load i18n %}\n{% card title=_("A title") %}{% translate "Wait" %}{% endcard %}\n'
        "{% blocktranslate with name=x %}Dear {{ name }}{% endblocktranslate %}"
    )
    return folder


def said(package):
    return {(m.context, m.id if isinstance(m.id, str) else m.id[0]) for m in messages.said_in(package) if m.id}


def test_everything_said_is_found(package):
    assert said(package) == {
        (None, "Hello"),
        ("queue", "call"),
        (None, "%(n)s day"),
        (None, "A title"),
        (None, "Wait"),
        (None, "Dear %(name)s"),
    }


def test_a_refresh_keeps_the_thai_and_drops_what_nothing_says(package):
    messages.refresh(package)
    path = messages.catalogue_path(package)
    path.write_text(
        path.read_text().replace('msgid "Hello"\nmsgstr ""', 'msgid "Hello"\nmsgstr "สวัสดี"')
        + '\nmsgid "Gone"\nmsgstr "ไปแล้ว"\n'
    )

    messages.refresh(package)

    assert "สวัสดี" in path.read_text()
    assert "Gone" not in path.read_text()


def test_missing_stale_and_contradictory_thai_is_named(package):
    messages.refresh(package)
    path = messages.catalogue_path(package)
    path.write_text(
        path.read_text().replace('msgid "Dear %(name)s"\nmsgstr ""', 'msgid "Dear %(name)s"\nmsgstr "เรียน"')
        + '\nmsgid "Gone"\nmsgstr "ไปแล้ว"\n'
    )

    problems = messages.problems_of(package)

    assert "queue: no Thai for “Hello”." in problems
    assert "queue: nothing says “Gone” any more." in problems
    assert "queue: “Dear %(name)s” and its Thai differ in name." in problems


def test_compiling_gives_what_the_server_reads_and_only_when_it_is_stale(package, tmp_path):
    messages.refresh(package)
    path = messages.catalogue_path(package)
    path.write_text(path.read_text().replace('msgid "Wait"\nmsgstr ""', 'msgid "Wait"\nmsgstr "รอสักครู่"'))

    written = messages.compile_stale(tmp_path)

    with written[0].open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Wait") == "รอสักครู่"
    assert messages.compile_stale(tmp_path) == []


def test_two_packages_that_say_the_same_differently_are_named(tmp_path):
    for name, thai in (("queue", "ร่าง"), ("letters", "ฉบับร่าง")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "__init__.py").touch()
        (folder / "words.py").write_text('_("Draft")\n')
        messages.refresh(folder)
        path = messages.catalogue_path(folder)
        path.write_text(path.read_text().replace('msgid "Draft"\nmsgstr ""', f'msgid "Draft"\nmsgstr "{thai}"'))

    assert messages.contradictions(tmp_path) == ["“Draft” is “ฉบับร่าง” in letters, but “ร่าง” in queue."]
