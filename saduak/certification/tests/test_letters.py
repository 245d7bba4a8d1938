"""Letters follow a resolution, and wait until somebody releases them."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection, transaction

from saduak.attachments.storage import read
from saduak.certification.models import AgendaItem, Resolution
from saduak.certification.operations import letters, meetings
from saduak.certification.rules import Phase
from saduak.certification.tests.agendas import proposed_units
from saduak.certification.tests.world import World
from saduak.notices.models import Notice
from saduak.notices.operations import release
from tests.support.pdf import text_of
from tests.support.together import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def resolve(world, *, decline=""):
    meeting = world.in_session(world.proposed())
    if decline:
        meetings.decide(meeting.items.get(), "decline", by=world.steering_secretary, reason=decline)
    return meetings.resolve(meeting, world.act, by=world.steering_secretary, at=world.during(Phase.RESOLUTION, 12))


def written():
    """The letters of the one resolution."""
    return Notice.objects.filter(batch=letters.batch_of(Resolution.objects.get()))


def test_a_job_drafts_the_letters_of_a_resolution(world, django_capture_on_commit_callbacks):
    from procrastinate.contrib.django.models import ProcrastinateJob

    resolution = resolve(world)

    job = ProcrastinateJob.objects.get(task_name="certification.draft_letters")
    assert job.args == {"resolution": resolution.pk}


def test_the_letter_tells_the_result_in_thai(world):
    resolution = resolve(world)

    assert letters.draft_letters(resolution) == 1

    notice = written().get()
    assert notice.to_user == world.head
    assert notice.state == "draft"
    assert "ได้รับการรับรอง" in notice.subject
    text = text_of(read(notice.attachments.get(name__startswith="หนังสือ").sha256))
    assert "ระดับเป็นเลิศ" in text
    assert "ขอแสดงความยินดี" in text
    assert "สิ่งที่ส่งมาด้วย" in text


def test_the_certificate_comes_with_the_letter(world):
    letters.draft_letters(resolve(world))

    certificate = written().get().attachments.get(name="GECC-2563-0001.pdf")

    assert "GECC-2563-0001" in text_of(read(certificate.sha256))


def test_the_letter_of_a_declined_unit_gives_the_reason(world):
    letters.draft_letters(resolve(world, decline="คะแนนผลลัพธ์ยังไม่ชัดเจน"))

    notice = written().get()
    assert "ยังไม่รับรอง" in notice.body
    assert "คะแนนผลลัพธ์ยังไม่ชัดเจน" in notice.body
    assert notice.attachments.count() == 1


def test_without_a_certificate_the_letter_names_the_level_and_no_term(world):
    item = resolve(world).meeting.items.get()

    letter = letters.result_letter(item, certificate=None, signed_by="เลขานุการ", at=world.during(Phase.RESOLUTION, 12))

    assert letter.paragraphs[1].endswith(item.application.library.level(item.level).th)


def test_a_job_that_runs_again_drafts_nothing_twice(world):
    resolution = resolve(world)
    letters.draft_letters(resolution)

    assert letters.draft_letters(resolution) == 0
    assert written().count() == 1


def test_the_letters_of_a_resolution_are_released_together(world):
    resolution = resolve(world)
    letters.draft_letters(resolution)

    released = release(letters.batch_of(Resolution.objects.get()), by=world.secretariat)

    assert [notice.state for notice in released] == ["released"]


def test_the_contact_person_hears_too_at_another_address(world):
    resolution = resolve(world)
    application = resolution.meeting.items.get().application
    application.contact_email = "desk@example.org"

    recipients = letters.recipients_of(application)

    assert recipients == [{"to_user": world.head}, {"to_email": "desk@example.org"}]


class TestWorkers:
    """A worker may be killed at any moment, and its job be done again while it is not quite dead."""

    pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]

    @pytest.fixture
    def resolution(self, world):
        units = proposed_units(world, 3)
        return meetings.resolve(
            world.in_session(*units), world.act, by=world.steering_secretary, at=world.during(Phase.RESOLUTION, 12)
        )

    def test_what_a_killed_worker_left_is_written_once(self, resolution):
        second = resolution.meeting.items.all()[1]
        with transaction.atomic():
            AgendaItem.objects.select_for_update().get(pk=second.pk)  # The worker waits for it, one letter written.
            worker = _worker(resolution)
            try:
                _until(lambda: written().count() == 1)
            finally:  # Also where it came too late: a worker that is left stands in the way of every other test.
                worker.send_signal(signal.SIGKILL)
                worker.wait(10)

        assert letters.draft_letters(resolution) == 2
        assert letters.draft_letters(resolution) == 0
        assert sorted(written().values_list("case_reference", flat=True)) == ["2563-0001", "2563-0002", "2563-0003"]

    def test_two_at_once_write_each_letter_once(self, resolution):
        drafted = together(*[lambda: letters.draft_letters(resolution)] * 2)

        assert sum(drafted) == 3
        assert sorted(written().values_list("case_reference", flat=True)) == ["2563-0001", "2563-0002", "2563-0003"]


def _worker(resolution):
    """The job in a process of its own, on the database of this test."""
    known = connection.get_connection_params()
    address = "postgresql:///{dbname}?host={host}&user={user}".format(**known)
    job = (
        "import tests.support.program;"
        "from saduak.certification.tasks import draft_letters;"
        f"draft_letters(resolution={resolution.pk})"
    )
    env = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return subprocess.Popen([sys.executable, "-c", job], env=env)  # noqa: S603  (The job is written above.)


def _until(holds, patience=60):
    give_up = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < give_up
        time.sleep(0.05)
