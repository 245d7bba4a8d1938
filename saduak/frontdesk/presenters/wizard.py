"""The questions of the set-up in words."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django.utils.translation import gettext_lazy as _

from saduak.design.components import Stop
from saduak.frontdesk.queries.setting_up import Progress

HEADINGS = {
    "kind": _("What kind of office is it?"),
    "services": _("Which services do you offer?"),
    "counters": _("How many counters do you have?"),
    "hours": _("When are you open?"),
    "languages": _("In which languages do you speak to visitors?"),
    "ready": _("The first ticket"),
}
LEADS = {
    "kind": _("Six short questions, about five minutes. You can leave at any time and go on later."),
    "services": _("Untick what you do not offer. The minutes are our starting values: put yours in their place."),
    "counters": "",
    "hours": _("The holidays of government offices are known already."),
    "languages": _("Services and instructions are shown in these languages at the kiosk and on the phone."),
    "ready": _("Look at your ticket, then open the desk and take the first one."),
}
LABELS = {
    "kind": _("Kind of office"),
    "services": _("Services"),
    "counters": _("Counters"),
    "hours": _("Hours"),
    "languages": _("Languages"),
    "ready": _("The first ticket"),
}


def stops_of(progress: Progress, now: str) -> list[Stop]:
    """The questions as a track."""
    return [
        Stop(LABELS[question], "now" if question == now else "done" if question in progress.done else "ahead")
        for question in progress.questions
    ]


def week_of(hours: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Stored hours as the four answers of the question; those of government offices where they fit no such answers."""
    last = max((max(part["days"]) for part in hours), default=5)
    opens = min((part["opens"] for part in hours), default="08:30")
    closes = max((part["closes"] for part in hours), default="16:30")
    return {
        "days": "daily" if last == 7 else "saturdays" if last == 6 else "weekdays",
        "opens": time.fromisoformat(opens),
        "closes": time(23, 59) if closes == "24:00" else time.fromisoformat(closes),
        "midday": any(part["closes"] == "12:00" for part in hours) and any(part["opens"] == "13:00" for part in hours),
    }
