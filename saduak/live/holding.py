"""How a view says until when its answer holds, so that it need not be asked again meanwhile."""

from django.http import HttpResponse

HEADER = "Saduak-Holds"
"""Between the view and its own process; it never leaves."""

NOW = "X-Now"
"""The server's moment, for devices that compare clocks: what a kept answer says of it was true when it was made."""


def holds_until_something_happens(response: HttpResponse, *, centre_id: int, seconds: float) -> HttpResponse:
    """Say that whoever asks the same gets the same until the journal has an entry of that centre, or so many seconds.

    Only for answers that depend on nothing but the address, the cookies and what the journal tells of.
    """
    response[HEADER] = f"{centre_id} {max(seconds, 0.0):.3f}"
    return response
