"""Pages of the criteria: who may open them, what they say, and that nothing typed is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from saduak.standards import operations
from saduak.standards.models import CriteriaSet
from saduak.standards.tests.factories import GECC_2568, SMALL, CriteriaSetFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client):
    person = person_of(Office.SECRETARIAT_OFFICER)
    client.force_login(person)
    return person


def text_of(response):
    return response.content.decode()


def test_everybody_reads_what_is_published(client):
    CriteriaSetFactory(published=True)
    CriteriaSetFactory(source=SMALL)

    listed, shown = text_of(client.get("/standards/")), text_of(client.get("/standards/gecc-2568"))

    assert "gecc-2568" in listed
    assert "small-2570" not in listed
    assert "ห้องน้ำที่สะอาดและถูกสุขลักษณะ" in shown
    assert shown.count('class="criterion"') == 50


@pytest.mark.parametrize(
    "address", ["/standards/small-2570", "/standards/small-2570/source.yaml", "/standards/no-such-set"]
)
def test_a_draft_does_not_exist_for_strangers(client, address):
    CriteriaSetFactory(source=SMALL)

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("page", ["drafts/load", "small-2570/replace", "small-2570/publish", "small-2570/discard"])
def test_only_the_secretariat_opens_the_pages_that_change_something(client, page):
    CriteriaSetFactory(source=SMALL)

    signed_out = client.get(f"/standards/{page}")
    client.force_login(person_of(Office.CENTRE_HEAD))

    assert signed_out.status_code == 302
    assert client.get(f"/standards/{page}").status_code == 403
    client.force_login(person_of(Office.SECRETARIAT_OFFICER))
    assert client.get(f"/standards/{page}").status_code == 200


def test_provisional_rows_are_marked_in_both_languages(client):
    CriteriaSetFactory(published=True)

    thai = text_of(client.get("/standards/gecc-2568"))
    english = text_of(client.get("/standards/gecc-2568", headers={"accept-language": "en"}))

    # 25 criteria of two groups, the two groups themselves, and 8 parts.
    assert thai.count("provisional-mark") == english.count("provisional-mark") == 35
    assert "ระบบยังไม่มีข้อความหรือคะแนนทางการของ 28 ข้อ" in thai


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        pytest.param("words=ห้องน้ำ", ["P10"], id="words"),
        pytest.param("words=hongnam", [], id="nothing fits"),
        pytest.param("words=queue&only=gate", ["P11"], id="words and gates"),
        pytest.param("aspect=1", ["1.1", "1.2", "1.3", "1.4"], id="aspect"),
        pytest.param("only=provisional&aspect=4&words=ออนไลน์", ["4.3", "4.5"], id="provisional"),
        pytest.param("only=scored&evidence=photo&aspect=2", ["2.13"], id="evidence"),
        pytest.param("words=ชำระเงิน", ["R3"], id="a part"),
    ],
)
def test_a_filter_keeps_what_fits(client, query, codes):
    CriteriaSetFactory(published=True)

    page = client.get(f"/standards/gecc-2568?{query}")

    shown = [c.code for strand in page.context["strands"] for section in strand.sections for c in section.criteria]
    assert shown == codes


def test_a_filter_that_is_not_known_asks_nothing(client):
    CriteriaSetFactory(published=True)

    assert client.get("/standards/gecc-2568?aspect=9&only=x").context["shown"] == 50


def test_htmx_gets_the_criteria_only(client):
    CriteriaSetFactory(published=True)

    part = text_of(client.get("/standards/gecc-2568?only=gate", headers={"hx-request": "true"}))

    assert part.lstrip().startswith('<div id="criteria"')
    assert part in text_of(client.get("/standards/gecc-2568?only=gate"))


def test_the_source_is_downloaded_byte_by_byte(client):
    CriteriaSetFactory(published=True)

    answer = client.get("/standards/gecc-2568/source.yaml")

    assert answer.content == GECC_2568.encode()
    assert answer["Content-Disposition"] == 'attachment; filename="gecc-2568.yaml"'


def test_the_source_that_comes_along_can_be_kept_as_a_draft(client, secretary):
    offered = text_of(client.get("/standards/"))
    page = client.get("/standards/drafts/load?from=gecc-2568")

    answer = client.post("/standards/drafts/load", {"source": page.context["form"].initial["source"]}, follow=True)

    assert "drafts/load?from=gecc-2568" in offered
    assert CriteriaSet.objects.get().source == GECC_2568
    assert "บันทึกร่าง gecc-2568 แล้ว" in text_of(answer)


def test_line_ends_of_a_browser_are_not_kept(client, secretary):
    client.post("/standards/drafts/load", {"source": SMALL.replace("\n", "\r\n")})

    assert CriteriaSet.objects.get().source == SMALL


def test_a_file_is_kept_to_the_byte(client, secretary):
    source = SMALL.replace("\n", "\r\n").encode()

    client.post("/standards/drafts/load", {"file": SimpleUploadedFile("criteria.yaml", source)})

    assert CriteriaSet.objects.get().source.encode() == source


def test_problems_are_shown_beside_their_lines_and_nothing_is_lost(client, secretary):
    source = SMALL.replace("min: 80", "min: eighty").replace("    max_score: 100", "    max_score: 99")

    answer = client.post("/standards/drafts/load", {"file": SimpleUploadedFile("criteria.yaml", source.encode())})

    assert answer.status_code == 422
    problems = answer.context["problems"]
    assert [(problem.line, problem.column) for problem in problems] == [(5, 12), (9, 60), (20, 16)]
    assert "“eighty” ไม่ใช่จำนวนคะแนน" in problems[1].sentence
    assert [row.marked for row in problems[1].excerpt] == ["", "eighty", ""]
    assert answer.context["form"].initial["source"] == source
    assert "min: eighty" in text_of(answer)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param("เกณฑ์".encode("cp874"), "UTF-8", id="another encoding"),
        pytest.param(b"#" * (512 * 1024 + 1), "512 KB", id="too large"),
        pytest.param(b"", "ไฟล์นี้ไม่มีเนื้อหา", id="nothing"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(client, secretary, content, words):
    answer = client.post("/standards/drafts/load", {"file": SimpleUploadedFile("criteria.yaml", content)})

    assert answer.status_code == 422
    assert words in text_of(answer)


def test_nothing_sent_is_refused_in_words(client, secretary):
    answer = client.post("/standards/drafts/load", {"source": " \r\n"})

    assert answer.status_code == 422
    assert "โปรดเลือกไฟล์ หรือวางข้อความลงในช่อง" in text_of(answer)


def test_a_draft_is_replaced(client, secretary):
    draft = operations.load_draft(SMALL, by=secretary)
    page = client.get("/standards/small-2570/replace")

    client.post("/standards/small-2570/replace", {**page.context["form"].initial, "source": SMALL + "# ใหม่\n"})

    draft.refresh_from_db()
    assert draft.source.endswith("# ใหม่\n")


def test_a_draft_that_somebody_changed_keeps_the_text_in_the_box(client, secretary):
    draft = operations.load_draft(SMALL, by=secretary)
    operations.replace_draft(draft, SMALL + "# first\n", by=secretary)

    answer = client.post("/standards/small-2570/replace", {"source": SMALL + "# second\n", "seen": draft.version})

    assert answer.status_code == 409
    assert answer.context["form"].initial["source"].endswith("# second\n")
    assert "มีผู้แก้ไขร่างนี้ไปก่อนแล้ว" in text_of(answer)
    again = answer.context["form"].initial
    assert client.post("/standards/small-2570/replace", again).status_code == 302
    assert CriteriaSet.objects.get().source.endswith("# second\n")


def test_the_decision_to_publish_says_what_will_happen(client, secretary):
    draft = operations.load_draft(GECC_2568, by=secretary)

    page = text_of(client.get("/standards/gecc-2568/publish"))
    answer = client.post("/standards/gecc-2568/publish", {"seen": draft.version}, follow=True)

    assert draft.sha256 in page
    assert "ประกาศใช้เกณฑ์ฉบับนี้ 50 ข้อ" in page
    assert "ประกาศใช้ เกณฑ์การรับรองมาตรฐานศูนย์ราชการสะดวก พ.ศ. 2568 แล้ว" in text_of(answer)
    assert CriteriaSet.objects.get().is_published


def test_publishing_what_somebody_changed_is_a_409(client, secretary):
    draft = operations.load_draft(SMALL, by=secretary)
    operations.replace_draft(draft, SMALL + "# first\n", by=secretary)

    answer = client.post("/standards/small-2570/publish", {"seen": draft.version})

    assert answer.status_code == 409
    assert not CriteriaSet.objects.get().is_published


def test_publishing_twice_is_a_422(client, secretary):
    published = CriteriaSetFactory(source=SMALL, published=True)

    page = client.get("/standards/small-2570/publish")
    answer = client.post("/standards/small-2570/publish", {"seen": published.version})

    assert "เกณฑ์ที่ประกาศใช้แล้วแก้ไขไม่ได้" in text_of(page)
    assert answer.status_code == 422


def test_a_draft_is_discarded(client, secretary):
    operations.load_draft(SMALL, by=secretary)

    answer = client.post("/standards/small-2570/discard", {"seen": "1"}, follow=True)

    assert "ทิ้งร่าง small-2570 แล้ว" in text_of(answer)
    assert not CriteriaSet.objects.exists()


def test_a_page_asks_the_database_a_few_questions_only(client, django_assert_max_num_queries):
    CriteriaSetFactory(published=True)

    with django_assert_max_num_queries(3):
        client.get("/standards/gecc-2568")
