"""Looks at everything that the platform stands on, and says in plain words how it is (การตรวจสุขภาพระบบ)."""

import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob, ProcrastinateWorker

from saduak.attachments import checks
from saduak.certification.queries import credentials, scores
from saduak.credentials.models import SigningKey
from saduak.credentials.procedure import KeyStage
from saduak.credentials.vault import VaultLocked
from saduak.design.messages import SADUAK, catalogue_path, packages
from saduak.documents.typesetting import FONTS
from saduak.notices.models import Notice

OLDEST_POSTGRES = 150000
FREE_ENOUGH, FREE_ALMOST_NONE = 2 * 1024**3, 200 * 1024**2
CLOCKS_MAY_DIFFER = timedelta(seconds=5)
JOBS_MAY_WAIT = timedelta(minutes=10)
FILES_LOOKED_AT = 200
WORKERS_ARE_HEARD_EVERY = timedelta(minutes=1)


class State(Enum):
    """How a thing is."""

    GOOD = "good"
    DOUBTFUL = "doubtful"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is, and in which words."""

    about: str
    state: State
    words: str


Check = Callable[[], Iterable[Finding]]


def examine(now: datetime | None = None) -> Iterator[Finding]:
    """Everything, one after the other; what needs the database is left out when the database does not answer."""
    yield from _settings()
    yield from _disk()
    yield from _fonts_and_catalogues()
    yield from _static_files()
    database = list(_database(now or datetime.now(UTC)))
    yield from database
    if all(finding.state is not State.BAD for finding in database):
        migrated = list(_migrations())
        yield from migrated
        if all(finding.state is not State.BAD for finding in migrated):
            yield from _jobs(now or datetime.now(UTC))
            yield from _stored_files()
            yield from _notices()
            yield from _scores()
            yield from _signing_keys()


def _signing_keys() -> Iterator[Finding]:
    about = _("Signing keys")
    try:
        for key in SigningKey.objects.filter(stage=KeyStage.ACTIVE):
            key.open()
    except VaultLocked:
        words = _("They do not open: the credential secret is not the one that sealed them. Bring it from the backup.")
        yield Finding(about, State.BAD, words)
        return
    if waiting := credentials.unsigned().count():
        words = _("%(count)d certificates wait for their signature; `saduak sign-certificates` signs them.")
        yield Finding(about, State.DOUBTFUL, words % {"count": waiting})
    else:
        yield Finding(about, State.GOOD, _("They open, and every certificate is signed."))


def _scores() -> Iterator[Finding]:
    about = _("Signed scores")
    departed = [departure.reference for departure in scores.departures()]
    if departed:
        words = _("%(count)d signed scores are not what the agreed values give; the first: %(reference)s")
        yield Finding(about, State.BAD, words % {"count": len(departed), "reference": departed[0]})
    else:
        yield Finding(about, State.GOOD, _("%(count)d were computed again, and agree.") % {"count": scores.assessed()})


def _stored_files() -> Iterator[Finding]:
    about = _("Stored files")
    harmed = [words for _content, words in checks.harmed(newest=FILES_LOOKED_AT)]
    if harmed:
        words = _("Of the newest %(all)d, %(count)d are missing or altered; the first: %(what)s")
        values = {"all": FILES_LOOKED_AT, "count": len(harmed), "what": harmed[0]}
        yield Finding(about, State.BAD, words % values)
    else:
        words = _("The newest %(all)d at most were read, and are as they were handed in.")
        yield Finding(about, State.GOOD, words % {"all": FILES_LOOKED_AT})


def _notices() -> Iterator[Finding]:
    if failed := Notice.objects.failed().count():
        words = _("%(count)d notices could not be delivered; the outbox tells why.")
        yield Finding(_("Notices"), State.DOUBTFUL, words % {"count": failed})


def _settings() -> Iterator[Finding]:
    about = _("Settings")
    for key in (settings.DATA / "secret-key", settings.CREDENTIAL_SECRET_FILE):
        if key.exists() and key.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield Finding(about, State.BAD, _("Others can read the signing key %(file)s.") % {"file": key})
    if not os.access(settings.DATA, os.W_OK):
        yield Finding(about, State.BAD, _("The data folder %(folder)s is not writable.") % {"folder": settings.DATA})
    if not settings.PUBLIC_URL.startswith("https://"):
        words = _("The public address %(address)s is not encrypted; this is right on a trial machine only.")
        yield Finding(about, State.DOUBTFUL, words % {"address": settings.PUBLIC_URL})
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        words = _("No mail server is set: e-mail is kept as files in %(folder)s.")
        yield Finding(about, State.DOUBTFUL, words % {"folder": settings.EMAIL_FILE_PATH})
    yield Finding(about, State.GOOD, _("The data folder is %(folder)s.") % {"folder": settings.DATA})


def _disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.DATA).free
    state = State.GOOD if free >= FREE_ENOUGH else State.DOUBTFUL if free >= FREE_ALMOST_NONE else State.BAD
    yield Finding(_("Disk"), state, _("%(free).1f GB are free for the data folder.") % {"free": free / 1024**3})


def _fonts_and_catalogues() -> Iterator[Finding]:
    if any(FONTS.rglob("*.ttf")):
        yield Finding(_("Fonts"), State.GOOD, _("The Thai fonts for letters and certificates are there."))
    else:
        yield Finding(_("Fonts"), State.BAD, _("The Thai fonts are missing; `script/setup` brings them."))
    said = [catalogue_path(package) for package in packages(SADUAK)]
    stale = [str(path.relative_to(SADUAK)) for path in said if path.exists() and not path.with_suffix(".mo").exists()]
    if stale:
        words = _("Not compiled: %(files)s; `script/setup` does it.") % {"files": ", ".join(stale)}
        yield Finding(_("Thai texts"), State.BAD, words)
    else:
        yield Finding(_("Thai texts"), State.GOOD, _("All catalogues are compiled."))


def _static_files() -> Iterator[Finding]:
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield Finding(_("Static files"), State.GOOD, _("Style sheets, scripts and fonts for the pages are collected."))
    else:
        yield Finding(_("Static files"), State.BAD, _("They are not collected yet; `saduak prepare` does it."))


def _database(now: datetime) -> Iterator[Finding]:
    about = _("Database")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp(), current_setting('server_version'), current_setting('fsync')")
            clock, version, fsync = cursor.fetchone()
    except DatabaseError as error:
        yield Finding(about, State.BAD, _("It does not answer: %(why)s") % {"why": str(error).strip()})
        return
    recent = connection.connection.info.server_version >= OLDEST_POSTGRES
    yield Finding(
        about,
        State.GOOD if recent else State.BAD,
        _("PostgreSQL %(version)s answers.") % {"version": version}
        if recent
        else _("PostgreSQL %(version)s is too old; 15 is needed.") % {"version": version},
    )
    if fsync != "on":
        words = _("It does not wait for the disk: a power cut can lose data.")
        yield Finding(about, State.DOUBTFUL, words)
    difference = abs(clock - now)
    right = difference <= CLOCKS_MAY_DIFFER and now.astimezone(ZoneInfo("Asia/Bangkok")).year >= 2025
    words = _("%(now)s in Bangkok; %(seconds).0f seconds from the database's clock.") % {
        "now": now.astimezone(ZoneInfo("Asia/Bangkok")).strftime("%Y-%m-%d %H:%M"),
        "seconds": difference.total_seconds(),
    }
    yield Finding(_("Clock"), State.GOOD if right else State.BAD, words)


def _migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        words = _("%(count)d are missing; `saduak migrate` does them.") % {"count": len(missing)}
        yield Finding(_("Migrations"), State.BAD, words)
    else:
        yield Finding(_("Migrations"), State.GOOD, _("The tables are those of this release."))


def _jobs(now: datetime) -> Iterator[Finding]:
    about = _("Background jobs")
    jobs = ProcrastinateJob.objects
    failed = jobs.filter(status="failed").count()
    if failed:
        words = _("%(count)d failed for good; look at them with `saduak procrastinate shell`.")
        yield Finding(about, State.DOUBTFUL, words % {"count": failed})
    waiting = jobs.filter(status="todo")
    due = waiting.exclude(scheduled_at__gt=now)
    deferred_before = ProcrastinateEvent.objects.filter(type="deferred", at__lt=now - JOBS_MAY_WAIT)
    late = due.filter(pk__in=deferred_before.values("job")).count()
    yield Finding(
        about,
        State.DOUBTFUL if late else State.GOOD,
        _("%(waiting)d wait, %(late)d of them for more than ten minutes.") % {"waiting": waiting.count(), "late": late},
    )
    heard = ProcrastinateWorker.objects.filter(last_heartbeat__gte=now - WORKERS_ARE_HEARD_EVERY).count()
    if heard:
        yield Finding(about, State.GOOD, _("%(count)d worker is at work.") % {"count": heard})
    else:
        yield Finding(about, State.DOUBTFUL, _("No worker is at work now; `saduak serve` runs one."))
