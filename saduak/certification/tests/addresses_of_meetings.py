"""Who gets what at the addresses of meetings, resolutions and certificates."""

from saduak.certification.models import AgendaItem, Certificate
from saduak.certification.operations import meetings
from saduak.certification.operations.certificate_files import file_of
from saduak.certification.tests.agendas import proposed_units
from saduak.certification.tests.world import World as Certification
from tests.support.addresses import everybody, only
from tests.support.world import Kind

SEES_MEETINGS = frozenset({Kind.STEERING_MEMBER, Kind.STEERING_SECRETARY, Kind.SECRETARIAT, Kind.AUDITOR})
"""For whom the meetings of the steering committee exist."""


def around(world):
    """A round in which the world's own committee resolves."""
    return Certification(steering=world.steering_committee, five=world.panel, centre=world.centre)


def certificate(world):
    """The number of a certificate of the world's centre, which somebody has printed already."""
    made = around(world)
    made.resolved(*proposed_units(made, centres=[world.centre]))
    file_of(Certificate.objects.get())
    return {"number": "GECC-2563-0001"}


def meeting(world):
    """The reference of a meeting that is called."""
    made = around(world)
    return {"reference": made.meeting().reference}


def on_agenda(world):
    """One unit on the agenda of a meeting that is called."""
    made = around(world)
    called = made.meeting(*proposed_units(made))
    return {"reference": called.reference, "item": called.items.get().pk}


def recusal(world):
    """A member who steps aside from a unit."""
    arguments = on_agenda(world)
    item = AgendaItem.objects.get(pk=arguments["item"])
    seat = item.meeting.attendance.first()
    made = meetings.step_aside(item, seat, by=world.people[Kind.STEERING_SECRETARY], reason="ญาติ")
    return {**arguments, "recusal": made.pk}


def resolution(world):
    """The reference of a meeting that has resolved, without minutes as a file."""
    made = around(world)
    return {"reference": made.resolved(*proposed_units(made, centres=[world.centre])).meeting.reference}


def runs_meetings(**how):
    """For the secretary of the steering committee alone."""
    return only({Kind.STEERING_SECRETARY}, **{"at": meeting, **how})


def sees_meetings(**how):
    """For whoever may see meetings."""
    return only(SEES_MEETINGS, **{"at": meeting, **how})


MEETINGS = {
    "certificate_pdf": everybody(at=certificate),
    "list_meetings": sees_meetings(at=lambda world: {}),
    "call_meeting": runs_meetings(at=lambda world: {}),
    "show_meeting": sees_meetings(),
    "show_attendance": sees_meetings(),
    "show_meeting_history": sees_meetings(),
    "convene_meeting": runs_meetings(),
    "cancel_meeting": runs_meetings(),
    "print_agenda": sees_meetings(),
    "choose_units": runs_meetings(),
    "arrange_agenda": runs_meetings(post={"order": "total"}, answer=302),
    "follow_proposals": runs_meetings(post={}, answer=302),
    "decide_unit": runs_meetings(at=on_agenda),
    "take_off_agenda": runs_meetings(at=on_agenda, post={}, answer=302),
    "step_aside": runs_meetings(at=on_agenda, post={}, answer=422),
    "come_back": runs_meetings(at=recusal, post={}, answer=302),
    "resolve_meeting": runs_meetings(),
    "show_resolution": sees_meetings(at=resolution),
    "print_resolution": sees_meetings(at=resolution),
    "download_resolution": sees_meetings(at=resolution),
    "print_minutes": sees_meetings(at=resolution),
    "open_minutes": sees_meetings(at=resolution, answer=404),
    "show_letters": sees_meetings(at=resolution, answer=302),
    "draft_letters": only({Kind.STEERING_SECRETARY, Kind.SECRETARIAT}, at=resolution, post={}, answer=302),
}
