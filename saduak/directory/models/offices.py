"""The offices from which every role follows (ตำแหน่ง)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Office(models.TextChoices):
    """The offices of the programme (ตำแหน่งในระบบ)."""

    CENTRE_HEAD = "centre_head", _("head of the centre")
    CENTRE_OFFICER = "centre_officer", _("officer of the centre")
    POSTED = "posted", _("official")  # Belongs there, with no part in the platform: counts for conflicts of interest.
    AGENCY_COORDINATOR = "agency_coordinator", _("coordinator of the agency")
    SECRETARIAT_OFFICER = "secretariat_officer", _("secretariat officer")
    CHAIR = "chair", _("chair")
    QUALIFIED_MEMBER = "qualified_member", _("qualified member")
    MEMBER = "member", _("member")
    MEMBER_AND_SECRETARY = "member_and_secretary", _("member and secretary")
    ASSISTANT_SECRETARY = "assistant_secretary", _("assistant secretary")
    STEERING_SECRETARY = "steering_secretary", _("secretary of the steering committee")
    INSPECTOR = "inspector", _("inspector")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")


OFFICES_IN_A_CENTRE = (Office.CENTRE_HEAD, Office.CENTRE_OFFICER, Office.POSTED)
OFFICES_IN_AN_AGENCY = (Office.AGENCY_COORDINATOR, Office.POSTED)
OFFICES_IN_A_BODY = tuple(o for o in Office if o not in (*OFFICES_IN_A_CENTRE, *OFFICES_IN_AN_AGENCY))
SEES_EVERYTHING = (Office.SECRETARIAT_OFFICER, Office.ADMINISTRATOR, Office.AUDITOR)
