"""Who gets what at the addresses of certification."""

from saduak.certification.models import PastSheet
from saduak.certification.operations import credentials
from saduak.certification.operations.applications import add_evidence
from saduak.certification.tests import certificates, past_results
from saduak.certification.tests.addresses_before_scoring import BEFORE_SCORING
from saduak.certification.tests.addresses_of_assets import ASSETS
from saduak.certification.tests.addresses_of_certificates import CERTIFICATES
from saduak.certification.tests.addresses_of_field_work import FIELD_WORK
from saduak.certification.tests.addresses_of_meetings import MEETINGS
from saduak.certification.tests.addresses_of_quality import QUALITY
from saduak.certification.tests.addresses_of_reconsiderations import RECONSIDERATIONS, RENEWALS
from saduak.certification.tests.addresses_of_scoring import SCORING
from saduak.certification.tests.addresses_of_surveillance import SURVEILLANCE
from saduak.certification.tests.world import World as Certification
from saduak.certification.tests.world import picture
from tests.support.addresses import everybody, only
from tests.support.world import OWN_CENTRE, SIGNED_IN, Kind

TAKES_PART = SIGNED_IN - {Kind.STRANGER, Kind.ADMINISTRATOR}
"""Everybody with a part in certification."""

SEES_A_DRAFT = OWN_CENTRE | {Kind.AGENCY_COORDINATOR, Kind.SECRETARIAT, Kind.AUDITOR}
"""For whom the application exists from the first day on."""

NO_PART = {Kind.STRANGER: 403, Kind.ADMINISTRATOR: 403}


def around(world):
    """A round in which the world's own centre and sub-committee take part."""
    return Certification(steering=world.steering_committee, five=world.panel, centre=world.centre)


def draft(world):
    """The reference of a draft of the world's centre."""
    return {"reference": around(world).draft(by=world.people[Kind.CENTRE_HEAD]).reference}


def own_case(*, but=None, **how):
    """For whom the draft exists, with exceptions; a 404 for other people with a part."""
    others = dict.fromkeys(TAKES_PART - SEES_A_DRAFT, 404) | NO_PART | (but or {})
    return only(SEES_A_DRAFT, answers=others, **{"at": draft, **how})


def item(world, code="P1"):
    """One criterion of the draft."""
    return {**draft(world), "code": code}


def evidence(world):
    """A file of the draft."""
    made = around(world)
    application = made.draft(by=world.people[Kind.CENTRE_HEAD])
    added = add_evidence(application, picture(), ["P1"], by=world.people[Kind.CENTRE_HEAD])
    return {"reference": application.reference, "evidence": added.pk}


def in_the_register(world):
    """A certificate of the world's centre."""
    return certificates.certificate(world.centre)


def signed_certificate(world):
    """The number of a certificate of the world's centre that is signed."""
    certificate = in_the_register(world)
    credentials.sign([certificate])
    return {"number": certificate.reference}


def past_line(world):
    """A line of an old paper."""
    return {"pk": past_results.line(province=world.centre.province).pk}


def past_sheet(world):
    """A spreadsheet that has been written."""
    made = PastSheet.objects.create(file_name="x.csv", content=b"", state="written", by=world.people[Kind.SECRETARIAT])
    return {"pk": made.pk}


def works_on_it(**how):
    """For the centre only: others of the case may not, others do not find it."""
    looks_on = dict.fromkeys(SIGNED_IN - OWN_CENTRE, 403) | {Kind.OTHER_CENTRE_OFFICER: 404}
    return only(OWN_CENTRE, answers=looks_on, **{"at": draft, **how})


def prepared(world):
    """A round that only the secretariat and the auditors see."""
    return {"reference": around(world).prepared_round.reference}


ADDRESSES = {
    **BEFORE_SCORING,
    **SCORING,
    **FIELD_WORK,
    **RECONSIDERATIONS,
    **RENEWALS,
    **MEETINGS,
    **CERTIFICATES,
    **ASSETS,
    **SURVEILLANCE,
    **QUALITY,
    "list_rounds": only(TAKES_PART),
    "prepare_round": only({Kind.SECRETARIAT}),
    "show_round": only(
        {Kind.SECRETARIAT, Kind.AUDITOR},
        others=404,
        answers=NO_PART,
        at=prepared,
    ),
    "bring_in": only({Kind.SECRETARIAT}, post={}, answer=422, at=prepared),
    "change_round_terms": only({Kind.SECRETARIAT}, at=prepared),
    "change_round_calendar": only({Kind.SECRETARIAT}, at=prepared),
    "take_round_step": only({Kind.SECRETARIAT}, at=lambda world: {**prepared(world), "step": "open"}),
    "agency_overview": only({Kind.AGENCY_COORDINATOR, Kind.OTHER_AGENCY_COORDINATOR}),
    "start_application": only(OWN_CENTRE | {Kind.OTHER_CENTRE_OFFICER}),
    "describe_application": works_on_it(),
    "assess": works_on_it(answer=302),
    "assess_criterion": works_on_it(at=item),
    "add_evidence": works_on_it(at=item, post={}, answer=422),
    "describe_evidence": works_on_it(at=lambda world: {**evidence(world), "code": "P1"}),
    "drop_evidence": works_on_it(at=lambda world: {**evidence(world), "code": "P1"}, post={}, answer=302),
    "submit_application": works_on_it(),
    "show_receipt": own_case(answer=404, but={Kind.SECRETARIAT: 403}),
    "print_receipt": own_case(answer=404, but={Kind.SECRETARIAT: 403}),
    "show_dossier": own_case(but={Kind.SECRETARIAT: 403}),
    "show_files": own_case(but={Kind.SECRETARIAT: 403}),
    "download_evidence": own_case(at=evidence, but={Kind.SECRETARIAT: 403}),
    "list_applications": only(TAKES_PART),
    "show_application": own_case(),
    "show_history": own_case(),
    "find_centres": everybody(),
    "show_registered_centre": everybody(at=lambda world: {"code": in_the_register(world).centre.code}),
    "check_certificate": everybody(),
    "verifier": everybody(),
    "download_verifier": everybody(),
    "check_credential": (everybody(), everybody(post={"text": "{}"}), everybody(post={}, answer=422)),
    "certificate_credential": everybody(at=signed_certificate),
    "register_figures": everybody(),
    "open_data": everybody(),
    "open_data_catalogue": everybody(),
    "open_data_file": everybody(at=lambda world: {"name": "centres", "form": "csv"}),
    "public_records": everybody(),
    "list_past_results": only({Kind.SECRETARIAT, Kind.AUDITOR, Kind.STEERING_SECRETARY}),
    "show_past_result": only({Kind.SECRETARIAT, Kind.AUDITOR, Kind.STEERING_SECRETARY}, at=past_line),
    "bring_in_past_results": only({Kind.SECRETARIAT}),
    "past_template": only({Kind.SECRETARIAT}, at=lambda world: {"form": "csv"}),
    "show_past_sheet": only({Kind.SECRETARIAT}, at=past_sheet),
    "write_past_sheet": only({Kind.SECRETARIAT}, at=past_sheet, post={}, answer=302),
    "give_up_past_sheet": only({Kind.SECRETARIAT}, at=past_sheet, post={}, answer=302),
    "match_past_result": only({Kind.SECRETARIAT}, at=past_line, post={}, answer=422),
    "settle_past_result": only({Kind.SECRETARIAT}, at=past_line, post={}, answer=422),
    "take_back_past_result": only({Kind.SECRETARIAT}, at=past_line, post={}, answer=422),
    "check_certificate_number": everybody(at=lambda world: {"number": in_the_register(world).reference}),
    "take_step": own_case(at=lambda world: {**draft(world), "step": "withdraw"}),
}
