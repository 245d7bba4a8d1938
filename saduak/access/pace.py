"""How often one visitor may do what a machine could do endlessly (การจำกัดอัตราการเรียกใช้)."""

from django.core.cache import cache
from django.http import HttpRequest


def is_too_often(request: HttpRequest, what: str, *, times: int, seconds: int) -> bool:
    """Count one more attempt at `what` from this network address; whether there were more than `times` in `seconds`.

    Many people may stand behind one address, so be generous. Counts are kept in the cache and may be lost with it.
    """
    key = f"pace:{what}:{request.META.get('REMOTE_ADDR', '')}"
    if cache.add(key, 1, timeout=seconds):
        return False
    try:
        return cache.incr(key) > times
    except ValueError:  # It ran out between the two questions.
        return False
