"""Arithmetic of the directory: quorums, opening hours as words, and the words by which a centre is found."""

import re
from math import asin, cos, radians, sin, sqrt
from typing import Final, NamedTuple

from saduak.thai.numerals import from_thai_digits
from saduak.thai.text import search_key, search_tokens, similarity

DAYS_TH: Final = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")
DAYS_EN: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NAMES: Final = {
    1: ("จันทร์", "จ", "monday", "mon"),
    2: ("อังคาร", "อ", "tuesday", "tue"),
    3: ("พุธ", "พ", "wednesday", "wed"),
    4: ("พฤหัสบดี", "พฤหัส", "พฤ", "thursday", "thu"),
    5: ("ศุกร์", "ศ", "friday", "fri"),
    6: ("เสาร์", "ส", "saturday", "sat"),
    7: ("อาทิตย์", "อา", "sunday", "sun"),
}
_NUMBER_OF: Final = {name: number for number, names in _NAMES.items() for name in names}
_EVERY_DAY: Final = ("ทุกวัน", "every day", "daily")
_DAY: Final = "|".join(sorted((re.escape(name) for name in _NUMBER_OF), key=len, reverse=True))
_LINE: Final = re.compile(
    rf"^(?:(?P<every>{'|'.join(_EVERY_DAY)})|(?:วัน)?(?P<first>{_DAY})\.?(?:(?:-|ถึง)(?:วัน)?(?P<last>{_DAY})\.?)?)"
    r"(?P<opens>\d{1,2}[.:]\d{2})(?:น\.?)?(?:-|ถึง)(?P<closes>\d{1,2}[.:]\d{2})(?:น\.?)?$"
)

SPELLED_OUT = {
    search_key(short): search_key(full)
    for short, full in {
        "จ.": "",  # จังหวัด, อำเภอ and ตำบล say what the next word is; the word itself is enough.
        "อ.": "",
        "ต.": "",
        "กทม.": "กรุงเทพมหานคร",
        "รพ.": "โรงพยาบาล",
        "สนง.": "สำนักงาน",
    }.items()
}
"""What a searcher abbreviates and the register spells out."""


def quorum_among(members: int, *, rule: str, number: int | None = None) -> int:
    """How many of `members` members must attend: at least one; a fixed `number` is never more than there are.

    `rule` is `more_than_half`, `at_least_half` or `number`. Which one a body has is told by its order; the default,
    more than half, is unchecked against the text.
    """
    if rule == "number":
        return max(1, min(number or 1, members))
    if rule == "at_least_half":
        return max(1, (members + 1) // 2)
    return members // 2 + 1


class Described(NamedTuple):
    """What two records of a centre are compared by. Positions are WGS 84 degrees, None where unknown."""

    name: str
    agency: int
    ministry: int | None
    district: str = ""
    phone: str = ""
    email: str = ""
    latitude: float | None = None
    longitude: float | None = None


class Likeness(NamedTuple):
    """How alike two records are, out of 100, and why: (code, points, detail) of each reason, the weightiest first."""

    score: int
    reasons: tuple[tuple[str, int, str], ...]


ALIKE = 65
"""From this score on a person is asked whether two records are one centre: this platform's choice, set by trying."""

_SAY_LITTLE: Final = re.compile(
    "|".join(map(search_key, ("ศูนย์ราชการสะดวก", "ศูนย์บริการร่วม", "จังหวัด", "อำเภอ", "สำนักงาน", "สนง.", "gecc")))
)


def core_of(name: str) -> str:
    """A centre's name without the words that nearly every name has, and without spaces."""
    key = search_key(name)
    return _SAY_LITTLE.sub(" ", key).replace(" ", "") or key.replace(" ", "")


def likeness(one: Described, other: Described) -> Likeness:
    """How alike two records of one province are. Branches and numbers that differ count strongly against."""
    weighed: list[tuple[str, int, str]] = []

    def weigh(code: str, points: int, detail: str = "") -> None:
        weighed.append((code, points, detail))

    first, second = core_of(one.name), core_of(other.name)
    alike = similarity(first, second)
    if first == second:
        weigh("same_name", 60)
    elif alike >= 0.5:
        weigh("similar_name", round(60 * alike), f"{alike:.0%}")
    if one.agency == other.agency:
        weigh("same_agency", 20)
    elif one.ministry is not None and one.ministry == other.ministry:
        weigh("same_ministry", 5)
    if one.phone and one.phone == other.phone:
        weigh("same_phone", 12, one.phone)
    if one.email and one.email.casefold() == other.email.casefold():
        weigh("same_email", 8, one.email)
    if one.district and other.district:
        same = search_key(one.district) == search_key(other.district)
        weigh("same_district" if same else "other_district", 6 if same else -20)
    if (metres := _metres_between(one, other)) is not None:
        words = f"{metres:,.0f}"
        if metres <= 300:
            weigh("near", 15, words)
        elif metres > 10_000:
            weigh("far", -30, words)
    branches = [core_of(record.name.partition("สาขา")[2]) for record in (one, other)]
    if all(branches) and similarity(*branches) < 0.8:
        weigh("other_branch", -40)
    if re.findall(r"\d+", search_key(one.name)) != re.findall(r"\d+", search_key(other.name)):
        weigh("other_number", -40)
    total = sum(points for _code, points, _detail in weighed)
    return Likeness(max(0, min(100, total)), tuple(sorted(weighed, key=lambda reason: -abs(reason[1]))))


def _metres_between(one: Described, other: Described) -> float | None:
    """The way as the crow flies, on a sphere; None where a position is unknown."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    lower, upper = radians(one.latitude), radians(other.latitude)
    across = radians(other.longitude - one.longitude)
    half = sin((upper - lower) / 2) ** 2 + cos(lower) * cos(upper) * sin(across / 2) ** 2
    return 2 * 6_371_000 * asin(sqrt(min(1.0, half)))


LONGEST_QUERY = 120
"""As many letters of a query are read; the rest cannot make a search better, only slower."""


def findable(*texts: str) -> str:
    """The search text of a thing: the words of its texts, the telling ones first, each between spaces."""
    return f" {search_key(' '.join(texts))} "


def words_sought(text: str) -> list[str]:
    """The words of a query as typed, abbreviations spelled out; จ., อ. and ต. before a place are dropped."""
    return _spelled_out(search_key(text[:LONGEST_QUERY]).split())


def words_sought_apart(text: str) -> list[str]:
    """The same with words parted that were written together (ขนส่งลำพูน); loads a dictionary when first called."""
    return _spelled_out(search_tokens(text[:LONGEST_QUERY]))


def _spelled_out(words: list[str]) -> list[str]:
    spelled = [SPELLED_OUT.get(word, word) for word in words] if len(words) > 1 else words
    return list(dict.fromkeys(word for word in spelled if word))


class HoursRefused(ValueError):
    """The words are not taken for opening hours; the message is the part that was not understood."""


class Hours(NamedTuple):
    """On these days (Monday is 1), from and until these times of day as HH:MM."""

    days: tuple[int, ...]
    opens: str
    closes: str

    def stored(self) -> dict[str, object]:
        """As the database keeps it."""
        return {"days": list(self.days), "opens": self.opens, "closes": self.closes}


def read_hours(words: str) -> list[Hours]:
    """Opening hours from words such as “จ.-ศ. 08.30-16.30; ส. 09.00-12.00” or “ทุกวัน 10.00-20.00”.

    Parts are parted by semicolons or lines. Raises HoursRefused for a part that is not understood, closes before it
    opens, or opens on a day that another part has open in the same hours.
    """
    found: list[Hours] = []
    for part in filter(None, (one.strip() for one in re.split(r"[;\n]", words))):
        hours = _read_part(part)
        if any(set(hours.days) & set(other.days) and _overlap(hours, other) for other in found):
            raise HoursRefused(part)
        found.append(hours)
    return found


def hours_in_words(hours: list[dict[str, object]], lang: str = "th") -> str:
    """Stored opening hours as `read_hours` reads them: จ.–ศ. 08.30–16.30 น."""
    return "; ".join(_words_of(one, lang) for one in hours)


def _read_part(part: str) -> Hours:
    plain = re.sub(r"\s+", "", from_thai_digits(part).casefold().replace("–", "-").replace("—", "-"))
    plain = plain.replace("everyday", "every day")
    line = _LINE.match(plain)
    if line is None:
        raise HoursRefused(part)
    opens, closes = _clock(line["opens"]), _clock(line["closes"])
    if opens is None or closes is None or opens >= closes:
        raise HoursRefused(part)
    if line["every"]:
        return Hours(tuple(range(1, 8)), opens, closes)
    first = _NUMBER_OF[line["first"]]
    last = _NUMBER_OF[line["last"]] if line["last"] else first
    if last < first:
        raise HoursRefused(part)
    return Hours(tuple(range(first, last + 1)), opens, closes)


def _clock(typed: str) -> str | None:
    hour, minute = (int(part) for part in re.split("[.:]", typed))
    return f"{hour:02d}:{minute:02d}" if (hour, minute) <= (24, 0) and minute < 60 else None


def _overlap(one: Hours, other: Hours) -> bool:
    return one.opens < other.closes and other.opens < one.closes


def _words_of(one: dict[str, object], lang: str) -> str:
    days: list[int] = list(one["days"])  # type: ignore[call-overload]
    names = DAYS_TH if lang == "th" else DAYS_EN
    opens, closes = (str(one[end]).replace(":", ".") for end in ("opens", "closes"))
    span = f"{names[days[0] - 1]}–{names[days[-1] - 1]}" if len(days) > 1 else names[days[0] - 1]
    if len(days) == 7:
        span = "ทุกวัน" if lang == "th" else "every day"
    return f"{span} {opens}–{closes}" + (" น." if lang == "th" else "")
