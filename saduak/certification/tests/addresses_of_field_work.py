"""Who gets what at the addresses of work without signal."""

from hashlib import sha256
from uuid import UUID

from saduak.certification.models import FieldEvent
from saduak.certification.operations.field import receive
from saduak.certification.operations.photographs import store_photograph
from saduak.certification.tests.addresses_of_scoring import ON_A_PANEL, ON_THE_PANEL, unit, visited
from saduak.certification.tests.devices import Device
from saduak.certification.tests.world import picture
from tests.support.addresses import everybody, only
from tests.support.world import Kind


def device(world):
    """A device of the member, with the dossier of the world's unit."""
    made = unit(world)
    return Device(made.member, made.visited(by=world.people[Kind.CENTRE_HEAD]).current_visit)


def own_device(world):
    """Its identifier."""
    return {"device": device(world).known.uuid}


def own_visit(world):
    """The visit whose dossier lies on it."""
    return {"visit": device(world).visit.pk}


def own_photograph(world):
    """A photograph that the member took."""
    made, content = device(world), picture().read()
    item = made.photo("P1", sha256(content).hexdigest())
    receive([item], by=made.owner)
    store_photograph(made.owner_sheet().photos.get(), content, by=made.owner)
    return {"photo": UUID(item["event"]["payload"]["photo"])}


def late_change(world):
    """A change that came after the member's sheet was handed in."""
    made = device(world)
    receive([*made.everything(), made.submit()], by=made.owner)
    receive([made.mark("P1", "not_met")], by=made.owner)
    return {"event": FieldEvent.objects.get(received_late=True).pk}


def members_own(**how):
    """For the member whose device it is; nobody else finds it."""
    return only({Kind.ASSESSOR}, answers=dict.fromkeys(ON_A_PANEL - {Kind.ASSESSOR}, 404), **how)


FIELD_WORK = {
    "field": everybody(),
    "open_field": only(ON_THE_PANEL, answers={Kind.OTHER_ASSESSOR: 404}, at=visited, answer=302),
    "field_worker": everybody(),
    "field_manifest": everybody(),
    "field_standing": only(ON_A_PANEL),
    "register_device": only(ON_A_PANEL, post={}, answer=400),
    "take_along": only(ON_A_PANEL, at=own_visit, post={}, answer=400),
    "send_field_work": only(ON_A_PANEL, post={}, answer=400),
    "send_photograph": members_own(at=own_photograph, post={}, answer=422),
    "show_photograph": only(
        {Kind.ASSESSOR}, answers=dict.fromkeys({*ON_A_PANEL, Kind.AUDITOR} - {Kind.ASSESSOR}, 404), at=own_photograph
    ),
    "list_devices": only(ON_A_PANEL),
    "turn_device_away": members_own(at=own_device, post={}, answer=302),
    "list_disputes": only(ON_A_PANEL),
    "settle_dispute": only(ON_A_PANEL, post={}, answer=404),
    "note_late_change": members_own(at=late_change, post={}, answer=302),
    "bring_in_field_work": only(ON_A_PANEL),
}
