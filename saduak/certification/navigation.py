"""The pages of certification in the rail, and its applications in the search box."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.certification.policies import Permission
from saduak.certification.queries.certificates import certificates_found
from saduak.certification.queries.lists import applications_found
from saduak.design.navigation import Door, Found, Item, Source

ITEMS: list[Item] = [
    Item(
        label=_("Centres of my agency"),
        url_name="agency_overview",
        place="certification",
        needs=Permission.OVERSEE_AGENCY,
        order=10,
    ),
    Item(
        label=_("Applications"),
        url_name="list_applications",
        place="certification",
        needs=Permission.SEE_APPLICATIONS,
        order=20,
    ),
    Item(
        label=_("My visits and score sheets"),
        url_name="list_my_visits",
        place="certification",
        needs=Permission.SCORE,
        order=25,
    ),
    Item(
        label=_("Field work"),
        url_name="field",
        place="certification",
        needs=Permission.SCORE,
        order=26,
    ),
    Item(label=_("Rounds"), url_name="list_rounds", place="certification", needs=Permission.SEE_APPLICATIONS, order=30),
    Item(
        label=_("Assignment"),
        url_name="assign_applications",
        place="certification",
        needs=Permission.ASSIGN,
        order=40,
    ),
    Item(
        label=_("Declarations of interest"),
        url_name="list_interests",
        place="certification",
        needs=Permission.ASSIGN,
        order=45,
    ),
    Item(
        label=_("Remarks on dossiers"),
        url_name="list_remarks",
        place="certification",
        needs=Permission.LIST_REMARKS,
        order=38,
    ),
    Item(
        label=_("Quality of assessment"),
        url_name="show_agreement",
        place="certification",
        needs=Permission.SEE_QUALITY,
        order=80,
    ),
    Item(
        label=_("Visits"),
        url_name="show_itinerary",
        place="certification",
        needs=Permission.PLAN_VISITS,
        order=50,
    ),
    Item(
        label=_("Certificates"),
        url_name="list_certificates",
        place="certificates",
        needs=Permission.SEE_CERTIFICATES,
        order=60,
    ),
    Item(
        label=_("Plaques and emblems"),
        url_name="list_assets",
        place="certificates",
        needs=Permission.SEE_ASSETS,
        order=62,
    ),
    Item(
        label=_("Misuse of emblems"),
        url_name="list_misuse",
        place="certificates",
        needs=Permission.KEEP_ASSETS,
        order=63,
    ),
    Item(
        label=_("Surveillance"),
        url_name="list_surveillances",
        place="certificates",
        needs=Permission.SEE_SURVEILLANCE,
        order=65,
    ),
    Item(
        label=_("Meetings"),
        url_name="list_meetings",
        place="certification",
        needs=Permission.SEE_MEETINGS,
        order=70,
    ),
    Item(
        label=_("Reconsiderations"),
        url_name="list_reconsiderations",
        place="certification",
        needs=Permission.SEE_APPLICATIONS,
        order=75,
    ),
    Item(
        label=_("Results from records"),
        url_name="list_past_results",
        place="certificates",
        needs=Permission.SEE_PAST,
        order=90,
    ),
]


def _applications(user: Any, words: str) -> Sequence[Found]:
    found = applications_found(user, q=words)[:10]
    return [Found(one.reference, one.get_absolute_url(), one.centre.name) for one in found]


def _certificates(user: Any, words: str) -> Sequence[Found]:
    found = certificates_found(user, q=words)[:10]
    return [Found(one.reference, reverse("show_certificate", args=[one.reference]), one.centre.name) for one in found]


SOURCES = [
    Source(label=_("Applications"), search=_applications),
    Source(label=_("Certificates"), search=_certificates),
]

DOORS = [
    Door(label=_("Certified centres"), url_name="find_centres", order=10),
    Door(label=_("Check a certificate"), url_name="check_certificate", order=20),
    Door(label=_("Figures"), url_name="register_figures", order=30),
]
