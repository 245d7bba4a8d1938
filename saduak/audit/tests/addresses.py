"""Who reads the records."""

from tests.support.addresses import only
from tests.support.world import Kind

READERS = {Kind.AUDITOR, Kind.ADMINISTRATOR}

ADDRESSES = {
    "list_records": only(READERS),
    "export_records": only(READERS),
}
