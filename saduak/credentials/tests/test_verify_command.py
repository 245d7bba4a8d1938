"""`saduak verify FILE`, as somebody far from any server runs it."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from saduak.credentials import fetching
from saduak.credentials.dids import Method, document_of
from saduak.credentials.multikey import public_text
from saduak.credentials.proofs import moment
from saduak.credentials.sources import Found, How
from saduak.credentials.tests.signers import (
    INDEX,
    ISSUER,
    KEY,
    METHOD,
    NEXT_KEY,
    NEXT_METHOD,
    NOW,
    OTHER_KEY,
    listing,
    signed,
)

CHECKOUT = Path(__file__).resolve().parents[3]
DID = document_of(ISSUER, [Method(METHOD, public_text(KEY)), Method(NEXT_METHOD, public_text(NEXT_KEY))])


@pytest.fixture(autouse=True)
def _on_the_day_of_the_lists():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def files(tmp_path):
    def write(**documents):
        for name, document in documents.items():
            (tmp_path / f"{name}.json").write_text(json.dumps(document, ensure_ascii=False))
        return tmp_path

    return write(
        certificate=signed(),
        changed={**signed(), "validUntil": "2099-01-01T00:00:00Z"},
        forged=signed(key=OTHER_KEY),
        expired=signed(validUntil="2026-11-01T00:00:00Z"),
        did=DID,
        revocation=listing("revocation"),
        suspension=listing("suspension"),
        suspended=listing("suspension", INDEX),
        other={**DID, "id": "did:web:elsewhere.example"},
    )


def run(folder, name, *arguments, language="en"):
    """What is printed, and the number with which it ends."""
    out = StringIO()
    said = [folder / f"{each}.json" if each in NAMES else each for each in arguments]
    try:
        call_command("verify", str(folder / f"{name}.json"), *map(str, said), "--language", language, stdout=out)
    except SystemExit as ended:
        return ended.code, out.getvalue()
    return 0, out.getvalue()


NAMES = {"did", "revocation", "suspension", "suspended", "other"}
PINNED = ("--offline", "--did", "did")
LISTS = ("--status", "revocation", "--status", "suspension")


@pytest.mark.parametrize(
    ("name", "arguments", "code", "said"),
    [
        pytest.param("certificate", (*PINNED, *LISTS), 0, "Genuine and in force", id="everything at hand"),
        pytest.param("changed", (*PINNED, *LISTS), 1, "Not genuine", id="changed"),
        pytest.param("forged", (*PINNED, *LISTS), 1, "another key signed it", id="forged"),
        pytest.param("expired", (*PINNED, *LISTS), 3, "Its term ended on 2026-11-01", id="expired"),
        pytest.param(
            "certificate",
            (*PINNED, "--status", "revocation", "--status", "suspended"),
            3,
            "It is suspended, or has ended, as of 2026-11-20",
            id="suspended",
        ),
        pytest.param("certificate", PINNED, 4, "was not at hand (https://saduak.example/", id="no lists"),
        pytest.param("certificate", ("--offline",), 5, "The keys of the issuer were not at hand", id="nothing at hand"),
        pytest.param("certificate", (*PINNED, "--trust", "did:web:other.example"), 4, "could be checked", id="both"),
    ],
)
def test_it_says_what_it_could_and_could_not_check(files, name, arguments, code, said):
    ended, printed = run(files, name, *arguments)

    assert ended == code
    assert said in printed


def test_an_issuer_of_somebody_else_is_told_apart(files, monkeypatch):
    monkeypatch.setattr(fetching, "from_the_web", lambda address: Found(DID, How.FETCHED, NOW))

    ended, printed = run(files, "certificate", "--trust", "did:web:other.example")

    assert ended == 6
    assert "Somebody else's document" in printed


def test_an_example_is_told_as_one_even_when_somebody_trusts_its_issuer(files):
    name, key = f"{ISSUER}:example", public_text(OTHER_KEY)
    example = signed(issuer=name, key=OTHER_KEY, method=f"{name}#{key}")
    (files / "example.json").write_text(json.dumps(example))
    (files / "keys.json").write_text(json.dumps(document_of(name, [Method(f"{name}#{key}", key)])))

    ended, printed = run(files, "example", "--offline", "--did", str(files / "keys.json"))

    assert ended == 7
    assert "An example, not a certificate" in printed


def test_it_speaks_thai(files):
    assert "เป็นของแท้และใช้ได้" in run(files, "certificate", *PINNED, *LISTS, language="th")[1]


def test_programs_read_the_report(files):
    ended, printed = run(files, "certificate", *PINNED, "--json")

    report = json.loads(printed)
    assert (ended, report["verdict"]) == (4, "genuine_not_fully_checked")
    assert [each["topic"] for each in report["checks"]][:3] == ["shape", "issuer", "key"]


@pytest.mark.parametrize("name", ["missing", "did.json/x"])
def test_a_file_that_cannot_be_read_ends_with_2(files, name):
    with pytest.raises(CommandError) as refused:
        call_command("verify", str(files / name))

    assert refused.value.returncode == 2


def test_what_was_fetched_once_serves_without_a_connection(files, tmp_path, monkeypatch):
    web = {
        "https://saduak.example/.well-known/did.json": DID,
        **{each["id"]: each for each in (listing("revocation"), listing("suspension"))},
    }
    monkeypatch.setattr(fetching, "from_the_web", lambda address: Found(web[address], How.FETCHED, NOW))
    keep = ("--keep", str(tmp_path / "kept"), "--trust", ISSUER)
    assert run(files, "certificate", *keep)[0] == 0

    monkeypatch.setattr(fetching, "from_the_web", lambda address: None)
    ended, printed = run(files, "certificate", "--offline", *keep)

    assert ended == 0
    assert f"as of {moment(NOW)}" in printed
    assert run(files, "certificate", *keep)[0] == 0


@pytest.mark.parametrize(
    "address", ["http://saduak.example/x", "ftp://saduak.example/x", "file:///etc/passwd", "https://127.0.0.1:1/x"]
)
def test_nothing_is_fetched_from_doubtful_or_silent_addresses(address):
    assert fetching.from_the_web(address) is None


def test_it_needs_no_server_and_no_database(files, tmp_path):
    data = tmp_path / "data"
    arguments = ["certificate.json", "--offline", "--did", "did.json", "--language", "en"]

    done = subprocess.run(  # noqa: S603  Our own command.
        [sys.executable, "-m", "saduak", "verify", *arguments],
        cwd=files,
        env=os.environ
        | {
            "PYTHONPATH": str(CHECKOUT),
            "SADUAK_DATA": str(data),
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
            "DJANGO_SETTINGS_MODULE": "saduak.config.settings",
        },
        capture_output=True,
        text=True,
    )

    assert done.returncode == 4, done.stderr
    assert "Genuine" in done.stdout
    assert not (data / "postgres").exists()
