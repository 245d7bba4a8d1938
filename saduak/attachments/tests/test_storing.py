"""Bytes are stored once, served as they are, and missed when they are gone."""

import hashlib
import os
import threading
from datetime import timedelta

import pytest
from django.core.files.storage import InMemoryStorage
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saduak.attachments import checks, storage, tasks
from saduak.attachments.models import Attachment, Content
from saduak.attachments.operations import hold, store, store_own_pdf
from saduak.attachments.refusals import FileRefused
from saduak.attachments.serving import respond
from saduak.attachments.tests import factories as make
from saduak.attachments.tests.factories import AttachmentFactory
from saduak.people.models import User


def stored_in(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.django_db
def test_the_same_bytes_are_stored_once(files):
    officer = User.objects.create_user("officer", name="เจ้าหน้าที่")

    first = AttachmentFactory(by=officer)
    second = AttachmentFactory(name="อีกชื่อ.jpg")
    other = AttachmentFactory(content=make.picture(colour="red"))

    assert first.content == second.content
    assert [path.name for path in stored_in(files)] == sorted([first.sha256, other.sha256])
    assert (first.stored_by, first.media_type, first.width, first.height, first.pages, first.is_image) == (
        officer,
        "image/jpeg",
        64,
        48,
        None,
        True,
    )
    assert set(Attachment.objects.with_same_content()) == {first, second}
    assert list(Attachment.objects.same_as(first)) == [second]
    assert not Attachment.objects.same_as(other).exists()


@pytest.mark.django_db
def test_a_refused_file_leaves_nothing(files):
    with pytest.raises(FileRefused, match="JPEG, PNG, WebP"):
        store(make.upload(b"<html>", "ภาพ.jpg"), by=None)

    assert not Attachment.objects.exists()
    assert not stored_in(files)


@pytest.mark.django_db
def test_what_is_stored_is_not_changed_by_anybody():
    attachment = AttachmentFactory()

    for statement in (
        "UPDATE attachments_content SET size = 1",
        "UPDATE attachments_attachment SET received_sha256 = repeat('0', 64)",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    assert attachment.size == len(storage.read(attachment.sha256))


@pytest.mark.django_db
def test_what_the_platform_made_itself_is_kept_as_it_is():
    pdf = make.pdf() + b"/EmbeddedFile"

    kept = store_own_pdf(pdf, name="ใบรับรอง.pdf", pages=1)

    assert (storage.read(kept.sha256), kept.media_type, kept.content.pages) == (pdf, "application/pdf", 1)
    assert (kept.received_sha256, kept.stored_by) == (kept.sha256, None)


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(colour=st.integers(0, 0xFFFFFF), width=st.integers(1, 40), kind=st.sampled_from(["JPEG", "PNG", "WEBP"]))
def test_what_is_served_hashes_to_its_address(colour, width, kind):
    attachment = AttachmentFactory(content=make.picture(kind, size=(width, 3), colour=f"#{colour:06x}"))

    response = respond(attachment)

    assert hashlib.sha256(response.content).hexdigest() == attachment.sha256
    assert response["ETag"] == f'"{attachment.sha256}"'


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "name", "as_download", "disposition"),
    [
        pytest.param(make.picture(), "a.jpg", False, 'inline; filename="a.jpg"', id="a picture is shown"),
        pytest.param(make.picture(), "a.jpg", True, 'attachment; filename="a.jpg"', id="a picture is downloaded"),
        pytest.param(make.pdf(), "ก.pdf", False, "inline; filename*=utf-8''%E0%B8%81.pdf", id="a PDF with a Thai name"),
        pytest.param(make.workbook(), "a.xlsx", False, 'attachment; filename="a.xlsx"', id="a workbook is no page"),
    ],
)
def test_a_file_is_served_with_care(content, name, as_download, disposition):
    response = respond(AttachmentFactory(content=content, name=name), as_download=as_download)

    assert response["Content-Disposition"] == disposition
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert response["Content-Type"] not in ("text/html", "image/svg+xml")


@pytest.mark.django_db
def test_a_browser_that_has_the_file_is_not_sent_it_again():
    attachment = AttachmentFactory()
    request = RequestFactory().get("/", headers={"If-None-Match": f'"{attachment.sha256}"'})

    assert respond(attachment, request=request).status_code == 304
    assert respond(attachment, request=RequestFactory().get("/")).status_code == 200


@pytest.mark.django_db
def test_a_missing_or_altered_file_is_found_and_never_served(files, caplog):
    whole, altered, missing = (
        AttachmentFactory(content=make.picture(colour=colour)) for colour in ("red", "tan", "blue")
    )
    (files / storage.address(altered.sha256)).write_bytes(b"<html>")
    (files / storage.address(missing.sha256)).unlink()

    assert [content for content, _ in checks.harmed()] == [missing.content, altered.content]
    assert [content for content, _ in checks.harmed(newest=1)] == [missing.content]
    tasks.check_task(timestamp=0)
    assert caplog.messages == [
        f"Stored file: {missing.sha256} is missing.",
        f"Stored file: {altered.sha256} was altered.",
    ]
    assert respond(whole).status_code == 200
    for attachment in (altered, missing):
        with pytest.raises(storage.ContentLost):
            respond(attachment)


@pytest.mark.django_db
def test_handing_in_the_same_file_again_mends_an_altered_one(files):
    attachment = AttachmentFactory()
    (files / storage.address(attachment.sha256)).write_bytes(b"<html>")

    AttachmentFactory()

    assert not list(checks.harmed())


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_leaves_bytes_for_the_sweep(files):
    kept = AttachmentFactory()
    with transaction.atomic():
        AttachmentFactory(content=make.picture(colour="red"))
        transaction.set_rollback(True)
    orphan = next(path for path in stored_in(files) if path.name != kept.sha256)
    unfinished = orphan.with_name(f"{orphan.name}.0a0a0a0a.part")
    unfinished.write_bytes(b"\xff")

    assert tasks.sweep() == []
    assert len(tasks.sweep(at=timezone.now() + 2 * tasks.GRACE)) == 2
    assert [path.name for path in stored_in(files)] == [kept.sha256]


@pytest.mark.django_db
def test_the_sweep_of_an_empty_storage_does_nothing():
    tasks.sweep_task(timestamp=0)

    assert not storage.place().exists("sha256")


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_the_sweep_leaves_what_somebody_is_storing_right_now(files):
    storage.keep(b"orphan")
    (orphan,) = stored_in(files)
    long_ago = (timezone.now() - timedelta(days=9)).timestamp()
    os.utime(orphan, (long_ago, long_ago))
    swept = []

    with transaction.atomic():
        hold(orphan.name)
        _run(lambda: swept.append(tasks.sweep()))

    assert swept == [[]]
    assert tasks.sweep() == [storage.address(orphan.name)]


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_people_who_store_the_same_file_at_once_share_its_bytes(files):
    content = make.picture(size=(800, 600))
    together = threading.Barrier(4)

    def hand_in():
        together.wait()
        AttachmentFactory(content=content)

    _run(*[hand_in] * 4)

    assert Attachment.objects.count() == 4
    assert Content.objects.count() == 1
    assert len(stored_in(files)) == 1


def _run(*deeds):
    """Each deed in a thread of its own."""
    failed = []

    def guarded(deed):
        try:
            deed()
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=guarded, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed


def test_a_storage_without_disk_will_do(settings):
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}

    sha256 = storage.keep(b"bytes")

    assert isinstance(storage.place(), InMemoryStorage)
    assert storage.keep(b"bytes") == sha256
    assert storage.read(sha256) == b"bytes"


def test_a_write_that_fails_leaves_nothing(files, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))

    with pytest.raises(OSError, match="disk full"):
        storage.keep(b"bytes")

    assert not stored_in(files)


@pytest.mark.django_db
def test_on_a_full_disk_a_file_is_refused_in_words_and_nothing_is_half_kept(files, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))

    with pytest.raises(FileRefused, match="ไฟล์ของท่านไม่มีปัญหา"):
        store(make.upload(make.picture(), "ภาพ.jpg"), by=None)

    assert not Attachment.objects.exists()
    assert not Content.objects.exists()
    assert not stored_in(files)
