"""Who opens what of a desk's set-up: its supervisors, and nobody else."""

from saduak.catalogue.tests.factories import ServiceFactory
from saduak.directory.tests.factories import CentreFactory
from saduak.frontdesk.models import Desk
from saduak.frontdesk.tests.factories import CounterFactory, DeskFactory, PriorityClassFactory
from tests.support.addresses import only
from tests.support.world import OWN_CENTRE, Kind

HEAD = {Kind.CENTRE_HEAD}
SEES = OWN_CENTRE | {Kind.OTHER_CENTRE_OFFICER, Kind.SECRETARIAT, Kind.AUDITOR}


def own_desk(world):
    return Desk.objects.filter(centre=world.centre).first() or DeskFactory(centre=world.centre)


def desk(world):
    return {"code": own_desk(world).centre.code}


def other_desk(world):
    return {"code": DeskFactory(centre=CentreFactory()).centre.code}


def bare_centre(world):
    return {"code": world.centre.code}


def service(world):
    return {**desk(world), "pk": ServiceFactory(group__centre=world.centre).pk}


def group(world):
    return {**desk(world), "pk": ServiceFactory(group__centre=world.centre).group.pk}


def counter(world):
    return {**desk(world), "pk": CounterFactory(desk=own_desk(world)).pk}


def visitor_class(world):
    return {**desk(world), "pk": PriorityClassFactory(desk=own_desk(world), priority=True).pk}


def settings_page(at=desk, **how):
    """For the head; who heads no centre gets 403 before anything is looked for."""
    return only(HEAD, at=at, **how)


SETTINGS = {
    "list_desks": only(SEES),
    "continue_wizard": only(HEAD, at=bare_centre, answer=302),
    "answer_wizard": only(HEAD, at=lambda world: {"code": world.centre.code, "question": "kind"}),
    "show_desk_settings": (settings_page(), only(set(), at=other_desk, answers={Kind.CENTRE_HEAD: 404})),
    "open_desk": only(HEAD, at=desk, post={"seen": "0"}, answer=422),
    "close_desk": settings_page(),
    "list_desk_services": settings_page(),
    "enter_desk_service": settings_page(),
    "correct_desk_service": settings_page(at=service),
    "enter_queue_group": settings_page(),
    "correct_queue_group": settings_page(at=group),
    "list_counters": settings_page(),
    "enter_counter": settings_page(),
    "correct_counter": settings_page(at=counter),
    "list_visitor_classes": settings_page(),
    "enter_visitor_class": settings_page(),
    "correct_visitor_class": settings_page(at=visitor_class),
    "set_desk_hours": settings_page(),
    "write_special_day": settings_page(),
    "set_desk_limits": settings_page(),
    "set_desk_texts": settings_page(),
    "name_supervisors": settings_page(),
    "move_thing": only(
        HEAD, at=lambda world: {**counter(world), "kind": "counter"}, post={"seen": "0", "to": "up"}, answer=302
    ),
    "remove_thing": only(HEAD, at=lambda world: {**counter(world), "kind": "counter"}, post={"seen": "0"}, answer=302),
}
