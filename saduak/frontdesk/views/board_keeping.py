"""The boards of a desk, for those who supervise it: put up, changed, taken down."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from saduak.access.doors import needs
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.frontdesk.forms.boards import BoardForm
from saduak.frontdesk.models import Board, Desk
from saduak.frontdesk.operations import boards
from saduak.frontdesk.policies import Permission
from saduak.frontdesk.presenters.boards import address_of, qr
from saduak.frontdesk.presenters.setting_up import frame_of
from saduak.frontdesk.views.fetching import desk_to_set_up
from saduak.frontdesk.views.saving import Page, show_or_save


@needs(Permission.SET_UP)
def list_boards_view(request: HttpRequest, code: str) -> HttpResponse:
    """The boards with their addresses, and how a screen gets to show one."""
    desk = desk_to_set_up(request, code)
    lines = []
    for board in desk.boards.order_by("-is_active", "name", "pk"):
        address = address_of("show_board", address=board.address)
        lines.append((board, address, qr(address)))
    return render(request, "frontdesk/boards/list.html", {**frame_of(desk, "boards"), "boards": lines})


@needs(Permission.SET_UP)
def put_up_board_view(request: HttpRequest, code: str) -> HttpResponse:
    """Put up a board."""
    desk = desk_to_set_up(request, code)
    form = BoardForm(request.POST or None, desk=desk)
    page = _page(desk, None)
    return show_or_save(request, desk, form, lambda **how: boards.write_board(desk, **form.cleaned_data, **how), page)


@needs(Permission.SET_UP)
def correct_board_view(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change a board, or take it down."""
    desk = desk_to_set_up(request, code)
    board = get_object_or_404(Board, pk=pk, desk=desk)
    form = BoardForm(request.POST or None, desk=desk, instance=Board.objects.get(pk=pk))
    return show_or_save(
        request,
        desk,
        form,
        lambda **how: boards.write_board(desk, board, **form.cleaned_data, **how),
        _page(desk, board),
    )


@needs(Permission.SET_UP)
@require_POST
def give_board_new_address_view(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give a board another address; the old one shows nothing any more."""
    desk = desk_to_set_up(request, code)
    board = get_object_or_404(Board, pk=pk, desk=desk)
    boards.give_new_address(desk, board, by=request.user, seen=seen_version(request))
    messages.success(request, _("The board has a new address. Open it on the screen."))
    return redirect("list_boards", code=code)


def _page(desk: Desk, board: Board | None) -> Page:
    return Page(
        part="boards",
        heading=board.name if board else _("New board"),
        save=_("Save the board"),
        back=reverse("list_boards", args=[desk.centre.code]),
        done=_("The board is saved."),
        template="frontdesk/boards/form.html",
        also={"board": board},
    )
