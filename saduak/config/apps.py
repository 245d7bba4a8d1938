"""Meets the packages once they are all loaded."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Connects the wiring."""

    name = "saduak.config"
    label = "saduak_config"

    def ready(self) -> None:
        """Let the packages hear of each other."""
        from saduak.config.wiring import connect

        connect()
