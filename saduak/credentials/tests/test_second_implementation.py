"""What another implementation signs and writes is read here as it was meant."""

from django.utils import timezone

from saduak.credentials.presentations import verify_presentation
from saduak.credentials.reports import Because, Topic
from saduak.credentials.shape import CONTEXT
from saduak.credentials.sources import Sources, itself
from saduak.credentials.status_lists import SIZE, decode, encode, is_set
from saduak.credentials.tests.second_implementation import made_elsewhere
from saduak.credentials.verifying import verify

UNSIGNED = {
    "@context": [CONTEXT],
    "type": ["VerifiableCredential"],
    "credentialSubject": {"id": "did:example:subject"},
}
SOURCES = Sources(issuers=itself)


def test_what_another_implementation_makes_holds_here_and_changed_it_does_not():
    indexes = [0, 7, 8, 94_567, SIZE - 1]
    made = made_elsewhere(UNSIGNED, indexes=indexes, challenge="7f", domain="saduak.example")
    credential, presentation, now = made["credential"], made["presentation"], timezone.now()

    assert verify(credential, SOURCES, at=now).signature_holds
    changed = {**credential, "credentialSubject": {"id": "did:example:other"}}
    assert verify(changed, SOURCES, at=now).check(Topic.PROOF).because == Because.SIGNATURE_DOES_NOT_FIT

    shown = verify_presentation(presentation, SOURCES, at=now, challenge="7f", domain="saduak.example")
    assert shown.holds
    assert [each.signature_holds for each in shown.credentials] == [True]
    asked_otherwise = verify_presentation(presentation, SOURCES, at=now, challenge="80")
    assert asked_otherwise.checks[-1].because == Because.OTHER_CHALLENGE

    bits = decode(made["list"])
    assert bits == decode(encode(indexes))
    assert [index for index in range(SIZE) if is_set(bits, index)] == indexes
