"""What the console says when it has no server to ask."""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    """Sentences by name; {names} are filled in by the page."""
    return {
        "nothing": _("This computer knows nothing of today's queue. Wait for the connection."),
        "known": _("What this computer knew at {time}. Calls made here are told to the server as soon as it answers."),
        "counter": _("Counter {label}"),
        "free": _("Nobody is at your counter"),
        "next": _("Next visitor"),
        "none": _("Nobody of whom this computer knows waits for your counter."),
        "called": _("Called {times} times"),
        "serving": _("Being served"),
        "start": _("Begin to serve"),
        "recall": _("Call again"),
        "no_show": _("Did not come"),
        "outcome": _("How it ended"),
        "finish": _("Finish"),
        "waiting": _("{number} wait, of whom this computer knows"),
        "unsent": _("{number} steps are not told to the server yet"),
        "told": _("The server answers again, and everything is told."),
        "undecided": _("{number} steps could not be taken in; the supervisor finds them in the list."),
        "refused": _("Some steps could not be told. Sign in again on the console, and come back to this page."),
        "back": _("Back to the console"),
    }
