"""The small modules in a real browser: searching by keyboard, saving while typing, sending once, dropping files."""

import time
from uuid import uuid4

import pytest
from django import forms as django_forms
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from playwright.sync_api import expect

from saduak.access.doors import open_to_everyone
from saduak.design import forms
from saduak.people.models import User

pytestmark = pytest.mark.browser

PAGE = """{% extends "frames/work.html" %}{% load saduak %}{% block title %}ร่างคำขอ{% endblock %}
{% block content %}
<form method="post" data-autosave="/saved/{{ run }}" data-autosave-key="draft-1">{% csrf_token %}{{ form }}
{% autosave_state %}{% button "ยื่นคำขอ" %}</form>{% endblock %}"""


class Draft(forms.Form):
    """A long answer and a file."""

    answer = django_forms.CharField(label="คำตอบ", widget=django_forms.Textarea)
    evidence = forms.FilesField(label="หลักฐาน", required=False)


class Server:
    """What reached the server, and how it answers."""

    def __init__(self):
        self.run = uuid4().hex  # What the page of an earlier test still sends reaches another address.
        self.received = []
        self.sent = 0
        self.answers_with = 204


SERVER = Server()


@open_to_everyone
def show_draft_view(request):
    """The page with the form."""
    if request.method == "POST":
        SERVER.sent += 1
        time.sleep(0.5)
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": Draft(), "run": SERVER.run}, request))


@csrf_exempt
@open_to_everyone
def save_draft_view(request, run):
    """Keeps the answer, or refuses as the test wishes."""
    if SERVER.answers_with < 300 and run == SERVER.run:
        SERVER.received.append(request.POST["answer"])
    return HttpResponse(status=SERVER.answers_with)


urlpatterns = [
    path("draft", show_draft_view),
    path("saved/<run>", save_draft_view),
    path("", include("saduak.config.urls")),
]


@pytest.fixture
def server(settings):
    settings.ROOT_URLCONF = __name__
    SERVER.__init__()
    return SERVER


@pytest.fixture
def officer(server, walk):
    walk.sign_in(User.objects.create_user("officer", name="สมชาย ใจดี"))
    return walk


def state(walk):
    return walk.page.locator("[data-autosave-state]")


def test_what_is_typed_is_saved_and_said_quietly(officer, server):
    officer.open("/draft")

    officer.fill("คำตอบ", "มีทางลาดที่ประตูหน้า")
    officer.sees("บันทึกแล้ว")

    assert server.received[-1] == "มีทางลาดที่ประตูหน้า"
    assert officer.page.evaluate("() => localStorage.length") == 0


def test_a_server_that_is_away_loses_nothing(officer, server):
    officer.open("/draft")
    officer.page.route("**/saved/*", lambda route: route.abort())

    officer.fill("คำตอบ", "พิมพ์ระหว่างไม่มีสัญญาณ")
    officer.sees("เก็บไว้ในเครื่องนี้แล้ว")
    officer.page.unroute("**/saved/*")
    officer.sees("บันทึกแล้ว")

    assert server.received == ["พิมพ์ระหว่างไม่มีสัญญาณ"]


def test_a_text_that_never_arrived_is_back_when_the_page_is_opened_again(officer, server):
    officer.open("/draft")
    officer.page.route("**/saved/*", lambda route: route.abort())
    officer.fill("คำตอบ", "ยังไม่ถึงระบบ")
    officer.sees("เก็บไว้ในเครื่องนี้แล้ว")

    officer.page.unroute("**/saved/*")
    officer.open("/draft")
    officer.sees("บันทึกแล้ว")

    expect(officer.page.get_by_label("คำตอบ")).to_have_value("ยังไม่ถึงระบบ")
    assert set(server.received) == {"ยังไม่ถึงระบบ"}


@pytest.mark.parametrize(("status", "words"), [(422, "โปรดตรวจสอบข้อมูล"), (409, "มีผู้อื่นแก้ไข"), (403, "ออกจากระบบแล้ว")])
def test_a_refusal_is_said_and_the_text_stays(officer, server, status, words):
    server.answers_with = status
    officer.open("/draft")

    officer.fill("คำตอบ", "ข้อความเดิม")
    officer.sees(words)

    expect(officer.page.get_by_label("คำตอบ")).to_have_value("ข้อความเดิม")
    assert "ข้อความเดิม" in officer.page.evaluate("() => localStorage.getItem('draft:draft-1')")


def test_a_form_is_sent_once_however_often_one_presses(officer, server):
    officer.open("/draft")

    button = officer.page.get_by_role("button", name="ยื่นคำขอ")
    button.dblclick(no_wait_after=True)
    officer.page.wait_for_timeout(1200)

    assert server.sent == 1


def test_chosen_files_are_listed(officer, server):
    officer.open("/draft")

    officer.page.get_by_label("หลักฐาน").set_input_files(
        [{"name": "ทางลาด.jpg", "mimeType": "image/jpeg", "buffer": b"x" * 2000}]
    )

    officer.sees("ทางลาด.jpg · 2 KB")


def test_the_search_box_is_used_by_keyboard_alone(officer):
    officer.open("/my-work")

    officer.type("Control+k", "งานที่")
    officer.page.locator("[data-palette-found] a").first.wait_for()
    officer.finds_no_barriers()
    officer.type("ArrowDown")
    assert "งานที่รอฉัน" in officer.focused()
    officer.type("Escape")
    assert "ค้นหา" in officer.focused()
    officer.type("ArrowDown", "Control+k", "Enter")
    officer.page.wait_for_url("**/design/search?q=*")

    officer.finds_no_barriers()


def test_a_drawer_closes_by_escape_and_the_reader_stays_at_its_door(officer):
    officer.at("phone")
    officer.open("/draft")
    menu = officer.page.locator(".rail-drawer")
    menu.locator("> summary").click()
    expect(menu).to_have_attribute("open", "")

    officer.type("Tab", "Escape")

    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("> summary")).to_be_focused()


def test_the_search_works_without_javascript(server, new_walk):
    walk = new_walk("phone", javascript=False)
    walk.sign_in(User.objects.create_user("officer", name="สมชาย ใจดี"))

    walk.open("/design/search")
    walk.page.locator("#q").fill("งานที่")
    walk.page.locator("main").get_by_role("button", name="ค้นหา").click()

    walk.page.locator("main").get_by_role("link", name="งานที่รอฉัน").wait_for()


def test_on_a_phone_the_search_stands_below_the_name(officer):
    officer.at("phone")
    officer.open("/my-work")

    name, search = (officer.page.locator(each).bounding_box() for each in (".brand", ".palette"))

    assert name["height"] < 80
    assert search["y"] >= name["y"] + name["height"]
    assert search["width"] > 330
