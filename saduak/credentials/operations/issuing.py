"""Credentials are signed, given a place in a status list, and kept."""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from saduak.credentials import proofs
from saduak.credentials.issuers import Issuer
from saduak.credentials.models import Issued, SigningKey, StatusList
from saduak.credentials.operations import signing_keys
from saduak.credentials.reading import Document, canonical
from saduak.credentials.status_lists import SIZE, StatusPurpose
from saduak.credentials.statuses import entry, in_one_property


@dataclass(frozen=True)
class Draft:
    """What a credential says about one case, without its issuer's name, its status and its proof.

    `issued_by` are facts about the issuer that stand beside its name; `status` writes where its status stands;
    `asked_by` is the connected system that wants it.
    """

    case_kind: str
    case_reference: str
    says: Document
    issued_by: Document = field(default_factory=dict)
    status: Callable[[dict[StatusPurpose, Document]], Document] = in_one_property
    asked_by: str = ""


@transaction.atomic
def issue(drafts: Sequence[Draft], *, issuer: Issuer, at: datetime | None = None) -> list[Issued]:
    """Sign one credential for each draft and keep it; a case that has one already gets a new edition.

    Takes the lock of a status list until the transaction ends. Raises VaultLocked, and Unreadable for a draft that has
    no canonical form.
    """
    at = at or timezone.now()
    key = signing_keys.current(issuer, at=at)
    private = key.open()
    editions = _editions(drafts)
    made = []
    for draft, (list_, place) in zip(drafts, _places(issuer, len(drafts)), strict=True):
        document = {
            **draft.says,
            "issuer": {"id": key.did, **draft.issued_by},
            **draft.status({each: entry(each, list_address(each, list_.number), place) for each in StatusPurpose}),
        }
        signed = proofs.sign(document, private, method=key.address, created=at)
        case = (draft.case_kind, draft.case_reference)
        editions[case] += 1
        kept = _kept(signed, key, case, at, edition=editions[case], asked_by=draft.asked_by)
        kept.list, kept.place = list_, place
        made.append(kept)
    return Issued.objects.bulk_create(made, batch_size=500)


def keep(document: Document, key: SigningKey, *, kind: str, reference: str, at: datetime, asked_by: str = "") -> Issued:
    """Keep a document that was signed as it was asked for, whose status is its maker's business."""
    kept = _kept(document, key, (kind, reference), at, asked_by=asked_by)
    kept.save(force_insert=True)
    return kept


def list_address(purpose: StatusPurpose, number: int) -> str:
    """Where a status list is found."""
    return f"{settings.PUBLIC_URL}{reverse('status_list', args=[purpose.value, number])}"


def _kept(
    signed: Document, key: SigningKey, case: tuple[str, str], at: datetime, *, edition: int = 1, asked_by: str = ""
) -> Issued:
    kind, reference = case
    text = canonical(signed)
    return Issued(
        case_kind=kind,
        case_reference=reference,
        edition=edition,
        key=key,
        document=text.decode(),
        sha256=hashlib.sha256(text).hexdigest(),
        issued_at=at,
        asked_by=asked_by,
    )


def _editions(drafts: Sequence[Draft]) -> Counter[tuple[str, str]]:
    """How many credentials each case has already."""
    known = Issued.objects.filter(
        case_kind__in={draft.case_kind for draft in drafts},
        case_reference__in={draft.case_reference for draft in drafts},
    )
    return Counter(known.values_list("case_kind", "case_reference"))


def _places(issuer: Issuer, count: int) -> list[tuple[StatusList, int]]:
    """So many new places of the issuer's lists; a full list is followed by a new one."""
    found: list[tuple[StatusList, int]] = []
    while len(found) < count:
        list_ = _list_with_room(issuer)
        taken = range(list_.given, min(list_.given + count - len(found), SIZE))
        found += [(list_, list_.place(turn)) for turn in taken]
        list_.given = taken.stop
        list_.save(update_fields=["given"])
    return found


def _list_with_room(issuer: Issuer) -> StatusList:
    """A list of the issuer that is not full, locked; others wait for the commit, and then find it."""
    with_room = StatusList.objects.select_for_update().filter(issuer=issuer, given__lt=SIZE)
    if (found := with_room.first()) is not None:
        return found
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('credentials.new_list'))")
    if (found := with_room.first()) is not None:
        return found
    last = StatusList.objects.order_by("number").last()
    return StatusList.objects.create(number=last.number + 1 if last else 1, issuer=issuer)
