"""A deed that is asked for twice with one idempotency key is done once, and answered the same (คีย์กันทำซ้ำ)."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.credentials.vault import VaultLocked, seal, unseal
from saduak.machines.callers import client_of
from saduak.machines.models import Client, KeptAnswer
from saduak.machines.problems import Kind, Problem, wrong

KEY = "Idempotency-Key"
LONGEST = 255
KEPT = timedelta(days=7)
REPLAYED = "Idempotency-Replayed"


def answered_once(request: HttpRequest, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer, kept in the transaction of what was done; whoever asks again gets it again.

    A process that dies midway leaves neither deed nor answer. What was refused did nothing, and is asked anew. Raises
    Problem: 409 while the first request is worked on, 422 when the key belongs to another request.
    """
    key = request.headers[KEY].strip()
    if not 0 < len(key) <= LONGEST:
        raise wrong(_("1 to 255 characters."), header=KEY)
    client, asked = client_of(request), _digest(request)
    with transaction.atomic():
        _take_the_key(client.pk, key)
        kept = KeptAnswer.objects.filter(client=client, key=key).first()
        if kept is not None:
            if bytes(kept.asked) != asked:
                raise Problem(Kind.KEY_REUSED)
            return _again(kept)
        response = answer()
        if response.status_code >= 400 or not isinstance(response, HttpResponse):
            transaction.set_rollback(True)
            return response
        KeptAnswer.objects.create(
            client=client,
            key=key,
            asked=asked,
            status=response.status_code,
            content_type=response.get("Content-Type", ""),
            body=seal(response.content, about=_about(client, key)),
            location=response.get("Location", ""),
            kept_at=timezone.now(),
        )
    return response


def forget_answers() -> int:
    """Drop answers that are older than anybody asks again for; how many."""
    return KeptAnswer.objects.filter(kept_at__lt=timezone.now() - KEPT).delete()[0]


def _take_the_key(client: int, key: str) -> None:
    """Hold the key until the transaction ends. Raises Problem (409) when another request holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, %s))", [f"api:{key}", client])
        if not cursor.fetchone()[0]:
            raise Problem(Kind.IN_FLIGHT, headers={"Retry-After": "1"})


def _digest(request: HttpRequest) -> bytes:
    """What is asked: method, address, and the body, of a form its fields and files."""
    said = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type != "multipart/form-data":
        said.update(request.body)
        return said.digest()
    for name, values in sorted(request.POST.lists()):
        said.update(f"{name}={values!r}\n".encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            said.update(f"{name}={file.name!r} {hashlib.sha256(file.read()).hexdigest()}\n".encode())
            file.seek(0)
    return said.digest()


def _about(client: Client, key: str) -> str:
    return f"answer {client.pk} {key}"


def _again(kept: KeptAnswer) -> HttpResponse:
    try:
        body = unseal(bytes(kept.body), about=_about(kept.client, kept.key))
    except VaultLocked:
        raise Problem(Kind.OVERTAKEN, _("It was done, but its answer does not open any more.")) from None
    response = HttpResponse(body, status=kept.status, content_type=kept.content_type)
    if kept.location:
        response["Location"] = kept.location
    response[REPLAYED] = "true"
    return response
