import base64
import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saduak.credentials import status_lists
from saduak.credentials.status_lists import SIZE, ListUnreadable, decode, encode, is_set


@settings(max_examples=30)
@given(st.sets(st.integers(0, SIZE - 1), max_size=50), st.integers(0, SIZE - 1))
def test_exactly_the_bits_that_were_set_are_set(indexes, other):
    bits = decode(encode(indexes))

    assert all(is_set(bits, index) for index in indexes)
    assert is_set(bits, other) == (other in indexes)
    assert sum(byte.bit_count() for byte in bits) == len(indexes)


def test_the_first_bit_is_the_leftmost():
    assert decode(encode([0]))[:1] == b"\x80"
    assert decode(encode([SIZE - 1]))[-1:] == b"\x01"


def test_a_list_is_at_least_16_kilobytes_and_is_written_in_one_way():
    assert len(decode(encode([]))) == 16 * 1024
    assert encode([5, 7]) == encode([7, 5])
    assert encode([]).startswith("uH4sI")


def test_a_list_without_its_letter_is_read_too():
    assert decode(encode([3])[1:]) == decode(encode([3]))


def packed(raw):
    return "u" + base64.urlsafe_b64encode(gzip.compress(raw)).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("uก", id="not Base64"),
        pytest.param("u" + base64.urlsafe_b64encode(b"plain").decode(), id="not gzip"),
        pytest.param(packed(b"\0" * 100), id="too short"),
        pytest.param(packed(b"\0" * (status_lists.LARGEST // 8 + 1)), id="a bomb"),
        pytest.param(encode([])[:-8], id="cut off"),
    ],
)
def test_what_is_no_list_is_refused(text):
    with pytest.raises(ListUnreadable):
        decode(text)


def test_a_bit_outside_the_list_is_refused():
    with pytest.raises(ValueError, match="no bit"):
        encode([SIZE])
    for index in (-1, SIZE):
        with pytest.raises(IndexError):
            is_set(decode(encode([])), index)
