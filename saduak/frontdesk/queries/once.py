"""What many ask for at the same moment is made once (ทำครั้งเดียวสำหรับทุกคนที่ถาม)."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

AskedT = TypeVar("AskedT", bound=Hashable)
MadeT = TypeVar("MadeT")


class Made(Generic[AskedT, MadeT]):
    """What was made for the latest questions, each once: who asks for one that is being made waits for it.

    When something happens at a desk, all its screens ask for the same at the same moment; without waiting, each thread
    would make it.
    """

    def __init__(self, make: Callable[[AskedT], MadeT], most: int) -> None:
        self._make, self._most = make, most
        self._kept: OrderedDict[AskedT, MadeT] = OrderedDict()
        self._making: dict[AskedT, Lock] = {}
        self._lock = Lock()

    def __call__(self, asked: AskedT) -> MadeT:
        """What is made for that question. Raises what making it raises, to each who asks."""
        with self._lock:
            if asked in self._kept:
                return self._kept[asked]
            making = self._making.setdefault(asked, Lock())
        with making:
            with self._lock:
                if asked in self._kept:
                    return self._kept[asked]
            try:
                made = self._make(asked)
            finally:
                with self._lock:
                    self._making.pop(asked, None)
            self._keep(asked, made)
            return made

    def _keep(self, asked: AskedT, made: MadeT) -> None:
        with self._lock:
            self._kept[asked] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def made_once(most: int) -> Callable[[Callable[[AskedT], MadeT]], Made[AskedT, MadeT]]:
    """Keep what a function makes for its latest questions, and make each once."""
    return lambda make: Made(make, most)
