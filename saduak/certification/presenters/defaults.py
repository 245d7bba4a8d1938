"""What counts when the authority misses a date of its own, in words (ผลโดยปริยาย)."""

from django.utils.translation import gettext_lazy as _

from saduak.certification.models import Round
from saduak.certification.rules import Default

DEFAULTS: dict[Default, object] = {
    Default.SCREENING: _(
        "Screening missed: the dossier counts as passed, unless a physical criterion was found not met"
    ),
    Default.ASSESSMENT: _("End of visits missed: what the chair has signed counts as proposed"),
    Default.RESOLUTION: _("Resolution missed: the unit comes onto the next agenda, decided as proposed"),
    Default.ADMISSION: _("Admission of a request missed: the request counts as admitted"),
    Default.ANSWER: _("Answer to a request missed: the finding comes onto the next agenda, decided as proposed"),
}
"""Each default in a sentence."""


def defaults_of(round_: Round) -> list[object]:
    """The defaults that the round has set; none holds in a round for practice."""
    return [words for default, words in DEFAULTS.items() if default in round_.defaults]
