"""Addresses of public boards, below `queue/board/`."""

from django.urls import path

from saduak.frontdesk.views import boards

urlpatterns = [
    path("board/<slug:address>", boards.show_board_view, name="show_board"),
    path("board/<slug:address>/state", boards.board_state_view, name="board_state"),
    path("board/<slug:address>/voice", boards.board_voice_view, name="board_voice"),
    path("board/<slug:address>/voice/<slug:code>", boards.board_clip_view, name="board_clip"),
    path("board/<slug:address>/worker.js", boards.board_worker_view, name="board_worker"),
    path("board/<slug:address>/app.webmanifest", boards.board_manifest_view, name="board_manifest"),
]
