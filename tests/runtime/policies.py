"""Everybody hears about pairs."""

from saduak.live.audiences import everyone

AUDIENCES = {"pair": everyone}
