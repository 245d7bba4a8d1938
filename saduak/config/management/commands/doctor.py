"""Tells how the platform is, in the operator's language."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from saduak.config.diagnosis import State, examine
from saduak.config.words import language

MARKS = {State.GOOD: "✓", State.DOUBTFUL: "!", State.BAD: "✗"}


class Command(BaseCommand):
    """`saduak doctor`: exit code 0 when nothing is bad, else 1."""

    help = "Look at settings, disk, fonts, database, migrations, clock and jobs."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(language()):
            findings = []
            for finding in examine():
                findings.append(finding)
                self.stdout.write(f"{MARKS[finding.state]} {finding.about}: {finding.words}")
            bad = sum(finding.state is State.BAD for finding in findings)
            self.stdout.write("")
            self.stdout.write(
                _("%(count)d things must be put right.") % {"count": bad} if bad else _("The platform can run.")
            )
        sys.exit(1 if bad else 0)
