"""Who opens what of a visitor's ticket, of kiosks and of a desk's devices."""

from django.utils import timezone

from saduak.frontdesk.models import Desk
from saduak.frontdesk.models.devices import DeviceKind
from saduak.frontdesk.operations import devices, estimating, undecided
from saduak.frontdesk.tests.world import DeskWorld
from tests.support.addresses import everybody, only
from tests.support.world import Kind


def desk(world):
    """A desk of the world's centre that gives out tickets."""
    Desk.objects.filter(centre=world.centre).delete()
    made = DeskWorld(centre=world.centre)
    made.head = world.people[Kind.CENTRE_HEAD]
    return made


def at_desk(world):
    """The desk's code; its waits have just been estimated, as for most who look."""
    made = desk(world).stand()
    estimating.refresh(made.desk)
    return {"code": made.centre.code}


def ticket(world):
    """What the holder of a ticket has; the waits were estimated since it was given out."""
    made = desk(world)
    issued = made.issue()
    estimating.refresh(made.desk)
    return {"secret": issued.secret}


def a_device(world, kind=DeviceKind.KIOSK):
    """One device of the desk."""
    made = desk(world).stand()
    device = devices.add(made.desk, kind, "ตู้กดบัตรคิว", by=world.people[Kind.CENTRE_HEAD])
    return {"code": made.centre.code, "device": device.pk}


def a_printer(world):
    """A printer of the desk."""
    return a_device(world, DeviceKind.PRINTER)


def a_kind(world):
    """A kind of device to be added."""
    return at_desk(world) | {"kind": "kiosk"}


def a_matter(world):
    """Something that waits for the supervisor."""
    made = desk(world).stand()
    matter = undecided.note(made.centre, "other", {"words": "…"}, happened_at=timezone.now())
    return {"code": made.centre.code, "reference": matter.reference}


def supervisor(**how):
    """For the head of the centre; other officers have no business there."""
    return only({Kind.CENTRE_HEAD}, **how)


def staff(**how):
    """For the centre's own people; another centre's do not find it."""
    return only({Kind.CENTRE_HEAD, Kind.CENTRE_OFFICER}, answers={Kind.OTHER_CENTRE_OFFICER: 404}, **how)


def by_reference(world):
    """What staff have of a ticket."""
    made = desk(world)
    return {"code": made.centre.code, "reference": made.issue().reference}


TICKETS = {
    "print_desk_ticket": staff(at=by_reference, post={}, answer=404),
    "paper_ticket": staff(at=by_reference),
    "take_ticket": everybody(at=at_desk),
    "take_ticket_at_the_door": everybody(at=at_desk),
    "find_ticket": (everybody(at=at_desk), everybody(at=at_desk, post={"number": "A1", "code": "XXXXX"}, answer=422)),
    "show_ticket": (everybody(at=ticket), everybody(at=lambda world: {"secret": "nobody"}, answer=404)),
    "ticket_state": everybody(at=ticket),
    "why_before": everybody(at=ticket),
    "wait_again": (everybody(at=ticket, answer=302), everybody(at=ticket, post={}, answer=302)),
    "cancel_ticket": everybody(at=ticket, post={}, answer=302),
    "follow_by_email": everybody(at=ticket, post={"email": "visitor@example.com"}),
    "follow_by_push": everybody(at=ticket, post={}, answer=400),
    "push_worker": everybody(),
    "kiosk": everybody(),
    "kiosk_worker": everybody(),
    "kiosk_manifest": everybody(),
    "pair_device": everybody(post={}, answer=422),
    # Devices speak by their token; people have none.
    "kiosk_state": everybody(answer=401),
    "kiosk_tickets": everybody(post={}, answer=401),
    "kiosk_numbers": everybody(post={}, answer=401),
    "kiosk_print": everybody(answer=401),
    "kiosk_check_in": everybody(post={}, answer=401),
    "kiosk_back": everybody(post={}, answer=401),
    "list_devices_of_desk": supervisor(at=at_desk),
    "add_device": supervisor(at=a_kind),
    "change_device": supervisor(at=a_device),
    "pair_device_of_desk": supervisor(at=a_device, post={}),
    "revoke_device": supervisor(at=a_device, post={}, answer=302),
    "print_again": supervisor(at=a_printer, post={}, answer=422),
    "door_poster": staff(at=at_desk),
    "list_undecided": supervisor(at=at_desk),
    "settle_undecided": supervisor(at=a_matter, post={"settlement": "แจ้งแล้ว"}, answer=302),
}
