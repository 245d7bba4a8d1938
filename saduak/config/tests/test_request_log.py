"""Each request leaves one line, without what a person typed."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from structlog.testing import capture_logs

from saduak.config.request_log import RequestLog


def requested(path, status=200, **headers):
    with capture_logs() as lines:
        answer = RequestLog(lambda request: HttpResponse(status=status))(RequestFactory().get(path, headers=headers))
    return answer, lines


def test_a_request_is_one_line_with_its_id():
    answer, lines = requested("/directory/?q=สมชาย")

    assert [line["event"] for line in lines] == ["request"]
    assert lines[0]["path"] == "/directory/"
    assert lines[0]["status"] == 200
    assert "สมชาย" not in str(lines)
    assert len(answer["X-Request-ID"]) == 32


def test_an_id_from_the_proxy_is_kept():
    assert requested("/", **{"X-Request-ID": "abc-123-def"})[0]["X-Request-ID"] == "abc-123-def"


def test_an_id_that_could_forge_a_line_is_not():
    assert "\n" not in requested("/", **{"X-Request-ID": "abcdefgh\n{}"})[0]["X-Request-ID"]


@pytest.mark.parametrize(("status", "lines"), [(200, 0), (503, 1)])
def test_health_is_logged_only_when_it_fails(status, lines):
    assert len(requested("/health/ready", status)[1]) == lines


def test_an_address_that_opens_something_to_whoever_has_it_is_not_logged():
    _answer, lines = requested("/queue/t/AbCdEfGhIjKlMnOp/state")

    assert lines[0]["path"] == "/queue/t/…/state"
