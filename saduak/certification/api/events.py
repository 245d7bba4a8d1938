"""What systems can be told of certification: acts of the register are public, cases are for those who read them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from saduak.certification.models import Application, Asset, Certificate, Draw, Reconsideration, Round, Surveillance
from saduak.certification.procedure.applications import APPLICATION
from saduak.certification.procedure.assets import ASSET
from saduak.certification.procedure.certificates import CERTIFICATE
from saduak.certification.procedure.draws import DRAW
from saduak.certification.procedure.reconsiderations import RECONSIDERATION
from saduak.certification.procedure.rounds import ROUND
from saduak.certification.procedure.surveillance import SURVEILLANCE
from saduak.journal.models import Entry
from saduak.machines.events import Events
from saduak.procedure.kit import Procedure


def _steps(*recorded: str, of: Procedure[Any]) -> tuple[str, ...]:
    """What is recorded without a step of the procedure, and its steps."""
    return (*recorded, *(step.name for step in of.steps))


def _readers_of(model: Any) -> Any:
    def hears(person: Any, entry: Entry) -> bool:
        found: bool = model.objects.visible_to(person).filter(reference=entry.case_reference).exists()
        return found

    return hears


def _nobody(person: Any, entry: Entry) -> bool:
    return False


CERTIFICATES, ROUNDS, DRAWS = _steps("issue", of=CERTIFICATE), _steps(of=ROUND), _steps("announce_draw", of=DRAW)

EVENTS = (
    Events(
        "certificate",
        Certificate.case_kind,
        _("Certificates"),
        CERTIFICATES,
        frozenset(CERTIFICATES),
        _readers_of(Certificate),
        "/api/v1/certificates/{}",
    ),
    Events(
        "round",
        Round.case_kind,
        _("Rounds"),
        tuple(step for step in ROUNDS if step != "change_terms"),
        frozenset(ROUNDS),
        _nobody,
        "/api/v1/rounds/{}",
    ),
    Events("draw", Draw.case_kind, _("Draws"), DRAWS, frozenset(DRAWS), _nobody, "/api/v1/draws/{}"),
    Events(
        "application",
        Application.case_kind,
        _("Applications"),
        _steps("start", of=APPLICATION),
        frozenset(),
        _readers_of(Application),
        "/api/v1/applications/{}",
    ),
    Events(
        "reconsideration",
        Reconsideration.case_kind,
        _("Requests to reconsider"),
        _steps("start", of=RECONSIDERATION),
        frozenset(),
        _readers_of(Reconsideration),
        "/api/v1/reconsiderations/{}",
    ),
    Events(
        "surveillance",
        Surveillance.case_kind,
        _("Surveillance"),
        _steps("open_surveillance", of=SURVEILLANCE),
        frozenset(),
        _readers_of(Surveillance),
        "/api/v1/surveillances/{}",
    ),
    Events(
        "asset",
        Asset.case_kind,
        _("Plaques and emblems"),
        _steps(of=ASSET),
        frozenset(),
        _readers_of(Asset),
        "/api/v1/assets/{}",
    ),
)
