"""A secretary looks through a batch and releases it; a person reads what came."""

import pytest

from saduak.attachments.tests.factories import AttachmentFactory
from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from saduak.documents.letters import render_letter
from saduak.documents.tests.factories import LetterFactory
from saduak.notices import operations
from saduak.notices.models import Notice, State
from saduak.notices.tests.factories import NoticeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BATCH = "ผลการพิจารณา รอบ พ.ศ. 2569"


@pytest.fixture(params=["phone", "desk"])
def secretary(request, new_walk):
    walk = new_walk(request.param, javascript=request.param == "desk")
    walk.sign_in(person_of(Office.SECRETARIAT_OFFICER))
    return walk


def test_a_secretary_looks_through_a_batch_and_releases_it(secretary):
    letter = AttachmentFactory(content=render_letter(LetterFactory(example=True)), name="หนังสือแจ้งผล.pdf")
    NoticeFactory.create_batch(3, batch=BATCH, attachments=[letter])

    secretary.open("/notices/outbox")
    secretary.sees("รอปล่อยส่ง")
    secretary.picture("outbox")
    secretary.follow("ตรวจดู")
    secretary.sees("ปล่อยส่งทั้งชุด")
    secretary.picture("batch")
    secretary.follow("ขอให้แก้ไขคำขอ A-2569-1")
    secretary.sees("หนังสือแจ้งผล.pdf")
    secretary.picture("notice")
    secretary.follow(BATCH)
    secretary.press("ปล่อยส่ง 3 ฉบับ")
    secretary.sees("กำลังส่งข้อความ 3 ฉบับ")

    assert {notice.state for notice in Notice.objects.all()} == {State.RELEASED}


@pytest.mark.parametrize("page", ["/notices/outbox", "/notices/", "{notice}"])
def test_the_pages_have_no_barriers(walk, page):
    notice = NoticeFactory(batch=BATCH)
    walk.sign_in(person_of(Office.SECRETARIAT_OFFICER))

    walk.open(page.format(notice=notice.get_absolute_url()))

    walk.finds_no_barriers()
    walk.at("phone")
    walk.finds_no_barriers()


def test_a_person_reads_what_came(walk):
    notice = NoticeFactory(delivered=True)
    NoticeFactory(to_user=notice.to_user, channel="inbox", delivered=True)
    operations.mark_read(notice)
    walk.sign_in(notice.to_user)

    walk.open("/notices/")
    walk.sees("มีข้อความที่ยังไม่ได้เปิด 1 ฉบับ")
    walk.picture("own")
    walk.page.get_by_role("row").filter(has_text="ใหม่").get_by_role("link").click()
    walk.sees("เรียน คุณสมหญิง")
    walk.picture("own-notice")
    walk.follow("ข้อความถึงฉัน")

    walk.sees("ท่านเปิดอ่านครบทุกฉบับแล้ว")
