"""How the platform's programs load it (การโหลดโปรแกรม)."""

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def loading() -> Iterator[None]:
    """Load in here what stays for as long as the process.

    Nothing of it becomes garbage; looking through all of it again and again would take a quarter of the time, and
    afterwards only what comes later is looked through.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
