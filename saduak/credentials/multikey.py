"""Ed25519 keys as W3C Multikey text (กุญแจลงนามในรูปข้อความ).

Text is `z` and the Base58 (Bitcoin alphabet) of a two-byte header and the 32 raw bytes: 0xed01 for a public key, 0x8026
for a private one. Source: W3C Controlled Identifiers 1.0, sections 2.2.2 and 2.4.
"""

from functools import lru_cache

import base58
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

BASE58 = "z"
PUBLIC, PRIVATE = b"\xed\x01", b"\x80\x26"
RAW_BYTES = 32
LONGEST = 128
"""Letters of a text that is read; a signature has 89 at most."""


def multibase(raw: bytes) -> str:
    """Bytes as Base58 multibase text."""
    return BASE58 + base58.b58encode(raw).decode()


@lru_cache(maxsize=1024)
def from_multibase(text: str) -> bytes:
    """The bytes behind Base58 multibase text, of a key or a signature. Raises ValueError for anything else."""
    if not text.startswith(BASE58) or len(text) > LONGEST:  # Reading it takes time by the square of its length.
        raise ValueError("This is not Base58 multibase text.")
    return base58.b58decode(text[1:])


def public_text(key: Ed25519PrivateKey | Ed25519PublicKey) -> str:
    """The public key as text, 48 characters that begin with `z6Mk`."""
    public = key.public_key() if isinstance(key, Ed25519PrivateKey) else key
    return multibase(PUBLIC + public.public_bytes_raw())


def private_text(key: Ed25519PrivateKey) -> str:
    """The private key as text, for test vectors; ours are never written like this."""
    return multibase(PRIVATE + key.private_bytes_raw())


def read_public(text: str) -> Ed25519PublicKey:
    """The public key that text names. Raises ValueError when it names none of this kind."""
    return Ed25519PublicKey.from_public_bytes(_raw(text, PUBLIC))


def read_private(text: str) -> Ed25519PrivateKey:
    """The private key that text holds. Raises ValueError when it holds none of this kind."""
    return Ed25519PrivateKey.from_private_bytes(_raw(text, PRIVATE))


def has_signed(key: Ed25519PublicKey, signature: bytes, data: bytes) -> bool:
    """Whether the signature (64 bytes) over the data was made with the key's private half."""
    try:
        key.verify(signature, data)
    except InvalidSignature:
        return False
    return True


def _raw(text: str, header: bytes) -> bytes:
    raw = from_multibase(text)
    if raw[:2] != header or len(raw) != len(header) + RAW_BYTES:
        raise ValueError("This is not an Ed25519 key.")
    return raw[2:]
