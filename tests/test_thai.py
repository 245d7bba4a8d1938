"""Thai is complete: everything that is said has its Thai, and no two packages word the same message differently."""

import pytest

from saduak.design import messages


@pytest.mark.parametrize("package", messages.packages(), ids=lambda package: package.name)
def test_everything_a_package_says_has_its_thai(package):
    assert messages.problems_of(package) == []


def test_no_two_packages_word_the_same_message_differently():
    assert messages.contradictions() == []
