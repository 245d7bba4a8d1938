"""What the console says when it has no server to ask."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def words() -> dict[str, str]:
    """Sentences by name; {names} are filled in by the page."""
    return {
        "nothing": _("This computer knows nothing of today's queue. Wait for the connection."),
        "known": _("What this computer knew at {time}. Calls made here are told to the server as soon as it answers."),
        "counter": _("Counter {label}"),
        "free": _("Nobody is at your counter"),
        "is_paused": _("Your counter is paused"),
        "next": _("Next visitor"),
        "none": _("Nobody of whom this computer knows waits for your counter."),
        "called": _("Called {times} times"),
        "serving": _("Being served"),
        "start": _("Begin to serve"),
        "recall": _("Call again"),
        "no_show": _("Did not come"),
        "too_early": _("The visitor has not been called often enough to count as absent."),
        "hold": _("Put on hold"),
        "held": pgettext("people", "On hold"),
        "resume_held": pgettext("held ticket", "Call"),
        "bring_back": _("Has come"),
        "back_at": _("Waits again; not called before {time}"),
        "another": _("Go on with another service"),
        "service": pgettext("ticket", "Service"),
        "begin": _("Begin this service"),
        "outcome": _("How it ended"),
        "finish": _("Finish"),
        "undo": _("Take the last step back"),
        "pause": _("Pause"),
        "why": pgettext("ticket", "Why"),
        "pause_now": _("Pause the counter"),
        "resume": _("Be ready again"),
        "waits_title": _("What waits for the connection"),
        "waits_tickets": _("Giving out tickets: the kiosk goes on by itself; without one, write numbers on paper."),
        "waits_transfer": _(
            "Passing on to another counter or centre: put the visitor on hold, and pass on afterwards."
        ),
        "waits_order": _("Calling out of order, tickets held or missed at other counters, and private notes."),
        "waiting": _("{number} wait, of whom this computer knows"),
        "unsent": _("{number} steps are not told to the server yet"),
        "told": _("The server answers again, and everything is told."),
        "undecided": _("{number} steps could not be taken in; the supervisor finds them in the list."),
        "signed_out": _("You are signed out. Sign in again on the console: then they are told by themselves."),
        "refused": _("{number} steps could not be told. Tell the supervisor what was done."),
        "back": _("Back to the console"),
    }
