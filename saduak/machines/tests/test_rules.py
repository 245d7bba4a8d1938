"""Signatures, waits, and the secrets of machines."""

import hashlib
from datetime import timedelta

from saduak.machines import minting, rules


def test_a_token_is_known_by_its_digest_and_its_beginning_only():
    minted = minting.mint()

    assert minted.words.startswith("saduak_")
    assert minted.digest == hashlib.sha256(minted.words.encode()).digest()
    assert len(minted.words) - len(minted.prefix) > 32
    assert minting.mint().words != minted.words


def test_an_event_is_signed_as_standard_webhooks_has_it():
    # As `openssl dgst -sha256 -hmac key` has it of msg_1.1700000000.{}
    signed = rules.signature("whsec_a2V5", message_id="msg_1", timestamp=1700000000, body="{}")

    assert signed == "v1,XaXLFEFQ69Q4+demDWPEv5ydXczDW2mM5crCUEFcFBA="


def test_each_secret_is_new_and_long():
    assert len({rules.new_secret() for _ in range(5)}) == 5
    assert rules.new_secret().startswith("whsec_")


def test_waits_grow_and_end_after_some_three_days():
    waits = [rules.wait_after(attempt) for attempt in range(1, 20)]
    given = [wait for wait in waits if wait]

    assert given == sorted(given)
    assert timedelta(days=2.5) < sum(given, timedelta()) < timedelta(days=4)
    assert waits[-1] is None
