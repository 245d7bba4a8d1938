"""The employment office of Chiang Mai as a running desk, set up and used by the deeds that people do."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from ruamel.yaml import YAML

from saduak.catalogue.library import beginnings
from saduak.catalogue.models import Service
from saduak.certification.demonstration.people import SINCE, Account
from saduak.directory.models import Agency, AgencyKind, Centre, Ministry, Office, Province
from saduak.directory.operations.agencies import add_agency
from saduak.directory.operations.centres import open_centre
from saduak.directory.operations.memberships import appoint
from saduak.frontdesk.demonstration.clocks import Live, Past
from saduak.frontdesk.demonstration.playing import Play, Told
from saduak.frontdesk.demonstration.weeks import WEEKS, keep_weeks
from saduak.frontdesk.hours import Opening, days_from
from saduak.frontdesk.models import Counter, Desk, PriorityClass, SpecialDay
from saduak.frontdesk.operations import boards, furnishing, setting_up, slot_plans
from saduak.frontdesk.queries.hours import opening, openings
from saduak.frontdesk.rules.order import Priority
from saduak.frontdesk.simulation import Caller, Plan, Post, Work
from saduak.people.models import User

FACTS = Path(__file__).parents[1] / "data" / "chiangmai.yaml"
LOADED_SHARE = 0.35
"""The day that is loaded is quieter than one that is played, so that loading stays quick."""
LIVE_REASON = "เปิดเพื่อสาธิต"


def is_loaded() -> bool:
    """Whether the desk is there already."""
    return Desk.objects.filter(is_example=True).exists()


@transaction.atomic
def load(
    *,
    password: str,
    say: Callable[[str], None] = lambda _line: None,
    at: datetime | None = None,
    weeks: int = WEEKS,
) -> list[Account]:
    """Set the desk up with some weeks behind it, and let the last working day happen, or today as far as it has come.

    Returns the accounts.
    """
    facts = _facts()
    centre = _centre(facts)
    people = _people(facts, centre, password)
    head = people[facts["people"][0]["username"]]
    desk = _set_up(facts, centre, head, people)
    day = _day_to_tell(desk, at or timezone.now())
    before = keep_weeks(
        desk,
        plan_of(desk),
        officers_of(desk)[::2],  # Of five counters the three that do all services: fewer visitors wait as long.
        before=day.day,
        weeks=weeks,
        weekdays=facts["weekdays"],
        comments=facts["comments"],
    )
    told = _happen(desk, day, at or timezone.now())
    say(f"{centre.name_th}: {before + told.came} visitors")
    return [Account(person.username, person.name) for person in people.values()]


def play(*, speed: float, seed: int | None = None, say: Callable[[str], None] = lambda _line: None) -> Told:
    """Play a whole day on the wall clock, `speed` times as fast; ends cleanly on KeyboardInterrupt.

    A desk that is closed at this moment is open today for it, and says why. Raises RuntimeError without the desk.
    """
    desk = Desk.objects.with_places().filter(is_example=True).first()
    if desk is None:
        raise RuntimeError("The demonstration is not loaded.")
    _open_today(desk)
    clock = Live(speed)
    game = Play(desk, plan_of(desk), officers_of(desk), clock, seed=seed or int(clock.begins.timestamp()), say=say)
    try:
        game.day()
    except KeyboardInterrupt:
        say("")
    finally:
        game.stop()
    return game.told


def plan_of(desk: Desk, share: float = 1.0) -> Plan:
    """What a day at the desk is like; `share` of its visitors."""
    facts = _facts()
    services = list(Service.objects.of(desk.centre).offered())
    works = [
        Work(str(service.pk), part, service.expected_minutes, spread=0.6)
        for service, part in zip(services, facts["shares"], strict=False)
    ]
    weights = facts["classes"]
    classes = [
        (Priority(one.code, one.b, one.credit_minutes), float(weights.get(one.code, 0)))
        for one in PriorityClass.objects.filter(desk=desk, is_offered=True)
    ]
    posts = [Post(Caller(counter.label, frozenset())) for counter, _officer in officers_of(desk)]
    return Plan(
        works=tuple(works),
        posts=tuple(posts),
        per_hour=tuple(expected * share for expected in facts["per_hour"]),
        classes=tuple(classes),
        booked_per_hour=round(facts["booked_per_hour"] * share),
        absent=facts["absent"],
    )


def officers_of(desk: Desk) -> list[tuple[Counter, Any]]:
    """Each counter with the officer of the demonstration who sits there."""
    names = [one["username"] for one in _facts()["people"] if not one.get("is_head")]
    people = {person.username: person for person in User.objects.filter(username__in=names)}
    counters = Counter.objects.filter(desk=desk, is_active=True).select_related("desk__centre")
    return [(counter, people[name]) for counter, name in zip(counters, names, strict=False) if name in people]


# The ground.


def _facts() -> dict[str, Any]:
    return dict(YAML(typ="safe").load(FACTS))


def _centre(facts: dict[str, Any]) -> Centre:
    told = facts["centre"]
    province = Province.objects.get(code=told["province"])
    if known := Centre.objects.filter(name_th=told["name_th"], province=province).first():
        return known
    said = facts["agency"]
    agency = Agency.objects.filter(name_th=said["th"]).first() or add_agency(
        by=None,
        code=said["code"],
        name_th=said["th"],
        name_en=said["en"],
        kind=AgencyKind.DEPARTMENT,
        ministry=Ministry.objects.filter(name_th=said["ministry"]).first(),
    )
    hours = [{"days": [1, 2, 3, 4, 5], "opens": "08:30", "closes": "16:30"}]
    return open_centre(
        by=None,
        agency=agency,
        province=province,
        name_th=told["name_th"],
        name_en=told["name_en"],
        opening_hours=hours,
    )


def _people(facts: dict[str, Any], centre: Centre, password: str) -> dict[str, User]:
    people: dict[str, User] = {}
    made: User | None = None
    for told in facts["people"]:
        name, office = told["username"], told["office"]
        person = User(username=name, email=f"{name}@example.org", name=office, position=office)
        if made is None:
            person.set_password(password)
        else:
            person.password = made.password  # The same word; hashing it anew for each takes most of a second.
        person.save()
        made = person
        held = Office.CENTRE_HEAD if told.get("is_head") else Office.CENTRE_OFFICER
        appoint(person, office=held, place=centre, from_day=SINCE, order_no="ตัวอย่าง", by=None)
        people[name] = person
    return people


def _set_up(facts: dict[str, Any], centre: Centre, head: User, people: dict[str, User]) -> Desk:
    desk = setting_up.begin(centre, by=head)
    Desk.objects.filter(pk=desk.pk).update(is_example=True)
    furnishing.begin_with(desk, beginnings()["employment"], by=head)
    services = list(Service.objects.of(centre))
    for told in facts["counters"]:
        skills = [service for service in services if service.prefix in told["lines"]]
        furnishing.write_counter(desk, by=head, label=told["label"], zone=told["zone"], skills=skills)
    desk = setting_up.write_settings(desk, by=head, texts={**desk.texts, **facts["texts"]}, alarm_minutes=45)
    named = [people[told["username"]] for told in facts["people"] if told.get("supervises")]
    setting_up.name_supervisors(desk, named, by=head)
    for question in ("kind", "services", "counters", "hours", "languages"):
        setting_up.answer(desk, question, by=head)
    boards.write_board(desk, by=head, name="จอหน้าห้อง")
    slot_plans.propose_plan(desk, by=head)
    terms = slot_plans.terms_for(desk)
    slot_plans.change_terms(desk, by=head, seen=terms.version, is_offered=True)
    return setting_up.open_desk(desk, by=head)


# What happens.


def _happen(desk: Desk, day: Opening, now: datetime) -> Told:
    """Let this day happen, as far as it has come by `now`."""
    begins = datetime.combine(day.day, day.spans[0].opens, tzinfo=timezone.get_default_timezone())
    clock = Past(begins, until=min(now, begins + timedelta(hours=10)))
    game = Play(desk, plan_of(desk, LOADED_SHARE), officers_of(desk), clock, seed=day.day.toordinal())
    game.day()
    if day.day != timezone.localdate(now):
        game.stop()
    return game.told


def _day_to_tell(desk: Desk, now: datetime) -> Opening:
    """Today, or the last day on which the desk was open."""
    here = timezone.localtime(now)
    today = opening(desk, here.date())
    if not today.is_closed and here.time() > today.spans[0].opens:
        return today
    before: list[date] = days_from(here.date() - timedelta(days=30), 30)
    return next(one for one in reversed(openings(desk, before)) if not one.is_closed)


def _open_today(desk: Desk) -> None:
    here = timezone.localtime()
    if opening(desk, here.date()).is_open_at(here.time()) and desk.is_open:
        return
    if not SpecialDay.objects.filter(desk=desk, day=here.date(), reason=LIVE_REASON).exists():
        spans = [{"opens": "00:00", "closes": "24:00"}]
        furnishing.write_special_day(desk, here.date(), by=None, reason=LIVE_REASON, spans=spans)
    if not desk.is_open:
        setting_up.open_desk(desk, by=None)
