"""What looks odd about dossiers, and what people say of it."""

import json
import random
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import ExifTags, Image

from saduak.certification import tasks
from saduak.certification.models import Application, Evidence, Remark, Round, TextSketch
from saduak.certification.models.remarks import RemarkKind
from saduak.certification.operations import applications, remarks
from saduak.certification.queries.remarks import OVERVIEW, remarks_in, remarks_of, time_that_counts
from saduak.certification.tests.world import World, moment
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, person_of
from saduak.journal.models import Entry
from saduak.journal.steps import StepOvertaken, StepRefused
from tests.support.remembering import remembered

pytestmark = pytest.mark.django_db

TEXT = "ศูนย์จัดเจ้าหน้าที่ต้อนรับประจำจุดแรกรับ คอยแนะนำและช่วยเหลือผู้สูงอายุ คนพิการ และสตรีมีครรภ์ตลอดเวลาทำการทุกวัน"
OWN = "สำนักงานเปิดช่องทางรับเรื่องร้องเรียนทางโทรศัพท์ เว็บไซต์ และตู้รับความคิดเห็น แล้วสรุปผลเสนอผู้บริหารทุกเดือน"


def photograph(seed=1, *, quality=85, taken=None, written=None):
    """A picture with something to see, with the notes of a camera."""
    small = Image.new("L", (12, 9))
    small.putdata(random.Random(seed).choices(range(256), k=108))
    notes = Image.Exif()
    notes[ExifTags.Base.Make] = "camera"
    if taken:
        notes.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = f"{taken:%Y:%m:%d} 10:00:00"
    if written:
        notes[ExifTags.Base.DateTime] = f"{written:%Y:%m:%d} 10:00:00"
    data = BytesIO()
    picture = small.resize((640, 480), Image.Resampling.BICUBIC).convert("RGB")
    picture.save(data, "JPEG", quality=quality, exif=notes)
    return ContentFile(data.getvalue(), name="จุดบริการ.jpg")


@pytest.fixture
def world(monkeypatch):
    """Every dossier brings a photograph of its own."""
    monkeypatch.setattr("saduak.certification.tests.world.picture", lambda: photograph(1000 + Evidence.objects.count()))
    return Photographed()


class Photographed(World):
    """A world that is remembered apart from those whose dossiers all bring the same picture."""


@remembered
def handed_in(world, *files, centre=None, texts=(), overview="", **period):
    """A dossier of a centre of its own, with files under its first criterion."""
    centre = centre or CentreFactory()
    head = person_of(Office.CENTRE_HEAD, centre=centre)
    application = world.draft(centre, by=head)
    Application.objects.filter(pk=application.pk).update(overview=overview)
    application = world.answer_everything(application, by=head)
    leaf = next(iter(application.library.leaves.values()))
    for upload in files:
        applications.add_evidence(application, upload, [leaf.criterion.code], by=head, at=moment(world.today), **period)
    for text, code in zip(texts, application.library.leaves, strict=False):
        application.answers.filter(code=code).update(explanation=text)
    return applications.submit(Application.objects.get(pk=application.pk), by=head, at=moment(world.today, 10))


def opened(application):
    """A dossier that the centre works on again."""
    Application.objects.filter(pk=application.pk).update(stage="draft")
    return Application.objects.get(pk=application.pk)


def kinds(application):
    return sorted(one.kind for one in remarks_of(application))


def test_one_file_in_two_dossiers_is_remarked_on_both(world):
    one, other = handed_in(world, photograph()), handed_in(world, photograph())

    remarks.look_at(one)

    (here,), (there,) = remarks_of(one), remarks_of(other)
    assert (here.kind, here.other, there.other) == (RemarkKind.SAME_FILE, other, one)
    assert here.facts[0]["file"] == there.facts[0]["their_file"] == "จุดบริการ.jpg"
    assert here.facts[0]["codes"] == there.facts[0]["their_codes"]


def test_a_picture_saved_anew_is_remarked_as_alike(world):
    one, other = handed_in(world, photograph()), handed_in(world, photograph(quality=60))

    remarks.look_at(other)

    assert (kinds(one), kinds(other)) == (["like_picture"], ["like_picture"])
    assert remarks_of(one)[0].facts[0]["bits"] <= world.round.like_picture_bits


def test_another_picture_blank_pictures_and_the_centres_own_are_not_remarked(world):
    one = handed_in(world, photograph(1))
    handed_in(world, photograph(2))

    assert remarks.look_at(one) == []


def test_nearly_the_same_text_is_remarked_with_how_much_of_it(world):
    one = handed_in(world, texts=[TEXT, OWN], overview=OWN)
    other = handed_in(world, texts=[TEXT.replace("ศูนย์", "สำนักงาน"), "ใช่"], overview=TEXT)
    remarks.look_at(one)

    remarks.look_at(other)

    (remark,) = remarks_of(other)
    (piece,) = remark.facts
    assert (remark.kind, remark.other) == (RemarkKind.SAME_TEXT, one)
    assert 80 <= piece["percent"] < 100
    assert set(TextSketch.objects.filter(application=one).values_list("code", flat=True)) >= {OVERVIEW}


@pytest.mark.parametrize(
    ("days", "period", "why"),
    [
        pytest.param(-30, {}, "", id="within the time that counts"),
        pytest.param(-600, {}, "before", id="too old"),
        pytest.param(+30, {}, "after", id="after the dossier was handed in"),
        pytest.param(-30, {"from": -20, "until": 0}, "not_named", id="outside the named period"),
        pytest.param(-30, {"from": -40, "until": -20}, "", id="within the named period"),
    ],
)
def test_when_a_photograph_was_taken(world, days, period, why):
    def day(number):
        return world.today + timedelta(days=number)

    named = {f"period_{end}": day(number) for end, number in period.items()}
    application = handed_in(world, photograph(taken=day(days)), **named)

    remarks.look_at(application)

    assert [piece["why"] for one in remarks_of(application) for piece in one.facts] == ([why] if why else [])


def test_before_it_is_handed_in_a_dossier_may_be_photographed_until_the_window_closes(world):
    draft = world.draft()

    assert time_that_counts(draft)[1] == world.round.application_closes_on


def test_a_photograph_edited_after_it_was_taken_is_remarked(world):
    taken = world.today - timedelta(days=30)
    application = handed_in(world, photograph(taken=taken, written=world.today - timedelta(days=2)))

    remarks.look_at(application)

    assert kinds(application) == ["edited"]


def test_looking_again_changes_nothing_and_drops_what_is_gone(world):
    one, other = handed_in(world, photograph()), handed_in(world, photograph())
    remarks.look_at(one)
    (first,) = remarks_of(one)

    remarks.look_at(one)
    assert [(r.pk, r.version) for r in remarks_of(one)] == [(first.pk, 1)]
    opened(one).evidence_uses.all().delete()
    remarks.look_at(one)

    assert (kinds(one), kinds(other)) == ([], [])


def test_a_dismissed_remark_stays_so_until_there_is_more_to_it(world):
    one, other = handed_in(world, photograph(1), photograph(2)), handed_in(world, photograph(1))
    remarks.look_at(one)
    remark = remarks_of(one)[0]

    remarks.dismiss(remark, by=world.secretariat, reason="ป้ายกลางของกรม", seen=remark.version)
    remarks.look_at(one)

    assert not Remark.objects.open().exists()
    assert Entry.objects.filter(step="dismiss_remark", note="ป้ายกลางของกรม").count() == 2
    officer, code = person_of(Office.CENTRE_OFFICER, centre=other.centre), next(other.library.criteria()).code
    applications.add_evidence(opened(other), photograph(2), [code], by=officer, at=moment(world.today))
    remarks.look_at(one)
    assert sorted(len(r.facts) for r in Remark.objects.open()) == [2, 2]


def test_what_became_less_stays_dismissed_and_what_is_gone_is_kept_with_its_reason(world):
    one = handed_in(world, photograph(1), photograph(2))
    handed_in(world, photograph(1), photograph(2))
    remarks.look_at(one)
    remark = remarks_of(one)[0]
    remarks.dismiss(remark, by=world.secretariat, reason="ป้ายกลางของกรม", seen=remark.version)

    opened(one).evidence_uses.filter(evidence__pk=remark.facts[0]["evidence"]).delete()
    remarks.look_at(one)
    assert (len(remarks_of(one)[0].facts), remarks_of(one)[0].stands) == (1, False)
    opened(one).evidence_uses.all().delete()
    remarks.look_at(one)

    assert not remarks_of(one)[0].stands


def test_dismissing_asks_for_the_office_the_reason_and_the_version_seen(world):
    application = handed_in(world, photograph(taken=world.today - timedelta(days=600)))
    remarks.look_at(application)
    (remark,) = remarks_of(application)

    with pytest.raises(StepRefused):
        remarks.dismiss(remark, by=world.chair, reason="ไม่มีอะไร", seen=1)
    with pytest.raises(StepRefused):
        remarks.dismiss(remark, by=world.secretariat, reason=" ", seen=1)
    remarks.dismiss(remark, by=world.secretariat, reason="นาฬิกากล้องผิด", seen=1)
    with pytest.raises(StepOvertaken):
        remarks.dismiss(remark, by=world.secretariat, reason="อีกครั้ง", seen=1)

    assert Remark.objects.get().reason == "นาฬิกากล้องผิด"


def test_a_text_that_everybody_has_is_told_with_a_few_only(world, monkeypatch):
    monkeypatch.setattr(remarks, "MOST", 2)
    made = [handed_in(world, texts=[TEXT]) for _ in range(4)]

    for one in made:
        remarks.look_at(one)

    assert [len(remarks_of(one)) for one in made] == [2, 2, 2, 2]


def test_other_terms_let_every_dossier_be_looked_at_again(world):
    one = handed_in(world, photograph(taken=world.today - timedelta(days=600)))
    remarks.look_at(one)
    terms = {"evidence_months": 24, "same_text_percent": 90, "like_picture_bits": 3}

    with pytest.raises(StepRefused):
        remarks.set_terms(world.round, by=world.chair, **terms)
    remarks.set_terms(world.round, by=world.secretariat, **terms)
    remarks.set_terms(Round.objects.get(), by=world.secretariat, **terms)
    tasks.look_at_round(world.round.pk)

    assert not remarks_in(world.round).exists()
    entry = Entry.objects.get(step="set_remark_terms")
    assert entry.facts["changes"]["evidence_months"] == [12, 24]


def test_handing_in_lets_the_worker_look(world):
    application = handed_in(world, photograph(taken=world.today - timedelta(days=600)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'certification.look_at_dossier'")
        ((job,),) = cursor.fetchall()

    tasks.look_at_dossier(**json.loads(job))

    assert kinds(application) == ["taken_outside"]


def test_the_questions_do_not_depend_on_how_many_dossiers_there_are(world):
    def asked(application):
        with CaptureQueriesContext(connection) as queries:
            remarks.found_in(application)
        return len(queries)

    one = handed_in(world, photograph(1), texts=[TEXT])
    handed_in(world, photograph(1), texts=[TEXT])
    handed_in(world, photograph(1, quality=60))
    remarks.look_at(one)
    few = asked(one)
    for number in range(4):
        handed_in(world, photograph(1, quality=50 + number), texts=[TEXT])

    assert asked(one) == few <= 12


def test_moments_are_told_with_their_zone(world):
    application = handed_in(world, photograph(taken=world.today - timedelta(days=600)))
    remarks.look_at(application)

    assert datetime.fromisoformat(remarks_of(application)[0].facts[0]["taken_at"]).astimezone(UTC).hour == 3
