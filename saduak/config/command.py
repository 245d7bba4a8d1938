"""The `saduak` command (คำสั่ง saduak)."""

import os
import sys
from contextlib import nullcontext

WITHOUT_DATABASE = frozenset(
    {"", "help", "version", "--help", "--version", "-h", "configuration", "docs", "makemessages", "compilemessages"}
    | {"makemigrations", "collectstatic", "findstatic", "check"}
)


def main() -> None:
    """Run one command of the platform."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saduak.config.settings")
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name == "serve":
        from saduak.config.supervisor import serve

        sys.exit(serve(sys.argv[2:]))
    if name == "web":
        from saduak.config.web import serve as serve_web

        serve_web()
    else:
        _run_in_django(name)


def _run_in_django(name: str) -> None:
    from django.core.management import execute_from_command_line

    from saduak.config.database_server import for_one_command

    with nullcontext() if name in WITHOUT_DATABASE else for_one_command(f"saduak {name}"):
        execute_from_command_line([sys.argv[0], *map(_module_of, sys.argv[1:2]), *sys.argv[2:]])


def _module_of(name: str) -> str:
    """The module of a command: `verify-journal` is in verify_journal.py."""
    return name if name.startswith("-") else name.replace("-", "_")
