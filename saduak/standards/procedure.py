"""How a set of criteria becomes binding, and how it is mapped to the one before (การประกาศใช้และการเทียบเกณฑ์).

The clauses are this platform's own; the programme has published no regulation for the keeping of its criteria.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from saduak.procedure.kit import Procedure, Refusal, Step, condition


class Stage(StrEnum):
    """Where a set of criteria stands; a discarded draft is taken away, only the journal still knows it."""

    DRAFT = "draft"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class MappingStage(StrEnum):
    """Where a mapping between two versions stands; a confirmed one never changes, a later one takes its place."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"


class Role(StrEnum):
    """Who takes steps with criteria."""

    SECRETARIAT = "secretariat"


@condition(otherwise=_("Something in the draft is still wrong. The editor tells what, and where."))
def the_draft_is_sound(criteria: Any, at: datetime) -> bool:
    return bool(criteria.is_sound)


CRITERIA = Procedure(
    name="criteria",
    title=_("Keeping of the criteria"),
    starts_at=Stage.DRAFT,
    steps=(
        Step(
            name="load",
            clause="1",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({Stage.DRAFT}),
            to=None,
            label=_("Load another source"),
        ),
        Step(
            name="edit",
            clause="1.1",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({Stage.DRAFT}),
            to=None,
            label=_("Edit the draft"),
        ),
        Step(
            name="discard",
            clause="2",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({Stage.DRAFT}),
            to=Stage.DISCARDED,
            label=_("Discard the draft"),
        ),
        Step(
            name="publish",
            clause="3",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({Stage.DRAFT}),
            to=Stage.PUBLISHED,
            provided=(the_draft_is_sound,),
            label=_("Publish the criteria"),
        ),
    ),
    wordings={
        Refusal.WRONG_STAGE: _("Published criteria never change. Load a new version instead."),
        Refusal.WRONG_ROLE: _("Only the secretariat keeps the criteria."),
    },
)


@condition(otherwise=_("The newer version is a draft in which something is still wrong."))
def the_newer_version_is_sound(mapping: Any, at: datetime) -> bool:
    return bool(mapping.newer.is_sound)


@condition(otherwise=_("The draft was changed, and the mapping names criteria that are gone. Look through it again."))
def it_names_only_what_is_there(mapping: Any, at: datetime) -> bool:
    return not mapping.strangers


MAPPING = Procedure(
    name="criteria-mapping",
    title=_("Mapping of one version of the criteria to the next"),
    starts_at=MappingStage.DRAFT,
    steps=(
        Step(
            name="link",
            clause="4",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({MappingStage.DRAFT}),
            to=None,
            label=_("Change the mapping"),
        ),
        Step(
            name="confirm",
            clause="5",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({MappingStage.DRAFT}),
            to=MappingStage.CONFIRMED,
            provided=(the_newer_version_is_sound, it_names_only_what_is_there),
            label=_("Confirm the mapping"),
        ),
    ),
    wordings={
        Refusal.WRONG_STAGE: _("A confirmed mapping never changes. Begin a new one in its place."),
        Refusal.WRONG_ROLE: _("Only the secretariat keeps the criteria."),
    },
)
