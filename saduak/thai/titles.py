"""Titles before a name (คำนำหน้านาม): told apart from the name, which is what people are sorted by."""

from saduak.thai.text import normalised

TITLES = {
    "นาย": "Mr",
    "นาง": "Mrs",
    "นางสาว": "Ms",
    "เด็กชาย": "Master",
    "เด็กหญิง": "Miss",
    "ดร.": "Dr",
    "หม่อมหลวง": "Mom Luang",
    "หม่อมราชวงศ์": "Mom Rajawongse",
    "ว่าที่ร้อยตรี": "Acting Second Lieutenant",
    "ว่าที่ร้อยตรีหญิง": "Acting Second Lieutenant",
    "ร้อยตรี": "Second Lieutenant",
    "ร้อยโท": "Lieutenant",
    "ร้อยเอก": "Captain",
    "พันตรี": "Major",
    "พันโท": "Lieutenant Colonel",
    "พันเอก": "Colonel",
    "ร้อยตำรวจตรี": "Police Second Lieutenant",
    "ร้อยตำรวจโท": "Police Lieutenant",
    "ร้อยตำรวจเอก": "Police Captain",
    "พันตำรวจตรี": "Police Major",
    "พันตำรวจโท": "Police Lieutenant Colonel",
    "พันตำรวจเอก": "Police Colonel",
}
"""The titles that are known, with their English form. A person may have another: the field takes any text."""

_SHORT = {
    "น.ส.": "นางสาว",
    "ด.ช.": "เด็กชาย",
    "ด.ญ.": "เด็กหญิง",
    "ม.ล.": "หม่อมหลวง",
    "ม.ร.ว.": "หม่อมราชวงศ์",
    "ว่าที่ ร.ต.": "ว่าที่ร้อยตรี",
    "ว่าที่ ร.ต.หญิง": "ว่าที่ร้อยตรีหญิง",
}
_SPELLINGS = sorted([*((title, title) for title in TITLES), *_SHORT.items()], key=lambda pair: -len(pair[0]))


def split_title(text: str) -> tuple[str, str]:
    """A name as typed, in its title and the rest: นางสาวสมหญิง ใจดี → (นางสาว, สมหญิง ใจดี); no known title → ("", text).

    A title that leaves nothing is no title. One that runs into the name is believed only when a family name follows,
    because นางพญา or นายิกา may be names.
    """
    name = normalised(text)
    for spelling, title in _SPELLINGS:
        if not name.startswith(spelling):
            continue
        rest = name.removeprefix(spelling)
        if rest.startswith(" ") or (spelling.endswith(".") and rest) or " " in rest:
            return title, rest.strip()
    return "", name
