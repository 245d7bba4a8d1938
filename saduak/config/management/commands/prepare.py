"""Brings the database and the static files up to date; quick when they are."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connection

from saduak.config.preparation import note_prepared

ONE_AT_A_TIME = 0x5AD0A8
"""The number of the advisory lock that lets only one machine of several prepare the shared database."""


class Command(BaseCommand):
    """`saduak prepare`: migrations, the cache table, static files and, if asked, the demonstration."""

    help = "Bring the database and the static files up to date."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--demonstration", action="store_true", help="load the demonstration when nothing is there")

    def handle(self, *args: Any, demonstration: bool = False, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("load_reference", verbosity=0)
        self._collect_static_files()
        self._load_demonstration(demonstration)
        note_prepared(settings.DATA, demonstration=demonstration)

    def _collect_static_files(self) -> None:
        found = hashlib.sha256()
        for finder in get_finders():
            for path, storage in finder.list([]):
                file = Path(storage.path(path)).stat()
                found.update(f"{path} {file.st_size} {file.st_mtime_ns}\n".encode())
        note = Path(settings.STATIC_ROOT) / "collected.json"
        now = json.dumps({"from": found.hexdigest()})
        if not note.exists() or note.read_text() != now:
            call_command("collectstatic", interactive=False, verbosity=0)
            note.write_text(now)

    def _load_demonstration(self, wanted: bool) -> None:
        greeting = settings.DATA / "greeting.txt"
        greeting.unlink(missing_ok=True)
        if wanted and "demo" in get_commands():
            greeting.touch(mode=0o600)  # The demonstration's password is in it.
            with greeting.open("w") as words:
                call_command("demo", if_empty=True, stdout=words)
