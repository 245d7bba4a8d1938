"""Who saw, took away, or was given what, is written down and stays."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from structlog.contextvars import bound_contextvars

from saduak.audit import operations
from saduak.audit.models import Act, Record
from saduak.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return User.objects.create_user("officer", title="นาง", name="ก ข")


@pytest.fixture
def newcomer():
    return User.objects.create_user("newcomer", name="ค ง")


@pytest.fixture
def request_of(rf):
    return lambda **meta: rf.get("/", **{"REMOTE_ADDR": "192.0.2.7", "HTTP_USER_AGENT": "Browser 1", **meta})


def test_a_look_tells_who_saw_what_from_where(officer, request_of):
    with bound_contextvars(request_id="r-1"):
        operations.looked_at(officer, kind="certification.application", reference="A-1", request=request_of())

    record = Record.objects.get()
    assert record.act == Act.LOOKED_AT
    assert (record.person, record.person_name) == (officer, "นางก ข")
    assert (record.kind, record.reference) == ("certification.application", "A-1")
    assert (record.address, record.user_agent, record.request_id) == ("192.0.2.7", "Browser 1", "r-1")


def test_a_look_of_somebody_who_has_not_signed_in_has_no_name():
    record = operations.looked_at(AnonymousUser(), kind="attachments.attachment", reference="7")

    assert (record.person, record.person_name, record.address) == (None, "", None)


def test_a_local_socket_has_no_network_address(officer, request_of):
    assert operations.signed_in(officer, request=request_of(REMOTE_ADDR="")).address is None


@pytest.mark.parametrize(
    ("write", "act"),
    [
        pytest.param(lambda by: operations.exported(by, kind="directory.centre"), Act.EXPORTED, id="an export"),
        pytest.param(lambda by: operations.signed_in(by), Act.SIGNED_IN, id="a sign-in"),
        pytest.param(lambda by: operations.sign_in_failed(by), Act.SIGN_IN_FAILED, id="a failed sign-in"),
        pytest.param(lambda by: operations.signed_out(by), Act.SIGNED_OUT, id="a sign-out"),
        pytest.param(
            lambda by: operations.searched_personal_data(by, kind="people.user", what="สมชาย"),
            Act.SEARCHED_PERSONAL_DATA,
            id="a search for a person",
        ),
    ],
)
def test_each_act_is_kept_under_its_word(officer, write, act):
    write(officer)

    assert Record.objects.get().act == act


def test_grants_and_revocations_concern_somebody_else(officer, newcomer):
    operations.granted(officer, to=newcomer, what="chair of sub-committee 5", kind="directory.body", reference="5")
    operations.revoked(officer, of=newcomer, what="chair of sub-committee 5", kind="directory.body", reference="5")

    assert [record.act for record in Record.objects.concerning(newcomer)] == [Act.REVOKED, Act.GRANTED]
    assert Record.objects.grants().by(officer).count() == 2
    assert Record.objects.about("directory.body", "5").count() == 2
    assert not Record.objects.by(newcomer).exists()
    assert Record.objects.first().concerns_name == "ค ง"


def test_a_failed_sign_in_under_an_unknown_name_keeps_no_name(request_of):
    record = operations.sign_in_failed(None, request=request_of())

    assert (record.person, record.person_name) == (None, "")
    assert Record.objects.sign_ins().get() == record


def test_records_are_found_by_time(officer):
    before = timezone.now()
    operations.signed_in(officer)
    after = timezone.now()

    assert Record.objects.between(before, after).count() == 1
    assert not Record.objects.between(after, timezone.now()).exists()


def test_a_sign_in_without_a_person_is_refused():
    with pytest.raises(IntegrityError, match="who_signed_in_is_known"):
        operations.signed_in(AnonymousUser())


def test_a_record_survives_its_account(officer):
    operations.signed_in(officer)
    officer.is_active = False
    officer.save()

    with pytest.raises(ProtectedError):
        officer.delete()

    assert str(Record.objects.get()).endswith("นางก ข signed_in")


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE audit_record SET what = 'x'", id="update"),
        pytest.param("DELETE FROM audit_record", id="delete"),
        pytest.param("TRUNCATE audit_record", id="truncate"),
    ],
)
def test_the_database_refuses_to_change_a_record(officer, statement):
    operations.signed_in(officer)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Record.objects.get().what == ""
