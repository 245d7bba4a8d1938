"""What every test may ask for."""

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.template import RequestContext, Template
from django.test import Client
from django.test.signals import template_rendered
from django.utils import translation

from tests.support import rows, sharing, signing_in, template

pytest_plugins = ["tests.support.browser"]

# How long one example takes says how busy the machine is, nothing about the code.
hypothesis.settings.register_profile("saduak", deadline=None)
hypothesis.settings.load_profile("saduak")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Several processes get whole files, the longest first."""
    return sharing.FileByFile(config, log)


def pytest_collection_modifyitems(items):
    """The order in which the files are handed out."""
    sharing.in_order(items)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """A copy of one migrated database for every process, in place of migrating anew in each."""
    with django_db_blocker.unblock():
        name = template.copied()
        connection.close()
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connection.close()
        template.dropped(name)


KEPT = {"django_migrations", "django_content_type", "auth_permission"}
"""Tables as the migrations leave them. Nobody writes to them, so nothing has to be written into them again."""


@pytest.fixture(autouse=True, scope="session")
def _the_database_is_emptied_quickly_between_tests():
    """A test that commits is cleaned up by deleting from the tables that hold something, mostly a few rows in a few.

    The journal's triggers refuse to be emptied; while PostgreSQL believes that it repeats another server's changes,
    they and the foreign keys are not asked. The tables of the jobs are no models of ours and are emptied all the same.
    """
    with pytest.MonkeyPatch.context() as instead:
        instead.setattr(DatabaseOperations, "sql_flush", _emptied)
        instead.setattr("django.core.management.commands.flush.emit_post_migrate_signal", lambda *_: None)
        yield


def _emptied(operations, style, tables, *, reset_sequences=False, allow_cascade=False):
    held = rows.that_hold_something([name for name in rows.tables() if name not in KEPT])
    return [
        "SET session_replication_role = replica;",
        *(f'DELETE FROM "{name}";' for name in held),
        "SET session_replication_role = origin;",
    ]


@pytest.fixture(autouse=True, scope="session")
def _one_signs_in_at_once():
    """Most tests begin with somebody who has signed in."""
    with pytest.MonkeyPatch.context() as instead:
        instead.setattr(Client, "force_login", signing_in.force_login)
        yield


@pytest.fixture(autouse=True, scope="session")
def _a_page_is_remembered_and_not_its_pieces(django_test_environment):
    """`answer.context` is what the page was drawn with; Django copies what each button and each field saw as well."""
    with pytest.MonkeyPatch.context() as instead:
        instead.setattr(Template, "_render", _drawn)
        yield


def _drawn(template, context):
    if context.template is template and isinstance(context, RequestContext):
        template_rendered.send(sender=template, template=template, context=context)
    return template.nodelist.render(context)


@pytest.fixture(autouse=True)
def _everybody_reads_thai_first():
    """The language that the last request of another test was answered in stays with the thread."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _nobody_has_tried_too_often():
    """Rate limits are counted in the cache, which outlives a test."""
    cache.clear()
