"""The places, bodies, people's offices and holidays, gathered where Django looks for models."""

from saduak.directory.models.agencies import Agency, AgencyKind, Ministry
from saduak.directory.models.bodies import Body, BodyKind, QuorumRule
from saduak.directory.models.centres import Centre
from saduak.directory.models.holidays import Confidence, Holiday, HolidayKind, HolidayScope
from saduak.directory.models.imports import Import, ImportStage, SheetKind
from saduak.directory.models.memberships import Membership
from saduak.directory.models.merges import LikelyPair, Merge, Verdict
from saduak.directory.models.offices import Office
from saduak.directory.models.provinces import InspectionRegion, Province, RegionProvince

__all__ = [
    "Agency",
    "AgencyKind",
    "Body",
    "BodyKind",
    "Centre",
    "Confidence",
    "Holiday",
    "HolidayKind",
    "HolidayScope",
    "Import",
    "ImportStage",
    "InspectionRegion",
    "LikelyPair",
    "Membership",
    "Merge",
    "Ministry",
    "Office",
    "Province",
    "QuorumRule",
    "RegionProvince",
    "SheetKind",
    "Verdict",
]
