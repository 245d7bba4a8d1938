"""What every test may ask for."""

import pytest
from django.core.cache import cache
from django.db.backends.postgresql.operations import DatabaseOperations

pytest_plugins = ["tests.support.browser"]


@pytest.fixture(autouse=True, scope="session")
def _the_journal_can_be_emptied_between_tests():
    """A test that commits is cleaned up by TRUNCATE, which the journal's triggers refuse to everybody else."""
    refused = DatabaseOperations.execute_sql_flush

    def allowed(self, sql_list):
        return refused(
            self,
            ["SET session_replication_role = replica;", *sql_list, "SET session_replication_role = origin;"],
        )

    DatabaseOperations.execute_sql_flush = allowed
    yield
    DatabaseOperations.execute_sql_flush = refused


@pytest.fixture(autouse=True)
def _nobody_has_tried_too_often():
    """Rate limits are counted in the cache, which outlives a test."""
    cache.clear()
