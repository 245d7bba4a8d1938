"""The life of a certificate, from its issue to its end (ใบรับรอง).

The public papers of the programme do not say how a certificate is suspended or revoked. Grounds and rules are those of
this platform, unchecked against the text of any order of the committee.
"""

from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification.procedure.roles import WORDINGS, Role
from saduak.procedure.kit import CLOCK, Procedure, Step, condition


class CertificateStage(TextChoices):
    """Stages of a certificate."""

    VALID = "valid", _("Valid")
    SUSPENDED = "suspended", _("Suspended")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")
    RETURNED = "returned", _("Returned by the centre")
    RENEWED = "renewed", _("Replaced by a newer one")


ALIVE = frozenset({CertificateStage.VALID, CertificateStage.SUSPENDED})
"""Stages from which a certificate still moves; a centre has at most one that is alive."""

BY_ACT = frozenset({CertificateStage.SUSPENDED, CertificateStage.REVOKED, CertificateStage.RETURNED})
"""Stages that only a recorded act brings about."""


class ActKind(TextChoices):
    """What can be done to a certificate; each is a step of the same name (การดำเนินการกับใบรับรอง)."""

    SUSPEND = "suspend", _("Suspension")
    PROLONG = "prolong", _("Suspension upheld")
    RESTORE = "restore", _("Restoration")
    REVOKE = "revoke", _("Revocation")
    RETURN = "return_voluntarily", _("Voluntary return")


class Rule(TextChoices):
    """What allows an act that no resolution of the committee orders (อำนาจในการดำเนินการ)."""

    PROVISIONAL_ORDER = "provisional_order", _("Provisional order of the secretariat")
    ORDER_LIFTED = "order_lifted", _("The secretariat lifts its own order")
    HOLDERS_WISH = "holders_wish", _("The centre gives its certificate back")
    TIME_IS_OVER = "time_is_over", _("The time of the suspension is over")


class Ground(TextChoices):
    """Why something is done to a certificate (เหตุ)."""

    NOT_MET = "not_met", _("The criteria are no longer met")
    NO_ANSWER = "no_answer", _("Findings were not answered or not mended in time")
    NO_ACCESS = "no_access", _("The centre did not let itself be followed up")
    FALSE_EVIDENCE = "false_evidence", _("Evidence or information was false")
    EMBLEM_MISUSED = "emblem_misused", _("The plaque or the emblem was misused")
    SERVICE_STOPPED = "service_stopped", _("The service has stopped, or moved away")
    PUBLIC_HARM = "public_harm", _("Urgent harm to people who come to the centre")
    MENDED = "mended", _("What was found has been mended")
    UNFOUNDED = "unfounded", _("The ground has proved untrue")
    TIME_OVER = "time_over", _("The time that was set has run out")
    OWN_WISH = "own_wish", _("The centre's own wish")
    OTHER = "other", _("Another ground, as the reason says")


AGAINST = (
    Ground.NOT_MET,
    Ground.NO_ANSWER,
    Ground.NO_ACCESS,
    Ground.FALSE_EVIDENCE,
    Ground.EMBLEM_MISUSED,
    Ground.SERVICE_STOPPED,
    Ground.PUBLIC_HARM,
    Ground.OTHER,
)
"""Grounds on which a certificate can be suspended or revoked."""

URGENT = (Ground.FALSE_EVIDENCE, Ground.SERVICE_STOPPED, Ground.PUBLIC_HARM)
"""Grounds on which the secretariat may suspend by its own order, until the committee has met."""

IN_FAVOUR = (Ground.MENDED, Ground.UNFOUNDED, Ground.OTHER)
"""Grounds on which a certificate can be restored."""


@condition(otherwise=_("The certificate is still within its term."))
def the_term_is_over(certificate: Any, at: datetime) -> bool:
    return bool(certificate.expires_on < timezone.localdate(at))


@condition(otherwise=_("The term of the certificate is over."))
def the_term_runs(certificate: Any, at: datetime) -> bool:
    return bool(certificate.expires_on >= timezone.localdate(at))


@condition(otherwise=_("Neither a resolution nor an order suspends this certificate."))
def an_act_suspends_it(certificate: Any, at: datetime) -> bool:
    return bool(certificate.act_in_hand == ActKind.SUSPEND)


@condition(otherwise=_("No resolution upholds the suspension."))
def an_act_prolongs_it(certificate: Any, at: datetime) -> bool:
    return bool(certificate.act_in_hand == ActKind.PROLONG)


@condition(
    otherwise=_("Nothing restores this certificate: no resolution, no order that is lifted, no time that is over.")
)
def an_act_restores_it(certificate: Any, at: datetime) -> bool:
    return bool(certificate.act_in_hand == ActKind.RESTORE)


@condition(otherwise=_("No resolution revokes this certificate."))
def an_act_revokes_it(certificate: Any, at: datetime) -> bool:
    return bool(certificate.act_in_hand == ActKind.REVOKE)


@condition(otherwise=_("The centre has not declared that it gives its certificate back."))
def an_act_returns_it(certificate: Any, at: datetime) -> bool:
    return bool(certificate.act_in_hand == ActKind.RETURN)


@condition(otherwise=_("The certificate stands on the agenda of a meeting. The committee resolves first."))
def no_meeting_is_about_it(certificate: Any, at: datetime) -> bool:
    return not certificate.is_on_open_agenda


CERTIFICATE = Procedure(
    name="certification-certificate",
    title=_("Certificate"),
    starts_at=CertificateStage.VALID,
    wordings=WORDINGS,
    steps=(
        Step(
            name="expire",
            label=_("Expire"),
            clause="8.1",
            taken_by=CLOCK,
            moves=ALIVE,
            to=CertificateStage.EXPIRED,
            provided=(the_term_is_over,),
        ),
        Step(
            name="renew",
            label=_("Replace by a newer certificate"),
            clause="8.2",
            taken_by=Role.STEERING_SECRETARY,
            moves=ALIVE,
            to=CertificateStage.RENEWED,
        ),
        Step(
            name="suspend",
            label=_("Suspend the certificate"),
            clause="8.3",
            taken_by=frozenset({Role.STEERING_SECRETARY, Role.SECRETARIAT}),
            moves=frozenset({CertificateStage.VALID}),
            to=CertificateStage.SUSPENDED,
            provided=(the_term_runs, an_act_suspends_it),
        ),
        Step(
            name="prolong",
            label=_("Uphold the suspension"),
            clause="8.4",
            taken_by=Role.STEERING_SECRETARY,
            moves=frozenset({CertificateStage.SUSPENDED}),
            to=None,
            provided=(the_term_runs, an_act_prolongs_it),
        ),
        Step(
            name="restore",
            label=_("Restore the certificate"),
            clause="8.5",
            taken_by=frozenset({Role.STEERING_SECRETARY, Role.SECRETARIAT, Role.CLOCK}),
            moves=frozenset({CertificateStage.SUSPENDED}),
            to=CertificateStage.VALID,
            provided=(the_term_runs, an_act_restores_it),
        ),
        Step(
            name="revoke",
            label=_("Revoke the certificate"),
            clause="8.6",
            taken_by=Role.STEERING_SECRETARY,
            moves=ALIVE,
            to=CertificateStage.REVOKED,
            provided=(the_term_runs, an_act_revokes_it),
        ),
        Step(
            name="return_voluntarily",
            label=_("Give the certificate back"),
            clause="8.7",
            taken_by=Role.CENTRE_HEAD,
            moves=ALIVE,
            to=CertificateStage.RETURNED,
            provided=(the_term_runs, no_meeting_is_about_it, an_act_returns_it),
        ),
    ),
)
