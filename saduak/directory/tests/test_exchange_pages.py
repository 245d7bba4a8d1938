"""The pages on which a spreadsheet is looked at, written, and taken out again."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from saduak.attachments.tests.factories import archive, pdf, picture
from saduak.audit.models import Act, Record
from saduak.directory import tasks
from saduak.directory.models import Centre, Import, ImportStage, Office, SheetKind
from saduak.directory.tests.factories import (
    AgencyFactory,
    MembershipFactory,
    ProvinceFactory,
    person_of,
)
from saduak.directory.tests.test_exchange import CENTRES

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client):
    client.force_login(person_of(Office.SECRETARIAT_OFFICER))
    return client


@pytest.fixture
def place():
    """An agency with the code ขบ and the province of Lamphun."""
    ProvinceFactory()
    return AgencyFactory(code="ขบ", name_th="กรมการขนส่งทางบก")


class TestPages:
    def _upload(self, client, content, kind="centres"):
        file = SimpleUploadedFile("ศูนย์.csv", content)
        return client.post(reverse("show_exchange"), {"kind": kind, "file": file}, follow=True)

    def test_from_the_upload_to_the_last_row(self, signed_in, place):
        page = self._upload(signed_in, f"{CENTRES},ศูนย์ใหม่,ขบ,ลำพูน,,,,,\n".encode("cp874"))
        sheet = Import.objects.get()
        assert "ศูนย์ใหม่" in page.content.decode()

        page = signed_in.post(reverse("write_import", args=[sheet.pk]), {"digest": sheet.digest}, follow=True)

        assert Centre.objects.get().name_th == "ศูนย์ใหม่"
        assert page.status_code == 200
        again = signed_in.post(reverse("write_import", args=[sheet.pk]), {"digest": sheet.digest}, follow=True)
        assert again.status_code == 200

    def test_problems_are_listed(self, signed_in):
        page = self._upload(signed_in, f"{CENTRES},,ขบ,ลำพูน,,,,,\n".encode()).content.decode()

        assert "รหัสหน่วยงาน" in page

    def test_without_a_file_the_form_comes_back(self, signed_in):
        assert signed_in.post(reverse("show_exchange"), {"kind": "centres"}).status_code == 422

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            pytest.param(b"", "ว่าง", id="empty"),
            pytest.param(picture(), "ไม่ใช่ตาราง", id="a picture"),
            pytest.param(pdf(), "ไม่ใช่ตาราง", id="a PDF"),
            pytest.param(b"\xef\xbb\xbf\n<!DOCTYPE html><script>alert(1)</script>", "ไม่ใช่ตาราง", id="a web page"),
            pytest.param(b"PK\x03\x04 broken", "ไม่ใช่ตาราง", id="a broken archive"),
            pytest.param(archive(**{"word/document.xml": b"<x/>"}), "ไม่ใช่ตาราง", id="another office file"),
            pytest.param(b"\xd0\xcf\x11\xe0" + bytes(100), ".xlsx", id="an old Excel file"),
            pytest.param(bytes(20 * 1024 * 1024) + b"ab", "20 MB", id="too large"),
        ],
    )
    def test_what_is_no_spreadsheet_is_told_at_the_field_and_kept_nowhere(self, signed_in, content, told):
        answer = self._upload(signed_in, content, kind="memberships")

        assert answer.status_code == 422
        assert told in answer.text.partition('role="alert"')[2]
        assert re.search(r'value="memberships"[^>]*checked', answer.text)
        assert not Import.objects.exists()

    def test_a_bomb_is_told_before_it_is_unpacked(self, signed_in):
        bomb = archive(**{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": bytes(201 * 1024 * 1024)})
        assert len(bomb) < 1024 * 1024

        assert self._upload(signed_in, bomb).status_code == 422

    def test_a_sheet_that_is_broken_inside_is_told_by_its_page(self, signed_in):
        broken = archive(**{"xl/workbook.xml": b"<workbook", "xl/worksheets/sheet1.xml": b"<x/>"})

        answer = self._upload(signed_in, broken)

        assert "ไม่ใช่ตาราง" in answer.text
        assert Import.objects.get().state == ImportStage.REFUSED

    def test_a_large_file_is_left_to_the_worker(self, signed_in, place, monkeypatch):
        rows = "".join(f",ศูนย์ที่ {n},ขบ,ลำพูน,,,,,\n" for n in range(400))
        from saduak.directory.views import exchange

        monkeypatch.setattr(exchange, "AT_ONCE_BYTES", 10)
        page = self._upload(signed_in, (CENTRES + rows).encode())
        sheet = Import.objects.get()
        assert sheet.state == ImportStage.WAITING
        assert 'id="import-progress"' in page.content.decode()
        part = signed_in.get(sheet.get_absolute_url(), headers={"HX-Request": "true", "HX-Target": "import-progress"})
        assert "<html" not in part.content.decode()

        tasks.check_import_task(sheet.pk)
        sheet.refresh_from_db()
        refreshed = signed_in.get(sheet.get_absolute_url(), headers={"HX-Request": "true"})
        assert refreshed.headers["HX-Refresh"] == "true"
        signed_in.post(reverse("write_import", args=[sheet.pk]), {"digest": sheet.digest})
        tasks.write_import_task(sheet.pk)

        sheet.refresh_from_db()
        assert sheet.state == ImportStage.WRITTEN
        assert sheet.done == sheet.total == Centre.objects.count() == 400
        assert {job.task_name for job in ProcrastinateJob.objects.all()} == {
            "directory.check_import",
            "directory.write_import",
        }

    def test_a_sheet_is_given_up(self, signed_in, place):
        self._upload(signed_in, f"{CENTRES},ศูนย์ใหม่,ขบ,ลำพูน,,,,,\n".encode())

        page = signed_in.post(reverse("stop_import", args=[Import.objects.get().pk]), follow=True)

        assert page.status_code == 200
        assert not Centre.objects.exists()

    @pytest.mark.parametrize("form", ["xlsx", "csv"])
    @pytest.mark.parametrize("kind", SheetKind.values)
    def test_templates_and_exports_are_given_out(self, signed_in, kind, form):
        MembershipFactory()

        assert signed_in.get(reverse("show_template", args=[kind, form])).status_code == 200
        assert signed_in.get(reverse("export_sheet", args=[kind, form])).status_code == 200
        assert Record.objects.filter(act=Act.EXPORTED).count() == 1

    def test_what_is_no_kind_or_form_is_not_there(self, signed_in):
        assert signed_in.get("/directory/spreadsheets/poems/export.csv").status_code == 404
        assert signed_in.get("/directory/spreadsheets/centres/export.pdf").status_code == 404

    def test_others_do_not_come_in(self, client):
        client.force_login(person_of(Office.CENTRE_HEAD))

        assert client.get(reverse("show_exchange")).status_code == 403
