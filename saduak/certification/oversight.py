"""Who is what to a certificate and to the surveillance of a centre, and what they may do now (การกำกับติดตาม)."""

from datetime import date
from typing import Any

from saduak.certification.models import Certificate, Surveillance
from saduak.certification.policies import IN_A_CENTRE, general_roles
from saduak.certification.procedure.certificates import CertificateStage
from saduak.certification.procedure.roles import CENTRE, Role
from saduak.certification.procedure.surveillance import KNOWN_TO_THE_CENTRE, SurveillanceStage
from saduak.directory.models import Office
from saduak.directory.queries import memberships_of


def roles_over(user: Any, certificate: Certificate) -> frozenset[Role]:
    """What the person is to a certificate."""
    roles = general_roles(user)
    for membership in memberships_of(user):
        if membership.centre_id == certificate.centre_id and membership.office in IN_A_CENTRE:
            roles.add(IN_A_CENTRE[Office(membership.office)])
    return frozenset(roles)


def roles_in(user: Any, surveillance: Surveillance) -> frozenset[Role]:
    """What the person is to a surveillance: who was sent to check does not verify, nor does who recorded a finding."""
    roles = set(roles_over(user, surveillance.certificate))
    if surveillance.assessor_id == user.pk:
        roles.add(Role.ASSESSOR)
    elif Role.SECRETARIAT in roles and user.pk not in surveillance.recorders:
        roles.add(Role.VERIFIER)
    return frozenset(roles)


def may_order(user: Any, certificate: Certificate, on: date) -> bool:
    """Whether the person may suspend it by an order now."""
    stands = certificate.stage == CertificateStage.VALID and certificate.is_alive_on(on)
    return stands and Role.SECRETARIAT in roles_over(user, certificate)


def may_lift(user: Any, certificate: Certificate, on: date) -> bool:
    """Whether the person may lift the order that suspends it."""
    stands = certificate.stage == CertificateStage.SUSPENDED and certificate.is_alive_on(on)
    ordered = certificate.act is not None and certificate.act.resolution_id is None
    return stands and ordered and Role.SECRETARIAT in roles_over(user, certificate)


def may_propose_act(user: Any, certificate: Certificate, on: date) -> bool:
    """Whether the person may bring it before the committee now."""
    proposes = roles_over(user, certificate) & {Role.SECRETARIAT, Role.STEERING_SECRETARY}
    return bool(proposes) and certificate.is_alive_on(on) and not certificate.proposals.open().exists()


def may_take_back_act(user: Any, certificate: Certificate) -> bool:
    """Whether the person may take back what is proposed about it and stands on no agenda."""
    proposes = roles_over(user, certificate) & {Role.SECRETARIAT, Role.STEERING_SECRETARY}
    return bool(proposes) and certificate.proposals.waiting().exists()


def may_state(user: Any, certificate: Certificate) -> bool:
    """Whether the person speaks for the centre about something that is proposed."""
    return bool(roles_over(user, certificate) & CENTRE) and certificate.proposals.open().exists()


def may_open_surveillance(user: Any, certificate: Certificate, on: date) -> bool:
    """Whether the person may follow the centre up by hand now."""
    opens = Role.SECRETARIAT in roles_over(user, certificate) and certificate.is_alive_on(on)
    return opens and not certificate.surveillances.open().exists()


def may_give_back(user: Any, certificate: Certificate, on: date) -> bool:
    """Whether the person may give it back for the centre now."""
    return certificate.is_alive_on(on) and Role.CENTRE_HEAD in roles_over(user, certificate)


# What may be done in a surveillance -----------------------------------------------------------------------------


def may_record_findings(user: Any, surveillance: Surveillance) -> bool:
    """Whether the person writes findings down now."""
    return surveillance.stage == SurveillanceStage.CHECKED and Role.ASSESSOR in roles_in(user, surveillance)


def may_answer(user: Any, surveillance: Surveillance) -> bool:
    """Whether the person writes the centre's answers now."""
    return surveillance.stage == SurveillanceStage.AWAITING and bool(roles_in(user, surveillance) & CENTRE)


def may_verify(user: Any, surveillance: Surveillance) -> bool:
    """Whether the person verifies answers now."""
    return surveillance.stage == SurveillanceStage.ANSWERED and Role.VERIFIER in roles_in(user, surveillance)


def may_read_findings(user: Any, surveillance: Surveillance) -> bool:
    """Whether the person may read what was found; the centre once it is handed over."""
    roles = roles_in(user, surveillance)
    if roles & {Role.SECRETARIAT, Role.AUDITOR, Role.ASSESSOR, Role.STEERING_SECRETARY, Role.STEERING_MEMBER}:
        return True
    return surveillance.stage in KNOWN_TO_THE_CENTRE


def reads_from_outside(user: Any, surveillance: Surveillance) -> bool:
    """Whether the person is nobody of the centre; what such a person opens is told to the audit."""
    return not roles_in(user, surveillance) & CENTRE
