"""An auditor looks into the records in a real browser."""

import pytest

from saduak.audit import operations
from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from saduak.people.tests.factories import UserFactory

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_an_auditor_finds_who_looked_at_a_case(new_walk, width):
    somchai = UserFactory(username="somchai", name="สมชาย ใจดี")
    operations.looked_at(somchai, kind="directory.centre", reference="51-00001", what="แฟ้มหลักฐาน")
    operations.sign_in_failed(None)
    walk = new_walk(width)
    walk.sign_in(person_of(Office.AUDITOR, name="ผู้ตรวจสอบ"))

    walk.open("/audit/")
    walk.sees("ไม่ทราบตัวบุคคล")
    walk.finds_no_barriers()
    walk.fill("บุคคล", "somchai")
    walk.press("แสดง")

    walk.sees("แฟ้มหลักฐาน")
    walk.does_not_see("ไม่ทราบตัวบุคคล")
    walk.follow("51-00001")
    walk.sees("1 รายการ")
