"""The `saduak` command (คำสั่ง saduak)."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command of the platform."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saduak.config.settings")
    execute_from_command_line(sys.argv)
