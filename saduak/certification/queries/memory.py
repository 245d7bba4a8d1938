"""What the register says of any day: the standing of a centre, and the acts that made it so (ทะเบียนย้อนหลัง)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice

from django.utils import timezone

from saduak.certification.models import Certificate, Span
from saduak.certification.procedure.standing import (
    EFFECTIVE_ON,
    RUNNING,
    UNTIL_DAY,
    Act,
    Slice,
    known_by,
    slice_on,
    slices,
)
from saduak.directory.models import Centre
from saduak.journal.models import Entry

AT_ONCE = 2_000


@dataclass(frozen=True)
class TakenAct:
    """One act over a certificate: its entry in the journal, and the day from which it holds."""

    certificate: Certificate
    entry: Entry
    effective_on: date

    @property
    def recorded_on(self) -> date:
        """The day on which it was written down."""
        return timezone.localdate(self.entry.at)

    @property
    def came_late(self) -> bool:
        """Whether it was written down after the day from which it holds."""
        return self.recorded_on > self.effective_on

    @property
    def act(self) -> Act:
        """The same for the replay."""
        until = self.entry.facts.get(UNTIL_DAY)
        until_day = date.fromisoformat(until) if until else None
        return Act(self.entry.sequence, self.entry.to_stage, self.effective_on, self.entry.at, until_day)


@dataclass(frozen=True)
class Remembered:
    """The standing of a centre on a day. `certificate` decides it; without one the centre was not certified.

    `acts` made it so, the earliest first: those over that certificate that hold by the day.
    """

    day: date
    certificate: Certificate | None = None
    slice: Slice | None = None
    acts: tuple[TakenAct, ...] = ()

    @property
    def stage(self) -> str:
        """The stage of the deciding certificate; empty without one."""
        return self.slice.stage if self.slice else ""

    @property
    def says(self) -> tuple[int | None, str]:
        """What two memories can differ in."""
        return (self.certificate.pk if self.certificate else None, self.stage)


class Memory:
    """The acts over every certificate of one centre, in two queries, ready to be asked for any day."""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre

    @cached_property
    def certificates(self) -> dict[str, Certificate]:
        """By number, the newest first."""
        found = self.centre.certificates.order_by("-issued_on", "-pk")
        return {one.reference: one for one in found}

    @cached_property
    def acts(self) -> list[TakenAct]:
        """Every act, in the order in which they hold."""
        entries = Entry.objects.filter(case_kind=Certificate.case_kind, case_reference__in=self.certificates)
        acts = [
            TakenAct(certificate := self.certificates[entry.case_reference], entry, effective_day(entry, certificate))
            for entry in entries.order_by("sequence")
            if moves(entry)
        ]
        return sorted(acts, key=lambda taken: (taken.effective_on, taken.entry.sequence))

    def on(self, day: date, *, known_at: datetime | None = None) -> Remembered:
        """The standing of a day, by all that is recorded now or by what was recorded by the moment `known_at`."""
        found = []
        for certificate in self.certificates.values():
            taken = [one for one in self.acts if one.certificate is certificate]
            acts = [one.act for one in taken] if known_at is None else known_by([one.act for one in taken], known_at)
            held = slice_on(day, slices(acts, expires_on=certificate.expires_on))
            if held is not None:
                numbers = {act.sequence for act in acts}
                made = tuple(one for one in taken if one.effective_on <= day and one.entry.sequence in numbers)
                found.append(Remembered(day, certificate, held, made))
        return next((one for one in found if one.stage in RUNNING), found[0] if found else Remembered(day))

    def known_then(self, day: date) -> Remembered:
        """What the register could say at the end of that very day."""
        return self.on(day, known_at=end_of(day))


def moves(entry: Entry) -> bool:
    """Whether an entry makes or keeps a standing; others, such as a note, say nothing about it."""
    return bool(entry.to_stage) and (entry.to_stage != entry.from_stage or EFFECTIVE_ON in entry.facts)


def effective_day(entry: Entry, certificate: Certificate) -> date:
    """The day from which an act holds; see `procedure.standing.EFFECTIVE_ON`."""
    if stated := entry.facts.get(EFFECTIVE_ON):
        return date.fromisoformat(stated)
    if entry.step == "issue":
        return certificate.issued_on
    if entry.step == "expire":
        return certificate.expires_on + timedelta(days=1)
    return timezone.localdate(entry.at)


def standing_as_of(centre: Centre, day: date) -> Remembered:
    """The standing of one centre on a day with the acts that made it so; two queries."""
    return Memory(centre).on(day)


def stages_on(day: date, certificates: Iterable[Certificate]) -> Mapping[int, str]:
    """The stage that each of these certificates had on a day, by primary key; one query, whatever their number."""
    spans = Span.objects.on(day).filter(certificate__in=[one.pk for one in certificates])
    return dict(spans.order_by().values_list("certificate_id", "stage"))


def certificates_told_wrongly() -> list[str]:
    """The numbers of the certificates whose spans are not what a replay of the journal makes of them."""
    wrong = []
    every_one = Certificate.objects.order_by("pk").prefetch_related("spans").iterator(chunk_size=AT_ONCE)
    while some := {one.reference: one for one in islice(every_one, AT_ONCE)}:
        acts: dict[str, list[Act]] = {number: [] for number in some}
        entries = Entry.objects.filter(case_kind=Certificate.case_kind, case_reference__in=some)
        for entry in entries.order_by("sequence"):
            if moves(entry):
                certificate = some[entry.case_reference]
                acts[entry.case_reference].append(TakenAct(certificate, entry, effective_day(entry, certificate)).act)
        for number, certificate in some.items():
            replayed = slices(acts[number], expires_on=certificate.expires_on)
            kept = [Slice(one.stage, one.from_day, one.until_day, one.began_by) for one in certificate.spans.all()]
            if sorted(kept, key=lambda one: one.from_day) != list(replayed):
                wrong.append(number)
    return wrong


def end_of(day: date) -> datetime:
    """The last moment of a day in Bangkok."""
    return datetime.combine(day, time.max, tzinfo=timezone.get_default_timezone())
