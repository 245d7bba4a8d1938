"""An administrator connects a system, and a developer reads how to ask."""

import pytest
from django.utils import timezone

from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from saduak.machines.models import Delivery, State, Webhook
from saduak.machines.scopes import Scope
from saduak.machines.tests.factories import ClientFactory, token_of
from saduak.people.tests.factories import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def system():
    officer = person_of(Office.AGENCY_COORDINATOR, name="สมหญิง รักงาน")
    made = ClientFactory(
        name="ระบบติดตามงานกรมการปกครอง", purpose="รับผลการรับรองของศูนย์ในสังกัด", owner=officer, acts_for=officer
    )
    token_of(Scope.CASES_READ, client=made, label="เครื่องแม่ข่ายหลัก", last_used_on=timezone.localdate())
    token_of(Scope.CASES_READ, Scope.WEBHOOKS_MANAGE, client=made, revoked_at=timezone.now())
    now = timezone.now()
    webhook = Webhook.objects.create(
        client=made, url="https://gecc.dopa.example.go.th/hooks/saduak", events=["application.*", "certificate.*"],
        secret=b"", made_at=now, position=0, failing_since=now, stopped_at=now,
    )  # fmt: skip
    for number, (event, state) in enumerate([("certificate.issue", "delivered"), ("application.submit", "given_up")]):
        Delivery.objects.create(
            webhook=webhook, sequence=number + 10, event=event, body="{}", state=State(state), attempts=number * 9 + 1,
            next_at=now, made_at=now, ended_at=now, status=None if number else 204,
            error="TimeoutError: timed out" if number else "",
        )  # fmt: skip
    return made


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_an_administrator_gives_a_system_a_token(new_walk, system, width):
    walk = new_walk(width)
    walk.sign_in(person_of(Office.ADMINISTRATOR))
    walk.open("/machines/")
    walk.finds_no_barriers()
    walk.follow("ระบบติดตามงานกรมการปกครอง")
    walk.finds_no_barriers()
    walk.follow("สร้างโทเคน")
    walk.page.get_by_label("รหัสผ่าน").first.fill(PASSWORD)
    walk.press("ยืนยัน")
    walk.sees("อ่านเรื่องของบุคคลที่ระบบทำในนาม")
    walk.finds_no_barriers()
    walk.page.get_by_label("อ่านเรื่องของบุคคลที่ระบบทำในนาม").check()
    walk.press("สร้างโทเคน")

    walk.sees("โทเคนแสดงเพียงครั้งนี้")
    walk.finds_no_barriers()
    walk.follow("https://gecc.dopa.example.go.th/hooks/saduak")
    walk.sees("TimeoutError")
    walk.finds_no_barriers()


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_a_developer_reads_about_the_interface(new_walk, db, width):
    walk = new_walk(width)

    walk.open("/api/")

    walk.sees("/api/v1/register")
    walk.finds_no_barriers()
