"""Private keys lie encrypted; what opens them lies elsewhere (การเก็บรักษากุญแจส่วนตัว).

AES-256-GCM under a key that comes from the environment, or from a file in the data folder that is made at the first use
and readable by its owner only. A copy of the database alone signs nothing.
"""

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_BYTES, KEY_BYTES = 12, 32
FOR_WHAT = b"saduak signing keys 1"


class VaultLocked(Exception):
    """What was sealed cannot be opened: the key-encryption key is another one than at the time."""


def seal(secret: bytes, *, about: str) -> bytes:
    """Encrypt; what comes back opens only together with the same `about`."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_key()).encrypt(nonce, secret, about.encode())


def unseal(sealed: bytes, *, about: str) -> bytes:
    """Decrypt what `seal` made. Raises VaultLocked."""
    try:
        return AESGCM(_key()).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about.encode())
    except InvalidTag:
        raise VaultLocked("The key-encryption key is not the one that sealed this signing key.") from None


def _key() -> bytes:
    words = settings.CREDENTIAL_SECRET or _kept(settings.CREDENTIAL_SECRET_FILE)
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=FOR_WHAT).derive(words.encode())


def _kept(path: Path) -> str:
    """The words in the file; made when it is not there."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(64))
        try:
            path.hardlink_to(made)  # Two processes that start together end with the same words.
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return path.read_text()
