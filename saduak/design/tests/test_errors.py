"""What a person reads when something could not be done."""

from types import SimpleNamespace

import pytest
from django.db import DataError
from django.http import HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone
from django_htmx.middleware import HtmxDetails
from structlog.testing import capture_logs

from saduak.attachments.storage import ContentLost
from saduak.design import errors
from saduak.design.components import Moment
from saduak.journal.steps import StepOvertaken, StepRefused
from saduak.procedure.kit import Decision, Reason, Step

REFUSED = StepRefused(
    Decision(Step("submit", "3.1", "centre", frozenset(), None), (Reason("closed", "รอบนี้ปิดรับแล้ว"),))  # type: ignore[arg-type]
)
OVERTAKEN = StepOvertaken(
    SimpleNamespace(reference="A-1", case_kind="test"),  # type: ignore[arg-type]
    [SimpleNamespace(at=timezone.now(), by_name="สมศรี", step="return")],  # type: ignore[list-item]
)


@pytest.fixture
def request_of_a_person():
    request = RequestFactory().post("/somewhere")
    request.user = SimpleNamespace(is_authenticated=False)
    request._messages = []
    request.htmx = HtmxDetails(request)
    return request


@pytest.mark.parametrize(
    ("exception", "status", "words"),
    [
        pytest.param(REFUSED, 422, "รอบนี้ปิดรับแล้ว", id="refused"),
        pytest.param(OVERTAKEN, 409, "A-1 มีการเปลี่ยนแปลง", id="overtaken"),
    ],
)
def test_an_uncaught_refusal_becomes_a_page_with_its_reasons(request_of_a_person, exception, status, words):
    response = errors.RefusalMiddleware(lambda _: None).process_exception(request_of_a_person, exception)

    assert response.status_code == status
    assert words in response.text
    assert "<h1>" in response.text


def test_what_the_database_cannot_hold_was_a_bad_request(request_of_a_person):
    response = errors.RefusalMiddleware(lambda _: None).process_exception(request_of_a_person, DataError("NUL"))

    assert response.status_code == 400
    assert "<h1>" in response.text


def test_a_stored_file_that_vanished_is_told_to_the_reader_and_to_the_operator(request_of_a_person):
    lost = ContentLost("5d41 is missing.")

    with capture_logs() as told:
        response = errors.RefusalMiddleware(lambda _: None).process_exception(request_of_a_person, lost)

    assert response.status_code == 410
    assert "เปิดไฟล์นี้ไม่ได้" in response.text
    assert [(line["log_level"], line["path"], line["reason"]) for line in told] == [
        ("error", "/somewhere", "5d41 is missing.")
    ]


def test_for_htmx_a_refusal_is_a_notice_at_the_top_of_the_page(request_of_a_person):
    request_of_a_person.META["HTTP_HX_REQUEST"] = "true"
    request_of_a_person.htmx = HtmxDetails(request_of_a_person)

    response = errors.RefusalMiddleware(lambda _: None).process_exception(request_of_a_person, REFUSED)

    assert response["HX-Retarget"] == "#messages"
    assert "<h1>" not in response.text
    assert "รอบนี้ปิดรับแล้ว" in response.text


def test_other_mistakes_stay_mistakes(request_of_a_person):
    assert errors.RefusalMiddleware(lambda _: None).process_exception(request_of_a_person, ValueError()) is None


def test_an_empty_405_is_worded_and_keeps_its_header(request_of_a_person):
    response = errors.RefusalMiddleware(lambda _: HttpResponseNotAllowed(["POST"]))(request_of_a_person)

    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "<h1>" in response.text


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_page_for_our_own_mistakes_needs_nothing_but_the_template(language):
    request = RequestFactory().get("/")
    request.COOKIES["language"] = language

    response = errors.server_error(request)

    assert response.status_code == 500
    assert f'lang="{language}"' in response.text


def test_an_unknown_address_is_a_404_page(client, db):
    response = client.get("/no-such-page")

    assert response.status_code == 404
    assert "ไม่พบหน้านี้" in response.text


def test_a_package_words_what_happened_for_the_person_and_others_tell_only_when(request_of_a_person, monkeypatch):
    middleware = errors.RefusalMiddleware(lambda _: None)
    monkeypatch.setattr(errors, "_TELLINGS", {})

    bare = middleware.process_exception(request_of_a_person, OVERTAKEN).text
    errors.tell_changes_by("test", lambda case, person, since: [Moment(since[0].at, "ส่งกลับให้แก้ไข", "สมศรี")])
    worded = middleware.process_exception(request_of_a_person, OVERTAKEN).text

    assert "สมศรี" not in bare
    assert "ส่งกลับให้แก้ไข · สมศรี" in worded


@pytest.mark.parametrize("status", [400, 403, 404, 405, 410, 413, 429, 500, 503, "form_expired"])
def test_every_page_of_a_failure_has_a_way_on(status):
    page = render_to_string(f"errors/{status}.html", {"came_from": "http://testserver/queue/", "LANGUAGE_CODE": "th"})

    assert 'href="http://testserver/queue/"' in page
    assert 'href="/"' in page


@pytest.mark.parametrize(
    ("told", "leads_to"),
    [("http://testserver/queue/", "http://testserver/queue/"), ("https://elsewhere.example/", ""), ("", "")],
)
def test_the_way_back_leads_to_this_site_only(told, leads_to):
    request = RequestFactory().get("/nowhere", headers={"Referer": told})

    assert errors.came_from(request) == leads_to


def test_a_request_for_a_host_that_is_not_ours_is_still_told_so():
    request = RequestFactory().get("/", headers={"Referer": "http://evil/", "Host": "evil"})

    assert errors.bad_request(request).status_code == 400
