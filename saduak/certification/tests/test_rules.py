"""Dates, numbers and conflicts of interest, without a database."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saduak.certification.rules import (
    HARD,
    ConflictKind,
    Phase,
    Posting,
    Unit,
    Window,
    application_reference,
    calendar_is_in_order,
    certificate_number,
    conflicts,
    expires_on,
    higher_level,
    may_be_renewed,
    months_before,
    number_alone,
    reconsideration_reference,
    reminder_due,
    reviewed_result,
)
from saduak.certification.tests.criteria import SOURCE
from saduak.standards.library import load
from saduak.standards.rules import Verdict, score

DAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("issued", "years", "expected"),
    [
        pytest.param(date(2020, 9, 30), 3, date(2023, 9, 29), id="three years end on the eve of the anniversary"),
        pytest.param(date(2024, 1, 1), 1, date(2024, 12, 31), id="one year from New Year's Day is the calendar year"),
        pytest.param(date(2024, 2, 29), 3, date(2027, 2, 28), id="a leap day ends on 28 February"),
        pytest.param(date(2024, 2, 29), 4, date(2028, 2, 28), id="a leap day to a leap year ends on its eve"),
    ],
)
def test_a_term_ends(issued, years, expected):
    assert expires_on(issued, years=years) == expected


@given(st.dates(date(2015, 1, 1), date(2100, 1, 1)))
def test_the_day_after_a_term_is_the_anniversary(issued):
    after = expires_on(issued) + timedelta(days=1)

    assert after.year == issued.year + 3
    assert (after.month, after.day) == (issued.month, issued.day) or (issued.month, issued.day) == (2, 29)


def test_numbers_are_read_with_their_year():
    assert application_reference(2563, 7) == "2563-0007"
    assert certificate_number(2563, 12345) == "GECC-2563-12345"


def windows(*days):
    """Windows of successive phases from (opens, closes) in days after DAY."""
    return [
        Window(phase, DAY + timedelta(days=opens), DAY + timedelta(days=closes))
        for phase, (opens, closes) in zip(Phase, days, strict=False)
    ]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param([(0, 5), (6, 9)], True, id="one after the other"),
        pytest.param([(0, 0), (1, 1)], True, id="phases of one day"),
        pytest.param([(0, 5), (5, 9)], False, id="sharing a day"),
        pytest.param([(0, 5), (4, 9)], False, id="overlapping"),
        pytest.param([(5, 0), (6, 9)], False, id="ending before it begins"),
        pytest.param([(10, 15), (0, 5)], False, id="in the wrong order"),
    ],
)
def test_a_calendar_runs_forward(days, expected):
    assert calendar_is_in_order(windows(*days)) is expected


def test_a_window_includes_both_its_days():
    window = Window(Phase.VISITS, DAY, DAY + timedelta(days=1))

    assert [window.covers(DAY + timedelta(days=n)) for n in (-1, 0, 1, 2)] == [False, True, True, False]


UNIT = Unit(centre=1, agency=10, ministry=100, province=51)


def posting(*, centre=None, agency=None, ministry=None, province=None, since=None, until=None):
    return Posting(ministry, agency, centre, province, since or date(2019, 1, 1), until)


RECENTLY = DAY - timedelta(days=400)
LONG_AGO = date(DAY.year - 3, DAY.month, DAY.day) - timedelta(days=1)


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        pytest.param(posting(centre=1, agency=10, ministry=100, province=51), "same_centre", id="works in the centre"),
        pytest.param(posting(centre=2, agency=10, ministry=100), "same_agency", id="works in the agency"),
        pytest.param(posting(centre=1, agency=10, until=RECENTLY), "former_centre", id="left the centre last year"),
        pytest.param(posting(agency=10, until=RECENTLY), "former_agency", id="left the agency last year"),
        pytest.param(posting(centre=1, until=LONG_AGO), None, id="left the centre over three years ago"),
        pytest.param(posting(agency=11, ministry=100), "same_ministry", id="works in the ministry"),
        pytest.param(posting(agency=11, ministry=100, until=RECENTLY), None, id="left the ministry"),
        pytest.param(posting(centre=3, agency=12, ministry=101, province=51), "same_province", id="in the province"),
        pytest.param(posting(centre=3, agency=12, ministry=101, province=50), None, id="works elsewhere"),
        pytest.param(posting(centre=1, agency=10, since=DAY + timedelta(days=1)), None, id="goes there tomorrow"),
    ],
)
def test_a_posting_ties_a_member_to_a_unit(held, expected):
    found = conflicts([held], UNIT, on=DAY)

    assert [conflict.kind for conflict in found] == ([expected] if expected else [])


def test_a_unit_outside_every_ministry_shares_none():
    outside = Unit(centre=1, agency=10, ministry=None, province=51)

    assert conflicts([posting(agency=11, ministry=None)], outside, on=DAY) == ()


def test_a_posting_that_ended_three_years_ago_to_the_day_still_counts():
    three_years_ago = date(DAY.year - 3, DAY.month, DAY.day)

    assert conflicts([posting(centre=1, until=three_years_ago)], UNIT, on=DAY)


def test_three_years_before_a_leap_day_is_the_end_of_february():
    leap_day = date(2028, 2, 29)

    assert conflicts([posting(centre=1, until=date(2025, 2, 28))], UNIT, on=leap_day)
    assert not conflicts([posting(centre=1, until=date(2025, 2, 27))], UNIT, on=leap_day)


def test_what_is_declared_and_what_was_assessed_stand_beside_the_postings():
    found = conflicts([], UNIT, on=DAY, declared=True, assessed_last_round=True, assessed_by_unit=True)

    assert [c.kind for c in found] == ["declared", "assessed_last_round", "reciprocal"]
    assert [c.is_hard for c in found] == [True, False, False]


def test_hard_conflicts_are_those_that_bar():
    assert {
        ConflictKind.DECLARED,
        ConflictKind.SAME_CENTRE,
        ConflictKind.SAME_AGENCY,
        ConflictKind.FORMER_CENTRE,
    } == HARD


# Renewal ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        pytest.param(date(2026, 6, 15), 3, date(2026, 3, 15), id="within the year"),
        pytest.param(date(2026, 2, 15), 3, date(2025, 11, 15), id="over New Year"),
        pytest.param(date(2026, 12, 31), 1, date(2026, 11, 30), id="to a shorter month"),
        pytest.param(date(2028, 3, 31), 1, date(2028, 2, 29), id="to a leap February"),
        pytest.param(date(2026, 1, 31), 1, date(2025, 12, 31), id="to December"),
        pytest.param(date(2026, 6, 15), 36, date(2023, 6, 15), id="three years"),
        pytest.param(date(2026, 6, 15), 0, date(2026, 6, 15), id="none"),
    ],
)
def test_months_before_a_day(day, months, expected):
    assert months_before(day, months) == expected


@given(st.dates(date(2015, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_months_before_never_skip_a_month(day, months):
    earlier = months_before(day, months)

    assert (day.year * 12 + day.month) - (earlier.year * 12 + earlier.month) == months
    assert earlier.day <= day.day


def test_a_certificate_is_renewed_from_the_first_day_of_its_window_to_its_last():
    expires = date(2023, 9, 29)

    assert not may_be_renewed(expires, date(2022, 9, 28))
    assert may_be_renewed(expires, date(2022, 9, 29))
    assert may_be_renewed(expires, expires)
    assert not may_be_renewed(expires, date(2023, 9, 30))


def test_the_latest_reminder_that_is_due():
    expires = date(2023, 9, 29)

    assert reminder_due(expires, date(2023, 3, 28), (6, 3, 1)) is None
    assert reminder_due(expires, date(2023, 3, 29), (6, 3, 1)) == 6
    assert reminder_due(expires, date(2023, 6, 28), (6, 3, 1)) == 6
    assert reminder_due(expires, date(2023, 6, 29), (6, 3, 1)) == 3
    assert reminder_due(expires, expires, (6, 3, 1)) == 1
    assert reminder_due(expires, date(2023, 9, 30), (6, 3, 1)) is None
    assert reminder_due(expires, expires, ()) is None


# Reconsideration ----------------------------------------------------------------------------------------------------

LIBRARY = load(SOURCE)
FULL = {leaf.code: Verdict.MET if leaf.is_yes_or_no else leaf.max_score for leaf in LIBRARY.leaves.values()}
MET, NOT_MET = Verdict.MET, Verdict.NOT_MET


def total(first, reviewed):
    return reviewed_result(LIBRARY, {**FULL, **first}, reviewed).total


def test_a_review_gives_what_was_withheld():
    assert total({"R1.2": Decimal(0)}, {"R1.2": Decimal(20)}) == 100
    assert total({"2.1": NOT_MET}, {"2.1": MET}) == 100


def test_a_review_takes_nothing_away():
    assert total({}, {"R1.2": Decimal(0)}) == 100
    assert total({}, {"2.1": NOT_MET}) == 100
    assert reviewed_result(LIBRARY, FULL, {"P1": NOT_MET}).gates_met


def test_a_gate_that_was_not_met_is_met_after_a_review():
    assert reviewed_result(LIBRARY, {**FULL, "P1": NOT_MET}, {"P1": MET}).gates_met


def test_what_nobody_had_answered_is_answered():
    first = {code: answer for code, answer in FULL.items() if code != "2.1"}

    assert reviewed_result(LIBRARY, first, {"2.1": MET}).total == 100


WAIVABLE = load(
    SOURCE.replace("max_score: 100", "max_score: 100\nnot_applicable: redistribute", 1)
    .replace("id: test-2563", "id: test-waivable")
    .replace("th: ความพึงพอใจ\n", "th: ความพึงพอใจ\n        may_not_apply: true\n")
    .replace(
        """          - {code: "R1.2", th: ผลความพึงพอใจ, max_score: 20}""",
        """          - {code: "R1.2", th: ผล, max_score: 10}
      - {code: R2, th: ผลอื่น, max_score: 10, parts: [{code: "R2.1", th: ผล, max_score: 10}]}""",
    )
    .replace("        max_score: 30\n", "        max_score: 20\n")
)


def test_what_was_held_not_to_apply_is_given_its_points():
    first = {"P1": MET, "P2": MET, "2.1": MET, "2.2": MET, "R1": Verdict.NOT_APPLICABLE, "R2.1": Decimal(5)}
    assert score(WAIVABLE, first).total == 85

    result = reviewed_result(WAIVABLE, first, {"R1.1": Decimal(10), "R1.2": Decimal(10)})

    assert (result.total, result.not_applicable) == (95, ())


def test_where_the_weights_shift_against_the_centre_the_first_score_stands():
    first = {"P1": MET, "P2": MET, "2.1": MET, "2.2": MET, "R1.1": Decimal(10), "R1.2": Decimal(10), "R2.1": Decimal(0)}

    assert reviewed_result(WAIVABLE, first, {"R1": Verdict.NOT_APPLICABLE}).total == 90


answers = st.fixed_dictionaries(
    {
        leaf.code: st.sampled_from([MET, NOT_MET])
        if leaf.is_yes_or_no
        else st.integers(0, int(leaf.max_score)).map(Decimal)
        for leaf in LIBRARY.leaves.values()
    }
)


@given(answers, answers)
def test_no_review_ends_worse_than_the_first_decision(first, reviewed):
    before, after = score(LIBRARY, first), reviewed_result(LIBRARY, first, reviewed)

    def level(result):
        return result.level.code if result.level else ""

    assert after.total >= before.total
    assert after.gates_met >= before.gates_met
    assert higher_level(LIBRARY, level(before), level(after)) == level(after)


def test_requests_are_numbered_under_their_application():
    assert reconsideration_reference("2563-0007", 2) == "2563-0007-T2"


@pytest.mark.parametrize("typed", ["มติที่ 2/2569", "มติ 2/2569", "2/2569"])
def test_a_resolution_is_not_called_one_twice(typed):
    assert number_alone(typed) == "2/2569"
