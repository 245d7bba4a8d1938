"""Public boards: the page that a screen keeps, its state, the voice, and what installs it (จอแสดงคิว).

Whoever has the address may look; nothing on a board is about a person.
"""

from datetime import datetime
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.utils.translation import override
from django.views.decorators.http import require_safe

from saduak.access.doors import open_to_everyone
from saduak.attachments import serving
from saduak.frontdesk.models import Board, VoiceClip
from saduak.frontdesk.operations import estimating
from saduak.frontdesk.presenters import boards as wording
from saduak.frontdesk.queries.boards import boards_with_version, state_of
from saduak.frontdesk.queries.once import made_once
from saduak.frontdesk.queries.voices import voice_of
from saduak.frontdesk.queries.waits import waits_of_groups, waits_of_who_comes
from saduak.frontdesk.views.installing import Installable, manifest_response, worker_response
from saduak.live.holding import NOW, holds_until_something_happens

SLOT = 60
"""Seconds after which the order is looked at anew although nothing has happened: who waits gathers points. The desks
do so one after another, not all at the same moment."""

APART = 7
"""Seconds between one desk and the next."""

PLACES = {"landscape": 3, "portrait": 4}
"""Calls that stand large at once."""


@open_to_everyone
@require_safe
def show_board_view(request: HttpRequest, address: str) -> HttpResponse:
    """The board. A worker that keeps the page for later gets it without the calls, for these will be others then."""
    board = _board(address)
    now = timezone.now()
    is_kept = request.headers.get("Sec-Fetch-Dest") == "empty"
    with override("th"):
        page = render_to_string("frontdesk/boards/board.html", _page(board, None if is_kept else now), request=request)
    response = HttpResponse(page)
    patch_cache_control(response, no_cache=True)
    return response


@open_to_everyone
@require_safe
def board_state_view(request: HttpRequest, address: str) -> HttpResponse:
    """All that moves on the board as JSON; 304 while it says the same (`If-None-Match`, or `?since=` the version)."""
    now = timezone.now()
    board = _board(address)
    version = _version(board, now)
    known = {tag.strip('W/"') for tag in parse_etags(request.headers.get("If-None-Match", ""))}
    if version in known or request.GET.get("since") == version:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(_state(_Asked(board, version, now)), content_type="application/json")
        left = SLOT - (now.timestamp() + board.desk_id * APART) % SLOT
        response[NOW] = now.isoformat()
        holds_until_something_happens(response, centre_id=board.desk_id, seconds=left)
    response["ETag"] = f'"{version}"'
    patch_cache_control(response, no_cache=True)
    return response


@open_to_everyone
@require_safe
def board_voice_view(request: HttpRequest, address: str) -> HttpResponse:
    """How the board speaks: the words of opening and ending, and where each recorded word lies."""
    board = _board(address)
    voice, clips = voice_of(board.desk)
    base = reverse("board_clip", kwargs={"address": board.address, "code": "th_00"})[: -len("th_00")]
    said = {
        "opening": voice.opening,
        "ending": voice.ending,
        "clips": {clip.code: f"{base}{clip.code}?file={clip.file.sha256[:16]}" for clip in clips},
    }
    return JsonResponse(said, headers={"Cache-Control": "no-cache"})


@open_to_everyone
@require_safe
def board_clip_view(request: HttpRequest, address: str, code: str) -> HttpResponse:
    """One recorded word."""
    clips = VoiceClip.objects.select_related("file__content")
    clip = get_object_or_404(clips, desk__boards__address=address, desk__boards__is_active=True, code=code)
    return serving.respond(clip.file, request=request)


@open_to_everyone
@require_safe
def board_worker_view(request: HttpRequest, address: str) -> HttpResponse:
    """The service worker of one board; each board has its own, so that two in one browser leave each other alone."""
    board = _board(address)
    with override("th"):
        text = render_to_string("frontdesk/boards/board.html", _page(board, None), request=request)
    return worker_response(_installable(board), shell=_address(board), shell_text=text)


@open_to_everyone
@require_safe
def board_manifest_view(request: HttpRequest, address: str) -> HttpResponse:
    """What a screen's computer needs to open the board without a browser's frame."""
    board = _board(address)
    name = f"{board.name} {board.desk.centre.name}"
    return manifest_response(name, shell=_address(board), orientation=board.orientation)


def _board(address: str) -> Board:
    board = boards_with_version(timezone.localdate()).filter(address=address).first()
    if board is None:
        raise Http404
    return board


def _address(board: Board) -> str:
    return reverse("show_board", kwargs={"address": board.address})


def _installable(board: Board) -> Installable:
    return Installable(f"board-{board.address}", "board")


def _shell(board: Board) -> str:
    """What the page was made from: another name, and the board loads itself anew."""
    program = staticfiles_storage.url("frontdesk/board/board.js"), staticfiles_storage.url("frontdesk/board/board.css")
    looks = board.name, board.zones, board.theme, board.orientation, board.speaks
    return wording.digest(program, looks, board.desk.version, board.desk.is_open, board.desk.texts)


def _version(board: Board, now: datetime) -> str:
    """Names the state: another day, another version of the day, other settings, or time for another look."""
    day_version = getattr(board, "day_version", None) or 0
    slot = (int(now.timestamp()) + board.desk_id * APART) // SLOT
    return f"{timezone.localdate(now):%Y%m%d}-{day_version}-{slot:x}-{_shell(board)[:8]}"


class _Asked:
    """A board at a version of its state: two of them are the same question."""

    def __init__(self, board: Board, version: str, now: datetime) -> None:
        self.board, self.version, self.now = board, version, now

    def __hash__(self) -> int:
        return hash((self.board.address, self.version))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and (self.board.address, self.version) == (other.board.address, other.version)


@made_once(most=256)
def _state(asked: _Asked) -> bytes:
    """The answer, made once for all screens that show the board; a version names one state, so it may be kept."""
    return JsonResponse(_facts(asked.board, asked.version, asked.now)).content


def _facts(board: Board, version: str, now: datetime) -> dict[str, Any]:
    state = state_of(board, timezone.localdate(now), now)
    estimating.refresh(board.desk, now)
    waits = waits_of_groups(board.desk, waits_of_who_comes(board.desk, now))
    facts = wording.state_as_facts(board, state, waits, version=version, at=now, shell=_shell(board))
    voice, clips = voice_of(board.desk)
    spoken = wording.digest(voice.opening, voice.ending, [(clip.code, clip.file_id) for clip in clips])
    return {**facts, "voice": spoken}


def _page(board: Board, now: datetime | None) -> dict[str, Any]:
    """The page; with `now`, what stands on it at that moment, for screens without a script."""
    desk = board.desk
    code = desk.centre.code
    voice, _ = voice_of(desk)
    facts = _facts(board, "", now) if now else {"calls": [], "lines": []}
    places = PLACES[board.orientation]
    addresses = {
        name: reverse(url_name, kwargs={"address": board.address})
        for name, url_name in (("state", "board_state"), ("voice", "board_voice"), ("worker", "board_worker"))
    }
    return {
        "board": board,
        "desk": desk,
        "centre": desk.centre,
        "contrast": {"light": "normal", "dark": "dark", "contrast": "high"}[board.theme],
        "text_size": "100",
        "words": wording.words(),
        "of_this_moment": wording.words_of(now) if now else {},
        "rule": wording.rule_in_short(list(desk.classes.filter(is_offered=True))),
        "rule_qr": wording.qr(wording.address_of("show_rule", code=code)),
        "queue_qr": wording.qr(wording.address_of("show_queue", code=code)),
        "messages": wording.messages_of(desk),
        "state": facts,
        "at": now,
        "shown": wording.for_paper(facts, places=places, opening=voice.opening, ending=voice.ending),
        "setting": {
            "address": board.address,
            "places": places,
            "speaks": board.speaks,
            "shell": _shell(board),
            "live": f"/live/journal?case_kind=ticket&centre={desk.pk}",
            "addresses": {**addresses, "page": _address(board)},
        },
    }
