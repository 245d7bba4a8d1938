import copy
from datetime import UTC, datetime

import pytest
import rfc8785
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from saduak.credentials import multikey, proofs
from saduak.credentials.proofs import Mismatch, Purpose
from saduak.credentials.reading import Fault, Unreadable, canonical, digest, read
from saduak.credentials.tests.signers import KEY, METHOD, OTHER_KEY, UNSIGNED, signed

PUBLIC = KEY.public_key()
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(codec="utf-8"), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=5), inner, max_size=3)
    ),
    max_leaves=10,
)
WHOLE = canonical(signed())


def holds(document, key=PUBLIC):
    return all(proofs.mismatch(document, proof, key) is None for proof in proofs.proofs_of(document))


def test_a_signed_document_holds_under_its_key_only():
    assert holds(signed())
    assert not holds(signed(), OTHER_KEY.public_key())


@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8"), max_size=5).filter(lambda name: name != "proof"), JSON, max_size=4
    )
)
def test_whatever_has_a_canonical_form_can_be_signed(document):
    assert holds(proofs.sign(document, KEY, method=METHOD, created=datetime(2026, 1, 1, tzinfo=UTC)))


@settings(max_examples=200)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
        max_leaves=8,
    )
)
def test_the_quick_way_to_write_is_the_standard_one(value):
    try:
        standard = rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError):
        with pytest.raises(Unreadable):
            canonical(value)
    else:
        assert canonical(value) == standard


def test_control_characters_are_written_as_the_standard_does():
    every = "".join(map(chr, range(0x80))) + "\u0e01\u2028\U0001f600"

    assert canonical({"a": every}) == rfc8785.dumps({"a": every})


@settings(max_examples=200)
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_one_changed_byte_is_noticed(place, mask):
    """Each byte of the whole document, its proof included, changed in any way."""
    changed = bytearray(WHOLE)
    changed[place] ^= mask
    try:
        document = read(bytes(changed))
    except Unreadable:
        return
    assume(document != read(WHOLE))

    assert not ("proof" in document and holds(document))


def paths(value, before=()):
    if isinstance(value, dict | list):
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*before, name)
            yield from paths(inner, (*before, name))


@pytest.mark.parametrize("path", list(paths(UNSIGNED)), ids=lambda path: ".".join(map(str, path)))
@pytest.mark.parametrize("change", ["removed", "replaced"])
def test_no_field_can_be_removed_or_replaced(path, change):
    document = copy.deepcopy(signed())
    *way, last = path
    holder = document
    for name in way:
        holder = holder[name]
    if change == "removed":
        del holder[last]
    else:
        holder[last] = "อื่น"

    assert not holds(document)


@pytest.mark.parametrize(
    ("facts", "mismatch"),
    [
        pytest.param({"cryptosuite": "eddsa-rdfc-2022"}, Mismatch.UNKNOWN_KIND, id="another suite"),
        pytest.param({"type": "Ed25519Signature2020"}, Mismatch.UNKNOWN_KIND, id="another type"),
        pytest.param({"previousProof": "urn:x:1"}, Mismatch.UNKNOWN_KIND, id="a chain of proofs"),
        pytest.param({"verificationMethod": 7}, Mismatch.MALFORMED, id="no address of a key"),
        pytest.param({"proofPurpose": None}, Mismatch.MALFORMED, id="no purpose"),
        pytest.param({"created": "2026-13-01T00:00:00Z"}, Mismatch.MALFORMED, id="no date"),
        pytest.param({"created": "2026-12-01T00:00:00"}, Mismatch.MALFORMED, id="no time zone"),
        pytest.param({"proofValue": None}, Mismatch.MALFORMED, id="no signature"),
        pytest.param({"proofValue": "uAAAA"}, Mismatch.MALFORMED, id="another alphabet"),
        pytest.param({"proofValue": "z0OIl"}, Mismatch.MALFORMED, id="letters outside the alphabet"),
        pytest.param({"proofValue": "z111"}, Mismatch.MALFORMED, id="too short"),
        pytest.param({"@context": ["https://elsewhere.example/"]}, Mismatch.OTHER_CONTEXT, id="other contexts"),
        pytest.param({"proofPurpose": "authentication"}, Mismatch.SIGNATURE, id="another purpose"),
        pytest.param({"nonce": 2**60}, Mismatch.MALFORMED, id="a number that has no canonical form"),
    ],
)
def test_what_is_wrong_with_a_proof_is_told(facts, mismatch):
    document = signed()
    document["proof"] |= facts

    assert proofs.mismatch(document, document["proof"], PUBLIC) == mismatch


def test_contexts_that_were_added_behind_those_that_were_signed_do_no_harm():
    document = signed()
    document["@context"] = [*document["@context"], "https://elsewhere.example/"]

    assert holds(document)


def test_a_second_proof_stays_beside_the_first():
    twice = proofs.sign(signed(), KEY, method=METHOD, created=datetime(2026, 1, 1, tzinfo=UTC))

    assert len(proofs.proofs_of(twice)) == 2
    assert holds(twice)


def test_a_proof_answers_a_challenge():
    made = proofs.sign(
        UNSIGNED, KEY, method=METHOD, created=datetime(2026, 1, 1, tzinfo=UTC), purpose=Purpose.AUTHENTICATION,
        challenge="7f", domain="https://saduak.example",
    )  # fmt: skip

    assert (made["proof"]["challenge"], made["proof"]["domain"]) == ("7f", "https://saduak.example")
    assert holds(made)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param(b"{" + b" " * 300_000 + b"}", Fault.TOO_LARGE, id="large"),
        pytest.param(b'{"a":"\xff"}', Fault.NOT_TEXT, id="not UTF-8"),
        pytest.param(b"%PDF-1.7", Fault.NOT_JSON, id="a PDF"),
        pytest.param(b'{"a":NaN}', Fault.NOT_JSON, id="not a number"),
        pytest.param(b'{"a":1,"a":2}', Fault.NAME_TWICE, id="a name twice"),
        pytest.param(b'{"a":{"b":1,"b":2}}', Fault.NAME_TWICE, id="a name twice inside"),
        pytest.param(b"[1]", Fault.NOT_AN_OBJECT, id="a list"),
        pytest.param(b'{"a":' * 60 + b"1" + b"}" * 60, Fault.TOO_DEEP, id="deep"),
        pytest.param(b'{"a":' + b"[" * 100_000, Fault.TOO_DEEP, id="deeper than Python goes"),
        pytest.param(b'{"a":9007199254740993}', Fault.NUMBER_OUT_OF_RANGE, id="a number that scripts misread"),
        pytest.param(b'{"a":1e999}', Fault.NUMBER_OUT_OF_RANGE, id="infinity"),
        pytest.param(rb'{"a":"\ud800"}', Fault.NOT_TEXT, id="half a character"),
    ],
)
def test_what_is_no_document_is_refused(text, fault):
    with pytest.raises(Unreadable) as refused:
        read(text)

    assert refused.value.fault == fault


def test_the_way_of_writing_does_not_matter():
    assert digest(read('\ufeff{"ข": 1.0, "ก": "\\u0e01"}')) == digest(read('{"ก":"ก","ข":1}'))


@pytest.mark.parametrize("text", ["", "z", "zzz", "u123", "z6Mk", multikey.private_text(KEY), "z0", "ก"])
def test_what_is_no_public_key_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  Whatever the alphabet's own words are.
        multikey.read_public(text)
