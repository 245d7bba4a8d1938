"""What each act on a certificate brings about, before it is taken (ผลของการดำเนินการ)."""

from datetime import date

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from saduak.certification.presenters.decisions import Consequence
from saduak.certification.procedure.certificates import ActKind
from saduak.thai import dates

_COMMITTEE = (
    gettext_lazy("The proposal waits for the agenda of a meeting. Nothing changes before the committee has resolved."),
    gettext_lazy("The committee may decide otherwise, or do nothing; each time with its reason."),
    gettext_lazy("The proposal and its reason are kept in the history of the certificate."),
)

CONSEQUENCES: dict[str, Consequence] = {
    "order": Consequence(
        gettext_lazy("Suspend at once by order"),
        (
            gettext_lazy("From this moment on the register and the check of the certificate say that it is suspended."),
            gettext_lazy("Its file is no longer handed out."),
            gettext_lazy("A letter to the centre is drafted with the ground and the reason; it waits in the outbox."),
            gettext_lazy("The order ends by itself after its last day, unless the committee resolves otherwise."),
            gettext_lazy("This rule is the platform's own, unchecked against the text of any order of the committee."),
        ),
        gettext_lazy("Suspend the certificate now"),
        kind="danger",
    ),
    "lift": Consequence(
        gettext_lazy("Lift the order"),
        (
            gettext_lazy("The certificate is in force again from this moment on, until the end of its term."),
            gettext_lazy("A letter to the centre is drafted; it waits in the outbox."),
        ),
        gettext_lazy("Lift the order and restore the certificate"),
    ),
    "give_back": Consequence(
        gettext_lazy("Give the certificate back"),
        (
            gettext_lazy(
                "The certificate ends here. This cannot be undone; the centre can apply anew in another round."
            ),
            gettext_lazy("The register says that the centre has given it back, and since when."),
            gettext_lazy("Plaque and emblem may no longer be shown."),
        ),
        gettext_lazy("Give the certificate back for good"),
        kind="danger",
    ),
    "take_back": Consequence(
        gettext_lazy("Take the proposal back"),
        (gettext_lazy("The proposal ends here. Another one can be made at any time."),),
        gettext_lazy("Take the proposal back"),
    ),
    ActKind.SUSPEND: Consequence(
        gettext_lazy("Propose to suspend"), _COMMITTEE, gettext_lazy("Propose it to the committee")
    ),
    ActKind.PROLONG: Consequence(
        gettext_lazy("Propose to uphold the suspension"), _COMMITTEE, gettext_lazy("Propose it to the committee")
    ),
    ActKind.RESTORE: Consequence(
        gettext_lazy("Propose to restore"), _COMMITTEE, gettext_lazy("Propose it to the committee")
    ),
    ActKind.REVOKE: Consequence(
        gettext_lazy("Propose to revoke"), _COMMITTEE, gettext_lazy("Propose it to the committee")
    ),
}
"""Act → its page."""

_PROPOSED = gettext_lazy("The proposal waits for the agenda of a meeting.")
DONE: dict[str, object] = {
    "order": gettext_lazy("The certificate is suspended. The letter to the centre is being drafted."),
    "lift": gettext_lazy("The certificate is in force again."),
    "give_back": gettext_lazy("The certificate has been given back."),
    "take_back": gettext_lazy("The proposal is taken back."),
    **dict.fromkeys([ActKind.SUSPEND, ActKind.PROLONG, ActKind.RESTORE, ActKind.REVOKE], _PROPOSED),
}
"""Act → what is said when it is done."""


def until_at_most(last: date) -> str:
    """What stands under the last day of an order."""
    words = _("Left empty, it is %(day)s, which is also the latest. For example 15/1/2569")
    return words % {"day": dates.short(last, get_language() or "th")}
