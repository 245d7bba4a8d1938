"""What the directory asks those above it, which it does not know (เหตุการณ์ของทะเบียนศูนย์)."""

from django.dispatch import Signal

merge_weighed = Signal()
"""Sent with `surviving` and `merged`, two centres, before they become one; a receiver returns sentences that say why
they cannot, none when nothing of its stands against it."""

centre_shown = Signal()
"""Sent with `centre` when its public page is made; a receiver returns (label, address) of what it offers there."""
