"""What a desk begins with before anybody has said anything: whom it lets go sooner, and by how much.

A minute of waiting of a priority visitor counts as three; a centre changes that and says so on its rule page. Burmese
and Chinese are our own wording, not yet checked by a native speaker.
"""

from decimal import Decimal

GENERAL = "general"

CLASSES: tuple[dict[str, object], ...] = (
    {
        "code": GENERAL,
        "name_th": "ผู้รับบริการทั่วไป",
        "name_en": "General visitors",
        "name_my": "အထွေထွေ ဧည့်သည်",
        "name_zh": "普通访客",
    },
    {
        "code": "elderly",
        "name_th": "ผู้สูงอายุ (60 ปีขึ้นไป)",
        "name_en": "Elderly people (60 and older)",
        "name_my": "သက်ကြီးရွယ်အို (၆၀ နှင့်အထက်)",
        "name_zh": "老年人（60岁及以上）",
        "b": Decimal(3),
        "is_priority": True,
    },
    {
        "code": "disabled",
        "name_th": "คนพิการ",
        "name_en": "People with disabilities",
        "name_my": "မသန်စွမ်းသူ",
        "name_zh": "残障人士",
        "b": Decimal(3),
        "is_priority": True,
    },
    {
        "code": "pregnant",
        "name_th": "สตรีมีครรภ์",
        "name_en": "Pregnant women",
        "name_my": "ကိုယ်ဝန်ဆောင်",
        "name_zh": "孕妇",
        "b": Decimal(3),
        "is_priority": True,
    },
    {
        "code": "monk",
        "name_th": "ภิกษุ สามเณร นักบวช",
        "name_en": "Monks, novices and clergy",
        "name_my": "ရဟန်း သာမဏေ",
        "name_zh": "僧侣与神职人员",
        "b": Decimal(3),
        "is_priority": True,
    },
    {
        "code": "small-children",
        "name_th": "ผู้มีเด็กเล็กมาด้วย",
        "name_en": "People with small children",
        "name_my": "ကလေးငယ်ပါသူ",
        "name_zh": "携带幼儿者",
        "b": Decimal(3),
        "is_priority": True,
    },
)

TEXTS: dict[str, dict[str, str]] = {
    "welcome": {
        "th": "ยินดีต้อนรับ กรุณาเลือกงานที่ต้องการ",
        "en": "Welcome. Please choose a service.",
        "my": "ကြိုဆိုပါသည်။ ဝန်ဆောင်မှုကို ရွေးချယ်ပါ။",
        "zh": "欢迎，请选择所需服务。",
    },
    "ticket": {
        "th": "กรุณานั่งรอและฟังเสียงเรียก",
        "en": "Please take a seat and listen for your number.",
        "my": "ထိုင်စောင့်၍ နံပါတ်ခေါ်သံကို နားထောင်ပါ။",
        "zh": "请就座等候叫号。",
    },
    "board": {
        "th": "ผู้สูงอายุ คนพิการ สตรีมีครรภ์ แจ้งเจ้าหน้าที่ได้ทันที",
        "en": "Elderly, disabled or pregnant? Please tell our staff.",
        "my": "သက်ကြီးရွယ်အို၊ မသန်စွမ်း၊ ကိုယ်ဝန်ဆောင်များ ဝန်ထမ်းကို ပြောပါ။",
        "zh": "老年人、残障人士、孕妇请告知工作人员。",
    },
}
"""Where a centre speaks for itself: at the kiosk's start, under the number on a ticket, and at the foot of a board."""
