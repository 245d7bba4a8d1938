"""Who gets what at the addresses of surveillances and draws."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from saduak.attachments.operations import store
from saduak.certification.models import Surveillance
from saduak.certification.operations import draws, findings, surveillance
from saduak.certification.operations.draws import Announcement
from saduak.certification.operations.surveillance import Check
from saduak.certification.procedure.draws import Strata
from saduak.certification.tests import certificates
from saduak.certification.tests.addresses_of_certificates import SEES_IT, TAKES_PART, certificate
from saduak.certification.tests.world import picture
from tests.support.addresses import everybody, only
from tests.support.world import OWN_CENTRE, Kind

NO_PART = {Kind.STRANGER: 403, Kind.ADMINISTRATOR: 403}
SEES_A_CHECK = SEES_IT | {Kind.ASSESSOR}
"""For whom an announced surveillance of the world's centre exists, to which the assessor was sent."""


def planned(world):
    """A surveillance that only those know who watch over certificates."""
    today = timezone.localdate()
    one = surveillance.open_by_hand(
        certificates.certificate(world.centre),
        reason="ร้องเรียน",
        due_on=today + timedelta(days=30),
        by=world.people[Kind.SECRETARIAT],
    )
    return {"reference": one.reference}


def _sent(world):
    one = Surveillance.objects.get(reference=planned(world)["reference"])
    return surveillance.send(one, world.people[Kind.ASSESSOR], by=world.people[Kind.SECRETARIAT])


def _announced(world):
    one = surveillance.declare_free(_sent(world), by=world.people[Kind.ASSESSOR])
    return surveillance.notify(one, by=world.people[Kind.SECRETARIAT])


def _checked(world):
    done = Check("desk", timezone.localdate(), "ตรวจครบ")
    return surveillance.check(_announced(world), done, by=world.people[Kind.ASSESSOR])


def _found(world):
    one = _checked(world)
    code = next(one.library.criteria()).code
    return surveillance.find(one, code=code, severity="major", text="ชำรุด", by=world.people[Kind.ASSESSOR])


def _asked(world):
    finding = _found(world)
    one = surveillance.hand_over(finding.surveillance, by=world.people[Kind.ASSESSOR])
    return one.current.get()


def announced(world):
    """A surveillance that the centre knows of."""
    return {"reference": _announced(world).reference}


def checked(world):
    """A surveillance in which findings are written down."""
    return {"reference": _checked(world).reference}


def found(world):
    """A finding that is not handed over yet."""
    finding = _found(world)
    return {"reference": finding.surveillance.reference, "finding": finding.pk}


def asked(world):
    """A finding that the centre is to answer."""
    turn = _asked(world)
    return {"reference": turn.finding.surveillance.reference, "turn": turn.pk}


def with_file(world):
    """An answer with its evidence."""
    turn, head = _asked(world), world.people[Kind.CENTRE_HEAD]
    kept = store(picture(), by=head)
    findings.write_answer(turn, "ซ่อมแล้ว", files=[kept], by=head)
    return {"reference": turn.finding.surveillance.reference, "turn": turn.pk, "file": kept.pk}


def answered(world):
    """An answer that waits to be verified."""
    arguments = with_file(world)
    one = Surveillance.objects.get(reference=arguments["reference"])
    findings.send_answers(one, by=world.people[Kind.CENTRE_HEAD])
    return {"reference": arguments["reference"], "turn": arguments["turn"]}


SAID = Announcement(
    title="สุ่มติดตาม",
    purpose="ติดตาม",
    strata=Strata.NONE,
    size=1,
    seed_source="สลากกินแบ่งรัฐบาล",
    seed_day=certificates.TODAY,
    due_on=certificates.TODAY,
)


def draw(world):
    """A draw that is announced."""
    certificates.certificate(world.centre)
    today = timezone.localdate()
    said = replace(SAID, seed_day=today + timedelta(days=5), due_on=today + timedelta(days=90))
    return {"reference": draws.announce(said, by=world.people[Kind.SECRETARIAT]).reference}


def sees_a_check(**how):
    """For whom the surveillance exists; a 404 for others with a part."""
    return only(
        SEES_A_CHECK, **{"others": 404, "at": announced, **how, "answers": {**NO_PART, **how.get("answers", {})}}
    )


def secretariat(**how):
    """For the secretariat alone."""
    return only({Kind.SECRETARIAT}, **how)


NOT_SENT = dict.fromkeys({Kind.OTHER_ASSESSOR, Kind.CHAIR}, 404)
NOT_ITS_CENTRE = {Kind.OTHER_CENTRE_OFFICER: 404}

SURVEILLANCE = {
    "list_surveillances": only(TAKES_PART),
    "open_surveillance": secretariat(at=certificate),
    "show_surveillance": (
        sees_a_check(),
        only(
            SEES_IT - OWN_CENTRE - {Kind.AGENCY_COORDINATOR},
            others=404,
            answers=NO_PART,
            at=planned,
        ),
    ),
    "take_surveillance_step": sees_a_check(at=lambda world: {**announced(world), "step": "call_off"}),
    "send_assessor": secretariat(at=planned),
    "check_centre": only({Kind.ASSESSOR, Kind.SECRETARIAT, Kind.INSPECTOR}, answers=NOT_SENT, at=announced),
    "record_finding": only({Kind.ASSESSOR}, answers=NOT_SENT, at=checked),
    "strike_finding": only(
        {Kind.ASSESSOR},
        answers={**NOT_SENT, Kind.SECRETARIAT: 422, Kind.INSPECTOR: 422},
        post={},
        answer=302,
        at=found,
    ),
    "answer_finding": only(OWN_CENTRE, answers=NOT_ITS_CENTRE, at=asked),
    "drop_answer_file": only(OWN_CENTRE, answers=NOT_ITS_CENTRE, post={}, answer=302, at=with_file),
    "verify_finding": secretariat(at=answered),
    "open_answer_file": sees_a_check(at=with_file),
    "list_draws": everybody(),
    "show_draw": everybody(at=draw),
    "download_draw": everybody(at=draw),
    "download_frame": everybody(at=draw),
    "announce_draw": secretariat(),
    "draw_sample": secretariat(at=draw),
    "call_off_draw": secretariat(at=draw),
}
