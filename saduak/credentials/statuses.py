"""Where a document says in which lists its status stands (รายการสถานะในเอกสาร).

Open Badges 3.0 allows one `credentialStatus` (1EdTech's schema refuses a list), the data model of the W3C several. A
second one therefore stands under the property's full name, which means the same to whoever reads the document as linked
data: the first, which every reader finds, says whether the certificate is in force now; the second whether it has ended
for good.
"""

from saduak.credentials.reading import Document, as_list
from saduak.credentials.status_lists import StatusPurpose

FULL_NAME = "https://www.w3.org/2018/credentials#credentialStatus"
ENTRY = "BitstringStatusListEntry"


def entries_of(document: Document) -> list[object]:
    """Every status that the document names, whatever it is."""
    return [*as_list(document.get("credentialStatus")), *as_list(document.get(FULL_NAME))]


def entry(purpose: StatusPurpose, address: str, place: int) -> Document:
    """A status: one bit of the list at the address."""
    return {
        "id": f"{address}#{place}",
        "type": ENTRY,
        "statusPurpose": purpose.value,
        "statusListIndex": str(place),
        "statusListCredential": address,
    }


def in_one_property(entries: dict[StatusPurpose, Document]) -> Document:
    """The statuses as the W3C's data model writes them."""
    return {"credentialStatus": list(entries.values())}


def one_and_one_in_full(entries: dict[StatusPurpose, Document]) -> Document:
    """The statuses as a document of Open Badges 3.0 can carry them."""
    return {"credentialStatus": entries[StatusPurpose.SUSPENSION], FULL_NAME: entries[StatusPurpose.REVOCATION]}
