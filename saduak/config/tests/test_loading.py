"""While the platform loads, nobody looks for garbage."""

import gc

import pytest

from saduak.config.loading import loading


def test_what_was_loaded_is_looked_through_neither_then_nor_later():
    kept = gc.get_freeze_count()

    with loading():
        assert not gc.isenabled()
        loaded = [[] for _ in range(100)]

    assert gc.isenabled()
    assert gc.get_freeze_count() >= kept + len(loaded)


def test_after_a_mistake_garbage_is_looked_for_again():
    with pytest.raises(LookupError), loading():
        raise LookupError

    assert gc.isenabled()
