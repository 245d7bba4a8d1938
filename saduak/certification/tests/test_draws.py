"""Draws are reproduced from their record; nobody can know the seed when the frame is published."""

import json
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from saduak.certification import draws as rules
from saduak.certification.draws import draw, draw_again, frame_digest, shares, ticket_of
from saduak.certification.models import Surveillance
from saduak.certification.operations import draws, surveillance
from saduak.certification.operations.draws import Announcement
from saduak.certification.procedure.draws import DrawStage
from saduak.certification.queries.samples import frame_of
from saduak.certification.tests.certificates import certificate
from saduak.certification.tests.world import moment
from saduak.config.command import WITHOUT_DATABASE
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, ProvinceFactory, person_of
from saduak.journal.steps import StepOvertaken, StepRefused
from tests.support.remembering import made_once

FRAME = [("GECC-2568-0001", "ก"), ("GECC-2568-0002", "ก"), ("GECC-2568-0003", "ข"), ("GECC-2568-0004", "ข")]
TODAY = date(2026, 11, 20)
frames = st.dictionaries(
    st.from_regex(r"GECC-25[67]\d-\d{4}", fullmatch=True), st.sampled_from(["", "ก", "ข", "ค"]), min_size=1, max_size=40
).map(lambda pairs: list(pairs.items()))
seeds = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


class TestRule:
    """Plain arithmetic, without a database."""

    def test_the_ticket_is_what_anybody_computes_with_the_usual_tools(self):
        # printf '123456\nGECC-2568-0001' | sha256sum
        assert ticket_of("123456", "GECC-2568-0001").startswith("ad7c04620249d66f")

    def test_a_known_draw_stays_what_it_was(self):
        assert [one.number for one in draw(FRAME, "123456", 2)] == KNOWN

    def test_shares_follow_the_sizes_by_largest_remainders(self):
        assert shares({"ก": 6, "ข": 3, "ค": 1}, 5) == {"ก": 3, "ข": 2, "ค": 0}
        assert shares({"ก": 1, "ข": 1}, 1) == {"ก": 1, "ข": 0}
        assert shares({"ก": 2}, 9) == {"ก": 2}

    @given(frames, seeds, st.integers(1, 50))
    def test_a_sample_has_its_size_keeps_its_shares_and_knows_no_order(self, frame, seed, size):
        drawn = draw(frame, seed, size)

        sizes = {stratum: sum(one == stratum for _number, one in frame) for _number, stratum in frame}
        assert len(drawn) == min(size, len(frame))
        assert len({one.number for one in drawn}) == len(drawn)
        for stratum, share in shares(sizes, size).items():
            own = [one for one in drawn if one.stratum == stratum]
            left = [ticket_of(seed, number) for number, s in frame if s == stratum]
            assert [one.ticket for one in own] == sorted(left)[:share]
        assert draw(reversed(frame), seed, size) == drawn
        assert frame_digest(reversed(frame)) == frame_digest(frame)

    @given(frames, seeds, st.integers(1, 50))
    def test_it_is_drawn_again_from_its_record(self, frame, seed, size):
        record = {
            "format": rules.FORMAT,
            "algorithm": rules.ALGORITHM,
            "frame": [list(pair) for pair in frame],
            "frame_sha256": frame_digest(frame),
            "seed": seed,
            "size": size,
            "result": [one.number for one in draw(frame, seed, size)],
        }

        assert draw_again(record).agrees
        assert not draw_again({**record, "result": [*record["result"], "x"]}).result_is_the_recorded
        assert not draw_again({**record, "frame": [*record["frame"], ["zz", ""]]}).frame_is_the_announced

    @pytest.mark.parametrize(
        ("frame", "seed", "size"),
        [([], "1", 1), (FRAME, "", 1), (FRAME, "1", 0), ([*FRAME, FRAME[0]], "1", 1)],
        ids=["no frame", "no seed", "nothing to draw", "a number twice"],
    )
    def test_what_cannot_be_drawn(self, frame, seed, size):
        with pytest.raises(ValueError, match=r"draw|twice"):
            draw(frame, seed, size)

    @pytest.mark.parametrize("record", [{}, {"format": "x", "algorithm": "y"}, {"format": rules.FORMAT}, []])
    def test_what_is_no_record(self, record):
        with pytest.raises(ValueError, match="no record"):
            draw_again(record)


KNOWN = ["GECC-2568-0002", "GECC-2568-0004"]

SAID = Announcement(
    title="สุ่มติดตามประจำปี",
    purpose="ติดตามศูนย์ที่ได้รับการรับรอง",
    strata="none",
    size=2,
    seed_source="เลขรางวัลที่ 1 สลากกินแบ่งรัฐบาล งวดวันที่ 1 ธันวาคม 2569",
    seed_day=date(2026, 12, 1),
    due_on=date(2027, 3, 1),
)


@pytest.fixture
def secretariat(db):
    return person_of(Office.SECRETARIAT_OFFICER)


@pytest.fixture
@made_once
def frame(db):
    return [certificate(CentreFactory()) for _ in range(4)]


def announced(by, **different):
    return draws.announce(replace(SAID, **different), by=by, at=moment(TODAY))


def refused_codes(deed, *args, **given):
    with pytest.raises(StepRefused) as refused:
        deed(*args, **given)
    return [reason.code for reason in refused.value.decision.reasons]


def test_draws_are_reproduced_from_their_record(secretariat, frame):
    one = announced(secretariat)
    drawn = draws.draw(one, " 123456 ", by=secretariat, at=moment(date(2026, 12, 1), 17))

    record = json.loads(json.dumps(drawn.record))

    assert drawn.stage == DrawStage.DRAWN
    assert record["seed"] == "123456"
    assert draw_again(record).agrees
    assert drawn.history.last().facts["result"] == drawn.result
    watched = Surveillance.objects.order_by("certificate__reference")
    assert sorted(drawn.result) == [each.certificate.reference for each in watched]
    assert {each.origin for each in watched} == {"draw"}


def test_what_runs_already_is_not_opened_twice(secretariat, frame):
    for each in frame[:3]:
        surveillance.open_by_hand(each, reason="ร้องเรียน", due_on=date(2027, 1, 1), by=secretariat, at=moment(TODAY))
    one = announced(secretariat, size=4)

    draws.draw(one, "1", by=secretariat, at=moment(date(2026, 12, 1)))

    assert Surveillance.objects.filter(origin="draw").count() == 1


REFUSED = {
    "by a stranger": ({}, "wrong_role"),
    "with a seed that can be known": ({"seed_day": TODAY}, "seed_lies_ahead"),
    "with a check before the draw": ({"due_on": SAID.seed_day}, "check_follows_draw"),
    "without a source of the seed": ({"seed_source": " "}, "it_is_worded"),
    "of more than there are": ({"size": 5}, "size_fits"),
    "of nothing": ({"size": 0}, "size_fits"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_announced(secretariat, frame, case):
    different, code = REFUSED[case]
    by = person_of(Office.AUDITOR) if code == "wrong_role" else secretariat

    assert refused_codes(announced, by, **different) == [code]


def test_nothing_is_drawn_before_its_day_without_a_seed_or_twice(secretariat, frame):
    one = announced(secretariat)
    on_the_day = moment(date(2026, 12, 1))

    assert refused_codes(draws.draw, one, "1", by=secretariat, at=moment(TODAY)) == ["the_day_of_the_seed_has_come"]
    assert refused_codes(draws.draw, one, " ", by=secretariat, at=on_the_day) == ["seed_is_given"]
    draws.draw(one, "1", by=secretariat, at=on_the_day, seen=0)
    assert refused_codes(draws.draw, one, "2", by=secretariat, at=on_the_day) == ["wrong_stage"]
    with pytest.raises(StepOvertaken):
        draws.draw(one, "2", by=secretariat, at=on_the_day, seen=0)


def test_it_is_called_off_with_a_reason(secretariat, frame):
    one = announced(secretariat)

    assert refused_codes(draws.call_off, one, by=secretariat, reason="") == ["reason_is_given"]
    assert draws.call_off(one, by=secretariat, reason="งวดถูกเลื่อน").stage == DrawStage.CALLED_OFF


@pytest.mark.django_db
def test_the_frame_is_what_is_in_force_in_its_strata(secretariat):
    lamphun = ProvinceFactory(code="51", name_th="ลำพูน")
    one = certificate(CentreFactory(province=lamphun), level="basic")
    certificate(CentreFactory(province=lamphun), stage="suspended")
    other = certificate(CentreFactory(province=ProvinceFactory(code="50", name_th="เชียงใหม่")))
    example = certificate(is_example=True)

    assert frame_of("none", TODAY) == [(one.reference, ""), (other.reference, "")]
    assert frame_of("province", TODAY) == [(one.reference, "ลำพูน"), (other.reference, "เชียงใหม่")]
    assert frame_of("level", TODAY, provinces=[lamphun]) == [(one.reference, "basic")]
    assert frame_of("none", TODAY, examples=True) == [(example.reference, "")]
    assert all(stratum for _number, stratum in frame_of("ministry", TODAY))


def database_refuses(statement):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except IntegrityError:
        return True
    return False


def test_what_was_announced_and_drawn_stays(secretariat, frame):
    one = announced(secretariat)

    assert database_refuses("UPDATE certification_draw SET frame = '[]'")
    assert database_refuses("UPDATE certification_draw SET seed = '1'")
    assert database_refuses("UPDATE certification_draw SET stage = 'drawn'")
    assert database_refuses("DELETE FROM certification_draw")
    draws.draw(one, "1", by=secretariat, at=moment(date(2026, 12, 1)))
    assert database_refuses("UPDATE certification_draw SET seed = '2'")


def test_the_command_draws_again_without_a_database(tmp_path):
    drawn = [one.number for one in draw(FRAME, "123456", 2)]
    record = {
        "format": rules.FORMAT,
        "algorithm": rules.ALGORITHM,
        "frame": FRAME,
        "frame_sha256": frame_digest(FRAME),
        "seed": "123456",
        "size": 2,
        "result": drawn,
    }
    kept, altered = tmp_path / "draw.json", tmp_path / "altered.json"
    kept.write_text(json.dumps(record), encoding="utf-8")
    altered.write_text(json.dumps({**record, "result": drawn[::-1]}), encoding="utf-8")

    out = StringIO()
    call_command("redraw", str(kept), stdout=out)
    assert drawn[0] in out.getvalue()
    with pytest.raises(CommandError, match="not the one of the record"):
        call_command("redraw", str(altered), stdout=out)
    altered.write_text(json.dumps({**record, "frame": FRAME[:3]}), encoding="utf-8")
    with pytest.raises(CommandError, match="not the one whose hash"):
        call_command("redraw", str(altered), stdout=out)
    altered.write_text("nothing", encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("redraw", str(altered), stdout=out)
    assert "redraw" in WITHOUT_DATABASE
