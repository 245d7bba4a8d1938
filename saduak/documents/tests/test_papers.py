"""What is printed can be searched, says that it is an example when it is one, and is the same tomorrow."""

import io
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from saduak.documents import typesetting
from saduak.documents.certificates import render_certificate
from saduak.documents.letters import LetterTable, render_letter
from saduak.documents.papers import Column, Paper, Paragraph, Table, render_paper
from saduak.documents.tests.factories import MOMENT, CertificateSheetFactory, LetterFactory, PaperFactory
from saduak.documents.wording import letter_date, thai_digits
from tests.support.pdf import text_of, texts_of_pages

PAPERS = [
    pytest.param(render_letter, LetterFactory, id="letter"),
    pytest.param(render_certificate, CertificateSheetFactory, id="certificate"),
    pytest.param(render_paper, PaperFactory, id="paper"),
]


def unbroken(text):
    """The text without the places where a line happened to end."""
    return re.sub(r"\s+", "", text)


def test_the_words_of_a_letter_are_found_by_searching():
    text = text_of(render_letter(LetterFactory()))

    for word in ("สำคัญ", "ประจำปี", "ผู้ทรงคุณวุฒิ", "ขอแสดงความนับถือ", "สิ่งที่ส่งมาด้วย", "อ้างถึง", "gecc1@example.go.th"):
        assert word in text


def test_a_letter_is_written_in_thai_digits():
    letter = LetterFactory(paragraphs=("ประชุม 3/2569", LetterTable(("ลำดับ",), (("12",),))), copies_to=("กอง 7",))

    text = text_of(render_letter(letter))

    for number in ("๐๑๐๖/ว ๑๒๓๔", "๒๐ สิงหาคม ๒๕๖๙", "๓/๒๕๖๙", "๑๒", "กอง ๗", "๐ ๒๒๘๓ ๑๒๗๑"):
        assert number in text


def test_the_parts_of_a_letter_come_in_the_official_order():
    text = unbroken(text_of(render_letter(LetterFactory())))
    parts = ["ที่นร", "๒๐สิงหาคม", "เรื่อง", "เรียนผู้ว่า", "อ้างถึง", "สิ่งที่ส่งมาด้วย", "ตามที่", "ขอแสดง", "(ชื่อ", "โทร."]

    places = [text.index(part) for part in parts]

    assert places == sorted(places)


def test_an_empty_part_of_a_letter_is_left_out():
    text = text_of(
        render_letter(LetterFactory(references=(), enclosures=("ประกาศ",), telephone="", email="", owner=()))
    )

    assert "อ้างถึง" not in text
    assert "โทร." not in text
    assert "๑." not in text


def test_the_pages_of_a_long_letter_are_numbered():
    letter = LetterFactory(paragraphs=("ข้อความ " * 200,) * 5)

    content = render_letter(letter)

    assert len(PdfReader(io.BytesIO(content)).pages) >= 2
    assert "- ๒ -" in text_of(content)


def test_a_certificate_tells_all_that_a_reader_checks():
    text = unbroken(text_of(render_certificate(CertificateSheetFactory(signatory_name="ชื่อผู้ลงนาม"))))

    for words in (
        "ศูนย์ราชการสะดวก",
        "การไฟฟ้าส่วนภูมิภาค จังหวัดลำพูน",
        "เป็นเลิศ",
        "Excellent",
        "พ.ศ. ๒๕๖๙",
        "GECC-2569-0001",
        "๒๐ สิงหาคม พ.ศ. ๒๕๖๙",
        "๑๙ สิงหาคม พ.ศ. ๒๕๗๒",
        "20 August 2026",
        "19 August 2029",
        "(ชื่อผู้ลงนาม)",
    ):
        assert unbroken(words) in text


@pytest.mark.parametrize("level", ["basic", "advanced", "excellent"])
@pytest.mark.parametrize("length", [10, 50, 90])
def test_a_certificate_is_one_page_however_long_the_name(level, length):
    sheet = CertificateSheetFactory(
        level=level, centre_th=("ศูนย์บริการลูกค้า" * 9)[:length], centre_en="", agency_en="", signatory_office_en=""
    )

    assert len(PdfReader(io.BytesIO(render_certificate(sheet))).pages) == 1


def test_the_parts_of_a_paper_are_all_printed_and_a_table_repeats_its_heading():
    content = render_paper(PaperFactory())

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    text = text_of(content)
    assert len(pages) >= 2
    assert text.count("คะแนน") == len(pages)
    for words in (
        "สถานที่",
        "วาระที่ 1",
        "ผลการตรวจประเมิน",
        "ประจำปี",
        "สำคัญ",
        "96.50",
        "แจ้งผล",
        "มติที่ประชุม",
        "(ชื่อเลขานุการ)",
    ):
        assert words in text
    assert f"หน้า 1 จาก {len(pages)}" in text


def test_a_paper_can_lie_and_speak_english():
    content = render_paper(
        PaperFactory(title="Itinerary", language="en", lying=True, organisation="", subtitle="", made="")
    )

    page = PdfReader(io.BytesIO(content)).pages[0]
    assert page.mediabox.width > page.mediabox.height
    assert "Page 1 of" in text_of(content)


def test_a_row_with_too_few_cells_is_a_mistake():
    with pytest.raises(ValueError, match="1 cells under 2 headings"):
        Table((Column("ก"), Column("ข")), (("x",),))


@pytest.mark.parametrize(("render", "made"), PAPERS)
def test_equal_papers_have_equal_bytes(render, made):
    assert render(made()) == render(made())


@pytest.mark.parametrize(("render", "made"), PAPERS)
def test_an_example_says_so_on_every_page(render, made):
    for page in texts_of_pages(render(made(example=True))):
        assert page.count("ตัวอย่าง") >= 3
        assert page.count("EXAMPLE") == 2
    assert "ตัวอย่าง" not in text_of(render(made()))


@pytest.mark.parametrize(("render", "made"), PAPERS)
def test_a_paper_keeps_the_promises_of_an_archive(render, made):
    reader = PdfReader(io.BytesIO(render(made())))

    description = reader.root_object["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in re.sub(
        r">\s+<", "><", description
    )
    assert "<pdfuaid:part>1</pdfuaid:part>" in description
    assert reader.root_object["/Lang"].startswith("th")
    assert reader.metadata.title


@pytest.mark.parametrize(
    "mischief",
    [
        pytest.param("#panic(1) $x$ *strong* _it_ = heading", id="mark-up"),
        pytest.param('"]; #import "house.typ"', id="an end of text"),
        pytest.param("<label> @reference // comment \\ `raw`", id="signs"),
        pytest.param("{{ x }} {% y %} %PDF <script>", id="other languages"),
    ],
)
def test_facts_are_printed_and_never_obeyed(mischief):
    letter = text_of(render_letter(LetterFactory(paragraphs=(mischief,), subject=mischief)))
    paper = text_of(render_paper(Paper(title=mischief, blocks=(Paragraph(mischief),), at=MOMENT)))

    assert unbroken(thai_digits(mischief)) in unbroken(letter)
    assert unbroken(mischief) in unbroken(paper)


CONSONANTS, VOWELS_ABOVE_BELOW, TONES = "กขคงจชญฎฏฐดตถทธนบปผฝพฟมยรลวสหอฮ", "ัิีึืุู", "่้๊๋"
syllable = st.builds(
    lambda c, v, t, e: c + v + t + e,
    st.sampled_from(CONSONANTS),
    st.sampled_from(["", *VOWELS_ABOVE_BELOW]),
    st.sampled_from(["", *TONES]),
    st.sampled_from(["", "ง", "น", "ำ", "า"]),
).filter(lambda s: not ("ำ" in s and any(v in s for v in VOWELS_ABOVE_BELOW)))


@settings(max_examples=60, deadline=None)
@given(words=st.lists(st.lists(syllable, min_size=1, max_size=4).map("".join), min_size=1, max_size=12))
def test_whatever_stands_above_and_below_a_letter_is_found_by_searching(words):
    text = text_of(render_paper(Paper(title="x", blocks=(Paragraph(" ".join(words)),), at=MOMENT)))

    assert unbroken("".join(words)) in unbroken(text)


def test_fonts_that_are_missing_are_named(monkeypatch, tmp_path):
    monkeypatch.setattr(typesetting, "FONTS", tmp_path)

    with pytest.raises(typesetting.FontsMissing, match="400Regular"):
        typesetting._fonts.__wrapped__()


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        pytest.param("ครั้งที่ 3/2569", "ครั้งที่ ๓/๒๕๖๙", id="numbers"),
        pytest.param("โทร. 02 a1@b2.go.th ต่อ 3", "โทร. ๐๒ a1@b2.go.th ต่อ ๓", id="an e-mail address stays"),
        pytest.param("https://x.go.th/1 และ www.y2.th", "https://x.go.th/1 และ www.y2.th", id="web addresses stay"),
        pytest.param("เลขที่ GECC-2569-0001/2", "เลขที่ GECC-2569-0001/๒", id="the number of a certificate stays"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_digits_become_thai_where_nobody_types_them(text, printed):
    assert thai_digits(text) == printed


def test_the_date_of_a_letter():
    assert letter_date(datetime(2026, 1, 15, tzinfo=UTC).date()) == "๑๕ มกราคม ๒๕๖๙"
