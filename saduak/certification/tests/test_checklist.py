"""The self-assessment: answers, evidence, what stands against it, and handing in."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from saduak.attachments import storage
from saduak.audit.models import Record
from saduak.certification.models import Application
from saduak.certification.operations import applications
from saduak.certification.procedure.applications import Stage
from saduak.certification.tests.world import World, moment, picture
from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from saduak.journal.steps import StepRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World(today=timezone.localdate())


@pytest.fixture
def case(client, world):
    application = world.draft()
    client.force_login(world.head)
    return application


def page(case, code, name="assess_criterion"):
    return reverse(name, args=[case.reference, code])


def said(code, answer, *, why="", seen=0, **more):
    return {f"said-{code}": answer, f"why-{code}": why, f"seen-{code}": seen, **more}


def photo(name="ป้าย.jpg"):
    return SimpleUploadedFile(name, picture().read(), content_type="image/jpeg")


class TestAnswering:
    """One criterion at a time."""

    @pytest.mark.parametrize("code", ["P1", "2.1", "R1"])
    def test_every_kind_of_criterion_has_a_page(self, client, case, code):
        assert client.get(page(case, code)).status_code == 200

    def test_an_unknown_criterion_has_none(self, client, case):
        assert client.get(page(case, "X9")).status_code == 404

    def test_the_work_goes_on_where_something_is_missing(self, client, case, world):
        applications.answer(case, "P1", "not_met", by=world.head)

        answer = client.get(reverse("assess", args=[case.reference]))

        assert answer.url == page(case, "P2")

    def test_saving_goes_on_to_the_next(self, client, case):
        answer = client.post(page(case, "P1"), said("P1", "met", why="08.30–16.30", then="next"))

        assert answer.url == page(case, "P2")
        assert case.answers.get(code="P1").explanation == "08.30–16.30"

    def test_the_last_one_leads_to_handing_in(self, client, case):
        answer = client.post(page(case, "R1"), {**said("R1.1", "10"), **said("R1.2", "๑๗.๕"), "then": "next"})

        assert answer.url == reverse("submit_application", args=[case.reference])
        assert case.answers.get(code="R1.2").answer == "17.5"

    def test_the_autosave_answers_with_the_version(self, client, case):
        answer = client.post(page(case, "P1"), said("P1", "met"), headers={"Autosave": "1"})

        assert answer.json() == {"fields": {"seen-P1": 1}}

    def test_points_above_the_highest_are_refused_and_stay_typed(self, client, case):
        answer = client.post(page(case, "R1"), {**said("R1.1", "11", why="เก็บทุกวัน"), **said("R1.2", "")})

        assert answer.status_code == 422
        assert "เก็บทุกวัน" in answer.content.decode()
        assert not case.answers.exists()

    @pytest.mark.parametrize("typed", ["สิบ", "7.555", "-1"])
    def test_what_is_no_number_of_points_is_refused(self, client, case, typed):
        answer = client.post(page(case, "R1"), {**said("R1.1", typed), **said("R1.2", "")})

        assert answer.status_code == 422

    def test_an_empty_form_leaves_no_answer_behind(self, client, case):
        client.post(page(case, "R1"), {**said("R1.1", ""), **said("R1.2", "")})

        assert not case.answers.exists()

    def test_who_is_overtaken_sees_both_and_loses_nothing(self, client, case, world):
        applications.answer(case, "P1", "not_met", by=world.officer, explanation="ปิดเที่ยง")

        answer = client.post(page(case, "P1"), said("P1", "met", why="เปิดเที่ยง"))

        words = answer.content.decode()
        assert answer.status_code == 409
        assert "ปิดเที่ยง" in words
        assert "เปิดเที่ยง" in words
        assert case.answers.get().answer == "not_met"

    def test_who_is_overtaken_while_typing_gets_the_part(self, client, case, world):
        applications.answer(case, "P1", "not_met", by=world.officer)

        answer = client.post(page(case, "P1"), said("P1", "met"), headers={"Autosave": "1"})

        assert answer.status_code == 409
        assert "<html" not in answer.content.decode()
        assert 'name="insist" value="P1:1"' in answer.content.decode()

    def test_who_insists_is_heard(self, client, case, world):
        applications.answer(case, "P1", "not_met", by=world.officer)

        answer = client.post(page(case, "P1"), said("P1", "met", insist="P1:1"))

        assert answer.status_code == 302
        assert case.answers.get().answer == "met"

    def test_who_insists_on_a_version_that_is_past_is_overtaken_again(self, client, case, world):
        applications.answer(case, "P1", "not_met", by=world.officer)
        applications.answer(case, "P1", "", by=world.officer)

        answer = client.post(page(case, "P1"), said("P1", "met", insist="P1:1"))

        assert answer.status_code == 409

    def test_who_yields_keeps_what_stands(self, client, case, world):
        applications.answer(case, "P1", "not_met", by=world.officer)

        client.post(page(case, "P1"), said("P1", "met", **{"yield": "yes"}))

        assert case.answers.get().answer == "not_met"

    def test_the_part_below_is_the_same_as_after_a_reload(self, client, case):
        client.post(page(case, "P1"), said("P1", "met"))

        part = client.get(page(case, "P1"), headers={"HX-Request": "true", "HX-Target": "standing"}).content.decode()
        whole = client.get(page(case, "P1")).content.decode()

        bar = part[part.index('<div class="standing"') : part.index("<nav")].strip()
        assert bar in whole

    def test_only_the_centre_works_on_it(self, client, case, world):
        client.force_login(world.coordinator)
        assert client.get(page(case, "P1")).status_code == 403
        client.force_login(person_of(Office.CENTRE_HEAD))
        assert client.get(page(case, "P1")).status_code == 404

    def test_after_handing_in_it_is_only_read(self, client, world):
        application = world.submitted()
        client.force_login(world.head)

        answer = client.get(page(application, "P1"))
        late = client.post(page(application, "P1"), said("P1", "not_met", seen=1))

        assert answer.url.startswith(reverse("show_dossier", args=[application.reference]))
        assert late.status_code == 302
        assert application.answers.get(code="P1").answer == "met"

    def test_the_answer_of_an_earlier_round_stands_beside(self, client, world, case):
        then = World(
            today=world.today - timedelta(days=800),
            steering=world.steering,
            five=world.five,
            centre=world.centre,
            cycle_be=2560,
        )
        before = then.answer_everything(then.draft(by=world.head), by=world.head)
        applications.answer(before, "P1", "met", by=world.head, explanation="เปิดไม่พักเที่ยง")
        applications.submit(before, by=world.head, at=moment(then.today, 10))

        words = client.get(page(case, "P1")).content.decode()

        assert "เปิดไม่พักเที่ยง" in words
        assert "2560" in words


class TestEvidence:
    """Files for a criterion."""

    def test_it_is_added_with_what_it_shows_and_of_which_time(self, client, case):
        client.post(
            page(case, "P1", "add_evidence"),
            {"files": [photo()], "caption": "ป้ายเวลา", "period_from": "1/10/2568", "period_until": "30/9/2569"},
        )

        evidence = case.evidence.get()
        assert evidence.caption == "ป้ายเวลา"
        assert str(evidence.period_until) == "2026-09-30"
        assert "ป้ายเวลา" in client.get(page(case, "P1")).content.decode()

    def test_what_it_shows_is_said_anew_while_the_dossier_is_open(self, client, case, world):
        evidence = applications.add_evidence(case, picture(), ["P1"], by=world.head, caption="ป้ายเวลลา")
        address = reverse("describe_evidence", args=[case.reference, "P1", evidence.pk])
        assert address in client.get(page(case, "P1")).text
        assert "ป้ายเวลลา" in client.get(address).text

        backward = client.post(address, {"caption": "ป้าย", "period_from": "1/1/2569", "period_until": "1/1/2568"})
        done = client.post(address, {"caption": "ป้ายเวลา", "period_from": "1/1/2569", "period_until": ""})

        assert (backward.status_code, done.status_code) == (422, 302)
        assert 'value="ป้าย"' in backward.text
        evidence.refresh_from_db()
        assert (evidence.caption, str(evidence.period_from)) == ("ป้ายเวลา", "2026-01-01")

    def test_after_handing_in_what_it_shows_stays(self, client, world):
        application = world.submitted()
        evidence = application.evidence.first()
        code = evidence.uses.first().code
        client.force_login(world.head)

        answer = client.post(reverse("describe_evidence", args=[application.reference, code, evidence.pk]))

        assert answer.status_code == 403
        with pytest.raises(StepRefused):
            applications.describe_evidence(application, evidence, by=world.head, caption="อื่น")

    def test_what_serves_an_item_that_was_not_named_stays_while_mending(self, client, world):
        application = world.returned(codes=["P1"])
        evidence = application.evidence.first()
        assert {use.code for use in evidence.uses.all()} > {"P1"}
        client.force_login(world.head)

        answer = client.post(
            reverse("describe_evidence", args=[application.reference, "P1", evidence.pk]), {"caption": "ภาพใหม่"}
        )

        assert answer.status_code == 422
        assert "ภาพใหม่" in answer.text

    def test_a_file_that_is_none_is_refused_with_its_reason_at_the_field(self, client, case):
        wrong = SimpleUploadedFile("แผน.exe", b"MZ\x90")

        answer = client.post(page(case, "P1", "add_evidence"), {"files": [wrong, photo()], "caption": "แผนผัง"})

        assert answer.status_code == 422
        assert "แผน.exe" in answer.content.decode()
        assert "แผนผัง" in answer.content.decode()
        assert case.evidence.count() == 1

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("ภาพ.jpg", b"<html><script>alert(1)</script>"),
            ("ภาพ.png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
            ("ว่าง.pdf", b""),
            ("../../secret-key\r\nX-A: b.jpg", b"\xff\xd8\xff"),
            ("<img src=x onerror=alert(1)>.pdf", b"%PDF-1.7"),
            ("แผน.xlsx", b"PK\x03\x04" + bytes(100)),
            ("ใหญ่.jpg", b"\xff\xd8\xff" + bytes(21 * 1024 * 1024)),
        ],
        ids=["html", "svg", "empty", "path", "markup", "zip", "large"],
    )
    def test_a_hostile_file_is_refused_at_the_field(self, client, case, name, content):
        answer = client.post(
            page(case, "P1", "add_evidence"), {"files": [SimpleUploadedFile(name, content)], "caption": "แผนผัง"}
        )

        assert answer.status_code == 422
        assert "แผนผัง" in answer.text
        assert 'role="alert"' in answer.text
        assert "onerror=alert" not in answer.text.replace("&lt;img src=x onerror=alert", "")
        assert not case.evidence.exists()

    def test_on_a_full_disk_nothing_that_was_typed_is_lost(self, client, case, monkeypatch):
        monkeypatch.setattr(storage, "keep", lambda content: (_ for _ in ()).throw(OSError(28, "full")))

        answer = client.post(page(case, "P1", "add_evidence"), {"files": [photo()], "caption": "แผนผัง"})

        assert answer.status_code == 422
        assert "แผนผัง" in answer.text
        assert not case.evidence.exists()

    def test_what_is_no_file_of_the_dossier_is_not_found(self, client, case):
        for use in ("zz", "-1", "9" * 5000, ""):
            assert client.post(page(case, "P1", "add_evidence"), {"use": use}).status_code == 404

    def test_one_that_is_there_already_serves_another_criterion(self, client, case):
        client.post(page(case, "P1", "add_evidence"), {"files": [photo()]})

        client.post(page(case, "P2", "add_evidence"), {"use": case.evidence.get().pk})

        assert list(case.evidence_uses.values_list("code", flat=True)) == ["P1", "P2"]

    def test_it_is_taken_away_again(self, client, case):
        client.post(page(case, "P1", "add_evidence"), {"files": [photo()]})

        client.post(reverse("drop_evidence", args=[case.reference, "P1", case.evidence.get().pk]))

        assert not case.evidence_uses.exists()

    def test_for_htmx_the_part_comes_back_and_the_whole_is_told(self, client, case):
        answer = client.post(page(case, "P1", "add_evidence"), {"files": [photo()]}, headers={"HX-Request": "true"})

        assert answer.content.decode().strip().startswith('<section class="evidence"')
        assert answer["HX-Trigger"] == "saved"

    def test_who_opens_it_from_outside_is_written_down(self, client, world):
        application = world.submitted()
        address = reverse("download_evidence", args=[application.reference, application.evidence.first().pk])

        client.force_login(world.head)
        assert client.get(address).status_code == 200
        assert not Record.objects.filter(reference=application.reference).exists()
        client.force_login(world.secretariat)
        assert client.get(address).status_code == 200
        assert Record.objects.filter(reference=application.reference, person=world.secretariat).count() == 1

    def test_a_picture_comes_small_for_the_list(self, client, case):
        client.post(page(case, "P1", "add_evidence"), {"files": [photo()]})
        address = reverse("download_evidence", args=[case.reference, case.evidence.get().pk])

        small = client.get(address, {"small": ""})
        again = client.get(address, {"small": ""}, headers={"If-None-Match": small["ETag"]})

        assert small["Content-Type"] == "image/jpeg"
        assert again.status_code == 304
        assert f"{address}?small" in client.get(page(case, "P1")).content.decode()

    def test_a_member_opens_it_only_after_declaring(self, client, world):
        application = world.assigned()
        address = reverse("download_evidence", args=[application.reference, application.evidence.first().pk])
        client.force_login(world.member)

        assert client.get(address).status_code == 403


class TestReading:
    """The dossier as others read it."""

    @pytest.mark.parametrize("name", ["show_dossier", "show_files"])
    def test_it_is_read_by_the_secretariat_and_written_down(self, client, world, name):
        application = world.submitted()
        client.force_login(world.secretariat)

        assert client.get(reverse(name, args=[application.reference])).status_code == 200
        assert Record.objects.filter(reference=application.reference).count() == 1

    def test_a_draft_is_the_centres_own(self, client, world):
        application = world.draft()
        client.force_login(world.secretariat)

        assert client.get(reverse("show_dossier", args=[application.reference])).status_code == 403


class TestHandingIn:
    """From the first click to the receipt."""

    def test_beginning_twice_gives_one_application(self, client, world):
        client.force_login(world.head)
        typed = {"centre": world.centre.code, "round": world.round.reference}

        first = client.post(reverse("start_application"), typed)
        second = client.post(reverse("start_application"), typed)

        made = Application.objects.get()
        assert first.url == reverse("describe_application", args=[made.reference])
        assert second.url == reverse("show_application", args=[made.reference])

    def test_only_the_own_centre_can_be_chosen(self, client, world):
        client.force_login(person_of(Office.CENTRE_HEAD))

        answer = client.post(
            reverse("start_application"), {"centre": world.centre.code, "round": world.round.reference}
        )

        assert answer.status_code == 422
        assert not Application.objects.exists()

    def test_contact_and_overview_are_kept(self, client, case):
        typed = {"contact_name": "นางสาวใจดี", "contact_phone": "053511000", "contact_email": "", "overview": "บริการ"}

        answer = client.post(reverse("describe_application", args=[case.reference]), typed)

        case.refresh_from_db()
        assert answer.status_code == 302
        assert case.contact_phone == "0 5351 1000"

    def test_what_is_missing_is_listed_with_links(self, client, case):
        words = client.get(reverse("submit_application", args=[case.reference])).content.decode()

        assert page(case, "P1") in words
        assert 'name="seen"' not in words

    def test_handing_in_what_is_incomplete_is_refused(self, client, case):
        answer = client.post(reverse("submit_application", args=[case.reference]), {"seen": 0})

        assert answer.status_code == 422

    def test_a_complete_one_is_handed_in_and_receipted(self, client, world, case):
        world.answer_everything(case)
        case.refresh_from_db()

        answer = client.post(reverse("submit_application", args=[case.reference]), {"seen": case.version})

        case.refresh_from_db()
        assert case.stage == Stage.SUBMITTED
        assert answer.url == reverse("show_receipt", args=[case.reference])
        assert case.dossiers.get().sha256 in client.get(answer.url).content.decode()
        assert client.get(reverse("print_receipt", args=[case.reference])).content.startswith(b"%PDF")

    def test_before_handing_in_there_is_no_receipt(self, client, case):
        assert client.get(reverse("show_receipt", args=[case.reference])).status_code == 404

    def test_after_a_return_only_the_named_items_are_open(self, client, world):
        application = world.returned(codes=["P2"])
        client.force_login(world.head)

        named, other = client.get(page(application, "P2")), client.get(page(application, "P1"))

        assert "ภาพไม่ชัด" in named.content.decode()
        assert 'id="answer"' in named.content.decode()
        assert 'id="answer"' not in other.content.decode()
        assert client.post(page(application, "P1"), said("P1", "not_met", seen=1)).status_code == 422

    def test_the_mended_dossier_is_handed_in_again(self, client):
        world = World(today=timezone.localdate() - timedelta(days=45))
        application = world.returned(codes=["P2"])
        client.force_login(world.head)
        hand_in = reverse("submit_application", args=[application.reference])

        early = client.post(hand_in, {"seen": application.version})
        client.post(page(application, "P2"), said("P2", "met", why="ถ่ายใหม่แล้ว", seen=1))
        done = client.post(hand_in, {"seen": application.version})

        assert (early.status_code, done.status_code) == (422, 302)
        assert application.dossiers.count() == 2
