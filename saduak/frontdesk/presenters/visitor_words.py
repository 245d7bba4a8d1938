"""Every word that a visitor reads at the kiosk and on the phone, in four languages (ถ้อยคำสำหรับผู้รับบริการ).

Thai and English come from the catalogue. Burmese and Chinese stand here, beside the English that they translate. No
native speaker has checked the Burmese and the Chinese yet; whoever does, changes them here and strikes this sentence.
`{names}` in a sentence are filled in.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from saduak.catalogue.models import LANGUAGES

NAMES = {"th": "ไทย", "en": "English", "my": "မြန်မာ", "zh": "中文"}
"""Each language in itself."""

SPEECH = {"th": "th-TH", "en": "en-GB", "my": "my-MM", "zh": "zh-CN"}
"""How a browser's speech and `lang` name them."""


@dataclass(frozen=True)
class Said:
    """One sentence: English, which the catalogue turns into Thai, then Burmese and Chinese."""

    english: object
    my: str
    zh: str

    def __call__(self, language: str) -> str:
        """In that language; in English where it is none of ours."""
        if language in ("my", "zh"):
            return str(getattr(self, language))
        with override(language if language in LANGUAGES else "en"):
            return str(self.english)


ON_BOTH = {
    "your_number": Said(_("Your number"), "သင့်နံပါတ်", "您的号码"),
    "example": Said(_("Example"), "နမူနာ", "示例"),
    "service": Said(_("Service"), "ဝန်ဆောင်မှု", "服务"),
    "language": Said(_("Language"), "ဘာသာစကား", "语言"),
    "back": Said(_("Back"), "နောက်သို့", "返回"),
    "ahead": Said(_("{number} people before you"), "သင့်ရှေ့တွင် {number} ဦး ရှိသည်", "您前面还有 {number} 人"),
    "ahead_one": Said(_("One person before you"), "သင့်ရှေ့တွင် တစ်ဦး ရှိသည်", "您前面还有 1 人"),
    "next_one": Said(_("You are next"), "နောက်တစ်ဦးမှာ သင်ဖြစ်သည်", "下一位就是您"),
    "minutes": Said(_("About {low}–{high} minutes"), "ခန့်မှန်း {low}–{high} မိနစ်", "大约 {low}–{high} 分钟"),
    "minutes_most": Said(_("Less than {high} minutes"), "{high} မိနစ်အောက်", "不到 {high} 分钟"),
    "minutes_unknown": Said(
        _("We cannot tell yet how long it will take."),
        "ကြာမည့်အချိန်ကို ယခု မပြောနိုင်သေးပါ။",
        "目前还无法估计需要多长时间。",
    ),
    "print": Said(_("Print the ticket"), "လက်မှတ် ပုံနှိပ်ရန်", "打印号票"),
    "closed_day": Said(_("No tickets are given out today."), "ယနေ့ လက်မှတ် မထုတ်ပေးပါ။", "今天不发号。"),
    "closed_now": Said(_("No tickets are given out now."), "ယခု လက်မှတ် မထုတ်ပေးပါ။", "现在不发号。"),
    "come_back_now": Said(_("Let me wait again"), "ပြန်လည် စောင့်မည်", "重新排队"),
    "lost_another_day": Said(
        _("This ticket is of another day. Please take a new one."),
        "ယခင်နေ့၏ လက်မှတ် ဖြစ်သည်။ အသစ်ယူပါ။",
        "此号票不是今天的，请重新取号。",
    ),
    "lost_after_hours": Said(
        _("The counters have closed. Please come another day."),
        "ကောင်တာများ ပိတ်ပါပြီ။ နောက်နေ့ လာပါ။",
        "窗口已关闭，请改日再来。",
    ),
    "lost_too_often": Said(
        _("This ticket was called too often in vain. Please take a new one, or ask an officer."),
        "အကြိမ်များစွာ ခေါ်ပြီးပါပြီ။ လက်မှတ်အသစ်ယူပါ သို့မဟုတ် ဝန်ထမ်းကို မေးပါ။",
        "此号多次叫号未到，请重新取号或询问工作人员。",
    ),
    "choose_service": Said(_("What brings you here?"), "ဘာကိစ္စအတွက် လာပါသလဲ။", "您要办理什么业务？"),
    "choose_class": Said(_("Are you one of these?"), "အောက်ပါတို့တွင် ပါဝင်ပါသလား။", "您属于以下情况吗？"),
    "no_services": Said(_("There is no service to choose now."), "ယခု ရွေးစရာ မရှိပါ။", "目前没有可选的服务。"),
    "choose_one": Said(_("Choose one of these."), "တစ်ခု ရွေးပါ။", "请选择一项。"),
    "not_offered": Said(_("Not available now"), "ယခု မရနိုင်ပါ", "现在不可用"),
}

AT_THE_KIOSK = {
    "welcome": Said(_("Take a ticket here"), "ဤနေရာတွင် လက်မှတ်ယူပါ", "请在此取号"),
    "begin": Said(_("Touch to begin"), "စတင်ရန် ထိပါ", "请触摸屏幕开始"),
    "honest": Said(
        _("They wait shorter. Please answer honestly; nobody asks for papers here."),
        "၎င်းတို့ စောင့်ချိန် ပိုတိုသည်။ ရိုးသားစွာ ဖြေပါ။ ဤနေရာတွင် စာရွက်စာတမ်း မတောင်းပါ။",
        "这些人等候时间较短。请如实选择，此处不查证件。",
    ),
    "none_of_these": Said(_("No, none of these"), "မဟုတ်ပါ", "不属于"),
    "ticket_is": Said(_("Your ticket"), "သင့်လက်မှတ်", "您的号票"),
    "please_wait": Said(
        _("Please sit down. The number is called by voice and on the board."),
        "ထိုင်စောင့်ပါ။ နံပါတ်ကို အသံနှင့် ဆိုင်းဘုတ်ဖြင့် ခေါ်ပါမည်။",
        "请就座等候。叫号时有语音和屏幕提示。",
    ),
    "on_phone": Said(_("Follow it on your phone"), "ဖုန်းဖြင့် ကြည့်ရန်", "用手机查看"),
    "on_phone_hint": Said(
        _("Point the camera here. The phone tells you when it is nearly your turn."),
        "ကင်မရာဖြင့် ချိန်ပါ။ အလှည့်နီးလျှင် ဖုန်းက အသိပေးမည်။",
        "请用手机摄像头扫码，快轮到您时会有提醒。",
    ),
    "printing": Said(_("Printing …"), "ပုံနှိပ်နေသည် …", "正在打印……"),
    "printed": Said(_("Take your paper ticket below."), "စက္ကူလက်မှတ်ကို အောက်တွင် ယူပါ။", "请在下方取走纸质号票。"),
    "print_failed": Said(
        _("The printer does not answer. Your number holds all the same: note it, or point your phone at the code."),
        "ပုံနှိပ်စက် အလုပ်မလုပ်ပါ။ သင့်နံပါတ် မှန်ကန်ပါသည်။ မှတ်ထားပါ သို့မဟုတ် ဖုန်းဖြင့် ချိန်ပါ။",
        "打印机无响应。您的号码仍然有效，请记下号码，或用手机扫码。",
    ),
    "print_again": Said(_("Print again"), "ထပ်မံ ပုံနှိပ်ရန်", "重新打印"),
    "done": Said(_("Done"), "ပြီးပါပြီ", "完成"),
    "start_again": Said(_("Start again"), "အစမှ ပြန်စရန်", "重新开始"),
    "still_there": Said(_("Are you still there?"), "ရှိနေပါသေးသလား။", "您还在吗？"),
    "going_back": Said(
        _("In {seconds} seconds this screen starts again for the next visitor."),
        "{seconds} စက္ကန့်အတွင်း နောက်တစ်ဦးအတွက် အစမှ ပြန်စပါမည်။",
        "{seconds} 秒后将返回首页，供下一位使用。",
    ),
    "i_am_here": Said(_("I am still here"), "ရှိနေပါသည်", "我还在"),
    "read_aloud": Said(_("Read aloud"), "အသံဖြင့် ဖတ်ရန်", "语音朗读"),
    "read_aloud_off": Said(_("Stop reading aloud"), "အသံ ပိတ်ရန်", "停止朗读"),
    "lower": Said(_("Lower buttons"), "ခလုတ်များ အောက်သို့", "按钮下移"),
    "higher": Said(_("Higher buttons"), "ခလုတ်များ အပေါ်သို့", "按钮上移"),
    "contrast": Said(_("High contrast"), "အရောင် ပြတ်သားစွာ", "高对比度"),
    "contrast_off": Said(_("Ordinary colours"), "သာမန် အရောင်", "普通颜色"),
    "option": Said(_("Choice {number}: {name}."), "ရွေးချယ်မှု {number}၊ {name}။", "选项 {number}：{name}。"),
    "say_number": Said(_("Your number is {number}."), "သင့်နံပါတ်မှာ {number} ဖြစ်သည်။", "您的号码是 {number}。"),
    "people_wait": Said(_("{number} waiting"), "{number} ဦး စောင့်နေသည်", "{number} 人等候"),
    "have_appointment": Said(_("I have an appointment"), "ကြိုတင်ချိန်းဆိုထားသည်", "我有预约"),
    "type_code": Said(_("Touch the code of your appointment"), "ချိန်းဆိုမှုကုဒ်ကို ရိုက်ပါ", "请输入预约码"),
    "code_where": Said(
        _("Six figures, on the page or in the e-mail of your appointment."),
        "ဂဏန်း ၆ လုံး၊ ချိန်းဆိုမှုစာမျက်နှာ သို့မဟုတ် အီးမေးလ်တွင် ရှိသည်။",
        "六位数字，见预约页面或电子邮件。",
    ),
    "take_back": Said(_("Take the last figure back"), "နောက်ဆုံးဂဏန်းကို ဖျက်ရန်", "删除最后一位"),
    "done_typing": Said(_("Check in now"), "ယခု ဝင်ရောက်ရန်", "签到"),
    "booked_for": Said(_("Your appointment: {time}"), "သင့်ချိန်းဆိုချိန် - {time}", "您的预约时间：{time}"),
    "came_late": Said(
        _("The time of your appointment is over. This is a normal ticket."),
        "ချိန်းဆိုချိန် ကျော်သွားပါပြီ။ ဤသည်မှာ သာမန်လက်မှတ် ဖြစ်သည်။",
        "已过预约时间，这是普通号票。",
    ),
    "code_offline": Said(
        _("Without connection nobody can check in here. Please ask an officer."),
        "ချိတ်ဆက်မှု မရှိသဖြင့် ဝင်ရောက်၍ မရပါ။ ဝန်ထမ်းကို မေးပါ။",
        "网络中断，无法在此签到，请询问工作人员。",
    ),
    "missed_call": Said(_("I was called, and was not there"), "ခေါ်စဉ် မရှိခဲ့ပါ", "我错过了叫号"),
    "type_number": Said(_("Touch the number on your ticket"), "လက်မှတ်ပေါ်ရှိ နံပါတ်ကို ရိုက်ပါ", "请输入号票上的号码"),
    "number_where": Said(
        _("A letter and figures, such as A012. You keep your place, and wait a little."),
        "အက္ခရာနှင့် ဂဏန်း၊ ဥပမာ A012။ နေရာ မပျောက်ပါ၊ ခဏ စောင့်ရမည်။",
        "字母加数字，例如 A012。排位保留，稍候即可。",
    ),
    "waits_again": Said(_("{number} waits again"), "{number} ပြန်လည် စောင့်နေသည်", "{number} 已重新排队"),
    "number_none": Said(
        _("There is no ticket of today with this number. Look at the number again, or ask an officer."),
        "ဤနံပါတ်ဖြင့် ယနေ့လက်မှတ် မရှိပါ။ နံပါတ်ကို ပြန်ကြည့်ပါ သို့မဟုတ် ဝန်ထမ်းကို မေးပါ။",
        "今天没有此号码的号票。请核对号码，或询问工作人员。",
    ),
    "number_offline": Said(
        _("Without connection no number can be looked up here. Please ask an officer."),
        "ချိတ်ဆက်မှု မရှိသဖြင့် ရှာ၍ မရပါ။ ဝန်ထမ်းကို မေးပါ။",
        "网络中断，无法查询号码，请询问工作人员。",
    ),
    "making": Said(_("Your ticket is being made …"), "လက်မှတ် ပြုလုပ်နေသည် …", "正在取号……"),
    "no_line": Said(
        _("Without connection: tickets are given out all the same."),
        "ချိတ်ဆက်မှု မရှိပါ။ လက်မှတ် ဆက်လက် ထုတ်ပေးနေသည်။",
        "网络中断，仍可照常取号。",
    ),
    "unsent": Said(_("{number} tickets not sent yet"), "မပို့ရသေးသော လက်မှတ် {number} ခု", "{number} 张号票尚未上传"),
    "used_up": Said(
        _("This kiosk has no numbers left while there is no connection. Please ask an officer for a ticket."),
        "ချိတ်ဆက်မှု မရှိစဉ် နံပါတ် ကုန်သွားပါပြီ။ ဝန်ထမ်းထံ လက်မှတ် တောင်းပါ။",
        "网络中断且本机号码已用完，请向工作人员取号。",
    ),
    "not_today": Said(
        _("This kiosk has had no connection today, so it has no numbers. Please ask an officer for a ticket."),
        "ယနေ့ ချိတ်ဆက်မှု မရှိသေး၍ နံပါတ် မရှိပါ။ ဝန်ထမ်းထံ လက်မှတ် တောင်းပါ။",
        "本机今天尚未联网，没有号码。请向工作人员取号。",
    ),
    "refused": Said(_("This ticket could not be made: {reason}"), "လက်မှတ် မပြုလုပ်နိုင်ပါ။ {reason}", "无法取号：{reason}"),
    "something_failed": Said(
        _("Something failed. Please ask an officer."), "တစ်ခုခု မှားယွင်းသွားသည်။ ဝန်ထမ်းကို မေးပါ။", "出现故障，请询问工作人员。"
    ),
}

ON_THE_PHONE = {
    "take": Said(_("Take a ticket"), "လက်မှတ်ယူရန်", "取号"),
    "queue_at": Said(_("Queue at this office"), "ဤရုံး၏ တန်းစီမှု", "本办事处排队情况"),
    "stage_waiting": Said(_("Please wait"), "ခေတ္တစောင့်ပါ", "请等候"),
    "stage_called": Said(_("Please come now"), "ယခု လာပါ", "请到窗口"),
    "stage_serving": Said(_("You are being served"), "ဝန်ဆောင်မှု ပေးနေသည်", "正在为您办理"),
    "stage_on_hold": Said(_("Paused: stay nearby"), "ခေတ္တရပ်ထားသည်၊ အနီးတွင် နေပါ", "暂停办理，请在附近等候"),
    "stage_finished": Said(_("Your visit has ended. Thank you."), "ပြီးဆုံးပါပြီ။ ကျေးဇူးတင်ပါသည်။", "已办理完毕，谢谢。"),
    "stage_no_show": Said(_("You were called, and were not there"), "ခေါ်သော်လည်း မတွေ့ပါ", "已叫号，但您不在"),
    "stage_cancelled": Said(_("This ticket was cancelled"), "ဤလက်မှတ်ကို ပယ်ဖျက်ပြီး", "此号票已取消"),
    "counter": Said(_("Counter"), "ကောင်တာ", "窗口"),
    "missed": Said(
        _("You keep your place, after a short wait: say here, at the kiosk or to an officer that you have come."),
        "နေရာ မပျောက်ပါ၊ ခဏ စောင့်ရမည်။ ရောက်ရှိကြောင်း ဤနေရာ၊ စက် သို့မဟုတ် ဝန်ထမ်းထံ ပြောပါ။",
        "您的排位保留，稍候即可：请在此处、取号机或向工作人员确认您已到场。",
    ),
    "come_back": Said(_("I am here now: let me wait again"), "ယခု ရောက်ပါပြီ၊ ပြန်လည် စောင့်မည်", "我已到场，重新排队"),
    "come_back_words": Said(
        _(
            "Do this only when you are at the office. You keep your place, and are called after {minutes} minutes at "
            "the earliest."
        ),
        "ရုံးသို့ ရောက်မှသာ နှိပ်ပါ။ နေရာ မပျောက်ပါ။ အနည်းဆုံး {minutes} မိနစ် စောင့်ရမည်။",
        "请在到达办事处后再操作。您的排位保留，最早 {minutes} 分钟后叫号。",
    ),
    "not_before": Said(_("You will be called after {time}."), "{time} နောက်ပိုင်း ခေါ်ပါမည်။", "{time} 之后会叫您的号。"),
    "booked": Said(_("Appointment at {time}"), "{time} ချိန်းဆိုထားသည်", "预约时间 {time}"),
    "rule": Said(
        _(
            "Whoever has waited longest is called next; for visitors with priority a minute of waiting counts as "
            "{times}."
        ),
        "အကြာဆုံးစောင့်သူကို အရင်ခေါ်သည်။ ဦးစားပေးသူများအတွက် စောင့်ချိန်တစ်မိနစ်ကို {times} ဆ တွက်သည်။",
        "等候时间最长者先叫号；优先人员每等一分钟按 {times} 分钟计算。",
    ),
    "rule_plain": Said(
        _("Whoever has waited longest is called next."), "အကြာဆုံးစောင့်သူကို အရင်ခေါ်သည်။", "等候时间最长者先叫号。"
    ),
    "why": Said(
        _("Why was another number called before mine?"), "အခြားနံပါတ်ကို ဘာကြောင့် အရင်ခေါ်သလဲ။", "为什么先叫了别的号？"
    ),
    "rule_more": Said(_("How the order is made"), "အစဉ်မည်သို့ သတ်မှတ်သည်", "排队规则说明"),
    "cancel": Said(_("I do not need the ticket any more"), "လက်မှတ် မလိုတော့ပါ", "我不需要此号了"),
    "cancel_words": Said(
        _("Whoever waits behind you is called sooner. It cannot be taken back."),
        "သင့်နောက်မှလူများ ပိုမြန်မည်။ ပြန်ပြင်၍ မရပါ။",
        "后面的人会更快被叫到。取消后不能恢复。",
    ),
    "cancel_now": Said(_("Cancel ticket {number}"), "လက်မှတ် {number} ကို ပယ်ဖျက်ရန်", "取消 {number} 号"),
    "tell_me": Said(_("Tell me when it is nearly my turn"), "အလှည့်နီးလျှင် အသိပေးပါ", "快轮到我时提醒我"),
    "tell_by_phone": Said(_("By a message on this phone"), "ဤဖုန်းသို့ သတိပေးချက်ဖြင့်", "在本手机上提醒"),
    "telling": Said(_("This phone will tell you."), "ဤဖုန်းက အသိပေးမည်။", "本手机会提醒您。"),
    "tell_refused": Said(
        _("This phone does not allow messages from here. Keep the page open: it sounds and vibrates."),
        "ဤဖုန်းက သတိပေးချက် ခွင့်မပြုပါ။ စာမျက်နှာကို ဖွင့်ထားပါ။",
        "本手机不允许提醒。请保持页面打开，届时会响铃和振动。",
    ),
    "email": Said(_("E-mail"), "အီးမေးလ်", "电子邮箱"),
    "email_hint": Said(_("Used for this ticket only."), "ဤလက်မှတ်အတွက်သာ သုံးပါမည်။", "仅用于本次取号。"),
    "email_told": Said(_("A message will come to {email}."), "{email} သို့ စာ ပို့ပါမည်။", "提醒将发送至 {email}。"),
    "email_send": Said(_("Tell me by e-mail"), "အီးမေးလ်ဖြင့် အသိပေးပါ", "通过邮件提醒"),
    "email_wrong": Said(_("This is no e-mail address."), "အီးမေးလ် မမှန်ပါ။", "电子邮箱格式不正确。"),
    "sound_on": Said(_("Sound when I am called"), "ခေါ်လျှင် အသံမြည်ရန်", "叫号时响铃"),
    "find": Said(_("Find my ticket again"), "လက်မှတ် ပြန်ရှာရန်", "找回我的号票"),
    "find_hint": Said(
        _("Number and code stand on the paper, and on this page."),
        "နံပါတ်နှင့် ကုဒ်ကို စက္ကူပေါ်တွင် ကြည့်ပါ။",
        "号码和代码印在纸质号票和本页上。",
    ),
    "find_none": Said(
        _("There is no ticket of today with this number and code."),
        "ဤနံပါတ်နှင့် ကုဒ်ဖြင့် ယနေ့လက်မှတ် မရှိပါ။",
        "今天没有此号码和代码的号票。",
    ),
    "number": Said(_("Number on the ticket"), "နံပါတ်", "号码"),
    "code": Said(_("Code"), "ကုဒ်", "代码"),
    "code_words": Said(
        _("Should you lose this page: number {number}, code {code}."),
        "စာမျက်နှာ ပျောက်သွားလျှင် နံပါတ် {number}၊ ကုဒ် {code}။",
        "若页面丢失：号码 {number}，代码 {code}。",
    ),
    "as_of": Said(_("As of {time}"), "{time} အချိန်အရ", "更新于 {time}"),
    "no_news": Said(
        _("No connection. This is what was known at {time}."),
        "ချိတ်ဆက်မှု မရှိပါ။ {time} က အခြေအနေ။",
        "网络中断。以下为 {time} 的情况。",
    ),
    "your_ticket_waits": Said(_("You already have a ticket here"), "လက်မှတ် ရှိပြီးသား ဖြစ်သည်", "您在此已有号票"),
    "be_honest": Said(
        _("They wait shorter. Please answer honestly."),
        "၎င်းတို့ စောင့်ချိန် ပိုတိုသည်။ ရိုးသားစွာ ဖြေပါ။",
        "这些人等候时间较短，请如实选择。",
    ),
    "my_ticket": Said(_("Open my ticket"), "ကျွန်ုပ်၏ လက်မှတ်ကို ဖွင့်ရန်", "打开我的号票"),
    "once_more": Said(
        _("This page was open for too long. Look at it once more, and press again."),
        "စာမျက်နှာ ကြာမြင့်စွာ ဖွင့်ထားသည်။ ပြန်စစ်ပြီး ထပ်နှိပ်ပါ။",
        "此页面打开时间过长，请核对后再按一次。",
    ),
    "who_are_you": Said(_("Who goes sooner"), "ဦးစားပေးသူများ", "优先人员"),
    "nobody_waits": Said(_("Nobody waits"), "စောင့်သူ မရှိပါ", "无人等候"),
    "one_waits": Said(_("One person waits"), "တစ်ဦး စောင့်နေသည်", "1 人等候"),
    "many_wait": Said(_("{number} people wait"), "{number} ဦး စောင့်နေသည်", "{number} 人等候"),
    "not_known": Said(_("This ticket is not known here yet"), "ဤလက်မှတ်ကို မသိသေးပါ", "尚未查到此号票"),
    "not_known_words": Said(
        _(
            "If it was just taken from a kiosk that has no connection, it appears here by itself as soon as there is "
            "one. Your number holds all the same."
        ),
        "ချိတ်ဆက်မှု မရှိသော စက်မှ ယူထားလျှင် ချိတ်ဆက်မိသည်နှင့် ပေါ်လာမည်။ သင့်နံပါတ် မှန်ကန်ပါသည်။",
        "如果号票取自断网的取号机，联网后会自动显示。您的号码仍然有效。",
    ),
    "look_again": Said(_("Look again"), "ပြန်ကြည့်ရန်", "重新查看"),
    "too_often": Said(
        _("Too many tickets were taken from this connection. Please ask an officer."),
        "ဤချိတ်ဆက်မှုမှ လက်မှတ် များလွန်းသည်။ ဝန်ထမ်းကို မေးပါ။",
        "此网络取号过多，请询问工作人员。",
    ),
    "push_near": Said(_("Nearly your turn: {number}"), "အလှည့်နီးပါပြီ- {number}", "快轮到您了：{number}"),
    "push_near_words": Said(_("Please come to the waiting area."), "စောင့်ဆိုင်းရာနေရာသို့ လာပါ။", "请到等候区。"),
    "push_called": Said(
        _("{number}: please come to counter {counter}"),
        "{number}- ကောင်တာ {counter} သို့ လာပါ",
        "{number} 请到 {counter} 号窗口",
    ),
}


def at_the_kiosk() -> dict[str, dict[str, str]]:
    """Language → name of a sentence → sentence, of everything that a kiosk says."""
    return {language: {key: said(language) for key, said in (ON_BOTH | AT_THE_KIOSK).items()} for language in LANGUAGES}


def on_the_phone(language: str) -> dict[str, str]:
    """Name of a sentence → sentence, of everything that the visitor's own pages say."""
    return {key: said(language) for key, said in (ON_BOTH | ON_THE_PHONE).items()}


def say(key: str, language: str, **values: object) -> str:
    """One sentence with its names filled in."""
    return {**ON_BOTH, **AT_THE_KIOSK, **ON_THE_PHONE}[key](language).format(**values)
