"""The page about access says what the tables and the views say."""

from enum import StrEnum

import pytest

from saduak.access.pages import SILENT, Address, addresses, page


class Permission(StrEnum):
    READ = "letters.read"
    BURN = "letters.burn"


def writes(user):
    """Writes letters.

    Today.
    """


def burns(user):
    return True


@pytest.fixture
def lines():
    found = [
        Address("show_letter", "/letters/<pk>/", Permission.READ),
        Address("list_letters", "/letters/", Permission.READ),
        Address("show_me", "/me/", "signed in"),
        Address("show_home", "/", "everyone"),
    ]
    return page({Permission.READ: (writes, burns), Permission.BURN: (burns,)}, found).splitlines()


def test_a_permission_stands_with_its_sentences_and_pages(lines):
    assert "| `letters.read` | writes letters<br>burns | `/letters/<pk>/`<br>`/letters/` |" in lines


def test_a_permission_without_a_page_is_asked_inside_pages(lines):
    assert "| `letters.burn` | burns | (asked inside pages) |" in lines


def test_open_pages_are_listed(lines):
    assert lines[lines.index("## Open to everybody who has signed in") + 2] == "- `/me/` (show_me)"
    assert lines[lines.index("## Open to everyone") + 2] == "- `/` (show_home)"


def test_nothing_open_is_said_so():
    assert page({}, []).splitlines().count("None yet.") == 3


@pytest.mark.urls("saduak.access.tests.urls")
def test_addresses_are_those_of_our_views_with_who_they_are_open_to():
    assert list(addresses()) == [
        Address("open", "/letters/open", "everyone"),
        Address("silent", "/letters/silent", SILENT),
        Address("", "/letters/nameless", "signed in"),
    ]
