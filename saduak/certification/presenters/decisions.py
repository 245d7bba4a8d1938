"""What a step that asks only for a reason will bring about, before it is taken (การตัดสินใจ)."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Consequence:
    """The page of one step: its heading, what will happen, and what the button says.

    `reason_label` is empty when no reason is asked for.
    """

    title: object
    happens: tuple[object, ...]
    button: object
    reason_label: object = _("Reason")
    kind: str = "primary"


CONSEQUENCES: dict[str, Consequence] = {
    "withdraw": Consequence(
        _("Withdraw the application"),
        (
            _("The application ends here. It cannot be taken up again."),
            _("The dossier and its history are kept, with the reason that you write."),
            _("A visit that is planned is cancelled."),
            _("While the round accepts applications, the centre may begin a new one."),
        ),
        _("Withdraw the application for good"),
        _("Why does the centre withdraw?"),
        "danger",
    ),
    "correct_screening": Consequence(
        _("Take the screening up again"),
        (
            _("The application goes back to the screening. All findings stay and can be changed."),
            _("It can be assigned to a sub-committee only after it has passed again."),
        ),
        _("Take the screening up again"),
        _("What has to be looked at again?"),
    ),
    "cancel_visit": Consequence(
        _("Cancel the visit"),
        (
            _("The visit is taken out of the itinerary of the sub-committee."),
            _("The unit stays with its sub-committee and waits for a new visit."),
            _("Head and contact person of the centre get a notice with the reason that you write."),
        ),
        _("Cancel the visit"),
        _("Why is the visit cancelled?"),
        "danger",
    ),
    "hold_visit": Consequence(
        _("Record that the visit was held"),
        (
            _("The assessors can score now, each alone and blind until the own sheet is handed in."),
            _("Place, hours and assessors of the visit stay as they are."),
            _("The secretariat can take this back while nobody has begun to score."),
        ),
        _("Record the visit as held"),
        "",
    ),
    "correct_visit": Consequence(
        _("The visit was not held after all"),
        (
            _("The visit is planned again, as it was before it was recorded as held."),
            _("No score sheet is lost: this is only open while nobody has begun to score."),
        ),
        _("Put the visit back to planned"),
        _("What was recorded wrongly?"),
    ),
    "reopen_consensus": Consequence(
        _("Open the agreed scores again"),
        (
            _("The signature, the total and the level are taken back."),
            _("The agreed values stay and can be changed. The chair signs anew."),
        ),
        _("Open the agreed scores again"),
        _("What has to be agreed anew?"),
    ),
    "propose": Consequence(
        _("Propose to the steering committee"),
        (
            _("The unit is proposed with the total and the level that the chair has signed."),
            _("The secretary of the steering committee can put it on an agenda."),
            _("The members of the steering committee can read the dossier and the agreed scores."),
        ),
        _("Propose the unit to the steering committee"),
        "",
    ),
    "take_back_proposal": Consequence(
        _("Take the proposal back"),
        (
            _("The unit is no longer proposed. Total and level stay as signed."),
            _("It can be proposed again at any time during the round."),
        ),
        _("Take the proposal back"),
        _("Why is the proposal taken back?"),
    ),
}
"""Step → its page."""
