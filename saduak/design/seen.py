"""What of a case the person was looking at when the form was sent."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from saduak.thai.numerals import whole_number


def seen_version(request: HttpRequest, name: str = "seen") -> int:
    """The version of the case that was shown, as every form that takes a step says. Raises BadRequest.

    What comes without it did not come whole from one of our pages, and nobody could tell whether it was overtaken.
    """
    seen = whole_number(request.POST.get(name, ""))
    if seen is None:
        raise BadRequest(f"The form does not say which version was seen ({name}).")
    return seen


def seen_state(request: HttpRequest, name: str = "seen") -> str:
    """As `seen_version`, where a form says in other signs what was shown; "" stands for nothing. Raises BadRequest."""
    if name not in request.POST:
        raise BadRequest(f"The form does not say what was seen ({name}).")
    return request.POST[name]
