"""What every request to the API is answered."""

import pytest

from saduak.directory.tests.factories import CentreFactory, ProvinceFactory
from saduak.machines.models import Token
from saduak.machines.tests.factories import ClientFactory, token_of, with_token

pytestmark = pytest.mark.django_db

PROBLEM = "application/problem+json"


def test_anybody_reads_the_provinces(client):
    ProvinceFactory()

    answer = client.get("/api/v1/provinces")

    assert answer.json() == [{"code": "51", "name": {"th": "ลำพูน", "en": "Lamphun"}, "region": "เหนือ"}]
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_whoever_holds_an_answer_already_gets_none(client):
    ProvinceFactory()
    first = client.get("/api/v1/provinces")

    second = client.get("/api/v1/provinces", headers={"If-None-Match": first["ETag"]})

    assert (second.status_code, second.content) == (304, b"")


@pytest.mark.parametrize(("path", "status"), [("provinces", 200), ("applications", 401), ("events/none", 404)])
def test_the_head_of_an_answer_is_that_of_the_whole(client, path, status):
    whole, head = client.get(f"/api/v1/{path}"), client.head(f"/api/v1/{path}")

    assert (head.status_code, head.content) == (status, b"")
    assert {name: head.get(name) for name in ("ETag", "Content-Type", "Vary")} == {
        name: whole.get(name) for name in ("ETag", "Content-Type", "Vary")
    }
    if status == 200:
        assert head["Content-Length"] == str(len(whole.content))


def test_a_list_comes_in_pages_that_know_their_neighbours(client):
    codes = [CentreFactory().code for _ in range(3)]

    answer = client.get("/api/v1/centres", {"per_page": 1, "page": 2})

    told = answer.json()
    assert told["total"] == 3
    assert told["items"][0]["code"] in codes
    assert told["next"].endswith("/api/v1/centres?per_page=1&page=3")
    assert 'rel="next"' in answer["Link"]
    assert 'rel="prev"' in answer["Link"]


@pytest.mark.parametrize(
    ("ask", "status"),
    [
        pytest.param(lambda c: c.get("/api/v1/nothing"), 404, id="no such address"),
        pytest.param(lambda c: c.get("/api/v1/centres/none"), 404, id="no such centre"),
        pytest.param(lambda c: c.delete("/api/v1/provinces"), 405, id="no such method"),
        pytest.param(lambda c: c.get("/api/v1/centres", {"page": "first"}), 422, id="no number"),
        pytest.param(lambda c: c.get("/api/v1/centres?q=%00"), 400, id="no text"),
        pytest.param(lambda c: c.get("/api/v1/provinces", headers={"Authorization": "Basic x"}), 401, id="no token"),
        pytest.param(
            lambda c: c.post("/api/v1/provinces", "x", content_type="text/plain", CONTENT_LENGTH=str(10**9)),
            413,
            id="too large",
        ),
    ],
)
def test_whatever_goes_wrong_is_a_problem_document(client, ask, status):
    answer = ask(client)

    told = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)
    assert told["status"] == status
    assert told["title"]
    assert "/api/#problem-" in told["type"]


def test_a_method_that_is_not_there_names_those_that_are(client):
    assert client.post("/api/v1/provinces")["Allow"] == "GET"


def test_a_wrong_value_is_named(client):
    told = client.get("/api/v1/centres", {"page": "first"}).json()

    assert told["errors"][0]["parameter"] == "page"


@pytest.mark.parametrize(("language", "title"), [("en", "There is no such thing here"), ("th", "ไม่พบสิ่งที่ขอ")])
def test_problems_come_in_the_language_of_the_asker(client, language, title):
    answer = client.get("/api/v1/centres/none", headers={"Accept-Language": language})

    assert answer["Content-Language"] == language
    assert answer.json()["title"].startswith(title)


def test_a_failure_of_ours_is_a_problem_too_and_is_not_hidden_from_the_log(client, monkeypatch):
    def broken(*args, **how):
        raise RuntimeError("broken")

    monkeypatch.setattr("saduak.directory.api.places.search_centres", broken)
    client.raise_request_exception = False

    answer = client.get("/api/v1/centres")

    assert (answer.status_code, answer["Content-Type"]) == (500, PROBLEM)
    assert b"broken" not in answer.content


def test_a_cookie_says_nothing_to_the_interface(client):
    client.force_login(ClientFactory().owner)

    answer = client.get("/api/v1/provinces")

    assert answer.status_code == 200
    assert "Cookie" not in answer["Vary"]


def test_the_day_of_a_token_s_use_is_kept_and_no_more(client, django_assert_num_queries):
    token, words = token_of()
    client.get("/api/v1/provinces", **with_token(words))

    with django_assert_num_queries(2):
        client.get("/api/v1/provinces", **with_token(words))

    assert Token.objects.get(pk=token.pk).last_used_on is not None


def test_who_asks_too_often_waits(client):
    _token, words = token_of(client=ClientFactory(per_minute=2))

    answers = [client.get("/api/v1/provinces", **with_token(words)) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[0]["RateLimit"].startswith('"minute";r=1;t=')
    assert answers[2].json()["type"].endswith("#problem-too-many-requests")
    assert 1 <= int(answers[2]["Retry-After"]) <= 60


def test_without_a_token_the_pace_is_that_of_an_address(client):
    assert client.get("/api/v1/provinces")["RateLimit-Policy"] == '"minute";q=120;w=60'
