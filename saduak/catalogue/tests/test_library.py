"""What a new centre may begin with."""

import pytest

from saduak.catalogue.library import beginnings
from saduak.catalogue.models import LANGUAGES

KINDS = beginnings()


def test_every_kind_of_office_has_a_beginning():
    assert list(KINDS) == ["employment", "land", "transport", "electricity", "district", "other"]


@pytest.mark.parametrize("beginning", KINDS.values(), ids=lambda one: one.code)
class TestBeginnings:
    def test_everything_is_named_in_every_language(self, beginning):
        names = [beginning.name, *(group.name for group in beginning.groups)]
        names += [service.name for group in beginning.groups for service in group.services]

        assert all(getattr(name, language) for name in names for language in LANGUAGES)

    def test_no_name_and_no_letter_comes_twice(self, beginning):
        services = [service.name.th for group in beginning.groups for service in group.services]
        letters = [group.prefix for group in beginning.groups]

        assert len(services) == len(set(services))
        assert len(letters) == len(set(letters))
