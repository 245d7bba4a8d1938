"""A step is taken whole, with its entry, or not at all."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from saduak.journal.models import Entry
from saduak.journal.steps import StepOvertaken, StepRefused, Taking, lock, record, take_step, take_steps
from saduak.journal.tests.letters import LETTERS, Letter, Stage
from saduak.people.models import User
from saduak.procedure.kit import CLOCK

AT = datetime(2026, 1, 15, 2, 30, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters")]


@pytest.fixture
def writer():
    return User.objects.create_user("writer", title="นาย", name="ก ข")


@pytest.fixture
def letter(letters):
    return Letter.objects.create(reference="L1", stage=Stage.DRAFT, centre_id=7)


def take(name, letter, **how):
    return take_step(LETTERS, name, letter, **{"by": None, "roles": {"writer"}, "at": AT, **how})


def test_a_step_moves_the_case_and_writes_one_entry(letter, writer):
    now = take("send", letter, by=writer, note="ด่วน", facts={"copies": 2}, text="สวัสดี")

    now.refresh_from_db()
    assert (now.stage, now.stage_since, now.version, now.text) == (Stage.SENT, AT, 1, "สวัสดี")
    entry = now.history.get()
    assert (entry.at, entry.case_kind, entry.case_reference, entry.centre_id) == (AT, "letters.letter", "L1", 7)
    assert (entry.step, entry.clause, entry.from_stage, entry.to_stage) == ("send", "1.1", "draft", "sent")
    assert (entry.by, entry.by_name, entry.role) == (writer, "นายก ข", "writer")
    assert (entry.note, entry.facts) == ("ด่วน", {"copies": 2, "version": 1})


def test_a_step_that_stays_keeps_the_moment_of_the_stage(letter):
    since = letter.stage_since

    now = take("correct", letter, text="ใหม่")

    now.refresh_from_db()
    assert (now.stage, now.stage_since, now.version) == (Stage.DRAFT, since, 1)
    assert (now.history.get().from_stage, now.history.get().to_stage) == ("draft", "draft")


def test_without_a_moment_a_step_is_taken_now(letter):
    before = datetime.now(UTC)

    now = take_step(LETTERS, "correct", letter, by=None, roles={"writer"})

    assert before <= now.history.get().at <= datetime.now(UTC)


def test_time_takes_its_own_steps(letter):
    take("send", letter)

    now = take("answer", letter, roles={CLOCK})

    assert (now.history.last().by, now.history.last().role) == (None, CLOCK)


@pytest.mark.parametrize(
    ("roles", "role"),
    [
        pytest.param({"writer", "reader"}, "writer", id="the one that the step asks for"),
        pytest.param({"writer", "chief"}, "chief", id="the first by name of several"),
        pytest.param(lambda letter: {"chief"} if letter.centre_id == 7 else set(), "chief", id="asked of the case"),
    ],
)
def test_the_entry_tells_in_which_role(letter, roles, role):
    assert take("send", letter, roles=roles).history.get().role == role


def test_facts_cannot_hide_the_version(letter):
    assert take("send", letter, facts={"version": 99}).history.get().facts == {"version": 1}


@pytest.mark.parametrize(
    ("step", "roles", "signed", "code"),
    [
        pytest.param("send", {"writer"}, False, "letter_is_signed", id="a condition does not hold"),
        pytest.param("send", {"reader"}, True, "wrong_role", id="another role"),
        pytest.param("answer", {CLOCK}, True, "wrong_stage", id="another stage"),
    ],
)
def test_a_refused_step_changes_nothing(letter, step, roles, signed, code):
    Letter.objects.update(is_signed=signed)
    before = Letter.objects.values().get()

    with pytest.raises(StepRefused) as refused:
        take(step, letter, roles=roles, text="never")

    assert [reason.code for reason in refused.value.decision.reasons] == [code]
    assert Letter.objects.values().get() == before
    assert not Entry.objects.exists()


def test_a_refusal_reads_as_its_sentence(letter):
    Letter.objects.update(is_signed=False)

    with pytest.raises(StepRefused, match=r"The letter is not signed\."):
        take("send", letter)


def test_the_case_is_considered_as_the_database_has_it(letter):
    Letter.objects.update(is_signed=False)
    letter.is_signed = True

    with pytest.raises(StepRefused):
        take("send", letter)


def test_whoever_was_overtaken_learns_what_changed(letter, writer):
    seen = letter.version
    take("correct", letter, by=writer, seen=seen)
    take("correct", letter, by=writer)

    with pytest.raises(StepOvertaken, match="L1 changed") as overtaken:
        take("send", letter, seen=seen)

    assert [entry.facts["version"] for entry in overtaken.value.since] == [1, 2]
    assert overtaken.value.case.version == 2
    letter.refresh_from_db()
    assert letter.stage == Stage.DRAFT


def test_whoever_saw_the_latest_is_not_overtaken(letter):
    take("correct", letter)

    assert take("send", letter, seen=1).stage == Stage.SENT


def test_when_the_change_cannot_be_saved_no_entry_stays(letter):
    Letter.objects.create(reference="L2", stage=Stage.DRAFT)

    with pytest.raises(IntegrityError), transaction.atomic():
        take("send", letter, reference="L2")

    assert not Entry.objects.exists()
    assert Letter.objects.get(pk=letter.pk).stage == Stage.DRAFT


def test_an_entry_beside_the_steps(letter, writer):
    entry = record(letter, step="opened", by=writer, at=AT, to_stage=Stage.DRAFT)

    assert list(letter.history.until(AT)) == [entry]
    assert (entry.from_stage, entry.to_stage, entry.facts) == ("", "draft", {})


@pytest.mark.django_db(transaction=True)
def test_a_step_outside_a_transaction_is_a_mistake(letters):
    letter = Letter.objects.create(reference="L1", stage=Stage.DRAFT)

    with pytest.raises(RuntimeError, match="transaction"):
        take("send", letter)

    assert not Entry.objects.exists()


def test_a_lock_reads_the_case_again(letter, django_assert_num_queries):
    Letter.objects.update(text="changed meanwhile")

    with django_assert_num_queries(1) as asked:
        assert lock(letter).text == "changed meanwhile"

    assert "FOR UPDATE" in asked[0]["sql"]
    assert connection.in_atomic_block


class TestTogether:
    """Many cases take their steps in one act."""

    @pytest.fixture
    def three(self, letters):
        return [Letter.objects.create(reference=f"L{n}", stage=Stage.DRAFT, centre_id=n) for n in range(3)]

    def together(self, takings, roles=frozenset({"writer"})):
        return take_steps(LETTERS, takings, Letter.objects.all(), by=None, roles=lambda letter: roles, at=AT)

    def test_each_moves_with_its_own_entry(self, three, writer):
        first, second, third = three

        now = self.together(
            [
                Taking(third, "send", note="ด่วน", changes={"text": "สาม"}),
                Taking(first, "correct", facts={"page": 1}, changes={"text": "หนึ่ง"}),
                Taking(second, "send", changes={"text": "สาม"}),
            ]
        )

        assert [letter.reference for letter in now] == ["L2", "L0", "L1"]
        stored = [(one.stage, one.version, one.text) for one in Letter.objects.order_by("reference")]
        assert stored == [(Stage.DRAFT, 1, "หนึ่ง"), (Stage.SENT, 1, "สาม"), (Stage.SENT, 1, "สาม")]
        assert [(e.case_reference, e.step, e.note, e.centre_id) for e in Entry.objects.all()] == [
            ("L2", "send", "ด่วน", 2),
            ("L0", "correct", "", 0),
            ("L1", "send", "", 1),
        ]
        assert first.history.get().facts == {"page": 1, "version": 1}

    def test_one_that_may_not_stops_all(self, three):
        first, second, _third = three
        take("send", second)

        with pytest.raises(StepRefused), transaction.atomic():
            self.together([Taking(first, "send"), Taking(second, "send")])

        assert Letter.objects.get(pk=first.pk).stage == Stage.DRAFT
        assert Entry.objects.count() == 1

    def test_a_hundred_cost_as_many_questions_as_three(self, letters, django_assert_num_queries):
        many = [Letter.objects.create(reference=f"M{n}", stage=Stage.DRAFT) for n in range(100)]

        with django_assert_num_queries(3):
            self.together([Taking(letter, "send") for letter in many])
