import random
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from saduak.thai import text
from saduak.thai.text import grams, normalised, search_key, search_tokens, similarity, sort_key

THAI = "".join(chr(code) for code in [*range(0x0E01, 0x0E3B), *range(0x0E40, 0x0E4F)])
thai_text = st.text(alphabet=THAI + "๐๑๒ .-abc0\u200b")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("สํานักงาน", "สำนักงาน", id="sara am in two parts"),
        pytest.param("นํ้า", "น้ำ", id="sara am in two parts round a tone mark"),
        pytest.param("น้ํา", "น้ำ", id="sara am in two parts after a tone mark"),
        pytest.param("นำ้", "น้ำ", id="tone mark after sara am"),
        pytest.param("เเม่ฮ่องสอน", "แม่ฮ่องสอน", id="two sara e for sara ae"),
        pytest.param("ท่ี", "ที่", id="tone mark before its vowel"),
        pytest.param("ก่ำ", "ก่ำ", id="right already"),
        pytest.param("ผู้้", "ผู้", id="tone mark twice"),
        pytest.param("ทีี่", "ที่", id="vowel twice"),
        pytest.param("สิทธ์ิ", "สิทธิ์", id="silencer before its vowel"),
        pytest.param("ประ\u200bชา\ufeffชน", "ประชาชน", id="characters without width"),
        pytest.param("  ศูนย์ \u00a0 ราชการ\n", "ศูนย์ ราชการ", id="spaces"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_looks_the_same_is_spelled_the_same(typed, meant):
    assert normalised(typed) == meant


@given(st.one_of(st.text(), thai_text))
def test_normalising_twice_changes_nothing_more(typed):
    assert normalised(normalised(typed)) == normalised(typed)


@pytest.mark.parametrize(
    "in_order",
    [
        ["กก", "กระบี่", "กะ", "กา", "เกาะ", "แกง", "แก่ง", "โก", "ใกล้", "ไกล", "ขอนแก่น", "เขต"],
        ["ป", "ปา", "ป่า", "ป้า", "ป๊า", "ป๋า", "ปาก", "เป็ด", "เปิด"],
        ["กระบี่", "กรุงเทพมหานคร", "กาญจนบุรี", "ขอนแก่น", "เชียงใหม่", "ตาก", "แพร่", "ลำพูน", "เลย", "ศรีสะเกษ", "สงขลา"],
        ["กมล ใจดี", "กมลา", "เกษม", "สมชาย ก", "สมชาย ข", "สมชายา"],
        ["1", "๒", "3", "a", "B", "ก"],
    ],
)
def test_the_key_sorts_like_a_dictionary(in_order):
    mixed = list(in_order)
    random.Random(2569).shuffle(mixed)

    assert sorted(mixed, key=sort_key) == in_order


@given(thai_text, thai_text)
def test_equal_keys_mean_equal_spelling_apart_from_digits_and_capitals(one, other):
    if sort_key(one) == sort_key(other):
        assert search_key(one) == search_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("ศูนย์", "ศูนย", id="silencer dropped"),
        pytest.param("ขนส่ง", "ขนสง", id="tone mark dropped"),
        pytest.param("ศรีสะเกษ", "สรีสะเกส", id="three letters s"),
        pytest.param("เชียงใหม่", "เชียงไหม่", id="two vowels ai"),
        pytest.param("กาญจนบุรี", "กาญจนบุรี ", id="space"),
        pytest.param("ปราณบุรี", "ปรานบุรี", id="two letters n"),
        pytest.param("ธนบุรี", "ทนบุรี", id="letters th"),
        pytest.param("สุพรรณบุรี", "สุพรรนบุรี", id="n again"),
        pytest.param("ธ.ก.ส.", "ธกส", id="dots"),
        pytest.param("คณะที่ ๕", "คณะที่ 5", id="digits"),
        pytest.param("GECC", "gecc", id="capitals"),
        pytest.param("กรุงเทพฯ", "กรุงเทพ", id="sign of abbreviation"),
        pytest.param("เห็น", "เหน", id="mai taikhu dropped"),
        pytest.param("สํานักงาน", "สำนักงาน", id="sara am"),
    ],
)
def test_spelling_variants_have_one_key(one, other):
    assert search_key(one) == search_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ลำพูน", "ลำปาง"), ("เลย", "เรย"), ("ตาก", "ตราด"), ("น่าน", "นาม"), ("พะเยา", "พังงา")]
)
def test_different_places_keep_different_keys(one, other):
    assert search_key(one) != search_key(other)


def test_punctuation_parts_words():
    assert search_key("จ.ลำพูน (อ.ลี้)") == "จ ลำพูน อ ลี"
    assert search_key("อบต.ป่าซาง/เทศบาล") == "อบต ปาซาง เทสบาล"


@given(st.one_of(st.text(), thai_text))
@example("\u0e4d\u0e46\u0e31")  # Two marks that a repetition sign keeps apart.
def test_the_key_of_a_key_is_the_key(typed):
    assert search_key(search_key(typed)) == search_key(typed)


def test_words_written_together_are_parted():
    assert search_tokens("ขนส่งลำพูน") == ["ขนสง", "ลำพูน"]
    assert search_tokens("สำนักงานที่ดิน จ.ลำพูน")[:2] == ["สำนักงาน", "ทีดิน"]
    assert search_tokens("") == []


def test_grams_are_pairs_and_triples_within_words():
    assert grams("ลี้ 5") == {"ลี", "5"}
    assert grams("ขนส่ง") == {"ขน", "นส", "สง", "ขนส", "นสง"}
    assert grams("") == set()


@given(thai_text, st.data())
def test_a_part_of_a_word_has_no_gram_that_the_word_lacks(typed, data):
    for word in search_key(typed).split():
        start = data.draw(st.integers(0, len(word) - 1))
        part = word[start : data.draw(st.integers(start + 1, len(word)))]
        if len(part) > 1:
            assert set(text.telling_grams(part)) <= grams(word)


@given(st.text(alphabet="กขคงจา", min_size=1, max_size=20))
def test_telling_grams_cover_the_word(word):
    told = text.telling_grams(word)

    assert set(told) <= grams(word)
    covered = {
        at
        for gram in told
        for found in re.finditer(f"(?={gram})", word)
        for at in range(found.start(), found.start() + len(gram))
    }
    assert covered == set(range(len(word)))


def test_similarity_runs_from_nothing_to_the_same():
    assert similarity("ลำพูน", "ลำพูน") == 1
    assert similarity("ลำพูน", "ตราด") == 0
    assert similarity("", "") == 1
    assert similarity("", "ลำพูน") == 0
    assert similarity("ลำพุน", "ลำพูน") > similarity("ลำปาง", "ลำพูน") > 0


@given(thai_text, thai_text)
def test_similarity_is_mutual_and_bounded(one, other):
    assert similarity(one, other) == similarity(other, one)
    assert 0 <= similarity(one, other) <= 1


@pytest.mark.parametrize("slip", ["ลำพุน", "ลำพน", "ลำพููน", "ลพำูน", "ลำพูม", "บำพูน", "ลำพู"])
def test_one_slip_is_forgiven(slip):
    assert re.search(text.one_slip_away(slip), "ลำพูน")


def test_two_slips_and_slips_in_short_words_are_not_forgiven():
    assert not re.search(text.one_slip_away("ลำปุน"), "ลำพูน")
    assert text.one_slip_away("ตาก") == "ตาก"


@given(
    st.text(alphabet="กขคงจา", min_size=5, max_size=10),
    st.integers(0, 9),
    st.sampled_from(["wrong", "missing", "more", "exchanged"]),
)
def test_every_single_slip_is_found(word, at, slip):
    at %= len(word) - 1
    typed = {
        "wrong": word[:at] + "ฮ" + word[at + 1 :],
        "missing": word[:at] + word[at + 1 :],
        "more": word[:at] + "ฮ" + word[at:],
        "exchanged": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    }[slip]

    assert re.search(text.one_slip_away(typed), word)
    assert len(typed) < 4 or any(set(needed) <= grams(word) for needed in text.grams_despite_a_slip(typed))
