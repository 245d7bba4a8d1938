"""One view gives the page or the part; preferences; the search box; work lines."""

from datetime import date

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from saduak.design import navigation, pages
from saduak.design.navigation import Found, Item, Source
from saduak.design.preferences import LanguageMiddleware
from saduak.design.work import WorkItem, by_urgency
from saduak.people.models import User
from tests.support.htmx import asking_for


@pytest.fixture
def officer(db):
    return User.objects.create_user("officer", name="สมชาย ใจดี")


def test_htmx_gets_the_part_and_a_browser_the_page(client, officer):
    client.force_login(officer)

    page = client.get("/design/search")
    part = client.get("/design/search?q=งาน", headers=asking_for("#palette-found"))

    assert "<html" in page.text
    assert page["Vary"].count("HX-Request") == 1
    assert "<html" not in part.text
    assert "งานที่รอฉัน" in part.text


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        pytest.param({}, "page.html", id="browser"),
        pytest.param({"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "b"}, "page.html#b", id="the part it targets"),
        pytest.param({"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "z"}, "page.html#a", id="else the first"),
        pytest.param({"HTTP_HX_REQUEST": "true", "HTTP_HX_BOOSTED": "true"}, "page.html", id="boosted"),
        pytest.param(
            {"HTTP_HX_REQUEST": "true", "HTTP_HX_HISTORY_RESTORE_REQUEST": "true"}, "page.html", id="going back"
        ),
    ],
)
def test_the_part_is_chosen_by_what_htmx_asks_for(monkeypatch, headers, expected):
    asked = []
    monkeypatch.setattr(pages, "render_template", lambda request, name, *_, **__: asked.append(name) or HttpResponse())
    request = RequestFactory().get("/", **headers)
    request.htmx = HtmxDetails(request)

    pages.render(request, "page.html", part=["a", "b"])

    assert asked == [expected]


def test_a_choice_is_kept_in_a_cookie_and_leads_back(client):
    response = client.post("/design/preferences", {"contrast": "dark", "next": "/contact"})

    assert response["Location"] == "/contact"
    assert response.cookies["contrast"].value == "dark"
    assert 'data-contrast="dark"' in client.get("/contact").text


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_a_choice_never_leads_elsewhere(client, back):
    assert client.post("/design/preferences", {"text": "130", "next": back})["Location"] == "/"


def test_nonsense_is_not_kept(client):
    assert not client.post("/design/preferences", {"language": "xx", "next": "/"}).cookies


def test_the_language_of_the_browser_does_not_count(client):
    response = client.get("/contact", headers={"Accept-Language": "en"})

    assert response["Content-Language"] == "th"


def test_what_is_no_page_is_served_without_regard_to_cookies():
    response = LanguageMiddleware(lambda _: HttpResponse(b"", content_type="text/csv"))(RequestFactory().get("/"))

    assert "Vary" not in response


def test_the_site_mourns_by_a_setting(client, settings):
    settings.MOURNING = True

    assert "data-mourning" in client.get("/contact").text


def test_the_search_box_finds_pages_and_what_packages_offer(officer, monkeypatch):
    source = Source("ศูนย์", lambda user, words: [Found("ลำพูน", "/x")] if words == "ลำ" else [])
    monkeypatch.setattr(navigation, "all_sources", lambda: (source,))

    assert [group.label for group in navigation.search(officer, "ลำ")] == ["ศูนย์"]
    assert "งานที่รอฉัน" in [str(found.label) for group in navigation.search(officer, "งาน") for found in group.found]
    assert navigation.search(officer, "  ") == []


def test_a_place_outside_the_rail_is_a_mistake():
    with pytest.raises(ValueError, match="no place"):
        Item("x", "home", place="cellar")


def test_a_long_rail_folds_what_is_beyond_its_room_but_never_where_the_reader_is():
    def place(name, number):
        return navigation.Place(name, name, tuple(Item(str(n), "home", place=name) for n in range(number)))

    places = [place("work", 2), place("certification", 13), place("directory", 9), place("settings", 1)]

    assert [p.name for p in navigation.folded(places, "/elsewhere") if p.is_folded] == ["directory"]
    assert not any(p.is_folded for p in navigation.folded(places, places[0].items[0].url))


TODAY = date(2026, 7, 15)


@pytest.mark.parametrize(
    ("due", "days", "tone"),
    [
        (None, None, "plain"),
        (date(2026, 7, 30), 15, "plain"),
        (date(2026, 7, 18), 3, "warning"),
        (TODAY, 0, "warning"),
        (date(2026, 7, 14), -1, "danger"),
    ],
)
def test_a_term_has_a_colour(due, days, tone):
    item = WorkItem("A", "ศูนย์", "ตรวจ", due, "/", "เปิด")

    assert (item.days_left(TODAY), item.tone(TODAY)) == (days, tone)


def test_the_most_pressing_comes_first():
    items = [WorkItem(name, "", "", due, "/", "") for name, due in (("c", None), ("b", TODAY), ("a", TODAY))]

    assert [item.reference for item in by_urgency(items)] == ["a", "b", "c"]
