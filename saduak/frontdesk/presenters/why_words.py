"""Why somebody was called first, as a visitor is told it: true, and nothing of the other person (เหตุที่เรียกคิวอื่นก่อน).

What is told of the other is what the published rule says of everybody: never the class, its factor, minutes, or what
an officer wrote. Where the longer wait decides alone, nothing is said of a class, though there may be one. No native
speaker has checked the Burmese and the Chinese yet; whoever does, strikes this sentence.
"""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from saduak.frontdesk.presenters.visitor_words import Said
from saduak.frontdesk.rules.reasons import Answer, Why

WORDS = {
    "title": Said(
        _("Why was another number called before mine?"),
        "အခြားနံပါတ်ကို ဘာကြောင့် အရင်ခေါ်သလဲ။",
        "为什么先叫了别的号？",
    ),
    "hint": Said(_("Type the number as it stood on the board."), "ဆိုင်းဘုတ်ပေါ်မှ နံပါတ်ကို ရိုက်ထည့်ပါ။", "请输入屏幕上显示的号码。"),
    "ask": Said(_("Tell me why"), "ဘာကြောင့်လဲ ပြောပြပါ", "告诉我原因"),
    "lately": Said(_("Called lately"), "မကြာမီက ခေါ်ထားသည်", "最近叫过的号"),
    "none": Said(
        _("{other} has not been called today at this office."),
        "ယနေ့ ဤရုံးတွင် {other} ကို မခေါ်ရသေးပါ။",
        "今天本办事处还没有叫过 {other} 号。",
    ),
    "called": Said(
        _("{other} was called to counter {counter} at {time}."),
        "{other} ကို {time} တွင် ကောင်တာ {counter} သို့ ခေါ်ခဲ့သည်။",
        "{other} 号于 {time} 被叫到 {counter} 号窗口。",
    ),
    "did_not_wait": Said(
        _("Your ticket did not wait at that moment."),
        "ထိုအချိန်တွင် သင့်လက်မှတ် စောင့်ဆိုင်းနေခြင်း မရှိပါ။",
        "当时您的号不在等候中。",
    ),
    "back": Said(_("Back to my ticket"), "ကျွန်ုပ်၏ လက်မှတ်သို့", "返回我的号票"),
}

BECAUSE = {
    Why.OUT_OF_ORDER: Said(
        _("An officer called it out of order. The reason is recorded, and the supervisor answers for it."),
        "ဝန်ထမ်းက အစဉ်ပြင်ပ ခေါ်ခဲ့သည်။ အကြောင်းရင်းကို မှတ်တမ်းတင်ထားပြီး ကြီးကြပ်သူက တာဝန်ယူသည်။",
        "工作人员破例先叫了该号。原因已记录，由主管负责说明。",
    ),
    Why.NOT_YET_HERE: Said(_("You had not come yet."), "သင် မရောက်သေးပါ။", "当时您还没有到。"),
    Why.MY_HOLD_OFF: Said(
        _("You had missed a call and come back; then a ticket is held off for some minutes."),
        "သင့်ကို ခေါ်စဉ် မရှိသဖြင့် ပြန်လာပြီးနောက် မိနစ်အနည်းငယ် စောင့်ရသည်။",
        "您曾过号后返回，需稍等几分钟才会再次叫号。",
    ),
    Why.MY_TIME_TO_COME: Said(
        _("The time of your appointment had not come yet."),
        "သင့်ချိန်းဆိုချိန် မရောက်သေးပါ။",
        "您的预约时间还没有到。",
    ),
    Why.OTHER_COUNTER: Said(
        _("You had been passed on to another counter."),
        "သင့်ကို အခြားကောင်တာသို့ လွှဲပြောင်းထားသည်။",
        "您已被转到其他窗口。",
    ),
    Why.OTHER_SERVICE: Said(
        _("That counter does not do your service."),
        "ထိုကောင်တာတွင် သင့်ဝန်ဆောင်မှု မရှိပါ။",
        "该窗口不办理您的业务。",
    ),
    Why.WAITED_LONGER: Said(
        _("Its waiting counts from an earlier time than yours."),
        "၎င်း၏ စောင့်ချိန်ကို သင့်ထက်စော၍ ရေတွက်သည်။",
        "该号的等候时间比您的更早开始计算。",
    ),
    Why.BOOKED: Said(
        _("With an appointment the waiting counts from the booked time."),
        "ချိန်းဆိုထားလျှင် ချိန်းဆိုချိန်မှ ရေတွက်သည်။",
        "有预约的，从预约时间开始计算。",
    ),
    Why.TRANSFERRED: Said(
        _("Whoever is passed on keeps the first arrival."),
        "လွှဲပြောင်းခံရသူသည် ပထမရောက်ချိန်ကို ဆက်ယူသည်။",
        "被转办的人保留最初到达时间。",
    ),
    Why.RETURNED: Said(
        _("Whoever comes back after a missed call keeps the first arrival."),
        "အခေါ်လွတ်ပြီး ပြန်လာသူသည် ပထမရောက်ချိန်ကို ဆက်ယူသည်။",
        "过号后返回的人保留最初到达时间。",
    ),
    Why.MY_LATENESS: Said(
        _("You came too late for your appointment, so your waiting counts from when you came."),
        "ချိန်းဆိုချိန်ထက် နောက်ကျသဖြင့် ရောက်ချိန်မှ ရေတွက်သည်။",
        "您迟到超过预约时限，从到达时开始计算。",
    ),
    Why.HIGHER_B: Said(
        _("By the published rule some visitors go sooner."),
        "ကြေညာထားသော စည်းမျဉ်းအရ အချို့သူများကို အရင်ခေါ်သည်။",
        "按公布的规则，部分人员优先。",
    ),
    Why.EARLIER_TICKET: Said(
        _("Both had gathered the same, and its ticket was taken earlier."),
        "တူညီသော်လည်း လက်မှတ်ကို အရင်ယူထားသည်။",
        "两号相同，但该号取号更早。",
    ),
    Why.AGAINST_THE_ORDER: Said(
        _("The rule does not explain it. Please ask the supervisor."),
        "စည်းမျဉ်းဖြင့် မရှင်းပြနိုင်ပါ။ ကြီးကြပ်သူကို မေးပါ။",
        "规则无法解释此情况，请询问主管。",
    ),
}
"""The reasons that a visitor is told; a credit is told as any other way of going sooner."""


def reasons_for_visitors(answer: Answer) -> list[Why]:
    """Those of the real reasons that are told, in their order, and no more than needed."""
    return list(dict.fromkeys(_told(answer)))


def because(answer: Answer, language: str) -> Iterable[str]:
    """The reasons as sentences."""
    return [BECAUSE[why](language) for why in reasons_for_visitors(answer)]


def _told(answer: Answer) -> Iterator[Why]:
    for why in answer.reasons:
        if why in (Why.HIGHER_B, Why.CREDIT):
            if Why.WAITED_LONGER not in answer.reasons:
                yield Why.HIGHER_B
        else:
            yield why
