"""Secrets of machines: 256 random bits, of which only the digest is kept (การสร้างโทเคน)."""

import hashlib
import secrets
from dataclasses import dataclass

KIND = "saduak_"
"""Every token begins so, that programs which look for leaked secrets find it."""

BYTES = 32
PREFIX = len(KIND) + 6
"""As many characters of a token are kept readable, for its owner to recognise it by; they open nothing."""


@dataclass(frozen=True)
class Minted:
    """A new token: the words, which are shown once, and what is kept of them."""

    words: str
    prefix: str
    digest: bytes


def mint() -> Minted:
    """A new token."""
    words = KIND + secrets.token_urlsafe(BYTES)
    return Minted(words, words[:PREFIX], digest_of(words))


def digest_of(words: str) -> bytes:
    """SHA-256, 32 bytes. Random words of 256 bits need neither salt nor a slow hash."""
    return hashlib.sha256(words.encode()).digest()
