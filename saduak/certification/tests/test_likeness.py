"""Texts and pictures that are alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saduak.certification.likeness import bits_apart, likeness, normalised, shingles, sketch

TEXT = "ศูนย์จัดให้มีเจ้าหน้าที่ต้อนรับประจำจุดแรกรับ คอยให้คำแนะนำและช่วยเหลือผู้สูงอายุ คนพิการ และสตรีมีครรภ์ตลอดเวลาทำการ"
OTHER = "สำนักงานเปิดช่องทางรับเรื่องร้องเรียนทางโทรศัพท์ เว็บไซต์ และตู้รับความคิดเห็น โดยสรุปผลเสนอผู้บริหารทุกเดือน"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        pytest.param(" จุด  บริการ ที่ ๑๒ ", "จุดบริการที่12", id="spaces and Thai digits"),
        pytest.param("Walk-IN, ชั้น_1!", "walkinชั้น1", id="capitals and signs"),
        pytest.param("น้ำ", normalised("นํ้า"), id="one letter in two forms"),
        pytest.param("… – !", "", id="nothing but signs"),
    ],
)
def test_what_does_not_change_a_text_is_left_out(typed, plain):
    assert normalised(typed) == plain


def test_the_same_text_in_another_dress_is_the_same():
    assert likeness(normalised(TEXT), normalised(TEXT.replace(" ", "\n• "))) == 1


def test_a_text_with_another_name_in_it_is_nearly_the_same():
    changed = normalised(TEXT.replace("ศูนย์", "สำนักงาน"))

    assert 0.8 < likeness(normalised(TEXT), changed) < 1
    assert set(sketch(normalised(TEXT))) & set(sketch(changed))


def test_different_texts_are_not_alike():
    assert likeness(normalised(TEXT), normalised(OTHER)) < 0.1
    assert not set(sketch(normalised(TEXT))) & set(sketch(normalised(OTHER)))


def test_short_and_empty_texts():
    assert (shingles(""), shingles("ใช่")) == (frozenset(), frozenset({"ใช่"}))
    assert (likeness("", ""), sketch("")) == (0.0, [])


@given(st.text("กขคงจฉ", min_size=1, max_size=80))
def test_a_sketch_is_a_bigint_of_the_database_and_always_the_same(text):
    made = sketch(text)

    assert made == sketch(text)
    assert all(0 <= band < 2**63 for band in made)


def test_a_sketch_is_the_same_on_every_machine():
    assert sketch("กขคงจฉช")[0] == 8261422339994835008


@pytest.mark.parametrize(
    ("one", "other", "bits"),
    [(0, 0, 0), (0b1011, 0b0010, 2), (-1, 0, 64), (-(2**63), 2**62, 2)],
)
def test_pictures_are_compared_bit_by_bit(one, other, bits):
    assert bits_apart(one, other) == bits
