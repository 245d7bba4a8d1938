"""Where the bytes lie: under the address of their own SHA-256, written once."""

import hashlib
import os
import secrets
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages


class Disk(FileSystemStorage):
    """Files on a local disk that appear whole or not at all, also when the power fails (ที่เก็บไฟล์ในเครื่อง)."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: equal names have equal bytes."""
        return name

    def _save(self, name: str, content: "File[Any]") -> str:
        place = Path(self.path(name))
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = place.with_name(f"{place.name}.{secrets.token_hex(4)}.part")
        try:
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                for piece in content.chunks():
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(place)
        finally:
            unfinished.unlink(missing_ok=True)
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return name


class ContentLost(Exception):
    """The stored bytes are missing, or no longer those of their address."""


def place() -> Storage:
    """The storage of uploaded files."""
    return storages["default"]


def address(sha256: str) -> str:
    """The name under which the bytes with this digest lie."""
    return f"sha256/{sha256[:2]}/{sha256}"


def keep(content: bytes) -> str:
    """Write the bytes unless they are there already, unharmed; gives their SHA-256 as 64 hexadecimal digits."""
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        read(sha256)
    except ContentLost:
        place().delete(address(sha256))
        place().save(address(sha256), ContentFile(content))
    return sha256


def read(sha256: str) -> bytes:
    """The bytes of an address, proven to be those. Raises ContentLost."""
    try:
        with place().open(address(sha256)) as file:
            content: bytes = file.read()
    except FileNotFoundError as missing:
        raise ContentLost(f"{sha256} is missing.") from missing
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ContentLost(f"{sha256} was altered.")
    return content
