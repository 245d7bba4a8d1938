"""When waiting begins to count: walk-ins, appointments, returns, and devices with a wrong clock (เวลามาถึง)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from saduak.frontdesk.rules.order import ONE_MINUTE, Entry, Waiting

GRACE_MINUTES = 15
"""So long after the booked time an appointment still holds, as Thai offices announce it: more than 15 minutes late
loses the slot and takes an ordinary ticket. A centre may change it."""

HOLD_OFF_MINUTES = 5
"""So long after a no-show has come back nobody may call the ticket: this platform's default."""


def entered(checked_in: int, booked: int | None = None, *, grace_minutes: int = GRACE_MINUTES) -> tuple[int, Entry]:
    """From when the waiting counts, and how the visitor came in.

    Without a booking, from the check-in. With one, from the booked time, whether the visitor came early or within the
    grace; later than that the slot is lost and the visitor is a walk-in who has just arrived.
    """
    if booked is None:
        return checked_in, Entry.WALK_IN
    if checked_in > booked + grace_minutes * ONE_MINUTE:
        return checked_in, Entry.LATE
    return booked, Entry.BOOKED


def came_back(ticket: Waiting, at: int, *, hold_off_minutes: int = HOLD_OFF_MINUTES) -> Waiting:
    """A no-show who returns: with the first arrival, but nobody may call before the hold-off has passed."""
    return replace(ticket, not_before=at + hold_off_minutes * ONE_MINUTE, returned=True)


def passed_on(ticket: Waiting, *, service: str = "", counter: str = "") -> Waiting:
    """A transferred visitor: keeps the first arrival and the class; without a named counter any capable one calls."""
    return replace(ticket, service=service or ticket.service, counter=counter, transferred=True)


@dataclass(frozen=True, slots=True)
class Claim:
    """A ticket that a device has issued by itself: its sequence there and the moment on the device's own clock."""

    sequence: int
    device_time: int


def believed_arrival(device_time: int, *, device_now: int, received: int, last_seen: int) -> int:
    """When a ticket was issued, from a device whose clock may be wrong.

    `device_now` is what the device's clock shows as it delivers, at `received` by the server's clock: what lies
    between `device_time` and it is an age, true whatever the clock is set to. `last_seen` is when the server last heard
    from the device, so the ticket cannot be older; nor can it be from the future. While a device is connected the two
    lie seconds apart, and its clock decides nothing.
    """
    claimed = received - (device_now - device_time)
    return max(last_seen, min(claimed, received)) if last_seen <= received else received


def believed_arrivals(
    claims: Iterable[Claim], *, device_now: int, received: int, last_seen: int
) -> list[tuple[Claim, int]]:
    """What a device delivers after a cut, by its sequence, each with its believed moment; none before its predecessor.

    A clock that was set back or forward during the cut can thus not reorder the device's own tickets, and moves none of
    them out of the time of the cut.
    """
    believed: list[tuple[Claim, int]] = []
    latest = last_seen
    for claim in sorted(claims, key=lambda one: one.sequence):
        latest = believed_arrival(claim.device_time, device_now=device_now, received=received, last_seen=latest)
        believed.append((claim, latest))
    return believed
