"""The pages at the front door."""

from datetime import timedelta

import pytest
from django.utils import timezone

from saduak.certification.tests.certificates import certificate
from saduak.design.work import WorkItem
from saduak.people.models import User

PAGES = ["/", "/about", "/contact", "/privacy", "/accessibility"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_visitor_reads_the_public_pages_without_an_account(client, address, language):
    client.cookies["language"] = language

    response = client.get(address)

    assert response.status_code == 200
    assert response["Content-Language"] == language
    assert f'<html lang="{language}"' in response.text


def test_a_stranger_is_asked_to_sign_in_before_seeing_work(client):
    assert client.get("/my-work").status_code == 302


@pytest.mark.django_db
def test_a_person_without_work_reads_that_nothing_waits(client):
    client.force_login(User.objects.create_user("officer", name="สมชาย"))

    response = client.get("/my-work")

    assert response.status_code == 200
    assert "ไม่มีงานค้าง" in response.text


@pytest.mark.django_db
def test_work_is_listed_by_urgency_and_can_be_narrowed_to_a_kind(client, monkeypatch):
    today = timezone.localdate()
    work = [
        WorkItem("68-2", "ศูนย์ข", "ตรวจเอกสาร", today - timedelta(days=2), "/b", "ตรวจ", "การรับรอง"),
        WorkItem("68-1", "ศูนย์ก", "ยื่นคำขอ", today + timedelta(days=1), "/a", "ยื่น", "การรับรอง"),
        WorkItem("N-1", "", "ปล่อยหนังสือ", None, "/n", "เปิด", "หนังสือ"),
    ]
    monkeypatch.setattr("saduak.portal.queries.work_for", lambda user: work)
    client.force_login(User.objects.create_user("officer", name="สมชาย"))

    everything, letters = client.get("/my-work").text, client.get("/my-work?kind=หนังสือ").text

    assert "เกินกำหนด 1 เรื่อง" in everything
    assert "เกินกำหนด 2 วัน" in everything
    assert everything.index("68-2") < everything.index("68-1") < everything.index("N-1")
    assert "68-2" not in letters
    assert "N-1" in letters


@pytest.mark.django_db
def test_the_front_page_leads_through_three_doors_and_one_search_box(client):
    page = client.get("/").text

    for address in ("/register/", "/register/check/", "/my-work"):
        assert f'class="door" href="{address}"' in page
    assert '<form class="search-box" role="search" action="/register/"' in page
    assert "ศูนย์ที่มีใบรับรองใช้ได้ในวันนี้" not in page


@pytest.mark.django_db
def test_the_front_page_tells_how_many_centres_are_certified_and_marks_examples(client):
    certificate(is_example=True, issued_on=timezone.localdate())

    page = client.get("/").text

    assert "ศูนย์ที่มีใบรับรองใช้ได้ในวันนี้" in page
    assert "ทั้งหมดเป็นข้อมูลตัวอย่าง" in page


@pytest.mark.django_db
def test_a_page_has_one_address_and_its_words_for_those_who_pass_it_on(client, settings):
    settings.PUBLIC_URL = "https://gecc.example"

    page = client.get("/register/?q=ลำพูน").text

    assert '<link rel="canonical" href="https://gecc.example/register/">' in page
    assert '<meta property="og:title" content="ค้นหาศูนย์ที่ได้รับการรับรอง">' in page


@pytest.mark.django_db
def test_search_engines_find_the_public_pages_and_every_registered_centre(client, settings):
    settings.PUBLIC_URL = "https://gecc.example"
    one = certificate()

    assert "Sitemap: https://gecc.example/sitemap.xml" in client.get("/robots.txt").text
    assert "<loc>https://gecc.example/sitemap-1.xml</loc>" in client.get("/sitemap.xml").text
    pages = client.get("/sitemap-1.xml").text
    assert "<loc>https://gecc.example/</loc>" in pages
    assert f"<loc>https://gecc.example/register/centres/{one.centre.code}/</loc>" in pages
    assert client.get("/sitemap-2.xml").status_code == 404
