"""What a person is to a case (บทบาท)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from saduak.procedure.kit import CLOCK, Refusal


class Role(TextChoices):
    """The roles that take steps or look on."""

    CENTRE_OFFICER = "centre_officer", _("Centre officer")
    CENTRE_HEAD = "centre_head", _("Head of the centre")
    AGENCY_COORDINATOR = "agency_coordinator", _("Agency coordinator")
    SECRETARIAT = "secretariat", _("Secretariat")
    PANEL_MEMBER = "panel_member", _("Member of the sub-committee")
    ASSESSOR = "assessor", _("Assessor")
    VERIFIER = "verifier", _("Verifier")
    CHAIR = "chair", _("Chair of the sub-committee")
    SUB_COMMITTEE_SECRETARY = "sub_committee_secretary", _("Secretary of the sub-committee")
    STEERING_SECRETARY = "steering_secretary", _("Secretary of the steering committee")
    STEERING_MEMBER = "steering_member", _("Member of the steering committee")
    INSPECTOR = "inspector", _("Inspector")
    AUDITOR = "auditor", _("Auditor")
    CLOCK = CLOCK, _("The clock")


CENTRE = frozenset({Role.CENTRE_OFFICER, Role.CENTRE_HEAD})
PANEL = frozenset({Role.CHAIR, Role.SUB_COMMITTEE_SECRETARY})

WORDINGS: dict[str, object] = {
    Refusal.WRONG_STAGE: _("This step is not open at the present stage."),
    Refusal.WRONG_ROLE: _("This step belongs to somebody else."),
}
