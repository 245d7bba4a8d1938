"""The files of the open data are made together, as of one moment, and take the place of the last ones at once.

An edition is a folder of its own; `edition.json` beside them names the one that holds, and is replaced in one stroke.
Who reads a file of the edition before keeps reading it: the folder goes with the edition after.
"""

import csv
import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from saduak.certification.queries.open_data import (
    AT_ONCE,
    DAY,
    DECIMAL,
    SETS,
    TEXT,
    WHOLE,
    YES_NO,
    DataSet,
    field_names,
    latest_entry,
)

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}
"""Forms of every data set, with their media types. CSV begins with the mark by which spreadsheets recognise Thai."""

STALE_AFTER = timedelta(hours=26)
"""A machine whose edition is older makes one when it is asked: its worker rests, or runs elsewhere."""


@dataclass(frozen=True)
class File:
    """One file of an edition."""

    path: str
    sha256: str
    size: int
    rows: int


@dataclass(frozen=True)
class Edition:
    """Files by name such as `centres.csv`, made at a moment of a day, when `entry` was the journal's last."""

    made_at: datetime
    day: date
    entry: int
    files: Mapping[str, File]

    @property
    def is_stale(self) -> bool:
        """Whether it is time for another one, whatever the worker does."""
        return timezone.now() - self.made_at > STALE_AFTER


def current() -> Edition:
    """The edition that holds; made now where there is none, or only a stale one."""
    edition = _kept()
    if edition is not None and not edition.is_stale:
        return edition
    with _only_one():
        edition = _kept()
        return edition if edition is not None and not edition.is_stale else _make()


def renew() -> bool:
    """Make a new edition if anything changed since, or another day began; tells whether one was made."""
    edition = _kept()
    if edition is not None and (edition.entry, edition.day) == (latest_entry(), timezone.localdate()):
        return False
    with _only_one():
        _make()
    return True


def folder() -> Path:
    """Where the editions lie."""
    return Path(settings.DATA) / "open-data"


def _kept() -> Edition | None:
    try:
        told = json.loads((folder() / "edition.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    files = {name: File(**facts) for name, facts in told["files"].items()}
    if not files or not all(Path(file.path).exists() for file in files.values()):
        return None
    return Edition(datetime.fromisoformat(told["made_at"]), date.fromisoformat(told["day"]), told["entry"], files)


@contextmanager
def _only_one() -> Iterator[None]:
    """Let one process make an edition at a time; others wait for it."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make() -> Edition:
    made_at = timezone.now()
    place = folder() / f"{made_at:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    place.mkdir(parents=True)
    try:
        with _one_moment():
            entry = latest_entry()
            day = timezone.localdate(made_at)
            files: dict[str, File] = {}
            for data in SETS:
                files |= _written(data, place, day=day, made_at=made_at)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    before = _kept()
    edition = Edition(made_at, day, entry, files)
    unfinished = folder() / f"edition.json.{secrets.token_hex(4)}.part"
    unfinished.write_text(json.dumps(asdict(edition), default=_plain), encoding="utf-8")
    unfinished.replace(folder() / "edition.json")
    kept = {place, *({Path(next(iter(before.files.values())).path).parent} if before else ())}
    for old in folder().iterdir():
        if old.is_dir() and old not in kept:
            shutil.rmtree(old, ignore_errors=True)
    return edition


@contextmanager
def _one_moment() -> Iterator[None]:
    """All reading inside sees the database as it was at one moment."""
    if connection.in_atomic_block:  # A test's own transaction began before.
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _written(data: DataSet, place: Path, *, day: date, made_at: datetime) -> dict[str, File]:
    """Write one data set in every form, reading its rows once."""
    paths = {form: place / f"{data.name}.{form}" for form in FORMS}
    rows = data.rows(day)
    number = 0
    with ExitStack() as opened:
        table = opened.enter_context(paths["csv"].open("w", encoding="utf-8-sig", newline=""))
        text = opened.enter_context(paths["json"].open("w", encoding="utf-8"))
        sheet = opened.enter_context(_Parquet(data, paths["parquet"]))
        writer = csv.writer(table)
        writer.writerow(field_names(data.fields))
        _begin_json(text, data, day, made_at)
        while some := list(islice(rows, AT_ONCE)):
            writer.writerows([_cell(value) for value in row] for row in some)
            _json_rows(text, data, some, is_first=not number)
            sheet.write(some)
            number += len(some)
        text.write("\n]}\n")
    return {f"{data.name}.{form}": _facts(path, number) for form, path in paths.items()}


def _begin_json(text: TextIO, data: DataSet, day: date, made_at: datetime) -> None:
    head = {"name": data.name, "day": day.isoformat(), "made_at": made_at.isoformat(timespec="seconds")}
    text.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": [')


def _json_rows(text: TextIO, data: DataSet, rows: list[tuple[Any, ...]], *, is_first: bool) -> None:
    names = field_names(data.fields)
    for place, row in enumerate(rows):
        text.write("\n" if is_first and not place else ",\n")
        text.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=_plain))


class _Parquet:
    """A Parquet file that is written some rows at a time; empty words are kept as empty, missing values as null."""

    def __init__(self, data: DataSet, path: Path) -> None:
        import pyarrow  # Takes long to load, and only the worker needs it.
        from pyarrow import parquet

        kinds = {
            TEXT: pyarrow.string(),
            WHOLE: pyarrow.int32(),
            DECIMAL: pyarrow.float64(),
            DAY: pyarrow.date32(),
            YES_NO: pyarrow.bool_(),
        }
        self.arrow = pyarrow
        self.schema = pyarrow.schema([(field.name, kinds[field.kind]) for field in data.fields])
        self.writer = parquet.ParquetWriter(path, self.schema, compression="zstd")

    def __enter__(self) -> "_Parquet":
        return self

    def __exit__(self, *error: object) -> None:
        self.writer.close()

    def write(self, rows: list[tuple[Any, ...]]) -> None:
        """Append rows."""
        columns = [
            self.arrow.array(column, type=field.type)
            for column, field in zip(zip(*rows, strict=True), self.schema, strict=True)
        ]
        self.writer.write_batch(self.arrow.record_batch(columns, schema=self.schema))


def _facts(path: Path, rows: int) -> File:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    return File(str(path), digest, path.stat().st_size, rows)


def _cell(value: Any) -> Any:
    """A value in CSV: days as ISO, true and false in small letters, nothing as nothing; formulas are disarmed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return "" if value is None else value


def _plain(value: Any) -> Any:
    return value.isoformat()
