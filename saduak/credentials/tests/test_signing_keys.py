from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from saduak.credentials import vault
from saduak.credentials.issuers import Issuer, did_of
from saduak.credentials.models import Issued, SigningKey, StatusList
from saduak.credentials.operations import issuing, keys, listing, signing_keys
from saduak.credentials.operations.issuing import Draft
from saduak.credentials.procedure import KeyStage
from saduak.credentials.proofs import sign
from saduak.credentials.queries import issuer_document, names_of, own_issuer, own_names, standing_of
from saduak.credentials.reading import read
from saduak.credentials.reports import Because, Topic, Verdict
from saduak.credentials.sources import Sources, Standing
from saduak.credentials.status_lists import SIZE, StatusPurpose
from saduak.credentials.tests.signers import UNSIGNED
from saduak.credentials.verifying import verify
from saduak.journal.models import Entry
from saduak.journal.steps import StepRefused

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def draft(reference="C-1"):
    says = {name: value for name, value in UNSIGNED.items() if name not in ("issuer", "credentialStatus", "validUntil")}
    return Draft("tests.paper", reference, {**says, "validFrom": "2020-01-01T00:00:00Z"}, {"name": "โครงการ"})


def issue(*references, issuer=Issuer.PROGRAMME, at=NOW):
    return issuing.issue([draft(reference) for reference in references or ["C-1"]], issuer=issuer, at=at)


def report_on(document, at=NOW):
    sources = Sources(issuers=own_issuer, trusted=names_of(Issuer.PROGRAMME), register=standing_of)
    return verify(document, sources, at=at)


def test_a_key_is_made_at_its_first_use_and_kept():
    key = signing_keys.current(Issuer.PROGRAMME)

    assert signing_keys.current(Issuer.PROGRAMME) == key
    assert key.address.startswith(f"{did_of(Issuer.PROGRAMME)}#z6Mk")
    assert Entry.objects.of(key).get().step == "make"


def test_the_private_key_lies_encrypted_and_opens_with_the_right_words_only(settings):
    key = signing_keys.current(Issuer.PROGRAMME)
    raw = key.open().private_bytes_raw()

    assert raw not in bytes(key.sealed)
    settings.CREDENTIAL_SECRET = "other words, long enough to be taken"
    with pytest.raises(vault.VaultLocked):
        key.open()


def test_a_sealed_key_does_not_open_in_the_place_of_another():
    one, other = signing_keys.current(Issuer.PROGRAMME), signing_keys.current(Issuer.EXAMPLE)
    one.sealed = other.sealed

    with pytest.raises(vault.VaultLocked):
        one.open()


def test_the_words_are_made_once_in_a_file_of_their_owner(settings, tmp_path):
    settings.CREDENTIAL_SECRET = None
    settings.CREDENTIAL_SECRET_FILE = tmp_path / "data" / "credential-secret"

    sealed = vault.seal(b"secret", about="x")

    assert vault.unseal(sealed, about="x") == b"secret"
    assert settings.CREDENTIAL_SECRET_FILE.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["credential-secret"]


def test_after_a_rotation_the_new_key_signs_and_the_old_one_is_still_believed():
    (before,) = issue("C-1")

    old, new = before.key, signing_keys.rotate(Issuer.PROGRAMME, at=NOW)
    (after,) = issue("C-2")

    old.refresh_from_db()
    assert (old.stage, old.retired_at, after.key) == (KeyStage.RETIRED, NOW, new)
    assert [entry.step for entry in Entry.objects.of(old)] == ["make", "retire"]
    for each in (before, after):
        assert report_on(read(each.document)).signature_holds
    described = issuer_document(old.did)
    assert described["assertionMethod"] == [old.address, new.address]


def test_what_a_stolen_key_signs_afterwards_is_not_believed_but_what_the_register_has_is():
    (issued,) = issue("C-1", at=NOW - timedelta(days=9))
    key = keys.declare_stolen(issued.key, since=NOW - timedelta(days=5), at=NOW)
    kept = read(issued.document)
    forged = sign({**kept, "proof": []}, key.open(), method=key.address, created=NOW - timedelta(days=1))
    backdated = sign({**kept, "proof": []}, key.open(), method=key.address, created=NOW - timedelta(days=8))

    assert report_on(forged).check(Topic.KEY).because == Because.KEY_WAS_STOLEN_BEFORE
    assert report_on(forged).verdict == Verdict.NOT_GENUINE
    assert report_on(backdated).verdict == Verdict.NOT_GENUINE
    assert report_on(kept).signature_holds
    assert report_on(kept).check(Topic.REGISTER).because == Because.SAME_AS_ISSUED


def test_a_key_is_given_up_once_and_not_in_the_future():
    key = signing_keys.current(Issuer.PROGRAMME, at=NOW)

    with pytest.raises(ValueError, match="future"):
        keys.declare_stolen(key, since=NOW + timedelta(days=1), at=NOW)
    keys.declare_stolen(key, since=NOW, at=NOW)
    with pytest.raises(StepRefused):
        keys.declare_stolen(key, since=NOW, at=NOW)
    assert signing_keys.current(Issuer.PROGRAMME) != key


def test_examples_are_signed_by_another_issuer():
    (real,), (example,) = issue("C-1"), issue("C-2", issuer=Issuer.EXAMPLE)

    assert real.key.did != example.key.did
    assert real.list != example.list
    assert report_on(read(example.document)).verdict == Verdict.UNKNOWN_ISSUER


def test_a_new_address_of_the_platform_is_a_new_name_and_the_old_one_is_still_known(settings):
    (before,) = issue("C-1")

    settings.PUBLIC_URL = "https://new.example.go.th"
    (after,) = issue("C-2")

    assert after.key.did == "did:web:new.example.go.th"
    assert before.key.did in names_of(Issuer.PROGRAMME)
    assert before.key.did not in own_names()
    assert report_on(read(before.document)).signature_holds


def test_credentials_are_kept_with_their_digest_and_edition():
    (first,) = issue("C-1")
    (second,) = issue("C-1")

    assert (first.edition, second.edition) == (1, 2)
    assert standing_of(read(first.document)) == Standing.REISSUED
    assert standing_of(read(second.document)) == Standing.AS_ISSUED
    assert standing_of(UNSIGNED) == Standing.NEVER
    assert report_on(read(first.document)).verdict == Verdict.GENUINE_NO_LONGER_VALID


@pytest.mark.parametrize("statement", ["UPDATE {} SET edition = 9", "DELETE FROM {}", "TRUNCATE {}"])
def test_what_was_issued_is_final_also_against_sql(statement):
    issue()

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # What waits for the commit would hold up TRUNCATE.
    with pytest.raises(DatabaseError, match="final"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(Issued._meta.db_table))


def test_another_digest_than_the_documents_is_refused():
    (issued,) = issue()
    issued.pk, issued.sha256, issued.edition, issued.place = None, "0" * 64, 5, (issued.place + 1) % SIZE

    with pytest.raises(IntegrityError, match="the_digest_is_that_of_the_document"), transaction.atomic():
        issued.save(force_insert=True)


def test_each_credential_has_a_place_of_its_own():
    made = issue(*(f"C-{number}" for number in range(300))) + issue("D-1", "D-2")

    places = [each.place for each in made]
    assert len(set(places)) == 302
    assert places != sorted(places)
    said = read(made[7].document)["credentialStatus"]
    assert [(each["statusPurpose"], int(each["statusListIndex"])) for each in said] == [
        ("revocation", made[7].place),
        ("suspension", made[7].place),
    ]


def test_a_full_list_is_followed_by_a_new_one():
    (first,) = issue("C-1")
    StatusList.objects.filter(pk=first.list_id).update(given=SIZE - 1)

    last, next_ = issue("C-2", "C-3")

    assert (last.list.number, next_.list.number) == (1, 2)
    assert StatusList.objects.get(number=2).given == 1


def test_a_list_is_signed_anew_when_a_bit_changes_and_after_an_hour():
    (issued,) = issue("C-1")

    def list_at(**later):
        return listing.published(issued.list, StatusPurpose.REVOCATION, at=NOW + timedelta(**later))

    first = list_at()
    assert list_at(minutes=59) == first
    assert list_at(minutes=60) != first
    second = list_at(minutes=61)
    issue("C-1")
    assert list_at(minutes=62) != second


def test_the_order_of_places_repeats_none():
    list_ = StatusList(number=1, issuer=Issuer.PROGRAMME)

    assert len({list_.place(turn) for turn in range(SIZE)}) == SIZE


def test_one_key_signs_for_an_issuer():
    key = signing_keys.current(Issuer.PROGRAMME)

    with pytest.raises(IntegrityError, match="one_key_signs_for_an_issuer"), transaction.atomic():
        SigningKey.objects.create(
            reference="z", stage=KeyStage.ACTIVE, issuer=key.issuer, did=key.did, sealed=b"", made_at=NOW
        )


class TestCommand:
    """`saduak rotate-key`."""

    def run(self, *arguments):
        out = StringIO()
        call_command("rotate_key", *arguments, stdout=out)
        return out.getvalue()

    def test_it_rotates_and_lists(self):
        old = signing_keys.current(Issuer.PROGRAMME)

        printed = self.run()

        new = signing_keys.current(Issuer.PROGRAMME)
        assert new != old
        assert printed.splitlines()[0] == did_of(Issuer.PROGRAMME)
        assert f"{old.reference}  retired" in printed
        assert f"{new.reference}  active" in printed
        assert self.run("--list") == printed

    def test_a_stolen_key_is_given_up_and_followed_by_another(self):
        old = signing_keys.current(Issuer.EXAMPLE)

        printed = self.run("--issuer", "example", "--stolen-since", "2020-01-01T00:00:00+07:00")

        assert f"{old.reference}  compromised" in printed
        assert "stolen 2020-01-01 00:00" in printed
        assert signing_keys.current(Issuer.EXAMPLE).reference in printed

    @pytest.mark.parametrize(
        "arguments",
        [
            pytest.param(["--stolen-since", "yesterday"], id="no moment"),
            pytest.param(["--stolen-since", "2999-01-01T00:00:00Z"], id="in the future"),
            pytest.param(["--stolen-since", "2020-01-01T00:00:00Z", "--key", "z6Mkx"], id="no such key"),
        ],
    )
    def test_what_makes_no_sense_is_refused_and_changes_nothing(self, arguments):
        key = signing_keys.current(Issuer.PROGRAMME)

        with pytest.raises(CommandError):
            self.run(*arguments)

        assert signing_keys.current(Issuer.PROGRAMME) == key
