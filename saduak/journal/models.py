"""One table of entries, and the seals over it (รายการบันทึก)."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LONGEST_TRANSACTION = timedelta(hours=1)
"""Longer than any step takes. Transaction numbers of entries from a restored backup belong to another server, and
without this bound they could look as if they were still running."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Ways of choosing entries."""

    def of(self, case: "Case") -> Self:
        """The history of one case."""
        return self.filter(case_kind=case.case_kind, case_reference=case.reference)

    def missed_by(self, seen: int) -> Self:
        """What somebody who last saw the entry `seen` can have missed; a few that were not missed may be among them.

        Sequence numbers are given out before a transaction commits, so an entry with a smaller number may appear later.
        Whoever saw an entry can have missed only such entries with a smaller number whose transaction was still running
        when it was written.
        """
        later = Q(sequence__gt=seen)
        if last := Entry.objects.filter(sequence=seen).values("oldest_running", "recorded_at").first():
            later |= Q(
                sequence__lt=seen,
                transaction_id__gte=last["oldest_running"],
                recorded_at__gte=last["recorded_at"] - LONGEST_TRANSACTION,
            )
        return self.filter(later)

    def until(self, at: datetime) -> Self:
        """What had happened by the moment `at`."""
        return self.filter(at__lte=at)


class Entry(models.Model):
    """One step of one case, written in the transaction that took it (รายการ).

    Database triggers refuse UPDATE, DELETE and TRUNCATE, and announce each entry on the channel `journal`.
    `transaction_id` and `oldest_running` are PostgreSQL's own numbers: a reader who has seen an entry can have missed
    only entries whose `transaction_id` is at least that entry's `oldest_running`.
    """

    sequence = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("at"))
    recorded_at = models.DateTimeField(_("recorded at"), db_default=RawSQL("clock_timestamp()", ()))
    case_kind = models.CharField(_("kind of case"), max_length=80)
    case_reference = models.CharField(_("reference"), max_length=60)
    centre_id = models.BigIntegerField(_("centre"), null=True)  # Null: the case belongs to no single centre.
    step = models.CharField(_("step"), max_length=60)
    clause = models.CharField(_("clause"), max_length=40, blank=True)
    from_stage = models.CharField(pgettext_lazy("stage", "from"), max_length=40, blank=True)
    to_stage = models.CharField(pgettext_lazy("stage", "to"), max_length=40, blank=True)
    by = models.ForeignKey(  # Null: the clock.
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    by_name = models.CharField(_("by"), max_length=260, blank=True)
    role = models.CharField(_("in the role of"), max_length=40, blank=True)
    note = models.TextField(_("note"), blank=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    transaction_id = models.BigIntegerField(db_default=RawSQL("(pg_current_xact_id()::text)::bigint", ()))
    oldest_running = models.BigIntegerField(
        db_default=RawSQL("(pg_snapshot_xmin(pg_current_snapshot())::text)::bigint", ())
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["sequence"]
        indexes = [
            models.Index(fields=["case_kind", "case_reference", "sequence"], name="entry_of_case"),
            models.Index(fields=["centre_id", "sequence"], name="entry_of_centre"),
            models.Index(fields=["transaction_id"], name="entry_of_transaction"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~(Q(case_kind="") | Q(case_reference="") | Q(step="")),
                name="an_entry_names_its_case_and_step",
            ),
            models.CheckConstraint(condition=Q(by=None) | ~Q(by_name=""), name="an_entry_names_its_person"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.case_kind} {self.case_reference} {self.step}"


class Seal(models.Model):
    """A sealed range of entries; each seal holds the digest of every entry and of the seal before it (ตราผนึก).

    Digests are SHA-256, 32 bytes each; `digests` holds those of `sequences`, in that order, end to end.
    `saduak.journal.seals` makes and checks them.
    """

    number = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField(_("sealed at"))
    sequences = ArrayField(models.BigIntegerField(), verbose_name=_("sequence numbers"))
    digests = models.BinaryField(_("digests"))
    previous = models.BinaryField(_("previous seal"), max_length=32, unique=True)
    digest = models.BinaryField(_("digest"), max_length=32, unique=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(number__gt=0), name="seals_are_counted_from_one"),
            models.CheckConstraint(condition=Q(sequences__len__gt=0), name="a_seal_seals_something"),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({len(self.sequences)})"


class Case(models.Model):
    """What moves through a procedure: a reference, a stage, and a version that tells when somebody was faster."""

    case_kind: str = ""
    reference = models.CharField(_("reference"), max_length=60, unique=True)
    stage = models.CharField(_("stage"), max_length=40)
    stage_since = models.DateTimeField(_("in this stage since"), default=timezone.now)
    version = models.PositiveIntegerField(_("version"), default=0)

    class Meta:
        abstract = True

    @property
    def history(self) -> EntryQuerySet:
        """The journal's entries about this case, oldest first."""
        return Entry.objects.of(self)

    @property
    def journal_centre_id(self) -> int | None:
        """The centre under which entries about this case are filed."""
        return getattr(self, "centre_id", None)
