"""How pages of the editor get their draft, and what they share."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from saduak.design.components import Crumb
from saduak.design.pages import render
from saduak.standards import queries
from saduak.standards.drafting.tree import EditRefused, Node, find
from saduak.standards.editor.desk import Desk, on_the_desk
from saduak.standards.models import CriteriaSet


def desk_for(request: HttpRequest, reference: str) -> Desk:
    """The draft of that id on the desk. Raises Http404 for what is published: nothing about it can be written."""
    draft = queries.criteria_set_for(request.user, reference)
    if draft.is_published:
        raise Http404
    return on_the_desk(draft)


def node_for(desk: Desk, code: str) -> Node:
    """The node of that code. Raises Http404."""
    try:
        return find(desk.tree, code)
    except EditRefused:
        raise Http404 from None


def desk_page(
    request: HttpRequest,
    desk: Desk,
    template: str,
    page: str,
    context: dict[str, Any],
    *,
    status: int = 200,
    part: str = "",
) -> HttpResponse:
    """One page of the editor in its frame."""
    shared = {"desk": desk, "draft": desk.draft, "tabs": desk.tabs(page), "trail": trail_of(desk.draft)}
    return render(request, template, {**shared, **context}, status=status, part=part or None)


def trail_of(criteria: CriteriaSet | None) -> list[Crumb]:
    """The way to a set of criteria."""
    trail = [Crumb(_("Criteria"), reverse("list_criteria"))]
    return [*trail, Crumb(criteria.reference, criteria.get_absolute_url())] if criteria else trail
