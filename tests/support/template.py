"""The database of the tests, migrated once and copied for every process that tests."""

import hashlib
import os
from importlib.metadata import version
from pathlib import Path

import fasteners
import psutil
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

PREFIX = "saduak_template_"
COPIES = "saduak_test_"


def copied():
    """Make a database for this process, as all migrations leave it; its name.

    Those of processes that died are dropped.
    """
    name = f"{COPIES}{os.getpid()}"
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with fasteners.InterProcessLock(settings.DATA / "test-template.lock"):
        template = _template()
        for left in _databases(COPIES):
            if left == name or not psutil.pid_exists(int(left.removeprefix(COPIES))):
                dropped(left)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
    return name


def dropped(name):
    """Drop the database `name`."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _template():
    """The name of the database that is migrated to where the files are now; others like it are dropped."""
    name = PREFIX + _state_of_the_migrations()
    known = _databases(PREFIX)
    if name not in known:
        for old in known:
            dropped(old)
        # Under another name until it is whole.
        connection.settings_dict["NAME"] = unfinished = f"{PREFIX}unfinished"
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{unfinished}"')
        call_command("migrate", verbosity=0, interactive=False)
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
    return name


def _databases(beginning):
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [beginning])
        return {name for (name,) in cursor.fetchall()}


def _state_of_the_migrations():
    state = hashlib.sha256(version("django").encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.name):
        for path in sorted((Path(config.path) / "migrations").rglob("*.*")):
            if path.suffix in {".py", ".sql", ".json", ".yaml"}:
                state.update(f"{config.name} {path.name}\0".encode() + path.read_bytes())
    return state.hexdigest()[:16]
