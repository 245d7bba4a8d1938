"""Boards are put up, changed, and taken down (การติดตั้งจอแสดงคิว).

As in `setting_up`: every deed locks the desk, compares the version that the person has seen, and writes one entry. All
raise PermissionDenied, ValidationError with what is wrong, and StepOvertaken; nothing changes then.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from saduak.directory.operations.writing import changed, locked, save_valid
from saduak.frontdesk.models import Board, Desk
from saduak.frontdesk.models.devices import address_of_a_board
from saduak.frontdesk.operations.keeping import kept, write


@transaction.atomic
def write_board(
    desk: Desk,
    board: Board | None = None,
    *,
    by: Any | None,
    seen: int | None = None,
    at: datetime | None = None,
    **facts: Any,
) -> Board:
    """Put up a board, or change one. Without a difference nothing is written."""
    desk = kept(desk, by=by, seen=seen)
    if board is None:
        board = save_valid(Board(desk=desk, **facts))
        write(desk, "board_put_up", by=by, at=at, name=board.name)
        return board
    board = locked(board)
    if differences := changed(board, facts):
        save_valid(board)
        write(desk, "board_corrected", by=by, at=at, name=board.name, changes=differences)
    return board


@transaction.atomic
def give_new_address(
    desk: Desk, board: Board, *, by: Any | None, seen: int | None = None, at: datetime | None = None
) -> Board:
    """Let the old address show nothing any more: for when it has come to where it does not belong."""
    desk = kept(desk, by=by, seen=seen)
    board = locked(board)
    board.address = address_of_a_board()
    save_valid(board)
    write(desk, "board_readdressed", by=by, at=at, name=board.name)
    return board
