"""The pages of those who receive and those who release."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from saduak.attachments.tests.factories import AttachmentFactory, pdf
from saduak.audit.models import Record
from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from saduak.notices import operations, queries
from saduak.notices.channels import DeliveryFailed
from saduak.notices.models import Notice, State
from saduak.notices.tests.factories import NoticeFactory
from saduak.people.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return person_of(Office.SECRETARIAT_OFFICER)


@pytest.fixture
def desk(client, secretary):
    """The browser of somebody who works the outbox."""
    client.force_login(secretary)
    return client


def test_a_person_finds_what_was_sent_and_nothing_else(client):
    mine = NoticeFactory(delivered=True)
    NoticeFactory(to_user=mine.to_user)
    NoticeFactory(delivered=True, template="example/returned", context={"reference": "B", "name": "", "until": ""})
    client.force_login(mine.to_user)

    page = client.get(reverse("show_own_notices"))

    assert list(page.context["page"]) == [mine]
    assert page.context["unread"] == 1
    assert _("New") in page.content.decode()


def test_opening_a_notice_makes_it_read(client):
    notice = NoticeFactory(delivered=True, attachments=[AttachmentFactory(content=pdf(), name="หนังสือ.pdf")])
    client.force_login(notice.to_user)

    page = client.get(notice.get_absolute_url())

    assert "หนังสือ.pdf" in page.content.decode()
    assert page.context["way"] == []
    assert queries.unread_count(notice.to_user) == 0
    assert not Record.objects.exists()
    assert client.get(reverse("show_own_notices")).context["unread"] == 0


def test_a_draft_does_not_exist_for_its_recipient(client):
    notice = NoticeFactory()
    client.force_login(notice.to_user)

    assert client.get(notice.get_absolute_url()).status_code == 404


def test_the_letter_of_a_notice_opens_for_its_recipient(client):
    letter = AttachmentFactory(content=pdf(), name="หนังสือ.pdf")
    notice = NoticeFactory(delivered=True, attachments=[letter])
    stranger = AttachmentFactory(content=pdf(pages=2), name="other.pdf")
    client.force_login(notice.to_user)

    answer = client.get(reverse("open_notice_file", args=[notice.pk, letter.pk]))

    assert answer.content == pdf()
    assert answer["Content-Type"] == "application/pdf"
    assert client.get(reverse("open_notice_file", args=[notice.pk, stranger.pk])).status_code == 404


def test_reading_what_was_written_to_somebody_else_is_told_to_the_audit(desk, secretary):
    notice = NoticeFactory(delivered=True, attachments=[letter := AttachmentFactory(content=pdf())])

    desk.get(notice.get_absolute_url())
    desk.get(reverse("open_notice_file", args=[notice.pk, letter.pk]))

    assert [record.what for record in Record.objects.order_by("pk")] == [notice.subject, letter.name]
    notice.refresh_from_db()
    assert notice.read_at is None


def test_the_outbox_shows_batches_that_wait(desk, django_assert_max_num_queries):
    NoticeFactory.create_batch(3, batch="ผลการพิจารณา 2569 & อื่น ๆ")
    NoticeFactory(released=True)

    with django_assert_max_num_queries(15):
        page = desk.get(reverse("show_outbox"))

    (waiting,) = page.context["batches"]
    assert (waiting["batch"], waiting["drafts"]) == ("ผลการพิจารณา 2569 & อื่น ๆ", 3)
    assert "%26" in page.content.decode()
    assert [tab.count for tab in page.context["tabs"]] == [None, 3, 1, 0, 0, 0]


def test_the_outbox_is_narrowed_to_a_batch_and_a_state(desk):
    draft = NoticeFactory(batch="results")
    NoticeFactory(batch="results", released=True)
    NoticeFactory(batch="another")

    page = desk.get(reverse("show_outbox"), {"batch": "results", "state": "draft"})

    assert [notice for notice, *_rest in page.context["lines"]] == [draft]
    assert page.context["drafts"] == 1
    assert desk.get(reverse("show_outbox"), {"state": "nonsense"}).context["page"].paginator.count == 3


def test_a_batch_is_released_from_its_page(desk, secretary):
    NoticeFactory.create_batch(2, batch="results")

    page = desk.post(reverse("release_batch"), {"batch": "results", "seen": "2"}, follow=True)

    assert page.status_code == 200
    assert {notice.state for notice in Notice.objects.all()} == {State.RELEASED}
    assert {notice.released_by for notice in Notice.objects.all()} == {secretary}
    assert page.context["drafts"] == 0


def test_a_batch_that_grew_is_not_released(desk):
    NoticeFactory.create_batch(2, batch="results")

    page = desk.post(reverse("release_batch"), {"batch": "results", "seen": "1"})

    assert page.status_code == 409
    assert str(operations.SENTENCES[operations.Refusal.NOT_AS_SEEN]) in page.content.decode()


@pytest.mark.parametrize("seen", [{}, {"seen": ""}, {"seen": "zz"}], ids=["nothing", "empty", "no number"])
def test_a_batch_is_not_released_by_a_form_that_does_not_say_what_was_seen(desk, seen):
    NoticeFactory.create_batch(2, batch="results")

    page = desk.post(reverse("release_batch"), {"batch": "results", **seen})

    assert page.status_code == 400
    assert "โหลดหน้า" in page.text
    assert {notice.state for notice in Notice.objects.all()} == {State.DRAFT}


def test_one_draft_is_released_or_cancelled_from_its_page(desk):
    first, second = NoticeFactory.create_batch(2)
    assert desk.get(first.get_absolute_url()).context["can_be_released"]

    desk.post(reverse("release_notice", args=[first.pk]))
    desk.post(reverse("cancel_notice", args=[second.pk]))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.RELEASED, State.CANCELLED)
    assert desk.get(second.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("deed", ["release_notice", "cancel_notice", "retry_notice"])
def test_a_deed_that_somebody_did_before_answers_409_with_the_reason(desk, deed):
    notice = NoticeFactory(delivered=True)

    page = desk.post(reverse(deed, args=[notice.pk]))

    assert page.status_code == 409
    assert page.context["reasons"]
    notice.refresh_from_db()
    assert notice.state == State.SENT


def test_a_notice_that_failed_says_why_and_can_be_tried_again(desk, broken_channel):
    broken_channel.error = DeliveryFailed("550 no such user", for_good=True)
    notice = NoticeFactory(channel="broken", delivered=True)

    page = desk.get(notice.get_absolute_url())
    assert "550 no such user" in page.content.decode()
    desk.post(reverse("retry_notice", args=[notice.pk]))

    notice.refresh_from_db()
    assert notice.state == State.RELEASED


def test_a_channel_that_was_taken_away_is_called_by_its_name(desk):
    notice = NoticeFactory()
    Notice.objects.filter(pk=notice.pk).update(channel="pigeon")

    assert desk.get(notice.get_absolute_url()).context["channel"] == "pigeon"


def test_the_work_list_names_batches_to_release_and_failures(secretary, broken_channel):
    NoticeFactory.create_batch(2, batch="results")
    broken_channel.error = DeliveryFailed("gone", for_good=True)
    NoticeFactory(channel="broken", delivered=True)

    assert [item.reference for item in queries.work_for(secretary)] == ["results", str(State.FAILED.label)]
    assert queries.work_for(UserFactory()) == []
