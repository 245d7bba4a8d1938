"""The `saduak` command (คำสั่ง saduak)."""

import os
import sys
from contextlib import nullcontext

from pydantic import ValidationError

from saduak.config.environment import environment
from saduak.config.loading import loading
from saduak.config.words import _

WITHOUT_DATABASE = frozenset(
    {"", "help", "version", "--help", "--version", "-h", "configuration", "docs", "makemessages", "compilemessages"}
    | {"redraw", "simulate_printer", "verify"}
    | {"makemigrations", "collectstatic", "findstatic", "check"}
)


def main() -> None:
    """Run one command of the platform."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saduak.config.settings")
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    _check_environment()
    if name == "serve":
        from saduak.config.supervisor import serve

        sys.exit(serve(sys.argv[2:]))
    if name == "web":
        from saduak.config.web import serve as serve_web

        serve_web()
    else:
        if name == "help":
            sys.argv[2:3] = map(_as_django_spells, sys.argv[2:3])
        _run_in_django(_as_django_spells(name))


def _as_django_spells(name: str) -> str:
    return name if name.startswith("-") else name.replace("-", "_")


def _check_environment() -> None:
    try:
        environment()
    except ValidationError as mistaken:
        for error in mistaken.errors():
            print(f"{str(error['loc'][0]).upper()}: {error['msg']}", file=sys.stderr)
        sys.exit(2)


def _run_in_django(name: str) -> None:
    import django
    from django.core.management import execute_from_command_line

    from saduak.config.database_server import DatabaseDidNotStart, for_one_command

    sys.argv[1:2] = [name] if name else []
    with loading():
        django.setup()
    try:
        with nullcontext() if name in WITHOUT_DATABASE else for_one_command(f"saduak {name}"):
            execute_from_command_line(sys.argv)
    except DatabaseDidNotStart as silent:
        print(_("The embedded PostgreSQL did not start. It said: %(why)s") % {"why": silent}, file=sys.stderr)
        sys.exit(1)
