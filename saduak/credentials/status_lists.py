"""Lists of bits that say which credentials were revoked or suspended (บัญชีสถานะ).

A list has at least 131,072 bits, the first one leftmost; it is written as gzip in URL-safe Base64 behind a `u`.
Source: W3C Bitstring Status List 1.0, sections 2.2 and 3.
"""

import base64
import binascii
import gzip
import zlib
from collections.abc import Iterable
from enum import StrEnum

SIZE = 131_072
"""Bits of one list: the least that hides one credential among others, by the standard."""

LARGEST = 16 * SIZE
"""Bits of the longest list that is read."""


class StatusPurpose(StrEnum):
    """What a set bit says."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"


class ListUnreadable(ValueError):
    """The text is no list of bits."""


def encode(indexes: Iterable[int], *, size: int = SIZE) -> str:
    """The list in which exactly the bits of these indexes are set. Raises ValueError for one outside the list."""
    bits = bytearray(size // 8)
    for index in indexes:
        if not 0 <= index < size:
            raise ValueError(f"The list has no bit {index}.")
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")


def decode(text: str) -> bytes:
    """The bits of a list, eight in a byte. Raises ListUnreadable."""
    # The first edition of the standard wrote no `u`.
    plain = text[1:] if text.startswith("u") else text
    try:
        packed = base64.b64decode(plain + "=" * (-len(plain) % 4), altchars=b"-_", validate=True)
        unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        bits = unpacking.decompress(packed, LARGEST // 8 + 1)
    except (binascii.Error, zlib.error, ValueError):
        raise ListUnreadable("The list is not gzip in Base64.") from None
    if not unpacking.eof or not SIZE // 8 <= len(bits) <= LARGEST // 8:
        raise ListUnreadable("The list is too short, too long, or cut off.")
    return bits


def is_set(bits: bytes, index: int) -> bool:
    """Whether the bit is set. Raises IndexError for one outside the list."""
    if index < 0:
        raise IndexError(index)
    return bool(bits[index // 8] & 0x80 >> index % 8)
