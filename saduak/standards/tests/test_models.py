"""What is published is final, also for those who write SQL."""

import pytest
from django.db import DatabaseError, connection, transaction

from saduak.standards.models import CriteriaSet
from saduak.standards.tests.factories import CriteriaSetFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE standards_criteriaset SET title_th = 'อื่น'", id="another title"),
        pytest.param("UPDATE standards_criteriaset SET document = '{}'", id="another document"),
        pytest.param("UPDATE standards_criteriaset SET stage = 'draft', published_at = NULL", id="back to draft"),
        pytest.param("DELETE FROM standards_criteriaset", id="delete"),
        pytest.param("TRUNCATE standards_criteriaset CASCADE", id="truncate"),
    ],
)
def test_a_published_set_cannot_be_changed(statement):
    published = CriteriaSetFactory(published=True)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    kept = CriteriaSet.objects.get()
    assert (kept.title_th, kept.stage, kept.document) == (published.title_th, "published", published.document)


def test_a_draft_cannot_have_a_digest_of_something_else():
    draft = CriteriaSetFactory()

    with pytest.raises(DatabaseError, match="the_digest_is_that_of_the_source"), transaction.atomic():
        CriteriaSet.objects.filter(pk=draft.pk).update(source="อย่างอื่น")


def test_a_published_set_has_its_moment():
    with pytest.raises(DatabaseError, match="a_published_set_has_its_moment"), transaction.atomic():
        CriteriaSetFactory(stage="published")
