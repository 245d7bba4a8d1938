"""Drafting, releasing together, delivering, failing, and dying half-way."""

import smtplib
import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.db.models.signals import post_save
from django.template import TemplateDoesNotExist
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from saduak.attachments.tests.factories import AttachmentFactory, pdf
from saduak.notices import operations
from saduak.notices.channels import DeliveryFailed
from saduak.notices.models import Notice, State
from saduak.notices.operations import NoticeRefused, Refusal
from saduak.notices.rules import WAITS
from saduak.notices.tasks import catch_up_task, deliver_task
from saduak.notices.tests.factories import NoticeFactory
from saduak.people.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def jobs():
    numbers = [
        str(number) for number in Notice.objects.values_list("pk", flat=True)
    ]  # Jobs outlive a test that commits.
    return ProcrastinateJob.objects.filter(
        task_name="notices.deliver", status="todo", args__number__in=numbers
    ).order_by("id")


def run_jobs():
    """What the worker does with the jobs that are there."""
    for job in jobs():
        deliver_task(**job.args)


def refused(deed, *args, **kwargs):
    with pytest.raises(NoticeRefused) as refusal:
        deed(*args, **kwargs)
    assert [str(reason) for reason in refusal.value.reasons] == [str(refusal.value)]
    return refusal.value.code


# Drafting


def test_a_draft_holds_its_final_words_and_goes_nowhere():
    case = SimpleNamespace(case_kind="application", reference="A-2569-1")

    notice = NoticeFactory(case=case, batch="returned 2569-01-15")

    assert notice.state == State.DRAFT
    assert notice.subject == "ขอให้แก้ไขคำขอ A-2569-1"
    assert notice.body.startswith("เรียน คุณสมหญิง\n\nกรุณา")
    assert notice.to == str(notice.to_user)
    assert list(Notice.objects.about(case)) == [notice]
    assert not jobs().exists()
    assert not mail.outbox


def test_a_notice_can_be_in_english():
    assert NoticeFactory(language="en").subject == "Please mend application A-2569-1"


def test_words_are_plain_text():
    notice = NoticeFactory(context={"reference": "A", "name": "<b>'&\"", "until": ""})

    assert "<b>'&\"" in notice.body


def test_a_subject_is_one_line():
    notice = NoticeFactory(context={"reference": "A\tB", "name": "", "until": ""})

    assert notice.subject == "ขอให้แก้ไขคำขอ A B"
    with pytest.raises(ValueError, match="first line"):
        NoticeFactory(context={"reference": "A\nBcc: x@example.org", "name": "", "until": ""})


def test_a_template_that_is_missing_or_shapeless_is_a_mistake():
    with pytest.raises(TemplateDoesNotExist):
        NoticeFactory(template="example/missing")
    with pytest.raises(ValueError, match="example/shapeless"):
        NoticeFactory(template="example/shapeless")


def test_a_person_without_an_address_is_told_on_the_platform():
    notice = NoticeFactory(to_user__email="")

    assert (notice.channel, notice.to_email) == ("inbox", "")


def test_an_address_without_an_account_will_do():
    notice = NoticeFactory(to_user=None, to_email="office@example.go.th")

    assert (notice.to, notice.channel) == ("office@example.go.th", "email")


@pytest.mark.parametrize("email", ["", "nobody", "a@b\nBcc: c@d.th"])
def test_nobody_is_no_recipient(email):
    assert refused(NoticeFactory, to_user=None, to_email=email) == Refusal.NO_ADDRESS
    assert not Notice.objects.exists()


def test_an_unknown_channel_is_a_mistake():
    with pytest.raises(KeyError):
        NoticeFactory(channel="pigeon")


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"state": "sent", "released_at": timezone.now()}, id="sent without a moment"),
        pytest.param({"state": "released"}, id="on its way without release"),
        pytest.param({"state": "cancelled"}, id="cancelled without a moment"),
        pytest.param({"to_user": None, "to_email": ""}, id="to nobody"),
    ],
)
def test_the_database_refuses_a_notice_that_cannot_be(facts):
    notice = NoticeFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(**facts)


# Releasing


def test_the_drafts_of_a_batch_are_released_together():
    secretary = UserFactory()
    batch = [NoticeFactory(batch="results 2569") for _ in range(3)]
    other = NoticeFactory(batch="another")

    released = operations.release("results 2569", by=secretary, seen=3)

    assert {notice.pk for notice in released} == {notice.pk for notice in batch}
    assert {notice.released_by for notice in released} == {secretary}
    assert {job.args["number"] for job in jobs()} == {str(notice.pk) for notice in batch}
    other.refresh_from_db()
    assert other.state == State.DRAFT


def test_a_release_that_is_rolled_back_leaves_no_job():
    notice = NoticeFactory()

    with transaction.atomic():
        operations.release([notice], by=None)
        transaction.set_rollback(True)

    assert not jobs().exists()
    assert Notice.objects.get().state == State.DRAFT


def test_a_batch_that_changed_since_it_was_looked_at_is_not_released():
    NoticeFactory.create_batch(2, batch="results")

    assert refused(operations.release, "results", by=None, seen=1) == Refusal.NOT_AS_SEEN
    assert Notice.objects.drafts().count() == 2


def test_nothing_is_released_twice():
    notice = NoticeFactory(batch="results", released=True)

    assert refused(operations.release, "results", by=None) == Refusal.NOTHING_TO_RELEASE
    assert refused(operations.release, [notice], by=None) == Refusal.NO_LONGER_A_DRAFT
    assert jobs().count() == 1


def test_one_notice_that_is_no_draft_holds_back_the_others():
    ready, cancelled = NoticeFactory.create_batch(2)
    operations.cancel(cancelled, by=UserFactory())

    assert refused(operations.release, [ready, cancelled], by=None) == Refusal.NO_LONGER_A_DRAFT
    ready.refresh_from_db()
    assert ready.state == State.DRAFT


def test_only_a_draft_can_be_cancelled():
    notice = NoticeFactory()
    person = UserFactory()

    cancelled = operations.cancel(notice, by=person)

    assert (cancelled.state, cancelled.cancelled_by) == (State.CANCELLED, person)
    assert refused(operations.cancel, notice, by=person) == Refusal.NO_LONGER_A_DRAFT


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_secretaries_who_release_at_once_send_everything_once():
    NoticeFactory.create_batch(5, batch="results")
    together, outcomes = threading.Barrier(2), []

    def deed():
        together.wait()
        try:
            outcomes.append(len(operations.release("results", by=None)))
        except NoticeRefused as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=deed) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(str, outcomes)) == sorted(["5", str(Refusal.NOTHING_TO_RELEASE)])
    assert jobs().count() == 5


# Delivering


def test_a_released_notice_arrives_with_its_letter():
    letter = AttachmentFactory(content=pdf(), name="หนังสือแจ้งผล.pdf")
    notice = NoticeFactory(attachments=[letter], released=True)

    run_jobs()

    notice.refresh_from_db()
    (message,) = mail.outbox
    assert (notice.state, notice.attempts) == (State.SENT, 1)
    assert message.to == [notice.to_email]
    assert message.subject == notice.subject
    assert message.message()["Message-ID"] == notice.message_id
    ((name, content, media_type),) = message.attachments
    assert (name, media_type, content) == ("หนังสือแจ้งผล.pdf", "application/pdf", pdf())


def test_a_notice_is_delivered_once_however_often_its_job_runs():
    NoticeFactory(released=True)

    run_jobs()
    run_jobs()

    assert len(mail.outbox) == 1


def test_what_is_not_released_is_not_delivered():
    operations.deliver(NoticeFactory().pk)

    assert not mail.outbox


def test_a_failure_is_tried_again_after_growing_pauses_and_then_given_up(broken_channel):
    notice = NoticeFactory(channel="broken", released=True)
    broken_channel.error = OSError("no route to host")
    at = timezone.now()

    for pause in WAITS:
        operations.deliver(notice.pk, at=at)
        assert jobs().last().scheduled_at == at + pause
    operations.deliver(notice.pk, at=at)

    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == (State.FAILED, len(WAITS) + 1)
    assert notice.last_error == "OSError: no route to host"
    assert jobs().count() == 1 + len(WAITS)


def test_a_failing_address_does_not_hold_up_the_others(broken_channel):
    broken_channel.error = RuntimeError("any mistake of a channel")
    NoticeFactory(channel="broken", batch="results")
    NoticeFactory(batch="results")
    operations.release("results", by=None)

    for notice in Notice.objects.all():
        operations.deliver(notice.pk)

    assert sorted(Notice.objects.values_list("state", flat=True)) == [State.RELEASED, State.SENT]


@pytest.mark.parametrize(
    ("error", "state"),
    [
        pytest.param(smtplib.SMTPRecipientsRefused({"a": (550, b"no such user")}), State.FAILED, id="no such person"),
        pytest.param(smtplib.SMTPRecipientsRefused({"a": (450, b"busy")}), State.RELEASED, id="busy"),
        pytest.param(smtplib.SMTPServerDisconnected("gone"), State.RELEASED, id="the server went away"),
    ],
)
def test_a_mail_server_that_refuses_for_good_is_not_asked_again(error, state, monkeypatch):
    notice = NoticeFactory(released=True)
    monkeypatch.setattr(mail.EmailMessage, "send", lambda self: (_ for _ in ()).throw(error))

    operations.deliver(notice.pk)

    notice.refresh_from_db()
    assert notice.state == state
    assert notice.last_error


def test_a_notice_that_failed_can_be_tried_from_the_beginning(broken_channel):
    broken_channel.error = DeliveryFailed("closed", for_good=True)
    notice = NoticeFactory(channel="broken", delivered=True)
    assert list(Notice.objects.failed()) == [notice]
    broken_channel.error = None

    operations.retry(notice, by=UserFactory())
    operations.deliver(notice.pk)

    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.last_error) == (State.SENT, 1, "")
    assert refused(operations.retry, notice, by=None) == Refusal.NOT_FAILED


@pytest.mark.django_db(transaction=True)
def test_a_death_between_handing_over_and_noting_it_sends_once_more_and_no_oftener(broken_channel):
    notice = NoticeFactory(channel="broken", released=True)
    broken_channel.error = SystemExit()
    with pytest.raises(SystemExit):
        operations.deliver(notice.pk)
    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == (State.RELEASED, 1)
    broken_channel.error = None

    for _ in range(3):
        operations.deliver(notice.pk)

    notice.refresh_from_db()
    assert notice.state == State.SENT
    assert broken_channel.handed_over == [notice.message_id] * 2


@pytest.mark.parametrize(
    ("attempts", "minutes_ago", "found"),
    [
        pytest.param(0, 31, 1, id="released and never tried"),
        pytest.param(0, 29, 0, id="released just now"),
        pytest.param(1, 30, 0, id="waiting for its pause"),
        pytest.param(1, 32, 1, id="its pause is long over"),
        pytest.param(5, 60 * 12, 0, id="waiting for its last pause"),
        pytest.param(6, 31, 1, id="died in the last attempt"),
    ],
)
def test_a_notice_whose_job_was_lost_is_found(attempts, minutes_ago, found):
    notice = NoticeFactory(released=True)
    before = jobs().count()
    then = timezone.now() - timedelta(minutes=minutes_ago)
    Notice.objects.filter(pk=notice.pk).update(attempts=attempts, released_at=then, tried_at=then if attempts else None)

    catch_up_task(timestamp=0)

    assert jobs().count() - before == found


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_notice_deliver_it_once(broken_channel):
    notice = NoticeFactory(channel="broken", released=True)
    together = threading.Barrier(4)

    def work():
        together.wait()
        try:
            operations.deliver(notice.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    notice.refresh_from_db()
    assert notice.state == State.SENT
    assert len(broken_channel.handed_over) == 1


def test_a_notice_that_somebody_delivered_between_counting_and_sending_is_left_alone(broken_channel):
    notice = NoticeFactory(channel="broken", released=True)

    def somebody_is_faster(sender, instance, **kwargs):
        Notice.objects.filter(pk=instance.pk).update(state=State.SENT, sent_at=timezone.now())

    post_save.connect(somebody_is_faster, sender=Notice)
    try:
        operations.deliver(notice.pk)
    finally:
        post_save.disconnect(somebody_is_faster, sender=Notice)

    assert not broken_channel.handed_over


def test_opening_a_notice_is_noted_once():
    notice = NoticeFactory(delivered=True)
    assert list(Notice.objects.received_by(notice.to_user).unread()) == [notice]
    first = timezone.now()

    operations.mark_read(notice, at=first)
    operations.mark_read(notice, at=first + timedelta(days=1))

    notice.refresh_from_db()
    assert notice.read_at == first
