"""Who is what to a case, who may read what, and who may open which page."""

from enum import StrEnum
from typing import Any

from saduak.access.grants import Grants
from saduak.certification.models import (
    Application,
    Asset,
    Certificate,
    Meeting,
    Reconsideration,
    ScoreSheet,
    Surveillance,
    Visit,
)
from saduak.certification.procedure.applications import RESOLVED, Stage
from saduak.certification.procedure.roles import CENTRE, PANEL, Role
from saduak.certification.procedure.sheets import SheetStage
from saduak.directory.models import BodyKind, Centre, Office
from saduak.directory.policies import (
    chairs_a_sub_committee,
    coordinates_an_agency,
    heads_a_centre,
    is_auditor,
    is_inspector,
    is_secretariat,
    is_steering_secretary,
    offices_in,
    sits_on_a_sub_committee,
    sits_on_the_steering_committee,
    works_in_a_centre,
)
from saduak.directory.queries import memberships_of
from saduak.live.audiences import Audiences, readers_of


class Permission(StrEnum):
    """What the tables grant in certification."""

    APPLY = "certification.apply"
    SEE_APPLICATIONS = "certification.see_applications"
    OVERSEE_AGENCY = "certification.oversee_agency"
    RUN_ROUNDS = "certification.run_rounds"
    SCREEN = "certification.screen"
    ASSIGN = "certification.assign"
    DECLARE = "certification.declare"
    PLAN_VISITS = "certification.plan_visits"
    SCORE = "certification.score"
    AGREE = "certification.agree"
    SEE_MEETINGS = "certification.see_meetings"
    RUN_MEETINGS = "certification.run_meetings"
    RELEASE_LETTERS = "certification.release_letters"
    SEE_CERTIFICATES = "certification.see_certificates"
    ORDER = "certification.order"
    PROPOSE_ACTS = "certification.propose_acts"
    GIVE_BACK = "certification.give_back"
    SEE_PAST = "certification.see_past_results"
    KEEP_PAST = "certification.keep_past_results"
    SEE_QUALITY = "certification.see_quality_of_assessment"
    LIST_REMARKS = "certification.list_remarks"
    SEE_REMARKS = "certification.see_remarks"
    SEE_SURVEILLANCE = "certification.see_surveillance"
    RUN_SURVEILLANCE = "certification.run_surveillance"
    CHECK_CENTRES = "certification.check_centres"
    ANSWER_FINDINGS = "certification.answer_findings"
    SEE_ASSETS = "certification.see_assets"
    KEEP_ASSETS = "certification.keep_assets"
    ACCEPT_TERMS = "certification.accept_terms"


BEFORE_SCORING = frozenset({Stage.ASSIGNED, Stage.VISIT_PLANNED, Stage.VISITED})
"""Stages in which a member of the sub-committee is asked to declare."""

_EVERYWHERE = {
    Office.SECRETARIAT_OFFICER: Role.SECRETARIAT,
    Office.STEERING_SECRETARY: Role.STEERING_SECRETARY,
    Office.INSPECTOR: Role.INSPECTOR,
    Office.AUDITOR: Role.AUDITOR,
}
IN_A_CENTRE = {Office.CENTRE_HEAD: Role.CENTRE_HEAD, Office.CENTRE_OFFICER: Role.CENTRE_OFFICER}
_IN_A_PANEL = {
    Office.CHAIR: Role.CHAIR,
    Office.MEMBER_AND_SECRETARY: Role.SUB_COMMITTEE_SECRETARY,
    Office.ASSISTANT_SECRETARY: Role.SUB_COMMITTEE_SECRETARY,
}


def roles_of(user: Any, application: Application) -> frozenset[Role]:
    """What the person is to an application today; a member with a declared conflict is nothing to the unit."""
    roles = general_roles(user)
    for membership in memberships_of(user):
        if membership.centre_id == application.centre_id and membership.office in IN_A_CENTRE:
            roles.add(IN_A_CENTRE[Office(membership.office)])
        if membership.office == Office.AGENCY_COORDINATOR and membership.agency_id == application.centre.agency_id:
            roles.add(Role.AGENCY_COORDINATOR)
    return frozenset(roles | _panel_roles(user, application))


def role_in_centre(user: Any, centre: Centre) -> Role | None:
    """The person's role in a centre, the head's before the officer's; None for strangers."""
    held = {IN_A_CENTRE[o] for o in offices_in(user, centre) if o in IN_A_CENTRE}
    return next((role for role in (Role.CENTRE_HEAD, Role.CENTRE_OFFICER) if role in held), None)


def roles_at(user: Any, meeting: Meeting) -> frozenset[Role]:
    """What the person is to a meeting."""
    roles = general_roles(user)
    for membership in memberships_of(user):
        if membership.body_id == meeting.body_id and membership.office != Office.STEERING_SECRETARY:
            roles.add(Role.STEERING_MEMBER)
    return frozenset(roles)


def roles_over_rounds(user: Any) -> frozenset[Role]:
    """What the person is to rounds."""
    return frozenset(general_roles(user))


def roles_on(user: Any, sheet: ScoreSheet) -> frozenset[Role]:
    """What the person is to a score sheet: its assessor, or nobody."""
    mine = sheet.assessor_id == user.pk and Role.ASSESSOR in roles_of(user, sheet.application)
    return frozenset({Role.ASSESSOR}) if mine else frozenset()


def general_roles(user: Any) -> set[Role]:
    """What the person is to everything of certification."""
    held = memberships_of(user)
    roles = {_EVERYWHERE[Office(m.office)] for m in held if m.office in _EVERYWHERE}
    if any(m.body and m.body.kind == BodyKind.STEERING_COMMITTEE for m in held):
        roles.add(Role.STEERING_MEMBER)
    return roles


def _panel_roles(user: Any, application: Application) -> set[Role]:
    seated = [m for m in memberships_of(user) if m.body and m.body.kind == BodyKind.SUB_COMMITTEE]
    assignment = getattr(application, "assignment", None) if seated else None
    if assignment is None:
        return set()
    sits = [m for m in seated if m.body_id == assignment.panel.body_id]
    if not sits or application.declared_by(user) is False:
        return set()
    roles = {Role.PANEL_MEMBER, *(_IN_A_PANEL[Office(m.office)] for m in sits if m.office in _IN_A_PANEL)}
    visit = application.current_visit
    if visit is not None and visit.is_assessed_by(user):
        roles.add(Role.ASSESSOR)
    return roles


# What may be read ---------------------------------------------------------------------------------------------------


def may_read_dossier(user: Any, application: Application) -> bool:
    """Whether the person may read answers and evidence; a panel member only after declaring no conflict."""
    roles = roles_of(user, application)
    if roles & {*CENTRE, Role.AGENCY_COORDINATOR, Role.AUDITOR}:
        return True
    if Role.SECRETARIAT in roles:
        return application.stage != Stage.DRAFT
    if roles & {Role.STEERING_SECRETARY, Role.STEERING_MEMBER} and application.stage in {Stage.PROPOSED, *RESOLVED}:
        return True
    return Role.PANEL_MEMBER in roles and application.declared_by(user) is True


def may_read_scores(user: Any, application: Application) -> bool:
    """Whether the person may read the agreed scores: their makers and the secretariat, then the committee, then all."""
    if application.stage in RESOLVED:
        return bool(roles_of(user, application))
    roles = roles_of(user, application)
    if application.stage == Stage.PROPOSED and roles & {Role.STEERING_SECRETARY, Role.STEERING_MEMBER}:
        return True
    if application.stage in {Stage.ASSESSED, Stage.PROPOSED}:
        return bool(roles & {Role.SECRETARIAT, Role.AUDITOR, Role.PANEL_MEMBER})
    return False


def may_compare_sheets(user: Any, visit: Visit) -> bool:
    """Whether the person may see the sheets beside each other: members of the panel, when every sheet is in."""
    application = visit.application
    roles = roles_of(user, application)
    if application.stage in {Stage.ASSESSED, Stage.PROPOSED, *RESOLVED} and Role.AUDITOR in roles:
        return True
    reads = Role.PANEL_MEMBER in roles and application.declared_by(user) is True
    return reads and visit.sheets_are_in


def may_see_progress_of_sheets(user: Any, visit: Visit) -> bool:
    """Whether the person may learn how many sheets are in; whoever still has to score learns nothing."""
    roles = roles_of(user, visit.application)
    if Role.ASSESSOR in roles:
        return visit.sheets.filter(assessor=user, stage=SheetStage.SUBMITTED).exists()
    return bool(roles & {Role.SECRETARIAT, Role.AUDITOR, *PANEL})


def may_score(user: Any, application: Application) -> bool:
    """Whether the person assesses the unit now: a seat on its visit, and declared free of conflict."""
    now = application.stage in {Stage.VISIT_PLANNED, Stage.VISITED}
    return now and Role.ASSESSOR in roles_of(user, application) and application.declared_by(user) is True


def may_bring_in(user: Any, application: Application, *, of: Any) -> bool:
    """Whether the person may bring in what `of` has written without signal: the own, or that of a colleague beside."""
    if user == of:
        return Role.ASSESSOR in roles_of(user, application)
    return Role.PANEL_MEMBER in roles_of(user, application) and application.declared_by(user) is True


def may_compare(user: Any, application: Application) -> bool:
    """Whether the person may see the sheets of the unit's visit beside each other."""
    visit = application.current_visit
    return visit is not None and may_compare_sheets(user, visit)


def waits_for_sheets(user: Any, application: Application) -> bool:
    """Whether the person will see the sheets beside each other once all are in."""
    waits = application.stage in {Stage.VISIT_PLANNED, Stage.VISITED}
    free = application.declared_by(user) is True
    return waits and free and Role.PANEL_MEMBER in roles_of(user, application)


def signs(user: Any, application: Application) -> bool:
    """Whether the agreed scores are the person's to sign."""
    return Role.CHAIR in roles_of(user, application)


def may_settle(user: Any, application: Application) -> bool:
    """Whether the person may write down agreed values now."""
    return application.stage == Stage.VISITED and may_compare(user, application)


def may_read_result(user: Any, application: Application) -> bool:
    """Whether there are agreed scores that the person may read."""
    return application.total is not None and may_read_scores(user, application)


def may_read_entry(user: Any, application: Application, step: str) -> bool:
    """Whether the person may read an entry of the history; who declared what stays with panel and secretariat."""
    if step != "declare":
        return True
    return bool(roles_of(user, application) & {Role.SECRETARIAT, Role.AUDITOR, Role.PANEL_MEMBER})


def may_edit_dossier(user: Any, application: Application) -> bool:
    """Whether the person may work on answers and evidence now."""
    return application.is_editable and bool(roles_of(user, application) & CENTRE)


def may_screen(user: Any, application: Application) -> bool:
    """Whether the person may look through the dossier and write down findings now."""
    return application.stage == Stage.SUBMITTED and Role.SECRETARIAT in roles_of(user, application)


def has_to_declare(user: Any, application: Application) -> bool:
    """Whether the person sits on the unit's sub-committee and has not declared any interest yet."""
    return (
        application.stage in BEFORE_SCORING
        and Role.PANEL_MEMBER in roles_of(user, application)
        and application.declared_by(user) is None
    )


def has_declared_free(user: Any, application: Application) -> bool:
    """Whether the person has declared to be free, and may still say that this has changed."""
    return (
        not application.is_final
        and Role.PANEL_MEMBER in roles_of(user, application)
        and application.declared_by(user) is True
    )


def must_declare_first(user: Any, application: Application) -> bool:
    """Whether nothing of the case opens before the person has declared: a panel member who is nothing else to it."""
    roles = roles_of(user, application)
    from_the_panel = {Role.PANEL_MEMBER, Role.ASSESSOR, *PANEL}
    return (
        Role.PANEL_MEMBER in roles
        and roles <= from_the_panel
        and not application.is_final
        and application.declared_by(user) is None
    )


def may_read_interests(user: Any, application: Application) -> bool:
    """Whether the person may read who declared what; of members, chair and secretary, who staff the visits."""
    if getattr(application, "assignment", None) is None:
        return False
    return bool(roles_of(user, application) & {Role.SECRETARIAT, Role.AUDITOR, *PANEL})


def may_plan_visit(user: Any, application: Application) -> bool:
    """Whether the person may fix the visit; that it is staffed is asked of the plan itself."""
    return application.stage == Stage.ASSIGNED and bool(roles_of(user, application) & {Role.SECRETARIAT, *PANEL})


def may_change_visit(user: Any, application: Application) -> bool:
    """Whether the person may move the planned visit or change who assesses."""
    return application.stage == Stage.VISIT_PLANNED and bool(roles_of(user, application) & {Role.SECRETARIAT, *PANEL})


def has_visit_ahead(user: Any, application: Application) -> bool:
    """Whether there is a planned visit, which everybody of the case may put into a calendar."""
    return application.stage == Stage.VISIT_PLANNED


def may_fill_in(user: Any, application: Application) -> bool:
    """Whether the person may work on the whole dossier, as long as it is a draft."""
    return application.stage == Stage.DRAFT and may_edit_dossier(user, application)


def may_mend(user: Any, application: Application) -> bool:
    """Whether the person may mend what the secretariat named."""
    return application.stage == Stage.RETURNED and may_edit_dossier(user, application)


def may_edit_criterion(user: Any, application: Application, code: str) -> bool:
    """Whether the person may work on one criterion now: after a return only on those that the secretariat named."""
    named = application.stage != Stage.RETURNED or application.is_named(code)
    return named and may_edit_dossier(user, application)


def has_handed_in(user: Any, application: Application) -> bool:
    """Whether the person is of the centre, and it has handed its dossier in."""
    return application.submitted_at is not None and bool(roles_of(user, application) & CENTRE)


def reads_from_outside(user: Any, application: Application) -> bool:
    """Whether the person is nobody of the centre; what such a person opens of the dossier is told to the audit."""
    return not roles_of(user, application) & CENTRE


# Which pages may be opened ------------------------------------------------------------------------------------------


def takes_part_in_certification(user: Any) -> bool:
    """Has any part in certification today."""
    return any(
        part(user)
        for part in (
            works_in_a_centre,
            coordinates_an_agency,
            is_secretariat,
            sits_on_a_sub_committee,
            sits_on_the_steering_committee,
            is_auditor,
            is_inspector,
        )
    )


GRANTS: Grants = {
    Permission.APPLY: (works_in_a_centre,),
    Permission.SEE_APPLICATIONS: (takes_part_in_certification,),
    Permission.OVERSEE_AGENCY: (coordinates_an_agency,),
    Permission.RUN_ROUNDS: (is_secretariat,),
    Permission.SCREEN: (is_secretariat,),
    Permission.ASSIGN: (is_secretariat,),
    Permission.DECLARE: (sits_on_a_sub_committee,),
    Permission.PLAN_VISITS: (is_secretariat, sits_on_a_sub_committee),
    Permission.SCORE: (sits_on_a_sub_committee,),
    Permission.AGREE: (sits_on_a_sub_committee, is_auditor),
    Permission.SEE_MEETINGS: (is_steering_secretary, sits_on_the_steering_committee, is_secretariat, is_auditor),
    Permission.RUN_MEETINGS: (is_steering_secretary,),
    Permission.RELEASE_LETTERS: (is_secretariat, is_steering_secretary),
    Permission.SEE_CERTIFICATES: (takes_part_in_certification,),
    Permission.ORDER: (is_secretariat,),
    Permission.PROPOSE_ACTS: (is_secretariat, is_steering_secretary),
    Permission.GIVE_BACK: (heads_a_centre,),
    Permission.SEE_PAST: (is_secretariat, is_auditor, is_steering_secretary),
    Permission.KEEP_PAST: (is_secretariat,),
    Permission.SEE_QUALITY: (is_secretariat, is_auditor, chairs_a_sub_committee),
    Permission.LIST_REMARKS: (is_secretariat, is_auditor),
    Permission.SEE_REMARKS: (is_secretariat, is_auditor, sits_on_a_sub_committee),
    Permission.SEE_SURVEILLANCE: (takes_part_in_certification,),
    Permission.RUN_SURVEILLANCE: (is_secretariat,),
    Permission.CHECK_CENTRES: (is_secretariat, sits_on_a_sub_committee, is_inspector),
    Permission.ANSWER_FINDINGS: (works_in_a_centre,),
    Permission.SEE_ASSETS: (is_secretariat, works_in_a_centre, coordinates_an_agency, is_auditor),
    Permission.KEEP_ASSETS: (is_secretariat,),
    Permission.ACCEPT_TERMS: (heads_a_centre,),
}

AUDIENCES: Audiences = {
    model.case_kind: readers_of(model)
    for model in (Application, Asset, Certificate, Meeting, Reconsideration, Surveillance)
}
