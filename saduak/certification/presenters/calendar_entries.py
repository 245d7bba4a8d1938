"""A visit as an entry that calendars of telephones and offices take in (RFC 5545)."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from saduak.certification.models import Application, Visit
from saduak.certification.models.visits import Mode

LONGEST = 75
"""Octets of a line before it is folded."""


def entry_of(application: Application, visit: Visit, *, at: datetime) -> str:
    """The visit as a file; sent again after a change it replaces the entry that was there."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    mode = str(Mode(visit.mode).label)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//saduak//certification//TH",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:visit-{visit.pk}@{host}",
        f"SEQUENCE:{application.version}",
        f"DTSTAMP:{_utc(at)}",
        f"DTSTART:{_utc(visit.starts_at)}",
        f"DTEND:{_utc(visit.ends_at)}",
        f"SUMMARY:{_text(_('GECC visit: %(centre)s') % {'centre': application.centre})}",
        f"LOCATION:{_text(visit.place or str(application.centre))}",
        f"DESCRIPTION:{_text(f'{application.reference} · {mode}')}",
        f"URL:{settings.PUBLIC_URL}{application.get_absolute_url()}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A long line in several, none longer than 75 octets, no letter torn."""
    folded, octets = "", 0
    for letter in line:
        size = len(letter.encode())
        if octets + size > LONGEST:
            folded, octets = folded + "\r\n ", 1
        folded, octets = folded + letter, octets + size
    return folded
