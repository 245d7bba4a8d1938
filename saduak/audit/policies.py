"""What a grants table may give over the records; `directory.policies`, which knows offices, gives it."""

from enum import StrEnum


class Permission(StrEnum):
    """What is granted over the records."""

    READ_RECORDS = "audit.read_records"
