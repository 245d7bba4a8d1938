"""What waits for a centre whose certificate comes near its last day."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import Certificate
from saduak.certification.queries.renewals import own_certificates, renewal_of, rounds_to_renew_in
from saduak.certification.rules import may_be_renewed
from saduak.design.work import WorkItem

KIND = _("Certification")


def work_of_renewals(user: Any, today: date) -> list[WorkItem]:
    """Certificates of the person's own centres that can be renewed, and those that end with no round to renew them in.

    One question for people without a centre or certificate, three more for each certificate near its end.
    """
    near = [
        one
        for one in own_certificates(user)
        if one.is_example or may_be_renewed(one.expires_on, today, months=one.round.renewal_months)
    ]
    return [item for one in near if renewal_of(one) is None and (item := _item(one, today)) is not None]


def _item(one: Certificate, today: date) -> WorkItem | None:
    can = bool(rounds_to_renew_in(one, today))
    if not can and one.is_example:
        return None
    return WorkItem(
        reference=one.reference,
        who=str(one.centre),
        awaited=_("Renew the certificate before its last day")
        if can
        else _("The certificate ends; no round takes applications for its renewal yet"),
        due=None if one.is_example else one.expires_on,
        url=reverse("start_renewal", args=[one.reference]),
        action=_("Renew") if can else _("Look"),
        kind=KIND,
        is_example=one.is_example,
    )
