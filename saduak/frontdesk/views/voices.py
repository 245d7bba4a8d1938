"""The voice of a desk: recorded in the browser word by word, tried, borrowed, taken along (เสียงเรียกคิว)."""

import io
import zipfile

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from saduak.access.doors import needs
from saduak.attachments import serving, storage
from saduak.attachments.refusals import FileRefused
from saduak.design.pages import render
from saduak.frontdesk.forms.boards import BringVoiceForm, MannerForm
from saduak.frontdesk.models import Desk, VoiceClip
from saduak.frontdesk.operations import voices
from saduak.frontdesk.policies import Permission
from saduak.frontdesk.presenters.setting_up import frame_of
from saduak.frontdesk.presenters.voices import in_kinds, page_words
from saduak.frontdesk.queries.voices import voice_of, voices_to_bring
from saduak.frontdesk.views.fetching import desk_to_set_up
from saduak.frontdesk.voice import clips


@needs(Permission.SET_UP)
@require_safe
def show_voice_view(request: HttpRequest, code: str) -> HttpResponse:
    """All 48 words, which of them are recorded, and the sentence that they make."""
    return _shown(request, desk_to_set_up(request, code))


@needs(Permission.SET_UP)
@require_POST
def record_word_view(request: HttpRequest, code: str) -> HttpResponse:
    """Keep one recorded word; the page that records gets `{recorded, milliseconds}`, or 422 with `{problem}`."""
    desk = desk_to_set_up(request, code)
    word, sound = request.POST.get("word", ""), request.FILES.get("sound")
    if word not in clips():
        raise Http404
    wants_json = "application/json" in request.headers.get("Accept", "")
    if sound is None:
        return _refused(request, desk, _("Choose a file."), wants_json=wants_json)
    try:
        clip = voices.record_word(desk, word, sound, by=request.user)
    except FileRefused as refused:
        return _refused(request, desk, str(refused), wants_json=wants_json)
    if wants_json:
        return JsonResponse({"recorded": desk.voice_clips.count(), "milliseconds": clip.milliseconds})
    messages.success(request, _("The word is saved."))
    return redirect("show_voice", code=code)


@needs(Permission.SET_UP)
@require_POST
def remove_word_view(request: HttpRequest, code: str) -> HttpResponse:
    """Take a recorded word back."""
    desk = desk_to_set_up(request, code)
    voices.remove_word(desk, request.POST.get("word", ""), by=request.user)
    messages.success(request, _("The word is removed."))
    return redirect("show_voice", code=code)


@needs(Permission.SET_UP)
@require_POST
def choose_manner_view(request: HttpRequest, code: str) -> HttpResponse:
    """Say how calls begin and end."""
    desk = desk_to_set_up(request, code)
    form = MannerForm(request.POST)
    if not form.is_valid():
        return _shown(request, desk, manner=form, status=422)
    voices.choose_manner(desk, **form.cleaned_data, by=request.user)
    messages.success(request, _("Calls begin and end like this now."))
    return redirect("show_voice", code=code)


@needs(Permission.SET_UP)
@require_POST
def bring_voice_view(request: HttpRequest, code: str) -> HttpResponse:
    """Take the words that are missing from another centre of the agency."""
    desk = desk_to_set_up(request, code)
    form = BringVoiceForm(request.POST, givers=voices_to_bring(desk))
    if not form.is_valid():
        return _shown(request, desk, bring=form, status=422)
    try:
        number = voices.bring_voice(desk, form.cleaned_data["giver"], by=request.user)
    except ValidationError as refused:
        form.add_error("giver", refused)
        return _shown(request, desk, bring=form, status=422)
    said = ngettext("%(number)d word was taken.", "%(number)d words were taken.", number) % {"number": number}
    messages.success(request, said)
    return redirect("show_voice", code=code)


@needs(Permission.SET_UP)
@require_safe
def voice_sounds_view(request: HttpRequest, code: str) -> JsonResponse:
    """The voice as boards get it, for the test sentence."""
    desk = desk_to_set_up(request, code)
    voice, recorded = voice_of(desk)
    addresses = {
        clip.code: f"{reverse('voice_word', args=[code, clip.code])}?file={clip.file.sha256[:16]}" for clip in recorded
    }
    said = {"opening": voice.opening, "ending": voice.ending, "clips": addresses}
    return JsonResponse(said, headers={"Cache-Control": "no-store"})


@needs(Permission.SET_UP)
@require_safe
def voice_word_view(request: HttpRequest, code: str, word: str) -> HttpResponse:
    """One recorded word."""
    desk = desk_to_set_up(request, code)
    clip = get_object_or_404(VoiceClip.objects.select_related("file__content"), desk=desk, code=word)
    return serving.respond(clip.file, request=request)


@needs(Permission.SET_UP)
@require_safe
def download_voice_view(request: HttpRequest, code: str) -> HttpResponse:
    """All recorded words in one archive, named by their codes."""
    desk = desk_to_set_up(request, code)
    _voice, recorded = voice_of(desk)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for clip in recorded:
            archive.writestr(f"{clip.code}.wav", storage.read(clip.file.sha256))
    response = HttpResponse(made.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="voice-{desk.centre.code}.zip"'
    return response


def _refused(request: HttpRequest, desk: Desk, problem: str, *, wants_json: bool) -> HttpResponse:
    if wants_json:
        return JsonResponse({"problem": problem}, status=422)
    return _shown(request, desk, problem=problem, status=422)


def _shown(
    request: HttpRequest,
    desk: Desk,
    *,
    manner: MannerForm | None = None,
    bring: BringVoiceForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    voice, recorded = voice_of(desk)
    givers = voices_to_bring(desk)
    code = desk.centre.code
    context = {
        **frame_of(desk, "boards"),
        "kinds": in_kinds(recorded),
        "all_words": list(clips().values()),
        "number": len(recorded),
        "manner": manner or MannerForm(initial={"opening": voice.opening, "ending": voice.ending}),
        "bring": (bring or BringVoiceForm(givers=givers)) if givers and len(recorded) < len(clips()) else None,
        "problem": problem,
        "setting": {
            "record": reverse("record_word", args=[code]),
            "sounds": reverse("voice_sounds", args=[code]),
            "desk": code,
            "words": page_words(),
        },
    }
    return render(request, "frontdesk/voice/show.html", context, status=status)
