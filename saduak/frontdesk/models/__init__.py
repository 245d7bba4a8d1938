"""What a front desk is made of."""

from saduak.frontdesk.models.appointments import Appointment, BookedPerson, BookingTerms, Slot, SlotPlan
from saduak.frontdesk.models.calls import Call
from saduak.frontdesk.models.counters import Counter, Sitting, SittingSlice
from saduak.frontdesk.models.days import NumberBlock, NumberSeries, ServiceDay
from saduak.frontdesk.models.desks import Desk, PriorityClass
from saduak.frontdesk.models.devices import Board, Device
from saduak.frontdesk.models.figures import DayFigures, DaySummary
from saduak.frontdesk.models.followers import Follower, PushKey
from saduak.frontdesk.models.presses import Press
from saduak.frontdesk.models.printing import Printout
from saduak.frontdesk.models.ratings import RatedTicket, Rating, RatingComment
from saduak.frontdesk.models.special_days import SpecialDay
from saduak.frontdesk.models.tickets import Slice, Ticket
from saduak.frontdesk.models.undecided import Undecided
from saduak.frontdesk.models.voices import Voice, VoiceClip
from saduak.frontdesk.models.waits import DeskWaits, ToldWait, WantedCounter

__all__ = [
    "Appointment",
    "Board",
    "BookedPerson",
    "BookingTerms",
    "Call",
    "Counter",
    "DayFigures",
    "DaySummary",
    "Desk",
    "DeskWaits",
    "Device",
    "Follower",
    "NumberBlock",
    "NumberSeries",
    "Press",
    "Printout",
    "PriorityClass",
    "PushKey",
    "RatedTicket",
    "Rating",
    "RatingComment",
    "ServiceDay",
    "Sitting",
    "SittingSlice",
    "Slice",
    "Slot",
    "SlotPlan",
    "SpecialDay",
    "Ticket",
    "ToldWait",
    "Undecided",
    "Voice",
    "VoiceClip",
    "WantedCounter",
]
