"""Counters, queue tickets, calls, boards (จุดบริการและคิว)."""
