"""A meeting of the steering committee, its agenda, who sat, and the resolution (การประชุม วาระ และมติ)."""

import hashlib
from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saduak.certification.procedure.meetings import MEETING, MeetingStage
from saduak.directory.models import Office
from saduak.directory.policies import VOTES
from saduak.journal.models import Case

SEES_EVERY_MEETING = (Office.SECRETARIAT_OFFICER, Office.AUDITOR, Office.STEERING_SECRETARY)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Ways of choosing meetings."""

    def visible_to(self, user: Any) -> Self:
        """All, to the secretariat, the auditors and the committee's secretary; its own, to the committee."""
        if not user.is_authenticated:
            return self.none()
        held = user.memberships.on(timezone.localdate())
        everything = held.filter(office__in=SEES_EVERY_MEETING)
        return self.filter(Exists(everything) | Q(body__in=held.filter(body__isnull=False).values("body")))

    def open(self) -> Self:
        """Those that have not ended."""
        return self.filter(stage__in=[MeetingStage.CALLED, MeetingStage.IN_SESSION])

    def for_page(self) -> Self:
        """With what every list and page prints."""
        return self.select_related("round__criteria", "body", "resolution")


class Meeting(Case):
    """A meeting of the steering committee (การประชุมคณะกรรมการอำนวยการ)."""

    case_kind = "certification.meeting"

    round = models.ForeignKey("Round", on_delete=models.PROTECT, related_name="meetings")
    body = models.ForeignKey("directory.Body", on_delete=models.PROTECT, related_name="meetings")
    number = models.CharField(_("number of the meeting"), max_length=20)
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    is_example = models.BooleanField(_("example"), default=False)

    objects = MeetingQuerySet.as_manager()
    procedure = MEETING

    class Meta:
        verbose_name = _("meeting")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "number"],
                condition=~Q(stage=MeetingStage.CANCELLED),
                name="a_committee_numbers_its_meetings_once",
            ),
            models.CheckConstraint(name="a_meeting_has_a_known_stage", condition=Q(stage__in=MeetingStage.values)),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("show_meeting", args=[self.reference])

    @cached_property
    def seats(self) -> list["Attendance"]:
        """The members of the committee on that day, each with presence."""
        return list(self.attendance.all())

    @property
    def voters(self) -> list["Attendance"]:
        """The seats that count and vote."""
        return [seat for seat in self.seats if seat.votes]

    @property
    def present(self) -> int:
        """How many members sit who vote."""
        return sum(seat.is_present for seat in self.voters)

    @property
    def quorum(self) -> int:
        """How many of those who vote must sit, by the committee's own rule."""
        return self.body.quorum_among(len(self.voters))

    @property
    def has_quorum(self) -> bool:
        """Whether enough members sit."""
        return self.present >= self.quorum

    @cached_property
    def has_agenda(self) -> bool:
        """Whether a unit or a certificate stands on the agenda."""
        return self.items.exists() or self.proposals.exists()

    @cached_property
    def has_undecided_items(self) -> bool:
        """Whether a unit or a certificate on the agenda has no decision."""
        return self.items.filter(decision="").exists() or self.proposals.filter(decision="").exists()

    @cached_property
    def has_quorum_for_every_item(self) -> bool:
        """Whether enough members are left for every item when those who step aside have left the room."""
        sits = Q(recusals__seat__is_present=True, recusals__seat__office__in=VOTES)
        of_units = self.items.annotate(aside=Count("recusals", filter=sits)).values_list("aside", flat=True)
        of_certificates = self.proposals.annotate(aside=Count("recusals", filter=sits)).values_list("aside", flat=True)
        most_recused = max([0, *of_units, *of_certificates])
        return self.present - most_recused >= self.quorum

    @property
    def sight(self) -> str:
        """A short word for all that a resolution would move: who sits, what is decided on which unit, who steps aside.

        Whoever confirms a page gives it back, so that nothing is resolved that was not read.
        """
        sits = self.attendance.order_by("pk").values_list("pk", "is_present")
        items = self.items.order_by("pk").values_list("pk", "position", "decision", "level", "reason")
        aside = Recusal.objects.filter(item__meeting=self).order_by("pk").values_list("item", "seat", "reason")
        certificates = [(one.pk, one.position, one.sight) for one in self.proposals.order_by("pk")]
        left = self.proposals.order_by("pk", "recusals").values_list("pk", "recusals__seat", "recusals__reason")
        read = [list(sits), list(items), list(aside), certificates, list(left)]
        return hashlib.sha256(repr(read).encode()).hexdigest()[:16]


class Attendance(models.Model):
    """A member's seat at a meeting (ผู้มาประชุม)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.CharField(_("office"), max_length=40)
    is_present = models.BooleanField(_("present"), default=False)

    class Meta:
        verbose_name = _("seat")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="a_member_has_one_seat_at_a_meeting"),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def votes(self) -> bool:
        """Whether the seat counts towards the quorum."""
        return self.office in VOTES


class Decision(models.TextChoices):
    """What the committee decides on a unit (ผลการพิจารณา)."""

    CERTIFY = "certify", _("Certify")
    DECLINE = "decline", _("Decline")
    CONTINUE = "continue", _("Let it go on")


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    """Ways of choosing items."""

    def first_decisions(self) -> Self:
        """Those on a unit itself, and not on a request to reconsider it."""
        return self.filter(reconsideration__isnull=True)

    def resolved(self) -> Self:
        """Those that a recorded resolution decides."""
        return self.filter(meeting__resolution__isnull=False).exclude(decision="")

    def on_open_agendas(self) -> Self:
        """Those of meetings that have not ended."""
        return self.filter(meeting__stage__in=[MeetingStage.CALLED, MeetingStage.IN_SESSION])


class AgendaItem(models.Model):
    """One unit on the agenda: what was proposed, on which dossier, and what is decided (ระเบียบวาระ)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="agenda_items")
    reconsideration = models.ForeignKey(  # Null: the unit's first decision.
        "Reconsideration", on_delete=models.PROTECT, null=True, related_name="agenda_items"
    )
    position = models.PositiveIntegerField(pgettext_lazy("agenda", "position"))
    total = models.DecimalField(_("total"), max_digits=6, decimal_places=2)
    proposed_level = models.CharField(_("proposed level"), max_length=40, blank=True)
    dossier_sha256 = models.CharField(_("hash of the dossier"), max_length=64)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, blank=True)
    level = models.CharField(_("level"), max_length=40, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of the agenda")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "application"], name="a_unit_stands_on_an_agenda_once"),
            models.UniqueConstraint(fields=["meeting", "position"], name="items_are_numbered_once"),
            models.CheckConstraint(
                name="a_decision_to_certify_names_a_level",
                condition=Q(decision=Decision.CERTIFY) & ~Q(level="") | ~Q(decision=Decision.CERTIFY) & Q(level=""),
            ),
            models.CheckConstraint(
                name="only_a_reconsideration_lets_go_on",
                condition=~Q(decision=Decision.CONTINUE) | Q(reconsideration__isnull=False),
            ),
            models.CheckConstraint(
                name="what_departs_from_the_proposal_has_a_reason",
                condition=Q(decision="") | Q(level=models.F("proposed_level")) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.application}"

    @property
    def sight(self) -> str:
        """The decision as it was read; given back by whoever changes it."""
        return f"{self.decision} {self.level} {self.reason}".strip()

    @property
    def proposed(self) -> Decision:
        """The decision that follows the proposal."""
        if self.reconsideration is not None and self.reconsideration.is_about_screening:
            return Decision.CONTINUE if self.reconsideration.proposes_change else Decision.DECLINE
        return Decision.CERTIFY if self.proposed_level else Decision.DECLINE

    @property
    def has_score(self) -> bool:
        """Whether anybody has scored: not of a unit that was screened out."""
        return self.reconsideration is None or not self.reconsideration.is_about_screening

    @property
    def stands_by_default(self) -> bool:
        """Whether it came onto the agenda by itself, because the committee had missed its date."""
        case = self.reconsideration or self.application
        return case.default_since is not None

    @property
    def proposes_to_go_on(self) -> bool:
        """Whether a unit that was screened out is to go on."""
        return self.proposed == Decision.CONTINUE

    @property
    def changes(self) -> bool:
        """Of an answer to a request to reconsider: whether it changes the first decision."""
        if self.reconsideration is None:
            return False
        if self.reconsideration.is_about_screening:
            return self.decision == Decision.CONTINUE
        return self.level != self.reconsideration.first_level

    @property
    def departs(self) -> bool:
        """Whether the decision is another one than was proposed."""
        return bool(self.decision) and (self.decision, self.level) != (self.proposed, self.proposed_level)


class Recusal(models.Model):
    """That a member steps aside while one unit is considered (การไม่เข้าร่วมพิจารณา)."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="recusals")
    seat = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="recusals")
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("recusal")
        constraints = [
            models.UniqueConstraint(fields=["item", "seat"], name="a_member_steps_aside_once_per_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.seat} {self.item_id}"


class Resolution(models.Model):
    """The one resolution of a meeting, which moves its whole agenda; a trigger refuses every change (มติ)."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="resolution")
    number = models.CharField(_("number of the resolution"), max_length=40)
    resolved_on = models.DateField(_("resolved on"))
    text = models.TextField(_("text"))
    present = models.PositiveSmallIntegerField(_("members present"))
    votes_for = models.PositiveSmallIntegerField(_("votes for"))
    votes_against = models.PositiveSmallIntegerField(_("votes against"), default=0)
    abstentions = models.PositiveSmallIntegerField(_("abstentions"), default=0)
    minutes = models.ForeignKey(  # Null: the minutes were not attached as a file.
        "attachments.Attachment", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("minutes")
    )
    content = models.JSONField(_("content"))
    sha256 = models.CharField("SHA-256", max_length=64)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("resolution")
        constraints = [
            models.CheckConstraint(
                name="nobody_votes_who_is_not_present",
                condition=Q(present__gte=models.F("votes_for") + models.F("votes_against") + models.F("abstentions")),
            ),
            models.CheckConstraint(
                name="a_resolution_has_a_majority", condition=Q(votes_for__gt=models.F("votes_against"))
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def batch(self) -> str:
        """The name under which its letters are released together."""
        return f"{self.meeting.reference} {self.number}"
