"""Words are parted as PyThaiNLP parts them, with less to remember."""

from hypothesis import given
from hypothesis import strategies as st
from pythainlp.util import Trie

from saduak.thai.words import Dictionary, parted

LETTERS = "กขา็"
words = st.text(LETTERS, min_size=1, max_size=6)


@given(st.sets(words), st.text(LETTERS + "x ", min_size=1, max_size=20))
def test_a_dictionary_finds_what_pythainlps_finds(known, text):
    theirs, ours = Trie(known), Dictionary(known)

    assert len(ours) == len(theirs)
    assert [ours.prefixes(text, at) for at in range(len(text))] == [
        theirs.prefixes(text, at) for at in range(len(text))
    ]


def test_words_are_parted_by_the_dictionary():
    assert parted("ศูนย์ราชการสะดวกสำนักงานเขตบางรัก") == ["ศูนย์", "ราชการ", "สะดวก", "สำนักงานเขต", "บาง", "รัก"]
    assert parted("ก ข", keep_whitespace=False) == ["ก", "ข"]
