"""How a wait is told, in the four languages of visitors: "about 15–25 minutes", or why nobody can say (เวลารอ).

No native speaker has checked the Burmese and the Chinese yet; whoever does, strikes this sentence.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saduak.frontdesk.estimation.estimates import Unknown
from saduak.frontdesk.models import Desk, Ticket
from saduak.frontdesk.presenters.visitor_words import Said, say
from saduak.frontdesk.queries import waits
from saduak.frontdesk.queries.console import Line
from saduak.frontdesk.queries.waits import Wait, waits_of_groups

UNKNOWN = {
    Unknown.NO_COUNTER: Said(
        _("No counter for this service is open now, so nobody can say how long it will take."),
        "ဤဝန်ဆောင်မှုအတွက် ကောင်တာ မဖွင့်သေးသဖြင့် ကြာမည့်အချိန်ကို မပြောနိုင်ပါ။",
        "目前没有办理此业务的窗口开放，无法估计等候时间。",
    ),
    Unknown.TOO_FEW_VISITS: Said(
        _("Too few visits have been measured to say how long it will take."),
        "တိုင်းတာထားသော အကြိမ်ရေ နည်းသေးသဖြင့် ကြာမည့်အချိန်ကို မပြောနိုင်သေးပါ။",
        "已测量的办理次数太少，还无法估计等候时间。",
    ),
}


def wait_of(ticket: Ticket, at: datetime) -> Wait | None:
    """What the holder of a waiting ticket is told; None: nobody has estimated lately."""
    return waits.wait_of(ticket, at)


def in_words(wait: Wait | None, language: str) -> str:
    """About 15–25 minutes; less than 5 minutes; or honestly why that is not known."""
    if wait is None:
        return say("minutes_unknown", language)
    if wait.why is not None:
        return UNKNOWN[wait.why](language)
    if not wait.low:
        return say("minutes_most", language, high=wait.high)
    return say("minutes", language, low=wait.low, high=wait.high)


def told_with_lines(desk: Desk, lines: Sequence[Line], at: datetime) -> list[tuple[Line, str]]:
    """Each line of a desk with what somebody is told who takes a ticket for it now; empty where nothing is known."""
    language = "en" if get_language() == "en" else "th"
    told = waits_of_groups(desk, waits.waits_of_who_comes(desk, at))
    return [(line, in_words(told[line.group.pk], language) if line.group.pk in told else "") for line in lines]


def people_and_minutes(wait: Wait, language: str) -> str:
    """4 people before you · about 15–25 minutes."""
    ahead = say("ahead_one", language) if wait.ahead == 1 else say("ahead", language, number=wait.ahead)
    return f"{ahead if wait.ahead else say('nobody_waits', language)} · {in_words(wait, language)}"
