"""When two centres become one, their certificates, applications and register become one too."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from saduak.certification.models import Application, Certificate
from saduak.certification.operations import applications
from saduak.certification.queries.memory import standing_as_of
from saduak.certification.tests.certificates import certificate
from saduak.certification.tests.world import World
from saduak.directory.models import Office
from saduak.directory.operations import merging
from saduak.directory.tests.factories import CentreFactory, person_of
from saduak.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return person_of(Office.SECRETARIAT_OFFICER)


def merge(gone, kept, officer):
    return merging.merge(gone, into=kept, by=officer, reason="ศูนย์เดียวกัน")


def test_a_whole_certified_case_moves_and_comes_back(officer):
    world = World()
    kept = CentreFactory(agency=world.centre.agency)
    held = Certificate.objects.get(application=world.certified())

    made = merge(world.centre, kept, officer)

    held.refresh_from_db()
    assert held.centre == held.application.centre == kept
    assert [span.centre_id for span in held.spans.all()] == [kept.pk] * 2
    assert standing_as_of(kept, held.issued_on).certificate == held
    merging.undo(made, by=officer, reason="คนละแห่ง")
    held.refresh_from_db()
    assert held.centre == held.application.centre == world.centre
    assert {span.centre_id for span in held.spans.all()} == {world.centre.pk}


def test_two_living_certificates_stand_against_it(officer):
    one, other = certificate(), certificate()

    with pytest.raises(ValidationError, match=f"{one.reference} และ {other.reference}"):
        merge(one.centre, other.centre, officer)


def test_two_applications_of_one_round_stand_against_it(officer):
    world = World()
    twin = CentreFactory(agency=world.centre.agency)
    world.draft(), world.draft(twin, by=person_of(Office.CENTRE_HEAD, centre=twin))

    with pytest.raises(ValidationError, match="รอบเดียวกัน"):
        merge(twin, world.centre, officer)


def test_a_merge_is_not_undone_once_a_moved_application_has_gone_on(officer):
    world = World()
    kept = CentreFactory(agency=world.centre.agency)
    draft = world.draft()
    made = merge(world.centre, kept, officer)

    applications.withdraw(Application.objects.get(pk=draft.pk), by=User.objects.get(pk=world.head.pk), reason="ถอน")

    with pytest.raises(ValidationError, match="มีการดำเนินการต่อไปแล้ว"):
        merging.undo(made, by=officer, reason="คนละแห่ง")


def test_the_old_address_in_the_register_leads_to_the_centre_that_stayed(client, officer):
    gone, kept = certificate(stage="expired", cycle_be=2563).centre, certificate().centre
    made = merge(gone, kept, officer)

    response = client.get(reverse("show_registered_centre", args=[gone.code]))

    assert (response.status_code, response.url) == (302, reverse("show_registered_centre", args=[kept.code]))
    assert client.get(reverse("show_centre", args=[gone.code])).url == kept.get_absolute_url()
    assert gone.name_th in client.get(kept.get_absolute_url()).text
    merging.undo(made, by=officer, reason="คนละแห่ง")
    assert client.get(reverse("show_registered_centre", args=[gone.code])).status_code == 200


def test_a_centre_is_found_in_the_register_by_a_merged_name(client, officer):
    gone, kept = CentreFactory(name_th="ที่ทำการหลังเดิม"), certificate().centre

    merge(gone, kept, officer)

    assert kept.name_th in client.get(reverse("find_centres"), {"q": "หลังเดิม"}).text


def test_both_pasts_are_told_together(officer):
    old = certificate(stage="expired", cycle_be=2563, issued_on=date(2020, 9, 1))
    new = certificate(issued_on=date(2025, 9, 1))

    merge(old.centre, new.centre, officer)

    assert standing_as_of(new.centre, date(2021, 1, 1)).certificate == old
    assert standing_as_of(new.centre, date(2026, 1, 1)).certificate == new
