"""A case with a procedure of its own, for the journal's tests."""

from enum import StrEnum

from django.db import models

from saduak.journal.models import Case
from saduak.procedure.kit import CLOCK, Procedure, Step, condition


class Stage(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    ANSWERED = "answered"


class Letter(Case):
    """A letter; its application is installed nowhere, so no migration speaks of it."""

    case_kind = "letters.letter"
    centre_id = models.BigIntegerField(null=True)
    text = models.TextField(default="")
    is_signed = models.BooleanField(default=True)

    class Meta:
        app_label = "letters"


@condition(otherwise="The letter is not signed.")
def letter_is_signed(letter, at):
    return letter.is_signed


LETTERS = Procedure(
    "letters",
    "Letters",
    Stage.DRAFT,
    (
        Step("send", "1.1", ("writer", "chief"), frozenset({Stage.DRAFT}), Stage.SENT, (letter_is_signed,)),
        Step("correct", "1.2", "writer", frozenset({Stage.DRAFT}), None),
        Step("answer", "2", CLOCK, frozenset({Stage.SENT}), Stage.ANSWERED),
    ),
)
