"""When Python looks for garbage in a run of the tests. Loaded before all else."""

import gc

# All that is imported and collected stays, and looking through it again and again took a quarter of that time.
gc.disable()


def pytest_collection_finish():
    """From here on only what tests leave behind is looked through."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()
