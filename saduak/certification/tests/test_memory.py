"""The register remembers: what SQL keeps is what a replay of the journal says."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saduak.certification.models import Span
from saduak.certification.models.spans import write_spans_anew
from saduak.certification.procedure.standing import Act, Slice, known_by, slice_on, slices
from saduak.certification.queries.memory import Memory, stages_on, standing_as_of
from saduak.certification.tests.certificates import act, certificate
from saduak.directory.tests.factories import CentreFactory
from tests.support.remembering import made_once

ISSUED, LAST = date(2025, 9, 1), date(2028, 8, 31)
STAGES = ("valid", "suspended", "expired", "revoked", "returned", "renewed")
DAYS = st.dates(ISSUED - timedelta(days=30), LAST + timedelta(days=400))


TAKEN = st.tuples(st.sampled_from(STAGES), DAYS, st.booleans(), st.none() | DAYS)


def moment(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_default_timezone())


def recorded(*acts):
    """Acts of (stage, day from which it holds, day on which it was recorded)."""
    return [Act(n, stage, day, moment(known or day)) for n, (stage, day, known) in enumerate(acts, 1)]


class TestReplay:
    """Plain arithmetic, without a database."""

    def test_the_term_ends_before_the_clock_has_acted(self):
        life = slices(recorded(("valid", ISSUED, None)), expires_on=LAST)

        assert life == (Slice("valid", ISSUED, LAST, 1), Slice("expired", LAST + timedelta(days=1), None, None))

    def test_a_suspension_ends_with_the_term_too(self):
        life = slices(recorded(("valid", ISSUED, None), ("suspended", date(2028, 8, 1), None)), expires_on=LAST)

        assert [one.stage for one in life] == ["valid", "suspended", "expired"]

    def test_a_suspension_with_a_last_day_ends_by_itself(self):
        first, last = date(2026, 3, 1), date(2026, 4, 29)

        life = slices(
            [*recorded(("valid", ISSUED, None)), Act(2, "suspended", first, moment(first), last)], expires_on=LAST
        )

        assert [(one.stage, one.from_day) for one in life] == [
            ("valid", ISSUED),
            ("suspended", first),
            ("valid", last + timedelta(days=1)),
            ("expired", LAST + timedelta(days=1)),
        ]

    def test_of_two_acts_of_one_day_the_later_counts(self):
        day = date(2026, 1, 5)

        life = slices(
            recorded(("valid", ISSUED, None), ("suspended", day, None), ("valid", day, None)), expires_on=LAST
        )

        assert slice_on(day, life) == Slice("valid", day, LAST, 3)

    def test_a_resolution_that_was_recorded_late_holds_from_its_day_but_was_not_known(self):
        acts = recorded(("valid", ISSUED, None), ("suspended", date(2026, 5, 1), date(2026, 5, 8)))
        between = date(2026, 5, 3)

        assert slice_on(between, slices(acts, expires_on=LAST)).stage == "suspended"
        assert slice_on(between, slices(known_by(acts, moment(between)), expires_on=LAST)).stage == "valid"

    def test_before_the_issue_there_is_nothing(self):
        assert slice_on(ISSUED - timedelta(days=1), slices(recorded(("valid", ISSUED, None)), expires_on=LAST)) is None

    @given(st.lists(st.builds(Act, st.integers(1, 9), st.sampled_from(STAGES), DAYS, st.none(), st.none() | DAYS)))
    def test_slices_never_overlap_and_leave_no_gap(self, acts):
        life = slices(acts, expires_on=LAST)

        for before, after in pairwise(life):
            assert before.until_day + timedelta(days=1) == after.from_day
        assert all(one.until_day is not None for one in life[:-1])


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(TAKEN, max_size=7),
    st.lists(TAKEN, max_size=4),
)
def test_what_is_kept_agrees_with_a_replay_of_the_journal(first, second):
    centre = CentreFactory()
    held = [
        certificate(centre, stage="renewed", issued_on=ISSUED, expires_on=LAST, taken=first),
        certificate(centre, stage="renewed", cycle_be=2567, issued_on=date(2024, 9, 1), taken=second),
    ]

    memory = Memory(centre)
    for one in held:
        acts = [taken.act for taken in memory.acts if taken.certificate == one]
        replayed = slices(acts, expires_on=one.expires_on)
        kept = [Slice(s.stage, s.from_day, s.until_day, s.began_by) for s in one.spans.order_by("from_day")]
        assert kept == list(replayed)
        for day in {one.issued_on, *(s.from_day for s in replayed), *(s.until_day or LAST for s in replayed)}:
            replay = slice_on(day, replayed)
            assert stages_on(day, [one]).get(one.pk) == (replay.stage if replay else None)
    kept = list(Span.objects.order_by("certificate", "from_day").values_list("certificate", "stage", "from_day"))
    write_spans_anew()
    assert (
        list(Span.objects.order_by("certificate", "from_day").values_list("certificate", "stage", "from_day")) == kept
    )


@pytest.mark.django_db
class TestCentre:
    """The standing of one centre."""

    def test_the_acts_that_made_it_so_are_told_in_their_order(self):
        given = certificate(cycle_be=2568, issued_on=ISSUED, stage="renewed")
        act(given, "suspend", "suspended", date(2026, 3, 2))

        remembered = standing_as_of(given.centre, date(2026, 3, 5))

        assert remembered.stage == "suspended"
        assert [(one.entry.step, one.effective_on) for one in remembered.acts] == [
            ("issue", ISSUED),
            ("suspend", date(2026, 3, 2)),
        ]
        assert standing_as_of(given.centre, date(2026, 3, 1)).stage == "valid"

    def test_what_was_known_then_leaves_out_what_was_recorded_later(self):
        given = certificate(issued_on=ISSUED, stage="renewed")
        act(given, "suspend", "suspended", date(2026, 3, 9), effective_on=date(2026, 3, 2))
        memory = Memory(given.centre)

        assert memory.on(date(2026, 3, 5)).stage == "suspended"
        assert memory.known_then(date(2026, 3, 5)).stage == "valid"
        assert memory.on(date(2026, 3, 5)).acts[-1].came_late

    def test_a_certificate_in_force_decides_before_a_newer_one_that_ended(self):
        older = certificate(issued_on=ISSUED)
        newer = certificate(older.centre, cycle_be=2569, stage="renewed", issued_on=date(2026, 2, 1))
        act(newer, "revoke", "revoked", date(2026, 2, 1))

        assert standing_as_of(older.centre, date(2026, 3, 1)).certificate == older

    def test_a_centre_without_a_certificate_was_not_certified(self):
        given = certificate(issued_on=ISSUED)

        assert standing_as_of(given.centre, ISSUED - timedelta(days=1)).certificate is None
        assert standing_as_of(given.centre, LAST + timedelta(days=1)).stage == "expired"

    def test_any_number_of_certificates_takes_two_queries(self, django_assert_num_queries):
        given = certificate(stage="renewed", cycle_be=2565, issued_on=date(2022, 9, 1))
        certificate(given.centre, issued_on=ISSUED)

        with django_assert_num_queries(2):
            standing_as_of(given.centre, LAST)


@pytest.mark.django_db
class TestRebuilding:
    """The operator's way back to what the journal says."""

    def test_a_register_that_was_changed_is_noticed_and_rebuilt(self, capsys):
        right, wrong = certificate(), certificate()
        Span.objects.filter(certificate=wrong, stage="valid").update(stage="suspended")

        with pytest.raises(CommandError, match=wrong.reference) as told:
            call_command("rebuild_register", "--check")
        assert right.reference not in str(told.value)
        call_command("rebuild_register")
        call_command("rebuild_register", "--check")

    def test_a_certificate_without_any_entry_has_no_span(self):
        certificate()
        Span.objects.all().delete()

        with pytest.raises(CommandError):
            call_command("rebuild_register", "--check")


@pytest.mark.django_db
class TestPages:
    """What a citizen asks of an earlier day."""

    TODAY = date(2026, 11, 20)

    @pytest.fixture(autouse=True)
    def today(self, time_machine):
        time_machine.move_to(f"{self.TODAY} 10:00 +0700", tick=False)

    @pytest.fixture
    @made_once
    def late(self):
        """Suspended from 2 March by an act that was recorded on the 9th; it was restored in April."""
        given = certificate(issued_on=ISSUED, level="excellent")
        act(given, "expire", "expired", date(2026, 3, 9), effective_on=date(2026, 3, 2))
        act(given, "issue", "valid", date(2026, 4, 1), effective_on=date(2026, 4, 1))
        return given

    def asked(self, client, centre, day):
        return client.get(reverse("show_registered_centre", args=[centre.code]), {"on": day})

    @pytest.mark.parametrize("day", ["5/3/2569", "2026-03-05", "๕ มี.ค. ๒๕๖๙"])
    def test_a_centre_tells_its_standing_of_a_day_with_the_acts(self, client, late, day):
        page = self.asked(client, late.centre, day).text

        assert "วันที่ 5 มีนาคม พ.ศ. 2569" in page
        assert "บันทึกเมื่อ 9 มี.ค. 2569" in page
        assert "มติที่" not in page
        assert "ในวันนั้นทะเบียนยังทราบไม่ได้" in page

    def test_what_was_known_is_not_told_where_it_was_the_same(self, client, late):
        assert "ยังทราบไม่ได้" not in self.asked(client, late.centre, "10/3/2569").text

    def test_a_day_before_the_certificate_says_not_certified(self, client, late):
        assert "ไม่ได้รับการรับรอง" in self.asked(client, late.centre, "1/1/2568").text

    @pytest.mark.parametrize("day", ["31/2/2569", "tomorrow", "2570-01-01", "<b>", "9" * 300])
    def test_a_day_that_is_none_or_still_to_come_is_refused_and_kept(self, client, late, day):
        response = self.asked(client, late.centre, day)

        assert response.status_code == 422
        assert escape(day) in response.text

    def test_the_register_of_a_day_holds_what_was_certified_then(self, client, late):
        other = certificate(cycle_be=2569, issued_on=date(2026, 9, 1))

        def names(**query):
            page = client.get(reverse("find_centres"), query).text
            return {one.reference for one in (late, other) if one.centre.name_th in page}

        assert names() == {late.reference, other.reference}
        assert names(on="5/3/2569") == names(on="5/3/2569", status="ended") == {late.reference}
        assert names(on="5/3/2569", status="valid") == names(on="1/1/2568") == set()
        assert names(on="5/4/2569", status="valid", level="excellent") == {late.reference}

    def test_its_export_tells_the_standing_and_the_day(self, client, late):
        sheet = client.get(reverse("find_centres"), {"on": "5/3/2569", "export": "csv"}).content.decode("utf-8-sig")

        assert ",หมดอายุ,2026-03-05," in sheet

    @pytest.mark.parametrize(
        "address", ["/register/", "/register/figures/", "/register/records/", "centre", "certificate"]
    )
    def test_a_page_is_kept_apart_for_each_language_and_never_sent_twice(self, client, late, address):
        place = {
            "centre": reverse("show_registered_centre", args=[late.centre.code]),
            "certificate": late.get_absolute_url(),
        }.get(address, address)
        first = client.get(place, {"on": "5/4/2569"})
        tag = {"If-None-Match": first["ETag"]}
        again = client.get(place, {"on": "5/4/2569"}, headers=tag)

        client.cookies["language"] = "en"
        in_english = client.get(place, {"on": "5/4/2569"}, headers=tag)

        assert (again.status_code, in_english.status_code) == (304, 200)
        assert "no-cache" in again["Cache-Control"]
        assert "Cookie" in again["Vary"]
        assert "Cookie" in first["Vary"]

    def test_a_page_of_a_day_is_sent_again_only_after_an_act(self, client, late):
        address = reverse("show_registered_centre", args=[late.centre.code])
        first = client.get(address, {"on": "5/4/2569"})
        tag = {"If-None-Match": first["ETag"]}

        assert client.get(address, {"on": "5/4/2569"}, headers=tag).status_code == 304
        act(late, "expire", "expired", self.TODAY, effective_on=date(2026, 4, 2))
        assert client.get(address, {"on": "5/4/2569"}, headers=tag).status_code == 200
