"""Several at once: one key, one list, no place given twice."""

from functools import partial

import pytest

from saduak.credentials.issuers import Issuer
from saduak.credentials.models import Issued, SigningKey, StatusList
from saduak.credentials.operations import issuing, signing_keys
from saduak.credentials.status_lists import SIZE
from saduak.credentials.tests.test_signing_keys import draft
from tests.support.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


def issue(first, issuer=Issuer.PROGRAMME):
    return issuing.issue([draft(f"C-{first}-{number}") for number in range(20)], issuer=issuer)


def test_the_first_certificates_of_all_make_one_key_and_one_list():
    results = together(*(partial(issue, each) for each in range(4)), partial(issue, 9, Issuer.EXAMPLE))

    assert [each for each in results if isinstance(each, Exception)] == []
    assert SigningKey.objects.count() == StatusList.objects.count() == 2
    assert Issued.objects.count() == 100
    assert {each.given for each in StatusList.objects.all()} == {80, 20}


def test_a_list_that_fills_up_is_followed_by_one_list():
    issue(0)
    StatusList.objects.update(given=SIZE - 30)

    results = together(*(partial(issue, each) for each in range(1, 5)))

    assert [each for each in results if isinstance(each, Exception)] == []
    assert sorted(StatusList.objects.values_list("given", flat=True)) == [50, SIZE]


def test_two_rotations_leave_one_key_that_signs():
    signing_keys.current(Issuer.PROGRAMME)

    together(*(partial(signing_keys.rotate, Issuer.PROGRAMME) for _ in range(3)))

    assert SigningKey.objects.filter(stage="active").count() == 1
