"""Does the background jobs until it is asked to stop."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from saduak.config.environment import environment


class Command(BaseCommand):
    """`saduak worker`: a job that is being done is finished before the worker stops."""

    help = "Do the background jobs until asked to stop."
    requires_system_checks = ()  # Whoever answers requests makes none either; they would load all addresses.

    def handle(self, *args: Any, **options: Any) -> None:
        call_command(
            "procrastinate", "worker", concurrency=environment().saduak_worker_jobs, shutdown_graceful_timeout=20.0
        )
