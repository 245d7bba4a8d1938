"""What the platform itself knows about issuers and credentials (คำถามเกี่ยวกับหนังสือรับรอง)."""

from saduak.credentials.dids import document_of
from saduak.credentials.issuers import Issuer, did_of
from saduak.credentials.models import Issued, SealingKey, SigningKey, StatusList
from saduak.credentials.reading import Document, digest
from saduak.credentials.sources import Found, How, Standing
from saduak.credentials.standing import readers
from saduak.credentials.status_lists import StatusPurpose
from saduak.journal.models import Case


def issuer_document(did: str) -> Document | None:
    """The document of an issuer of ours, by its name: every key it ever had. None for names that were never ours."""
    keys = [key.method for key in SigningKey.objects.filter(did=did)]
    papers = [key.paper_method for key in SealingKey.objects.filter(did=did)]
    return document_of(did, keys, papers) if keys or did in own_names() else None


def own_issuer(did: str) -> Found | None:
    """The document of an issuer of ours, as a source for verification."""
    document = issuer_document(did)
    return Found(document, How.OWN) if document is not None else None


def own_names() -> dict[str, Issuer]:
    """The present names of our issuers."""
    return {did_of(issuer): issuer for issuer in Issuer}


def names_of(issuer: Issuer) -> frozenset[str]:
    """Every name that the issuer has had; the public address may change, old credentials do not."""
    return frozenset({did_of(issuer), *SigningKey.objects.filter(issuer=issuer).values_list("did", flat=True)})


def credential_about(case: Case) -> Issued | None:
    """The credential of a case; the newest, when there are several editions."""
    return Issued.objects.about(case).first()


def standing_of(document: Document) -> Standing:
    """How the register of credentials knows the document."""
    issued = Issued.objects.filter(sha256=digest(document))
    if issued.current().exists():
        return Standing.AS_ISSUED
    return Standing.REISSUED if issued.exists() else Standing.NEVER


def places_set(list_: StatusList, purpose: StatusPurpose) -> set[int]:
    """The places whose bit is set now: by what is told of their cases, and where a newer edition replaces one."""
    issued = Issued.objects.filter(list=list_)
    # One question each, so that the database begins with the few that are told, not with all that were issued.
    asked = [issued.filter(case_kind=kind, case_reference__in=tell()[purpose]) for kind, tell in readers().items()]
    return {
        place
        for query in (*asked, issued.replaced())
        for place in query.values_list("place", flat=True)
        if place is not None
    }
