"""What a visitor reads when rating a visit, in four languages, as `visitor_words` has it (ถ้อยคำสำหรับการให้คะแนน)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saduak.catalogue.models import LANGUAGES
from saduak.frontdesk.presenters.visitor_words import Said

FACES = (
    Said(_("Very dissatisfied"), "အလွန် မကျေနပ်ပါ", "非常不满意"),
    Said(_("Dissatisfied"), "မကျေနပ်ပါ", "不满意"),
    Said(_("Neither"), "သာမန်ပါ", "一般"),
    Said(_("Satisfied"), "ကျေနပ်ပါသည်", "满意"),
    Said(_("Very satisfied"), "အလွန် ကျေနပ်ပါသည်", "非常满意"),
)
"""From the first face to the fifth."""

MOUTHS = (
    "M14 36Q24 25 34 36",
    "M15 34.5Q24 30 33 34.5",
    "M15 33H33",
    "M15 31Q24 36.5 33 31",
    "M13 29H35Q33 39 24 39T13 29Z",
)
"""How the faces look: what stands in for a mouth, in a square of 48."""

RATING = {
    "question": Said(_("How satisfied are you with the service?"), "ဝန်ဆောင်မှုကို မည်မျှ ကျေနပ်ပါသလဲ။", "您对本次服务满意吗？"),
    "nobody_knows": Said(
        _("Nobody can see who gave which answer."), "မည်သူ ဖြေသည်ကို မည်သူမျှ မသိနိုင်ပါ။", "没有人能看到您的个人评价。"
    ),
    "thanks": Said(_("Thank you for your answer."), "ဖြေဆိုပေးသည့်အတွက် ကျေးဇူးတင်ပါသည်။", "感谢您的评价。"),
    "comment": Said(_("Would you like to add something?"), "ထပ်မံ ပြောလိုသည် ရှိပါသလား။", "您还有什么想说的吗？"),
    "comment_hint": Said(
        _("Not needed. Only the head of the desk reads it; please write no names."),
        "မဖြစ်မနေ မဟုတ်ပါ။ တာဝန်ခံသာ ဖတ်ပါမည်။ အမည် မရေးပါနှင့်။",
        "非必填。只有服务台负责人能看到，请勿写姓名。",
    ),
    "send": Said(_("Send"), "ပို့ရန်", "提交"),
    "heard": Said(_("Thank you. Your words have arrived."), "ကျေးဇူးတင်ပါသည်။ သင့်စကား ရောက်ပါပြီ။", "谢谢，您的意见已收到。"),
    "not_now": Said(
        _("You can rate the service when your visit has ended, until the end of the day."),
        "ဝန်ဆောင်မှု ပြီးဆုံးပြီးနောက် ထိုနေ့အတွင်း အဆင့်သတ်မှတ်နိုင်ပါသည်။",
        "办理完毕后，当天之内可以评价。",
    ),
    "welcome": Said(pgettext_lazy("visitor", "Welcome"), "ကြိုဆိုပါသည်", "欢迎"),
    "rate": Said(_("Rate the service"), "ဝန်ဆောင်မှုကို အဆင့်သတ်မှတ်ရန်", "评价服务"),
    "counter": Said(_("Counter {label}"), "ကောင်တာ {label}", "{label} 号窗口"),
    "which_visit": Said(_("Which is your number?"), "သင့်နံပါတ် မည်သည်နည်း။", "您的号码是哪个？"),
    "no_visit": Said(
        _("No visit has ended in the last minutes."),
        "ပြီးခဲ့သော မိနစ်များအတွင်း ပြီးဆုံးသော ဝန်ဆောင်မှု မရှိပါ။",
        "最近几分钟内没有办理完毕的业务。",
    ),
}


@dataclass(frozen=True)
class Face:
    """One face to choose: its number, what it says, and its mouth."""

    score: int
    words: str
    mouth: str


def faces(language: str) -> list[Face]:
    """The five faces in a language, the least satisfied first."""
    return [
        Face(score, said(language), mouth)
        for score, (said, mouth) in enumerate(zip(FACES, MOUTHS, strict=True), start=1)
    ]


def rating_words(language: str) -> dict[str, str]:
    """`RATING` in a language."""
    return {name: said(language) for name, said in RATING.items()}


def rating_facts() -> dict[str, Any]:
    """All of it for a device that goes on without us: sentences and faces by language, and how the faces look."""
    return {
        "sentences": {code: rating_words(code) for code in LANGUAGES},
        "faces": {code: [face.words for face in faces(code)] for code in LANGUAGES},
        "mouths": MOUTHS,
    }
