"""Long work that can be watched, left, found again and stopped (งานที่ใช้เวลานาน)."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How far long work is."""

    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Progress:
    """What `{% long_work progress %}` draws. `name` is the element's id.

    `url` answers with this component again and is asked every two seconds while the work goes on; `cancel_url` takes a
    POST; `result_url` is where the finished work is seen. `total=None` while nobody knows how much there is.
    """

    name: str
    label: object
    state: State
    done: int = 0
    total: int | None = None
    url: str = ""
    cancel_url: str = ""
    result_url: str = ""
    result_label: object = ""
    note: object = ""

    @property
    def goes_on(self) -> bool:
        """Whether there is something to wait for."""
        return self.state in {State.WAITING, State.RUNNING}
