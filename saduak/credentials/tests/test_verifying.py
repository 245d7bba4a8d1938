"""Which check ends how, and what they come to."""

import copy
import time
from dataclasses import replace
from datetime import timedelta

import hypothesis
import pytest
from hypothesis import settings
from hypothesis import strategies as st

from saduak.credentials.dids import Method, document_of
from saduak.credentials.multikey import public_text
from saduak.credentials.reports import Because, Outcome, Topic, Verdict
from saduak.credentials.sources import Found, How, Sources, Standing, given, itself, nowhere, one_after_another
from saduak.credentials.tests.signers import INDEX, ISSUER, NOW, OTHER_KEY, SIGNED, listing, signed, sources
from saduak.credentials.verifying import verify


def told(document, at_hand=None, at=NOW):
    """The verdict, and every check that did not simply pass."""
    report = verify(document, at_hand or sources(), at=at)
    rest = {
        each.topic.value: each.because.value
        for each in report.checks
        if each.outcome != Outcome.PASSED and each.because != Because.ITS_WORD_IS_NOT_BELIEVED
    }
    rest.pop("register", None) if rest.get("register") == "register_out_of_reach" else None
    return report.verdict, rest


def changed(**changes):
    return {**signed(), **changes}


EMPTY = [listing("revocation"), listing("suspension")]
BAD_KEY = document_of(ISSUER, [Method(f"{ISSUER}#bad", "z6MkIsNoKey")])
NO_LIST = {"revocation": "list_is_not_genuine", "suspension": "list_is_not_genuine"}


@pytest.mark.parametrize(
    ("document", "at_hand", "verdict", "rest"),
    [
        pytest.param(signed(), sources(), Verdict.GENUINE, {}, id="everything holds"),
        pytest.param(
            signed(), sources(register=lambda _: Standing.AS_ISSUED), Verdict.GENUINE, {}, id="the register has it too"
        ),
        pytest.param(
            changed(validUntil="2099-01-01T00:00:00Z"), sources(), Verdict.NOT_GENUINE,
            {"proof": "signature_does_not_fit"}, id="changed",
        ),
        pytest.param(
            {name: value for name, value in signed().items() if name != "proof"}, sources(), Verdict.NOT_GENUINE,
            {"key": "no_proof", "proof": "no_proof"}, id="not signed",
        ),
        pytest.param(
            signed(key=OTHER_KEY), sources(), Verdict.NOT_GENUINE, {"proof": "signature_does_not_fit"},
            id="signed with another key in our name",
        ),
        pytest.param(
            signed(method="did:web:elsewhere.example#k"), sources(), Verdict.NOT_GENUINE,
            {"key": "key_is_not_the_issuers", "proof": "no_key_to_check_with"}, id="signed with somebody else's key",
        ),
        pytest.param(
            signed(method=f"{ISSUER}#unknown"), sources(), Verdict.NOT_GENUINE,
            {"key": "key_is_not_the_issuers", "proof": "no_key_to_check_with"}, id="a key that the issuer never had",
        ),
        pytest.param(
            signed(method=f"{ISSUER}#bad"), sources(issuers=given({ISSUER: BAD_KEY})), Verdict.NOT_GENUINE,
            {"key": "key_is_not_the_issuers", "proof": "no_key_to_check_with"}, id="a key that is none",
        ),
        pytest.param(
            signed(), sources(lists=[listing("revocation", credentialSubject={
                "type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": "u"}), EMPTY[1]]),
            Verdict.GENUINE_NOT_FULLY_CHECKED, {"revocation": "list_is_not_genuine"}, id="a list that is none",
        ),
        pytest.param(
            signed(credentialStatus={"type": "X", "statusPurpose": "revocation"}), sources(),
            Verdict.GENUINE_NO_LONGER_VALID,
            {"revocation": "status_is_malformed", "suspension": "no_status_in_it"}, id="a status without a place",
        ),
        pytest.param(
            signed(), sources(issuers=nowhere), Verdict.CANNOT_SAY,
            {"key": "key_out_of_reach", "proof": "no_key_to_check_with", **NO_LIST}, id="the issuer cannot be reached",
        ),
        pytest.param(
            signed(validUntil="in spring"), sources(), Verdict.NOT_GENUINE,
            {"shape": "breaks_the_standard", "validity": "term_is_unreadable"}, id="a term in words",
        ),
        pytest.param(
            signed(), sources(trusted=frozenset({"did:web:other.example"})), Verdict.UNKNOWN_ISSUER,
            {"issuer": "issuer_is_not_trusted"}, id="an issuer whose word does not count",
        ),
        pytest.param(
            signed(), sources(trusted=frozenset()), Verdict.UNKNOWN_ISSUER, {"issuer": "nobody_is_trusted"},
            id="nobody's word counts",
        ),
        pytest.param(
            signed(), sources(examples=frozenset({ISSUER})), Verdict.EXAMPLE, {}, id="an example",
        ),
        pytest.param(
            signed(), sources(register=lambda _: Standing.NEVER), Verdict.NOT_GENUINE, {"register": "never_issued"},
            id="signed by us but never issued",
        ),
        pytest.param(
            signed(), sources(register=lambda _: Standing.REISSUED), Verdict.GENUINE_NO_LONGER_VALID,
            {"register": "reissued_since"}, id="replaced by another document",
        ),
        pytest.param(
            signed(), sources(stolen=SIGNED), Verdict.NOT_GENUINE, {"key": "key_was_stolen_before"},
            id="signed after the theft",
        ),
        pytest.param(
            signed(), sources(stolen=SIGNED + timedelta(days=1)), Verdict.GENUINE_NOT_FULLY_CHECKED, {},
            id="signed before the theft, as it says itself",
        ),
        pytest.param(
            signed(), sources(stolen=SIGNED, register=lambda _: Standing.AS_ISSUED), Verdict.GENUINE, {},
            id="the key was stolen, but the register has this very document",
        ),
        pytest.param(
            signed(), sources(lists=[listing("revocation", INDEX), EMPTY[1]]), Verdict.GENUINE_NO_LONGER_VALID,
            {"revocation": "bit_is_set"}, id="revoked",
        ),
        pytest.param(
            signed(), sources(lists=[EMPTY[0], listing("suspension", INDEX)]), Verdict.GENUINE_NO_LONGER_VALID,
            {"suspension": "bit_is_set"}, id="suspended",
        ),
        pytest.param(
            signed(), sources(lists=[listing("revocation", INDEX - 1, INDEX + 1), EMPTY[1]]), Verdict.GENUINE, {},
            id="its neighbours are revoked",
        ),
        pytest.param(
            signed(), sources(lists=[]), Verdict.GENUINE_NOT_FULLY_CHECKED,
            {"revocation": "list_out_of_reach", "suspension": "list_out_of_reach"}, id="no list at hand",
        ),
        pytest.param(
            signed(), sources(lists=[listing("revocation", created=NOW - timedelta(days=2)), EMPTY[1]]),
            Verdict.GENUINE_NOT_FULLY_CHECKED, {"revocation": "list_is_outdated"}, id="an old list",
        ),
        pytest.param(
            signed(),
            sources(lists=[listing("revocation", created=NOW - timedelta(days=2), until=NOW), EMPTY[1]]),
            Verdict.GENUINE, {}, id="a list that says how long it holds",
        ),
        pytest.param(
            signed(), sources(lists=[listing("revocation", INDEX, created=NOW - timedelta(days=20)), EMPTY[1]]),
            Verdict.GENUINE_NO_LONGER_VALID, {"revocation": "bit_is_set"}, id="revoked in an old list",
        ),
        pytest.param(
            signed(), sources(lists=[EMPTY[0], listing("suspension", INDEX, created=NOW - timedelta(days=20))]),
            Verdict.GENUINE_NOT_FULLY_CHECKED, {"suspension": "list_is_outdated"}, id="suspended in an old list",
        ),
        pytest.param(
            signed(), sources(lists=[{**listing("revocation", INDEX), "proof": EMPTY[0]["proof"]}, EMPTY[1]]),
            Verdict.GENUINE_NOT_FULLY_CHECKED, {"revocation": "list_is_not_genuine"}, id="a list tampered with",
        ),
        pytest.param(
            signed(), sources(lists=[listing("suspension", id=EMPTY[0]["id"]), EMPTY[1]]),
            Verdict.GENUINE_NOT_FULLY_CHECKED, {"revocation": "list_is_not_genuine"}, id="a list for another purpose",
        ),
        pytest.param(
            signed(credentialStatus=[]), sources(), Verdict.GENUINE_NOT_FULLY_CHECKED,
            {"revocation": "no_status_in_it", "suspension": "no_status_in_it"}, id="no status in it",
        ),
        pytest.param(
            signed(credentialStatus=[{**signed()["credentialStatus"][0], "statusListIndex": "131072"}]), sources(),
            Verdict.GENUINE_NO_LONGER_VALID,
            {"revocation": "status_is_malformed", "suspension": "no_status_in_it"}, id="a bit that does not exist",
        ),
        pytest.param(
            signed(validFrom="2026-12-01T00:00:00Z"), sources(), Verdict.GENUINE_NO_LONGER_VALID,
            {"validity": "not_yet_valid"}, id="not yet valid",
        ),
        pytest.param(
            signed(validUntil="2026-11-01T00:00:00Z"), sources(), Verdict.GENUINE_NO_LONGER_VALID,
            {"validity": "term_is_over"}, id="expired",
        ),
        pytest.param(
            signed(issuer="no address"), sources(), Verdict.NOT_GENUINE,
            {"shape": "breaks_the_standard", "key": "key_is_not_the_issuers", "proof": "no_key_to_check_with"},
            id="not a credential",
        ),
    ],
)  # fmt: skip
def test_the_report_says_what_held(document, at_hand, verdict, rest):
    assert told(document, at_hand) == (verdict, rest)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"proof": 7},
        {"proof": [None, {}]},
        changed(issuer=None),
        changed(credentialStatus="x"),
        changed(credentialSubject=[]),
        changed(validFrom=7),
        changed(type={}),
        {**signed(), "n": 2**70},
        {**signed(), "@context": {"a": "b"}},
        signed(credentialStatus=[{"type": "X", "statusPurpose": ["revocation"], "statusListIndex": {}}]),
    ],
    ids=str,
)
def test_nothing_that_a_document_holds_makes_it_stumble(document):
    assert verify(copy.deepcopy(document), sources(), at=NOW).verdict == Verdict.NOT_GENUINE or document.get("proof")


@pytest.mark.parametrize(
    ("made", "topic", "because"),
    [
        pytest.param(
            signed(credentialStatus=700 * signed()["credentialStatus"][:1]),
            Topic.REVOCATION,
            Because.STATUS_IS_MALFORMED,
            id="hundreds of statuses",
        ),
        pytest.param(changed(proof=400 * [signed()["proof"]]), Topic.PROOF, Because.MALFORMED_PROOF, id="of proofs"),
        pytest.param(
            changed(proof={**signed()["proof"], "proofValue": "z" + "2" * 200_000}),
            Topic.PROOF,
            Because.MALFORMED_PROOF,
            id="a signature as long as a book",
        ),
    ],
)
def test_a_document_made_to_keep_us_busy_does_not(made, topic, because):
    begun = time.process_time()

    assert verify(made, sources(), at=NOW).check(topic).because == because
    assert time.process_time() - begun < 2


def test_of_a_document_with_a_wrong_signature_nothing_is_believed():
    report = verify(changed(validUntil="2000-01-01T00:00:00Z"), sources(), at=NOW)

    unbelieved = [each.topic for each in report.checks if each.because == Because.ITS_WORD_IS_NOT_BELIEVED]
    assert unbelieved == [Topic.ISSUER, Topic.VALIDITY, Topic.REVOCATION, Topic.SUSPENSION]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.just("did:key:z6Mk#z6Mk"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "type", "a"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=100)
@hypothesis.given(st.data())
def test_whatever_stands_anywhere_in_a_document_ends_in_a_report(data):
    document = copy.deepcopy(signed())
    holder = document
    while True:
        name = data.draw(st.sampled_from(list(holder) if isinstance(holder, dict) else list(range(len(holder)))))
        if not (isinstance(holder[name], dict | list) and holder[name] and data.draw(st.booleans())):
            break
        holder = holder[name]
    holder[name] = data.draw(ANYTHING)

    report = verify(document, replace(sources(), issuers=one_after_another(sources().issuers, itself)), at=NOW)

    assert document == signed() or report.verdict != Verdict.GENUINE


def test_every_topic_but_that_of_a_pdf_is_in_every_report():
    checks = verify(signed(), Sources(), at=NOW).checks

    assert [each.topic for each in checks] == [topic for topic in Topic if topic != Topic.PAPER]


def test_a_list_from_the_web_tells_when_it_was_fetched():
    lists = {each["id"]: Found(each, How.CACHED, NOW - timedelta(minutes=5)) for each in EMPTY}

    report = verify(signed(), sources(lists=lists.get), at=NOW)

    facts = report.check(Topic.REVOCATION).facts
    assert (facts["how"], facts["at"], facts["index"]) == ("cached", "2026-11-20T04:55:00Z", str(INDEX))


def test_a_key_that_is_its_own_name_holds_but_is_trusted_by_nobody():
    did = f"did:key:{public_text(OTHER_KEY)}"
    document = signed(issuer=did, key=OTHER_KEY, method=f"{did}#{public_text(OTHER_KEY)}")

    report = verify(document, replace(sources(), issuers=itself), at=NOW)

    assert report.check(Topic.KEY).because == Because.KEY_IS_ITS_OWN_NAME
    assert report.signature_holds
    assert report.verdict == Verdict.UNKNOWN_ISSUER


def test_a_topic_that_was_not_looked_at_is_not_in_the_report():
    with pytest.raises(KeyError):
        verify({**signed(), "n": 2**70}, sources(), at=NOW).check(Topic.KEY)
