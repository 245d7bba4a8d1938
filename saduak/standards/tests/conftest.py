"""A published version of a few criteria, and the draft that was begun like it."""

import pytest

from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from saduak.standards import operations
from saduak.standards.tests.editing import a_few_of_them
from saduak.standards.tests.factories import CriteriaSetFactory


@pytest.fixture
def secretary(client):
    person = person_of(Office.SECRETARIAT_OFFICER)
    client.force_login(person)
    return person


@pytest.fixture(scope="session")
def few_criteria():
    return a_few_of_them()


@pytest.fixture
def published(few_criteria):
    return CriteriaSetFactory(source=few_criteria, published=True)


@pytest.fixture
def draft(published, secretary):
    return operations.begin_draft("gecc-2569", cycle_be=2569, th="เกณฑ์ พ.ศ. 2569", like=published, by=secretary)
