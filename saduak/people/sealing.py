"""Secrets lie encrypted under the signing key (การเข้ารหัสข้อมูลลับ)."""

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def box(purpose: str) -> Fernet:
    """What is sealed for one purpose cannot be opened, or passed off, for another."""
    key = HKDF(SHA256(), 32, salt=None, info=f"saduak {purpose}".encode()).derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))
