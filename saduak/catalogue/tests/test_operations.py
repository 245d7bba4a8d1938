"""Services and queue groups are written, and their past stays."""

import pytest
from django.core.exceptions import ValidationError

from saduak.catalogue import operations
from saduak.catalogue.library import beginnings
from saduak.catalogue.models import QueueGroup, Service
from saduak.catalogue.tests.factories import QueueGroupFactory, ServiceFactory
from saduak.directory.tests.factories import CentreFactory
from saduak.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return CentreFactory()


def entries_of(thing):
    kept = Entry.objects.filter(case_kind=thing.case_kind, case_reference=thing.reference)
    return list(kept.values_list("step", "facts"))


def test_services_stand_in_the_order_in_which_they_were_entered(centre):
    group = operations.write_group(centre, by=None, name_th="ทั่วไป")

    for name in ("หนึ่ง", "สอง"):
        operations.write_service(centre, by=None, group=group, name_th=name)

    assert [service.name_th for service in Service.objects.of(centre)] == ["หนึ่ง", "สอง"]


def test_a_renamed_service_keeps_its_former_name_in_the_journal(centre):
    service = ServiceFactory(group__centre=centre, name_th="ทำใบขับขี่")

    operations.write_service(centre, by=None, service=service, name_th="ขอใบอนุญาตขับรถ")

    changes = {"name_th": ["ทำใบขับขี่", "ขอใบอนุญาตขับรถ"]}
    assert entries_of(service) == [("corrected", {"name": "ขอใบอนุญาตขับรถ", "changes": changes})]


def test_what_does_not_differ_is_not_written_down(centre):
    service = ServiceFactory(group__centre=centre)

    operations.write_service(centre, by=None, service=service, name_th=service.name_th)

    assert entries_of(service) == []


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"prefix": "ก"}, id="a Thai letter"),
        pytest.param({"expected_minutes": 0}, id="no time at all"),
        pytest.param({"name_th": ""}, id="no name"),
    ],
)
def test_what_a_service_cannot_be_is_refused(centre, facts):
    service = ServiceFactory(group__centre=centre)

    with pytest.raises(ValidationError):
        operations.write_service(centre, by=None, service=service, **facts)

    assert entries_of(service) == []


def test_a_service_waits_in_a_line_of_its_own_centre(centre):
    with pytest.raises(ValidationError, match="กลุ่มคิวนี้เป็นของศูนย์อื่น"):
        operations.write_service(centre, by=None, group=QueueGroupFactory(), name_th="งาน")


def test_an_unused_service_can_be_removed(centre):
    service = ServiceFactory(group__centre=centre)

    operations.remove(service, by=None)

    assert not Service.objects.exists()
    assert Entry.objects.get(case_kind="service").facts == {"name": service.name_th}


def test_a_group_with_services_stays(centre):
    service = ServiceFactory(group__centre=centre)

    with pytest.raises(ValidationError, match="นำออกจากรายการ"):
        operations.remove(service.group, by=None)

    assert QueueGroup.objects.exists()
    assert not Entry.objects.exists()


def test_a_centre_begins_with_what_its_kind_of_office_does(centre):
    employment = beginnings()["employment"]

    operations.begin_with(centre, employment, by=None)

    assert Service.objects.of(centre).count() == sum(len(group.services) for group in employment.groups)
    assert QueueGroup.objects.filter(centre=centre).count() == len(employment.groups)


def test_a_beginning_takes_only_what_was_chosen_and_leaves_what_is_there(centre):
    land = beginnings()["land"]
    operations.begin_with(centre, land, by=None, only=frozenset({"มรดก"}))

    operations.begin_with(centre, land, by=None, only=frozenset({"มรดก", "จำนองและไถ่ถอน"}))

    assert [service.name_th for service in Service.objects.of(centre)] == ["มรดก", "จำนองและไถ่ถอน"]
    assert QueueGroup.objects.filter(centre=centre).count() == 1
