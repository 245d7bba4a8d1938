"""The first person of a new platform, who can appoint all others."""

from django.db import transaction
from django.utils import timezone

from saduak.directory.models import Body, BodyKind, Office
from saduak.directory.operations import bodies, memberships
from saduak.people.adapters import password_link
from saduak.people.operations import open_account


@transaction.atomic
def appoint_administrator(*, username: str, name: str, email: str) -> str:
    """Make an account and appoint it administrator from today, in the secretariat, which is entered when missing.

    Returns the address at which its owner chooses a password. Raises ValidationError.
    """
    today = timezone.localdate()
    secretariat = Body.objects.filter(kind=BodyKind.SECRETARIAT).on(today).first() or bodies.establish(
        by=None,
        kind=BodyKind.SECRETARIAT,
        name_th="ฝ่ายเลขานุการศูนย์ราชการสะดวก",
        name_en="Secretariat of the Government Easy Contact Center programme",
        term_from=today,
    )
    person = open_account(username=username, name=name, email=email, by=None)
    memberships.appoint(person, office=Office.ADMINISTRATOR, place=secretariat, from_day=today, by=None)
    return password_link(person)
