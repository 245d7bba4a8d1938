"""A request is reviewed by another sub-committee: given to it, declared on, opined, agreed, signed and proposed."""

from typing import Annotated, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from saduak.certification import policies_of_reconsiderations as rights
from saduak.certification.api.reconsidering import AT, RECONSIDERATIONS, reconsideration_for, undeclared_for
from saduak.certification.forms.answering import written
from saduak.certification.models import Reconsideration
from saduak.certification.operations import reconsiderations, reviewing
from saduak.certification.policies import Permission
from saduak.certification.queries.reconsiderations import may_hear, own_review, reviewers_to_choose
from saduak.machines.callers import person_of
from saduak.machines.cases import Cases, may
from saduak.machines.problems import wrong
from saduak.machines.steps import PersonKey, ReasonAsked, Reference, SeenAsked
from saduak.machines.words import gettext_lazy

router = Router(tags=["Reconsiderations"])

Code = Annotated[str, Field(min_length=1, max_length=20)]


class ReviewedTold(Schema):
    """What is said of one disputed item."""

    code: str
    answer: str
    words: str


class ReviewerTold(Schema):
    """A member of the reviewing sub-committee."""

    id: int
    name: str
    office: str
    declared_free: bool | None
    may_review: bool
    reviews: bool


class OpinionTold(Schema):
    """The own opinion of a reviewer; nobody else reads it until all are in."""

    is_handed_in: bool
    items: list[ReviewedTold]
    unsaid: list[str]


class OneOpinionTold(Schema):
    """What one reviewer holds."""

    office: str
    items: list[ReviewedTold]


class ReviewTold(Schema):
    """The opinions beside each other once all are in, what is agreed, and what follows from it."""

    version: int
    opinions: list[OneOpinionTold]
    agreed: list[ReviewedTold]
    unsettled: list[str]
    changes: bool
    total: str | None
    level: str


class HearingAsked(SeenAsked):
    """Which sub-committee reviews."""

    panel: Reference = Field(..., description="The reference of a body that has not assessed the unit.")
    reason: str = Field("", max_length=2000, description="Needed when another one had it.")


class ReviewDeclarationAsked(Schema):
    """What a member declares of the unit; a conflict is worded."""

    has_conflict: bool
    statement: str = Field("", max_length=2000)


class ReviewersAsked(SeenAsked):
    """Who reviews: at least two."""

    reviewers: list[PersonKey] = Field(..., max_length=50)


class OneSaidAsked(Schema):
    """What is said of one disputed item; both empty take it back."""

    code: Code
    answer: str = Field(..., max_length=20, description="met, not_met, not_applicable, points as text, or empty")
    words: str = Field("", max_length=4000)


class OpinionAsked(Schema):
    """The own opinion on items: all of them are kept, or none."""

    items: list[OneSaidAsked] = Field(..., min_length=1, max_length=500)


class AgreedReviewAsked(SeenAsked, OpinionAsked):
    """The values on which the reviewers agree, with the reason where opinions differ."""


class SummaryAsked(SeenAsked):
    """The finding in words."""

    summary: str = Field(..., min_length=1, max_length=6000)


def _own_for(request: HttpRequest, reference: str) -> Reconsideration:
    """The request that the person reviews. Raises PermissionDenied."""
    found = reconsideration_for(request, reference)
    if own_review(found, may(request, Permission.SCORE)) is None:
        raise PermissionDenied
    return found


def _compared_for(request: HttpRequest, reference: str) -> Reconsideration:
    """The request whose opinions the person may read beside each other. Raises PermissionDenied."""
    found = reconsideration_for(request, reference)
    if not rights.may_compare(may(request, Permission.AGREE), found):
        raise PermissionDenied
    return found


def _reviewers(request: HttpRequest, found: Reconsideration) -> list[dict[str, Any]]:
    if not rights.reads_who_reviews(person_of(request), found):
        raise PermissionDenied
    named = {one.person_id for one in found.named_reviewers}
    return [
        {
            "id": one.person.pk,
            "name": str(one.person),
            "office": one.office,
            "declared_free": one.declared_free,
            "may_review": one.may_assess and not before,
            "reviews": one.person.pk in named,
        }
        for one, before in reviewers_to_choose(found, on=timezone.localdate())
    ]


def _opinion(request: HttpRequest, found: Reconsideration) -> dict[str, Any]:
    mine = own_review(found, person_of(request))
    if mine is None:
        raise PermissionDenied
    return {
        "is_handed_in": mine.submitted_at is not None,
        "items": _said(mine.opinions.order_by("code"), "note"),
        "unsaid": list(reviewing.unsaid(found, mine)),
    }


def _review(_request: HttpRequest, found: Reconsideration) -> dict[str, Any]:
    proposal = reviewing.proposal_of(found)
    return {
        "version": found.version,
        "opinions": [
            {"office": one.office, "items": _said(one.opinions.order_by("code"), "note")}
            for one in found.named_reviewers
        ],
        "agreed": _said(found.values.order_by("code"), "reason"),
        "unsettled": list(found.unsettled),
        "changes": proposal.changes,
        "total": None if proposal.total is None else str(proposal.total),
        "level": proposal.level,
    }


def _said(marks: Any, words: str) -> list[dict[str, Any]]:
    return [{"code": mark.code, "answer": mark.answer, "words": getattr(mark, words)} for mark in marks]


def _assign(found: Reconsideration, *, panel: str, **said: Any) -> None:
    body = next((one for one in may_hear(found.application) if one.reference == panel), None)
    if body is None:
        raise wrong(_("This sub-committee cannot review the request."), pointer="/panel")
    reconsiderations.assign(found, body, **said)


def _name(found: Reconsideration, *, reviewers: list[int], **said: Any) -> None:
    members = {one.person.pk: one.person for one, _before in reviewers_to_choose(found, on=timezone.localdate())}
    for position, key in enumerate(reviewers):
        if key not in members:
            raise wrong(_("Nobody of the reviewing sub-committee has this id."), pointer=f"/reviewers/{position}")
    reviewing.name_reviewers(found, [members[key] for key in reviewers], **said)


def _opine(found: Reconsideration, *, items: list[OneSaidAsked], by: Any) -> None:
    reviewing.opine(found, _as_kept(found, items), by=by)


def _settle(found: Reconsideration, *, items: list[OneSaidAsked], **said: Any) -> None:
    reviewing.settle(found, _as_kept(found, items), **said)


def _as_kept(found: Reconsideration, items: list[OneSaidAsked]) -> list[reviewing.Said]:
    """What was said, as it is kept. Raises Problem, which points to what does not fit."""
    kept = []
    for position, one in enumerate(items):
        try:
            kept.append(reviewing.Said(one.code, written(found.library, one.code, one.answer), one.words))
        except ValidationError as refused:
            raise wrong(refused.messages[0], pointer=f"/items/{position}/answer") from None
    return kept


UNDECLARED = Cases(router, AT, undeclared_for)
REVIEWERS = Cases(router, f"{AT}/reviewers", reconsideration_for, _reviewers, list[ReviewerTold])
OPINIONS = Cases(router, f"{AT}/opinion", _own_for, _opinion, OpinionTold)
REVIEWS = Cases(router, f"{AT}/review", _compared_for, _review, ReviewTold)

RECONSIDERATIONS.step(
    "assign_reconsideration",
    "assign",
    _assign,
    HearingAsked,
    gettext_lazy("Give the request to a sub-committee that has not assessed the unit, or to another such."),
    permission=Permission.ASSIGN,
)
UNDECLARED.step(
    "declare_for_review",
    "declaration",
    reviewing.declare,
    ReviewDeclarationAsked,
    gettext_lazy("A member of the reviewing sub-committee declares to be free of conflict, or what the conflict is."),
    permission=Permission.DECLARE,
    told=False,
)
REVIEWERS.shows(
    "list_reviewers", "", gettext_lazy("The members of the reviewing sub-committee, and who of them reviews.")
)
REVIEWERS.step(
    "name_reviewers",
    "",
    _name,
    ReviewersAsked,
    gettext_lazy("Say who reviews."),
    permission=Permission.PLAN_VISITS,
    method="PUT",
)
OPINIONS.shows("show_opinion", "", gettext_lazy("The person's own opinion on the disputed items."))
OPINIONS.step(
    "write_opinion",
    "",
    _opine,
    OpinionAsked,
    gettext_lazy("Write the own opinion on disputed items: all of them or none."),
    method="PUT",
)
OPINIONS.step(
    "hand_opinion_in",
    "hand-in",
    reviewing.hand_in,
    None,
    gettext_lazy("Hand the own opinion in; it cannot be changed afterwards."),
)
REVIEWS.shows(
    "compare_opinions", "", gettext_lazy("The opinions beside each other with what is agreed, once all are in.")
)
REVIEWS.step(
    "settle_review",
    "",
    _settle,
    AgreedReviewAsked,
    gettext_lazy("Write down the values on which the reviewers agree."),
    method="PUT",
)
REVIEWS.step(
    "sign_review",
    "sign",
    reviewing.sign,
    SummaryAsked,
    gettext_lazy("The chair signs the finding; what is proposed follows from the agreed values."),
    then=RECONSIDERATIONS,
)
RECONSIDERATIONS.step(
    "reopen_review",
    "review/reopen",
    reviewing.reopen,
    ReasonAsked,
    gettext_lazy("The chair opens the finding again before it was proposed."),
)
RECONSIDERATIONS.step(
    "propose_reconsideration",
    "propose",
    reviewing.propose,
    SeenAsked,
    gettext_lazy("The sub-committee proposes its finding to the steering committee."),
)
RECONSIDERATIONS.step(
    "take_back_reconsideration",
    "take-back",
    reviewing.take_back,
    ReasonAsked,
    gettext_lazy("Take a proposal back that stands on no agenda yet."),
)
