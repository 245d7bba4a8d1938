"""How the public register words certificates (ถ้อยคำในทะเบียน)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import Certificate, CertificateAct
from saduak.certification.procedure.certificates import BY_ACT, CertificateStage
from saduak.certification.queries.memory import stages_on
from saduak.certification.queries.register import FoundCertificates, Wish
from saduak.design.components import Crumb
from saduak.design.levels import LEVELS
from saduak.directory.models import Centre
from saduak.directory.queries import Reading

TONES = {
    CertificateStage.VALID: "success",
    CertificateStage.SUSPENDED: "attention",
    CertificateStage.EXPIRED: "warning",
    CertificateStage.REVOKED: "danger",
    CertificateStage.RETURNED: "plain",
    CertificateStage.RENEWED: "plain",
}
ICONS = {
    CertificateStage.VALID: "check",
    CertificateStage.SUSPENDED: "warning",
    CertificateStage.EXPIRED: "clock",
    CertificateStage.REVOKED: "danger",
    CertificateStage.RETURNED: "previous",
    CertificateStage.RENEWED: "next",
}
VERDICTS = {
    CertificateStage.VALID: _("This certificate is valid"),
    CertificateStage.SUSPENDED: _("This certificate is suspended"),
    CertificateStage.EXPIRED: _("This certificate has expired"),
    CertificateStage.REVOKED: _("This certificate has been revoked"),
    CertificateStage.RETURNED: _("The centre has given this certificate back"),
    CertificateStage.RENEWED: _("This certificate was replaced by a newer one"),
}
"""The answer to whoever checks a certificate, in one sentence."""


@dataclass(frozen=True)
class Line:
    """One certificate with its standing of a day."""

    certificate: Certificate
    standing: CertificateStage

    @property
    def centre(self) -> Centre:
        """The certified centre."""
        return self.certificate.centre

    @property
    def status(self) -> Any:
        """Its standing in words."""
        return self.standing.label

    @property
    def tone(self) -> str:
        """The tone of its standing."""
        return TONES[self.standing]

    @property
    def icon(self) -> str:
        """The sign of its standing."""
        return ICONS[self.standing]

    @property
    def verdict(self) -> Any:
        """Its standing as a sentence."""
        return VERDICTS[self.standing]

    @property
    def act(self) -> CertificateAct | None:
        """The act that made its standing so; None where its issue, its term or a newer certificate did."""
        return self.certificate.act if self.standing in BY_ACT else None

    @property
    def is_valid(self) -> bool:
        """Whether it is in force."""
        return self.standing == CertificateStage.VALID

    @property
    def has_expired(self) -> bool:
        """Whether its term is over."""
        return self.standing == CertificateStage.EXPIRED

    @property
    def round_title(self) -> str:
        """The title of its round in the reader's language."""
        given = self.certificate.round
        return given.title_en if given.title_en and get_language() == "en" else given.title_th


def lines_of(certificates: Iterable[Certificate], today: date) -> list[Line]:
    """Certificates as they stand today."""
    return [Line(one, one.standing_on(today)) for one in certificates]


def lines_as_of(certificates: Sequence[Certificate], day: date) -> list[Line]:
    """Certificates as they stood on a day that is past."""
    stages = stages_on(day, certificates)
    return [Line(one, CertificateStage(stages[one.pk])) for one in certificates if one.pk in stages]


def number_found(found: FoundCertificates) -> str:
    """How many centres were found, in words."""
    if found.is_more:
        return str(_("More than %(number)s centres") % {"number": f"{found.total:,}"})
    return str(_("%(number)s centres") % {"number": f"{found.total:,}"}) if found.total != 1 else str(_("1 centre"))


def how_it_was_read(found: FoundCertificates) -> str:
    """What was done to the words to find something; empty when they were taken as typed."""
    if found.reading == Reading.SLIPS_FORGIVEN:
        return str(_("Nothing is spelled exactly like this. Here is what comes nearest."))
    return ""


def trail_to(*crumbs: Crumb) -> list[Crumb]:
    """The way from the front page through the register."""
    return [Crumb(_("Home"), reverse("home")), Crumb(_("Certified centres"), reverse("find_centres")), *crumbs]


def map_of(centre: Centre) -> str:
    """Where the centre lies on the open map; empty when its position is not known."""
    if centre.latitude is None or centre.longitude is None:
        return ""
    place = {"mlat": centre.latitude, "mlon": centre.longitude}
    return f"https://www.openstreetmap.org/?{urlencode(place)}#map=17/{centre.latitude}/{centre.longitude}"


def name_on(certificate: Certificate) -> str:
    """The name of the centre as the certificate has it, in the reader's language."""
    if certificate.centre_name_en and get_language() == "en":
        return certificate.centre_name_en
    return certificate.centre_name_th


HEADINGS: Sequence[Any] = (
    _("Certificate number"),
    _("Centre"),
    _("Code"),
    _("Agency"),
    _("Ministry"),
    _("Province"),
    _("Level"),
    _("Round of the year"),
    _("Issued on"),
    _("Valid until"),
    _("Status"),
    _("Status as of the day"),
    _("Example"),
)


def rows_of(certificates: Iterator[Certificate], wish: Wish, today: date) -> Iterator[tuple[Any, ...]]:
    """The certificates as rows of a sheet, with their standing on the day that is wished for."""
    while some := tuple(islice(certificates, 1000)):
        lines = lines_of(some, today) if wish.as_of is None else lines_as_of(some, wish.as_of)
        yield from (_row_of(line, wish.as_of or today) for line in lines)


def _row_of(line: Line, day: date) -> tuple[Any, ...]:
    certificate, centre = line.certificate, line.centre
    ministry = centre.agency.ministry
    return (
        certificate.reference,
        centre.name,
        centre.code,
        centre.agency.name,
        ministry.name if ministry else "",
        centre.province.name,
        LEVELS[certificate.level],
        certificate.round.cycle_be,
        certificate.issued_on,
        certificate.expires_on,
        line.status,
        day,
        _("Example") if certificate.is_example else "",
    )
