"""The centre is told what was decided, in the transaction in which it is decided (การแจ้งศูนย์)."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from saduak.certification.models import Application, Certificate, Reconsideration, ScreeningMark, Visit
from saduak.directory.models import Membership, Office
from saduak.journal.models import Case
from saduak.notices.models import Notice
from saduak.notices.operations import NoticeRefused, draft, release
from saduak.notices.wording import worded


@dataclass(frozen=True)
class Recipient:
    """Who is told: a person with an account, or only an address."""

    name: str
    email: str
    user: Any | None = None


@dataclass(frozen=True)
class Words:
    """A notice before it is sent: who gets it, its subject and its text."""

    recipients: tuple[Recipient, ...]
    subject: str
    text: str


def recipients_at(application: Application, *, on: date | None = None) -> tuple[Recipient, ...]:
    """The head of the centre and the contact person, each once."""
    heads = Membership.objects.on(on or timezone.localdate()).filter(
        centre=application.centre_id, office=Office.CENTRE_HEAD
    )
    found = [Recipient(str(seat.person), seat.person.email, seat.person) for seat in heads.select_related("person")]
    email = application.contact_email
    if email and email.casefold() not in {known.email.casefold() for known in found}:
        found.append(Recipient(application.contact_name or email, email))
    return tuple(found)


def returned(application: Application, *, due: date, note: str = "") -> tuple[str, dict[str, Any]]:
    """That the dossier is to be mended: which items, and by when."""
    items = _items(application, application.named_items)
    return "certification/returned", {**_facts(application), "items": items, "due": due, "note": note}


def passed(application: Application, *, note: str = "") -> tuple[str, dict[str, Any]]:
    """That the application goes on to a sub-committee."""
    return "certification/passed", {**_facts(application), "note": note}


def screened_out(application: Application, *, reason: str = "") -> tuple[str, dict[str, Any]]:
    """That the application ends because a physical criterion is not met."""
    items = _items(application, application.failed_gates)
    return "certification/screened_out", {**_facts(application), "items": items, "note": reason}


def visit_fixed(application: Application, visit: Visit) -> tuple[str, dict[str, Any]]:
    """When, how and where the unit is visited, and by whom."""
    return "certification/visit_fixed", _visit_facts(application, visit)


def visit_moved(application: Application, visit: Visit, *, reason: str) -> tuple[str, dict[str, Any]]:
    """That the visit was changed, with what holds now."""
    return "certification/visit_moved", {**_visit_facts(application, visit), "note": reason}


def visit_cancelled(application: Application, visit: Visit, *, reason: str) -> tuple[str, dict[str, Any]]:
    """That the visit will not take place."""
    return "certification/visit_cancelled", {**_visit_facts(application, visit), "note": reason}


def remind_of(certificate: Certificate, *, at: datetime) -> list[Notice]:
    """Remind the centre that its certificate ends, and that it can be renewed."""
    application = certificate.application
    address = settings.PUBLIC_URL + reverse("start_renewal", args=[certificate.reference])
    facts = {**_facts(application), "certificate": certificate, "address": address}
    return tell_the_centre(application, ("certification/renewal_due", facts), by=None, at=at)


def tell_about(request: Reconsideration, template: str, *, by: Any, at: datetime, note: str = "") -> list[Notice]:
    """Tell the centre what became of its request to reconsider; `template` names the words."""
    facts = {**_facts(request.application), "asked": request, "note": note}
    facts["address"] = settings.PUBLIC_URL + request.get_absolute_url()
    return tell_the_centre(request.application, (f"certification/{template}", facts), by=by, at=at)


def tell_the_centre(
    application: Application, notice: tuple[str, Mapping[str, Any]], *, by: Any, at: datetime
) -> list[Notice]:
    """Draft and release a notice to everybody who is told; an address that is none holds nothing up.

    Must be called inside the transaction of the step, so that either both happen or neither.
    """
    template, context = notice
    notices = draft_for_all(application, template, context, about=application, at=at)
    return release(notices, by=by, at=at) if notices else []


def draft_for_all(
    application: Application, template: str, context: Mapping[str, Any], *, about: Case, at: datetime
) -> list[Notice]:
    """Draft a notice about a case to everybody who is told for the application's centre.

    An address that is none holds nothing up.
    """
    notices = []
    for recipient in recipients_at(application, on=timezone.localdate(at)):
        with suppress(NoticeRefused):
            notices.append(
                draft(
                    to_user=recipient.user,
                    to_email=recipient.email,
                    template=template,
                    context={**context, "name": recipient.name},
                    case=about,
                    at=at,
                )
            )
    return notices


def preview(application: Application, notice: tuple[str, Mapping[str, Any]], *, language: str = "th") -> Words:
    """The notice as it would be sent now to the first who is told."""
    template, context = notice
    recipients = recipients_at(application)
    name = recipients[0].name if recipients else str(application.centre)
    subject, text = worded(template, {**context, "name": name}, language)
    return Words(recipients, subject, text)


def _facts(application: Application) -> dict[str, Any]:
    return {"application": application, "address": settings.PUBLIC_URL + application.get_absolute_url()}


def _items(application: Application, codes: Iterable[str]) -> list[tuple[Any, ScreeningMark]]:
    """Criteria with their findings, in the order of the criteria."""
    wanted = set(codes)
    found = (criterion for criterion in application.library.criteria() if criterion.code in wanted)
    return [(criterion, application.screening_by_code[criterion.code]) for criterion in found]


def _visit_facts(application: Application, visit: Visit) -> dict[str, Any]:
    assessors = [str(seat.person) for seat in visit.assessors.select_related("person")]
    return {**_facts(application), "visit": visit, "panel": application.assignment.panel, "assessors": assessors}
