"""What models say must never be false is watched over by the database."""

import pytest
from django.apps import apps
from django.db import connection


@pytest.mark.django_db
def test_every_constraint_and_index_that_a_model_names_is_in_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes UNION SELECT conname FROM pg_constraint")
        there = {name for (name,) in cursor.fetchall()}

    named = {one.name for model in apps.get_models() for one in (*model._meta.constraints, *model._meta.indexes)}
    assert named - there == set()
