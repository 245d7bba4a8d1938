"""Lines of old papers for tests, written past the deeds."""

from saduak.certification.models import Match, PastResult
from saduak.certification.queries.past import subject_of
from saduak.directory.tests.factories import ProvinceFactory


def line(
    centre_name="สำนักงานที่ดินจังหวัดลำพูน", *, cycle_be=2561, outcome="basic", source="บัญชีแนบท้าย", province=None, **facts
):
    """A line about a centre in Lamphun, of which nobody has said more."""
    province = province or ProvinceFactory()
    centre = facts.get("centre")
    return PastResult.objects.create(
        cycle_be=cycle_be,
        centre_name=centre_name,
        province=province,
        outcome=outcome,
        source=source,
        subject=subject_of(centre_name, province.code),
        match=Match.MATCHED if centre else Match.OPEN,
        **facts,
    )
