"""A centre's own system, its agency's and the secretariat's take part through the interface."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from saduak.audit.models import Record
from saduak.certification.models import Application
from saduak.certification.operations import licences
from saduak.certification.tests.world import World, picture
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, person_of
from saduak.machines.tests.machine import Machine
from saduak.standards.rules import Verdict
from tests.support.together import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World(today=timezone.localdate())


@pytest.fixture
def centre(client, world):
    return Machine(client, world.head)


def everything(application):
    return [
        {"code": leaf.code, "answer": Verdict.MET.value if leaf.is_yes_or_no else str(leaf.max_score)}
        for leaf in application.library.leaves.values()
    ]


def test_a_centre_s_own_system_applies_from_the_beginning_to_the_submission(centre, world):
    begun = centre.ask("POST", "applications", {"round": world.round.reference, "centre": world.centre.code})
    assert begun.status_code == 201, begun.content
    one = f"applications/{begun.json()['reference']}"
    application = Application.objects.get()
    about = {"contact_name": "สมชาย", "contact_phone": "053511000", "overview": "เปิดทุกวัน"}
    assert centre.ask("PUT", f"{one}/about", about).json()["overview"] == "เปิดทุกวัน"
    dossier = centre.ask("PUT", f"{one}/answers", {"answers": everything(application)})
    assert dossier.json()["unanswered"] == []
    codes = dossier.json()["unproven"]
    evidence = centre.send(f"{one}/evidence", picture(), codes=codes, caption="ป้าย")
    assert evidence.status_code == 201, evidence.content
    assert sorted(evidence.json()["codes"]) == sorted(codes)

    submitted = centre.ask("POST", f"{one}/submit", {"seen": begun.json()["version"]})

    assert submitted.json()["stage"] == "submitted", submitted.content
    application.refresh_from_db()
    assert application.history.get(step="submit").by == world.head


def test_what_is_missing_is_told_and_nothing_is_changed(centre, world):
    draft = world.draft()

    answer = centre.ask("POST", f"applications/{draft.reference}/submit", {"seen": draft.version})

    told = answer.json()
    assert (answer.status_code, told["type"].split("#")[1]) == (422, "problem-refused")
    assert told["errors"]
    draft.refresh_from_db()
    assert draft.stage == "draft"


def test_whoever_saw_an_older_version_is_told_what_it_is_now(centre, world):
    submitted = world.submitted()

    answer = centre.ask("POST", f"applications/{submitted.reference}/withdraw", {"seen": 0, "reason": "ย้ายที่ทำการ"})

    told = answer.json()
    assert (answer.status_code, told["version"]) == (409, submitted.version)
    assert any("Submitted" in one["detail"] for one in told["errors"])


def test_an_answer_that_was_changed_meanwhile_is_not_written_over(centre, world):
    application = world.answer_everything(world.draft())
    first = next(iter(application.library.leaves.values()))
    said = {"code": first.code, "answer": "not_met" if first.is_yes_or_no else "0", "seen": 7}

    answer = centre.ask("PUT", f"applications/{application.reference}/answers", {"answers": [said]})

    assert (answer.status_code, answer.json()["version"]) == (409, 1)


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        pytest.param({"code": "none", "answer": "met"}, "/answers/0/code", id="no such item"),
        pytest.param({"code": "", "answer": "met"}, "/answers/0/code", id="no code"),
        pytest.param(None, "/answers/0/answer", id="no answer to it"),
    ],
)
def test_a_wrong_answer_is_pointed_to(centre, world, said, pointer):
    draft = world.draft()
    said = said or {"code": next(iter(draft.library.leaves)), "answer": "perhaps"}

    answer = centre.ask("PUT", f"applications/{draft.reference}/answers", {"answers": [said]})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


def test_text_that_no_database_keeps_is_refused(centre, world):
    draft = world.draft()

    for text in ("a\0b", "\ud800"):
        answer = centre.ask("POST", f"applications/{draft.reference}/withdraw", {"seen": 1, "reason": text})

        assert answer.status_code == 400, text


def test_a_body_of_another_kind_is_refused(centre, world):
    address = f"/api/v1/applications/{world.draft().reference}/submit"

    answer = centre.client.post(address, "seen=1", content_type="text/plain", headers=centre.header)

    assert answer.status_code == 415


def test_a_file_that_is_not_taken_says_why(centre, world):
    draft = world.draft()
    code = next(draft.library.criteria()).code
    upload = SimpleUploadedFile("a.exe", b"MZ\x90\x00" * 20)

    answer = centre.client.post(
        f"/api/v1/applications/{draft.reference}/evidence", {"codes": [code], "file": upload}, headers=centre.header
    )

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/file")


def test_evidence_is_read_and_taken_away_again(centre, world):
    application = world.answer_everything(world.draft())
    one = f"applications/{application.reference}"
    (file,) = centre.get(f"{one}/dossier").json()["evidence"]

    assert centre.get(f"{one}/evidence/{file['id']}")["Content-Type"] == "image/jpeg"
    for code in file["codes"]:
        assert centre.ask("DELETE", f"{one}/evidence/{file['id']}/{code}").status_code == 204
    assert centre.get(f"{one}/dossier").json()["evidence"] == []


def test_somebody_else_s_case_is_not_there(client, world):
    draft = world.draft()
    stranger = Machine(client, person_of(Office.CENTRE_HEAD, centre=CentreFactory()))

    assert stranger.get(f"applications/{draft.reference}").status_code == 404
    assert stranger.get("applications").json()["total"] == 0
    assert stranger.ask("POST", f"applications/{draft.reference}/submit", {"seen": 1}).status_code == 404


def test_an_agency_reads_its_centres_cases_and_changes_none_and_the_audit_knows(client, world):
    submitted = world.submitted()
    agency = Machine(client, world.coordinator)

    (line,) = agency.get("applications", stage="submitted").json()["items"]
    assert agency.get(f"applications/{line['reference']}/dossier").status_code == 200
    refused = agency.ask("POST", f"applications/{line['reference']}/withdraw", {"seen": 1, "reason": "ก"})

    assert refused.status_code in {409, 422}
    assert Record.objects.about(submitted.case_kind, submitted.reference).by(world.coordinator).count() == 1


def test_who_lost_the_office_sees_nothing_any_more(client, world):
    draft = world.draft()
    centre = Machine(client, world.head)
    world.head.memberships.update(until_day=timezone.localdate() - timezone.timedelta(days=1))

    assert centre.get(f"applications/{draft.reference}").status_code in {403, 404}


def test_the_secretariat_s_system_screens(client, world):
    world.submitted()
    application = Application.objects.get()
    office = Machine(client, world.secretariat)
    one = f"applications/{application.reference}"
    for criterion in application.library.criteria():
        found = office.ask(
            "POST",
            f"{one}/screening/findings",
            {"code": criterion.code, "finding": "accepted", "seen": application.version},
        )
        assert found.status_code == 200, found.content

    opened = next(step for step in office.get(one).json()["steps"] if step["name"] == "pass_screening")
    passed = office.ask("POST", f"{one}/screening/pass", {"seen": application.version})

    assert passed.status_code == (200 if opened["is_open"] else 422)
    assert office.get(f"{one}/history").json()[-1]["step"] == ("pass_screening" if opened["is_open"] else "submit")


def test_more_cases_ask_no_more_of_the_database(client, world):
    world.draft()
    agency = Machine(client, world.coordinator)
    agency.get("applications")
    with CaptureQueriesContext(connection) as one:
        agency.get("applications")
    other = CentreFactory(agency=world.centre.agency)
    world.draft(other, by=person_of(Office.CENTRE_HEAD, centre=other))

    with CaptureQueriesContext(connection) as two:
        assert agency.get("applications").json()["total"] == 2

    assert len(two) == len(one)


class TestAfterTheDecision:
    """Certificates, reconsiderations and surveillances as cases."""

    def test_a_certificate_s_case_shows_its_acts_and_steps(self, client):
        world = World()
        certificate = world.certified().certificate

        case = Machine(client, world.head).get(f"certificates/{certificate.reference}/case").json()

        assert (case["number"], case["acts"]) == (certificate.reference, [])

    def test_a_certificate_that_has_ended_cannot_be_given_back(self, client):
        world = World()
        certificate = world.certified().certificate
        asked = {"seen": certificate.version, "reason": "ปิดศูนย์"}

        answer = Machine(client, world.head).ask("POST", f"certificates/{certificate.reference}/give-back", asked)

        assert answer.status_code == 422

    def test_nothing_is_reconsidered_before_it_is_decided(self, client, world):
        draft = world.draft()
        centre = Machine(client, world.head)

        answer = centre.ask("POST", f"applications/{draft.reference}/reconsiderations")

        assert answer.status_code == 422
        assert centre.get("reconsiderations").json()["items"] == []
        assert centre.get("surveillances").json()["items"] == []


class TestOnceOnly:
    """A request with an idempotency key."""

    @pytest.fixture
    def asked(self, world):
        return {"round": world.round.reference, "centre": world.centre.code}

    def test_it_is_done_once_and_answered_the_same(self, centre, asked):
        first = centre.ask("POST", "applications", asked, **{"Idempotency-Key": "a1"})

        second = centre.ask("POST", "applications", asked, **{"Idempotency-Key": "a1"})

        assert (first.status_code, second.status_code) == (201, 201)
        assert second.content == first.content
        assert second["Idempotency-Replayed"] == "true"
        assert Application.objects.count() == 1

    def test_its_key_opens_nothing_else(self, centre, asked):
        centre.ask("POST", "applications", asked, **{"Idempotency-Key": "a1"})

        answer = centre.ask("POST", "applications", asked | {"centre": "other"}, **{"Idempotency-Key": "a1"})

        assert answer.json()["type"].endswith("#problem-key-reused")

    def test_what_was_refused_is_asked_anew(self, centre, asked, world):
        centre.ask("POST", "applications", asked | {"centre": "other"}, **{"Idempotency-Key": "a1"})

        answer = centre.ask("POST", "applications", asked, **{"Idempotency-Key": "a1"})

        assert answer.status_code == 201

    def test_a_file_is_the_same_whatever_stands_between_the_parts(self, centre, world):
        draft = world.draft()
        code = next(draft.library.criteria()).code
        header = {**centre.header, "Idempotency-Key": "file"}
        answers = [
            centre.client.post(
                f"/api/v1/applications/{draft.reference}/evidence",
                {"codes": [code], "file": SimpleUploadedFile("a.jpg", picture().read(), "image/jpeg")},
                headers=header,
            )
            for _ in range(2)
        ]

        assert [answer.status_code for answer in answers] == [201, 201]
        assert answers[0].json() == answers[1].json()

    def test_a_key_too_long_is_refused(self, centre, asked):
        assert centre.ask("POST", "applications", asked, **{"Idempotency-Key": "k" * 300}).status_code == 422


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_requests_with_one_key_at_the_same_moment_do_it_once(client):
    world = World(today=timezone.localdate())
    asked = {"round": world.round.reference, "centre": world.centre.code}
    machine = Machine(client, world.head)

    def ask():
        return machine.ask("POST", "applications", asked, **{"Idempotency-Key": "a1"})

    answers = together(ask, ask, ask)

    assert {answer.status_code for answer in answers} <= {201, 409}
    assert Application.objects.count() == 1
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1


class TestHolding:
    """Plaques, the emblem, and the renewal."""

    def test_no_emblem_of_a_certificate_that_has_ended(self, client):
        world = World()
        certificate = world.certified().certificate
        centre = Machine(client, world.head)

        assert centre.get(f"certificates/{certificate.reference}/emblem.svg").status_code == 410
        assert centre.get(f"certificates/{certificate.reference}/emblem.gif").status_code == 422
        assert centre.get("assets").json()["items"] == []
        assert centre.get("assets/none").status_code == 404

    def test_the_emblem_of_a_valid_certificate_once_the_terms_are_accepted(self, client, time_machine):
        world = World()
        certificate = world.certified().certificate
        time_machine.move_to(f"{certificate.issued_on} 15:00 +0700")
        centre = Machine(client, world.head)

        before = centre.get(f"certificates/{certificate.reference}/emblem.svg")
        licences.accept(certificate, by=world.head)
        after = centre.get(f"certificates/{certificate.reference}/emblem.svg")

        assert before.status_code == 422
        assert (after.status_code, after["Content-Type"]) == (200, "image/svg+xml")

    def test_a_certificate_that_has_ended_is_not_renewed(self, client, world):
        earlier = World(cycle_be=2560, **world.bodies, criteria=world.criteria, centre=world.centre)
        earlier.share_people_of(world)
        number = earlier.certified().certificate.reference
        centre = Machine(client, world.head)

        unknown = centre.ask("POST", f"certificates/{number}/renewal", {"round": "none"})
        begun = centre.ask("POST", f"certificates/{number}/renewal", {"round": world.round.reference})

        assert unknown.json()["errors"][0]["pointer"] == "/round"
        assert begun.status_code in {201, 422}

    def test_what_was_said_before_is_shown_and_confirmed_anew(self, client, world):
        earlier = World(
            today=world.today - timezone.timedelta(days=800),
            cycle_be=2560,
            **world.bodies,
            criteria=world.criteria,
            centre=world.centre,
        )
        earlier.share_people_of(world)
        earlier.submitted()
        draft = world.draft()
        centre = Machine(client, world.head)
        one = f"applications/{draft.reference}/carried"

        carried = centre.get(one).json()
        code = next(line["code"] for line in carried if line["can_be_confirmed"] and not line["evidence"])
        confirmed = centre.ask("POST", one, {"still_true": [{"code": code}]})

        assert confirmed.status_code == 200, confirmed.content
        assert next(line for line in centre.get(one).json() if line["code"] == code)["is_answered"]
        assert centre.ask("POST", one, {"still_true": [{"code": "none"}]}).status_code == 422
