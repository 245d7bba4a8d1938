"""The three levels in words, as their sign and every list name them (ระดับการรับรอง)."""

from django.utils.translation import gettext_lazy as _

LEVELS = {"basic": _("Basic level"), "advanced": _("Advanced level"), "excellent": _("Excellent level")}
"""Code of a level → its name, the lowest first."""
