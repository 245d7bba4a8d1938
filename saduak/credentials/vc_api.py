"""The endpoints that the W3C's VC-API names, for connected systems with a token.

`POST /credentials/issue` takes `{"credential": …}` and answers 201 with `{"verifiableCredential": …}`; whatever issuer
it names, it is issued in the name under which we sign for connected systems, which makes no certificate.
`POST /credentials/verify` takes `{"verifiableCredential": …}`, and `POST /presentations/verify` takes
`{"verifiablePresentation": …, "options": {"challenge": …, "domain": …}}`; both answer 200 when everything that counts
held, else 400 in the same shape. What is asked twice with one `Idempotency-Key` is done once, and answered the same.
Source: Verifiable Credentials API (W3C Credentials Community Group, draft).
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_POST

from saduak.credentials import proofs
from saduak.credentials.answers import problem
from saduak.credentials.contexts import problems_of_words
from saduak.credentials.doors import Errand, Refused, open_to_programs
from saduak.credentials.issuers import Issuer, did_of
from saduak.credentials.operations import issuing, signing_keys
from saduak.credentials.operations.checking import sources_here, verify_here
from saduak.credentials.operations.issuing import Draft
from saduak.credentials.presentations import verify_presentation
from saduak.credentials.reading import Document, Unreadable, read
from saduak.credentials.reports import Because, Check, Outcome, Report, Topic
from saduak.credentials.shape import problems_of_credential
from saduak.credentials.wording import sentence

LARGEST = 1024 * 1024
ASKED = "credentials.asked"
"""The kind of what is issued because a program asked."""

DATA_MODEL = "https://www.w3.org/TR/vc-data-model#"
STATUS_LIST = "https://www.w3.org/ns/credentials/status-list#"
KINDS = {
    Topic.SHAPE: f"{DATA_MODEL}MALFORMED_VALUE_ERROR",
    Topic.KEY: f"{DATA_MODEL}CRYPTOGRAPHIC_SECURITY_ERROR",
    Topic.PROOF: f"{DATA_MODEL}CRYPTOGRAPHIC_SECURITY_ERROR",
    Topic.VALIDITY: f"{DATA_MODEL}RANGE_ERROR",
}
KINDS_OF_STATUS = {
    Because.LIST_OUT_OF_REACH: f"{STATUS_LIST}STATUS_RETRIEVAL_ERROR",
    Because.LIST_IS_NOT_GENUINE: f"{STATUS_LIST}STATUS_VERIFICATION_ERROR",
    Because.LIST_IS_OUTDATED: f"{STATUS_LIST}STATUS_VERIFICATION_ERROR",
    Because.STATUS_IS_MALFORMED: f"{DATA_MODEL}MALFORMED_VALUE_ERROR",
}
OUR_OWN_MATTERS = (Topic.ISSUER, Topic.REGISTER)
"""Checks about whose word counts here; to other programs they are warnings."""


@open_to_programs(Errand.ISSUE)
@require_POST
def issue_view(request: HttpRequest, program: str) -> HttpResponse:
    """Sign what a program says, give it a status, keep it."""
    given = _object(_body(request), "credential")
    asked = {**given, "issuer": given.get("issuer", did_of(Issuer.SYSTEMS))}
    if wrong := [*problems_of_credential(asked), *problems_of_words(asked)]:
        name, detail = wrong[0]
        return problem(400, "This is not a credential.", kind=KINDS[Topic.SHAPE], detail=f"{name}: {detail}")
    return JsonResponse({"verifiableCredential": _issued(given, program)}, status=201)


def _issued(given: Document, program: str) -> Document:
    """The credential in our name for systems, with a place in a status list unless it brings a status or a proof."""
    now = timezone.now()
    reference = str(uuid.uuid4())
    stated = given.get("issuer")
    facts = {name: fact for name, fact in stated.items() if name != "id"} if isinstance(stated, dict) else {}
    if "credentialStatus" not in given and "proof" not in given:
        draft = Draft(ASKED, reference, given, facts, asked_by=program)
        (issued,) = issuing.issue([draft], issuer=Issuer.SYSTEMS, at=now)
        return read(issued.document, largest=2 * LARGEST)
    key = signing_keys.current(Issuer.SYSTEMS, at=now)
    owned = {**given, "issuer": {"id": key.did, **facts} if facts else key.did}
    document = proofs.sign(owned, key.open(), method=key.address, created=now)
    issuing.keep(document, key, kind=ASKED, reference=reference, at=now, asked_by=program)
    return document


@open_to_programs(Errand.VERIFY)
@require_POST
def verify_view(request: HttpRequest, program: str) -> HttpResponse:
    """Verify one credential with what this platform knows."""
    document = _object(_body(request), "verifiableCredential")
    report = verify_here(document)
    return _answer(_told(report), {"verifiableCredential": document, "report": report.as_document()})


@open_to_programs(Errand.VERIFY)
@require_POST
def verify_presentation_view(request: HttpRequest, program: str) -> HttpResponse:
    """Verify a presentation and each credential in it."""
    body = _body(request)
    document = _object(body, "verifiablePresentation")
    options = _object(body, "options") if "options" in body else {}
    now = timezone.now()
    asked = {name: options[name] for name in ("challenge", "domain") if isinstance(options.get(name), str)}
    found = verify_presentation(document, sources_here(at=now), at=now, **asked)
    of_credentials = [_told(report) for report in found.credentials]
    itself = _told(found.checks)
    together = {
        name: [*itself[name], *(each for told in of_credentials for each in told[name])]
        for name in ("errors", "warnings", "problemDetails", "checks")
    }
    results = {
        "verifiablePresentation": document,
        "presentationResult": _result(itself),
        "credentialResults": [
            {**_result(told), "report": report.as_document()}
            for told, report in zip(of_credentials, found.credentials, strict=True)
        ],
    }
    return _answer(together, results)


def _body(request: HttpRequest) -> Document:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if int(length) > LARGEST:
        raise Refused(problem(413, "The request is too large.", detail=f"At most {LARGEST} bytes."))
    try:
        return read(request.body, largest=LARGEST)
    except Unreadable as unreadable:
        kind = f"{DATA_MODEL}PARSING_ERROR"
        raise Refused(problem(400, "The body is no JSON object.", kind=kind, detail=unreadable.fault.value)) from None


def _object(body: Document, name: str) -> Document:
    value = body.get(name)
    if not isinstance(value, dict):
        raise Refused(problem(400, "Something is missing.", detail=f"The body has an object named {name}."))
    return value


def _told(report: Report | Iterable[Check]) -> dict[str, list[Any]]:
    """What failed, what was not checked, and the names of the checks that were made."""
    told: dict[str, list[Any]] = {"errors": [], "warnings": [], "problemDetails": [], "checks": []}
    for each in report.checks if isinstance(report, Report) else report:
        words = _in_english(each)
        needed = each.topic in (Topic.KEY, Topic.PROOF, Topic.SHAPE)
        if each.outcome == Outcome.PASSED:
            told["checks"].append(each.topic.value)
        elif each.topic not in OUR_OWN_MATTERS and (each.outcome == Outcome.FAILED or needed):
            told["errors"].append(words)
            told["problemDetails"].append(
                {"type": _kind_of(each), "title": each.because.value, "detail": words, **_code_of(each)}
            )
        else:
            told["warnings"].append(words)
    return told


def _kind_of(check: Check) -> str:
    return KINDS.get(check.topic) or KINDS_OF_STATUS.get(check.because, "about:blank")


def _code_of(check: Check) -> dict[str, str]:
    return {"property": check.facts["property"]} if check.facts.get("property") else {}


def _in_english(check: Check) -> str:
    with translation.override("en"):
        return sentence(check)


def _result(told: dict[str, list[Any]]) -> dict[str, Any]:
    return {"verified": not told["errors"], **told}


def _answer(told: dict[str, list[Any]], more: dict[str, Any]) -> HttpResponse:
    return JsonResponse({**_result(told), **more}, status=400 if told["errors"] else 200)
