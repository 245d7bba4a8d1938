"""The endpoints of the VC-API, as a program with a token uses them."""

import copy

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.urls import reverse
from django.utils import timezone

from saduak.credentials import doors, proofs
from saduak.credentials.issuers import Issuer, did_of
from saduak.credentials.models import Issued
from saduak.credentials.multikey import public_text
from saduak.credentials.operations.checking import verify_here
from saduak.credentials.presentations import MOST, verify_presentation
from saduak.credentials.proofs import Purpose
from saduak.credentials.reading import digest
from saduak.credentials.reports import Topic, Verdict
from saduak.credentials.shape import CONTEXT
from saduak.credentials.sources import Sources
from saduak.credentials.tests.signers import NOW
from saduak.machines.scopes import Scope
from saduak.machines.tests.factories import ClientFactory, token_of

pytestmark = pytest.mark.django_db
LEAST = {
    "@context": [CONTEXT],
    "type": ["VerifiableCredential"],
    "credentialSubject": {"id": "did:example:subject"},
}
HOLDER = Ed25519PrivateKey.from_private_bytes(bytes(32))
HOLDERS_NAME = f"did:key:{public_text(HOLDER)}"
HOLDERS_KEY = f"{HOLDERS_NAME}#{public_text(HOLDER)}"


@pytest.fixture
def token():
    return token_of(Scope.CREDENTIALS_ISSUE, Scope.CREDENTIALS_VERIFY, client=ClientFactory(name="งานทดสอบ"))[1]


@pytest.fixture
def ask(client, token):
    def post(name, body, bearer=token, **more):
        headers = {**({"Authorization": f"Bearer {bearer}"} if bearer else {}), **more}
        return client.post(reverse(name), body, content_type="application/json", headers=headers)

    return post


@pytest.fixture
def issued(ask):
    return ask("issue_credential", {"credential": LEAST}).json()["verifiableCredential"]


def presented(*credentials, challenge="7f", domain="https://saduak.example", **more):
    document = {
        "@context": [CONTEXT],
        "type": ["VerifiablePresentation"],
        **({"verifiableCredential": list(credentials)} if credentials else {}),
        **more,
    }
    return proofs.sign(
        document,
        HOLDER,
        method=HOLDERS_KEY,
        created=timezone.now(),
        purpose=Purpose.AUTHENTICATION,
        challenge=challenge,
        domain=domain,
    )


class TestIssuing:
    """POST /credentials/issue."""

    def test_it_is_signed_in_our_name_for_systems_and_kept(self, ask):
        answer = ask("issue_credential", {"credential": LEAST, "options": {}})

        document = answer.json()["verifiableCredential"]
        assert answer.status_code == 201
        assert document["issuer"] == {"id": did_of(Issuer.SYSTEMS)}
        assert document["proof"]["cryptosuite"] == "eddsa-jcs-2022"
        assert {name: document[name] for name in LEAST} == LEAST
        assert (Issued.objects.get().sha256, Issued.objects.get().asked_by) == (digest(document), "งานทดสอบ")

    def test_what_is_asked_twice_with_one_key_is_issued_once(self, ask):
        key = {"Idempotency-Key": "order-7"}

        first, again = (ask("issue_credential", {"credential": LEAST}, **key) for _ in range(2))
        other = ask("issue_credential", {"credential": {**LEAST, "name": "another"}}, **key)

        assert (first.status_code, first.content) == (again.status_code, again.content)
        assert (again["Idempotency-Replayed"], Issued.objects.count()) == ("true", 1)
        assert (other.status_code, other.json()["type"].split("#")[1]) == (422, "problem-key-reused")

    def test_what_was_refused_with_a_key_is_asked_anew(self, ask):
        key = {"Idempotency-Key": "order-8"}
        assert ask("issue_credential", {"credential": {}}, **key).status_code == 400
        assert ask("issue_credential", {}, **key).status_code == 400

        assert ask("issue_credential", {"credential": LEAST}, **key).status_code == 201

    def test_it_has_a_place_in_lists_that_can_be_fetched(self, client, issued, settings):
        for entry in issued["credentialStatus"]:
            assert entry["type"] == "BitstringStatusListEntry"
            listing = client.get(entry["statusListCredential"].removeprefix(settings.PUBLIC_URL)).json()
            assert listing["id"] == entry["statusListCredential"]
            assert "BitstringStatusListCredential" in listing["type"]
            assert listing["credentialSubject"]["encodedList"].startswith("u")

    def test_a_status_of_its_own_is_left_to_its_maker(self, ask):
        status = {"type": "https://example.org/#Kind", "id": "did:example:1"}

        document = ask("issue_credential", {"credential": {**LEAST, "credentialStatus": status}}).json()

        assert document["verifiableCredential"]["credentialStatus"] == status

    def test_nobody_elses_name_is_signed(self, ask):
        given = {**LEAST, "issuer": {"id": "did:example:issuer", "name": "ผู้ออก"}}

        document = ask("issue_credential", {"credential": given}).json()["verifiableCredential"]

        assert document["issuer"] == {"id": did_of(Issuer.SYSTEMS), "name": "ผู้ออก"}

    def test_it_is_no_certificate_whatever_it_says(self, ask, issued):
        assert verify_here(issued).verdict == Verdict.UNKNOWN_ISSUER

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            ({}, "credential"),
            ({"credential": "x"}, "credential"),
            ({"credential": {**LEAST, "type": ["Kind"]}}, "type"),
            ({"credential": {**LEAST, "issuer": None}}, "issuer"),
            ({"credential": {**LEAST, "@context": [CONTEXT, "https://unknown.example/"]}}, "@context"),
            ([], "not_an_object"),
            ("{", "not_json"),
        ],
        ids=str,
    )
    def test_what_is_no_credential_is_refused_in_a_form_for_programs(self, ask, body, said):
        answer = ask("issue_credential", body)

        assert answer.status_code == 400
        assert answer["Content-Type"] == "application/problem+json"
        assert said in answer.json()["detail"]
        assert not Issued.objects.exists()

    def test_a_large_request_is_not_read(self, ask):
        assert ask("issue_credential", {"credential": "x" * 2_000_000}).status_code == 413


class TestVerifying:
    """POST /credentials/verify."""

    def test_what_was_issued_verifies(self, ask, issued):
        answer = ask("verify_credential", {"verifiableCredential": issued, "options": {"checks": ["proof"]}})

        told = answer.json()
        assert answer.status_code == 200
        assert (told["verified"], told["errors"], told["problemDetails"]) == (True, [], [])
        assert {"proof", "revocation", "suspension"} <= set(told["checks"])
        assert told["verifiableCredential"] == issued
        assert [each["topic"] for each in told["report"]["checks"]] == [each for each in Topic if each != Topic.PAPER]

    @pytest.mark.parametrize(
        ("change", "kind"),
        [
            ({"credentialSubject": {"id": "did:example:other"}}, "CRYPTOGRAPHIC_SECURITY_ERROR"),
            ({"proof": {}}, "CRYPTOGRAPHIC_SECURITY_ERROR"),
            ({"type": ["NonconformingDocument"]}, "MALFORMED_VALUE_ERROR"),
            ({"@context": []}, "MALFORMED_VALUE_ERROR"),
        ],
        ids=str,
    )
    def test_what_was_changed_does_not(self, ask, issued, change, kind):
        answer = ask("verify_credential", {"verifiableCredential": {**issued, **change}})

        told = answer.json()
        assert (answer.status_code, told["verified"]) == (400, False)
        assert told["errors"]
        assert any(each["type"].endswith(kind) for each in told["problemDetails"])

    def test_what_is_over_does_not(self, ask):
        given = {**LEAST, "validUntil": "2020-01-01T00:00:00Z"}
        over = ask("issue_credential", {"credential": given}).json()["verifiableCredential"]

        told = ask("verify_credential", {"verifiableCredential": over}).json()

        assert [each["type"] for each in told["problemDetails"]] == ["https://www.w3.org/TR/vc-data-model#RANGE_ERROR"]

    def test_a_list_that_cannot_be_reached_is_a_warning(self, ask):
        status = {
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "7",
            "statusListCredential": "https://elsewhere.example/1",
        }
        given = ask("issue_credential", {"credential": {**LEAST, "credentialStatus": status}}).json()

        told = ask("verify_credential", {"verifiableCredential": given["verifiableCredential"]}).json()

        assert told["verified"]
        assert any("elsewhere.example" in warning for warning in told["warnings"])

    def test_an_issuer_we_do_not_know_is_a_warning(self, ask):
        given = {**LEAST, "issuer": HOLDERS_NAME}
        document = proofs.sign(given, HOLDER, method=HOLDERS_KEY, created=timezone.now())

        told = ask("verify_credential", {"verifiableCredential": document}).json()

        assert told["verified"]
        assert any("does not count here" in warning for warning in told["warnings"])


class TestPresentations:
    """POST /presentations/verify."""

    def test_it_verifies_with_every_credential_in_it(self, ask, issued):
        given = presented(issued, issued, holder=HOLDERS_NAME)

        answer = ask(
            "verify_presentation",
            {"verifiablePresentation": given, "options": {"challenge": "7f", "domain": "https://saduak.example"}},
        )

        told = answer.json()
        assert (answer.status_code, told["verified"], told["errors"]) == (200, True, [])
        assert told["presentationResult"]["verified"]
        assert [each["verified"] for each in told["credentialResults"]] == [True, True]

    def test_without_credentials_and_holder_it_verifies_too(self, ask):
        assert ask("verify_presentation", {"verifiablePresentation": presented()}).json()["verified"]

    @pytest.mark.parametrize(
        ("given", "options"),
        [
            pytest.param(presented(), {"challenge": "other"}, id="another challenge"),
            pytest.param(presented(), {"domain": "https://elsewhere.example"}, id="another domain"),
            pytest.param({**presented(), "holder": "did:example:x"}, {}, id="changed"),
            pytest.param(presented(holder="did:example:x"), {}, id="another holder's key"),
            pytest.param({**presented(), "type": ["Kind"]}, {}, id="no presentation"),
            pytest.param({"type": ["NonconformingDocument"]}, {}, id="nothing of the kind"),
            pytest.param({**presented(), "proof": {"type": "DataIntegrityProof"}}, {}, id="no proof"),
            pytest.param(presented(*[{"id": "urn:x"}] * (MOST + 1)), {}, id="more than can be looked at at once"),
        ],
    )
    def test_otherwise_it_does_not(self, ask, given, options):
        answer = ask("verify_presentation", {"verifiablePresentation": given, "options": options})

        assert (answer.status_code, answer.json()["verified"]) == (400, False)

    def test_a_changed_credential_in_it_fails_it(self, ask, issued):
        changed = {**copy.deepcopy(issued), "name": "อื่น"}

        told = ask("verify_presentation", {"verifiablePresentation": presented(issued, changed)}).json()

        assert not told["verified"]
        assert told["presentationResult"]["verified"]
        assert [each["verified"] for each in told["credentialResults"]] == [True, False]

    def test_a_number_that_has_no_canonical_form_does_not_make_it_stumble(self):
        found = verify_presentation({**presented(), "n": 2**70}, Sources(), at=timezone.now())

        assert (found.holds, found.credentials) == (False, ())

    def test_an_assertion_does_not_stand_for_a_holder(self, ask, issued):
        told = ask("verify_presentation", {"verifiablePresentation": {**presented(), "proof": issued["proof"]}}).json()

        assert not told["verified"]

    @pytest.mark.parametrize(
        ("holder", "verified"),
        [({"holder": HOLDERS_NAME}, True), ({}, False), ({"holder": "did:example:x"}, False)],
        ids=["named", "not named", "another"],
    )
    def test_what_the_holder_says_of_themselves_names_the_holder(self, ask, holder, verified):
        own = proofs.sign({**LEAST, "issuer": HOLDERS_NAME}, HOLDER, method=HOLDERS_KEY, created=timezone.now())

        told = ask("verify_presentation", {"verifiablePresentation": presented(own, **holder)}).json()

        assert told["verified"] == verified


class TestTokens:
    """Who may come in."""

    @pytest.mark.parametrize("name", ["issue_credential", "verify_credential", "verify_presentation"])
    @pytest.mark.parametrize("bearer", [None, "wrong"])
    def test_without_a_token_nobody(self, ask, name, bearer):
        answer = ask(name, {"credential": LEAST}, bearer)

        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert answer["Content-Type"] == "application/problem+json"

    @pytest.mark.parametrize(
        ("scope", "name"),
        [(Scope.CREDENTIALS_VERIFY, "issue_credential"), (Scope.CREDENTIALS_ISSUE, "verify_credential")],
    )
    def test_a_token_opens_only_what_it_is_for(self, ask, scope, name):
        assert ask(name, {"credential": LEAST}, token_of(scope)[1]).status_code == 403

    def test_only_by_post(self, client, token):
        headers = {"Authorization": f"Bearer {token}"}

        assert client.get(reverse("issue_credential"), headers=headers).status_code == 405

    def test_a_system_that_asks_too_often_is_slowed_and_so_is_guessing(self, ask, monkeypatch):
        hasty = token_of(Scope.CREDENTIALS_ISSUE, client=ClientFactory(per_minute=1))[1]
        monkeypatch.setattr("saduak.config.programs.UNKNOWN_PER_MINUTE", 1)

        for bearer in (hasty, "wrong"):
            with time_machine.travel(NOW, tick=False):
                assert [ask("issue_credential", {}, bearer).status_code for _ in range(3)][-1] == 429

    def test_where_no_package_has_tokens_nobody_comes_in(self, ask, monkeypatch):
        monkeypatch.setattr(doors, "_GUARDS", [doors.nobody_passes])

        assert ask("issue_credential", {"credential": LEAST}).status_code == 401
