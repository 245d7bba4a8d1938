"""One data folder belongs to one running platform (โฟลเดอร์ข้อมูล)."""

import fcntl
import os
from pathlib import Path


class DataFolderTaken(Exception):
    """Another process holds the data folder; `holder` names it."""

    def __init__(self, folder: Path, holder: str) -> None:
        self.folder = folder
        self.holder = holder
        super().__init__(f"{folder} is in use by {holder}.")


class DataFolder:
    """A folder held while the object lives; the operating system lets go of it however the process ends."""

    def __init__(self, folder: Path, doing: str) -> None:
        """Take the folder, making it if needed. Raises DataFolderTaken."""
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(self._lock, 200, 0).decode(errors="replace").strip()
            os.close(self._lock)
            raise DataFolderTaken(folder, holder) from None
        os.ftruncate(self._lock, 0)
        os.pwrite(self._lock, f"{doing} ({os.getpid()})\n".encode(), 0)

    def let_go(self) -> None:
        """Let another process have the folder."""
        os.close(self._lock)
