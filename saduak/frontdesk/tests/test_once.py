"""What many ask for at the same moment is made once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from saduak.frontdesk.queries.once import made_once


def test_many_who_ask_at_once_get_what_was_made_for_the_first():
    begun, together, made = Event(), Barrier(8), []

    @made_once(most=4)
    def answer(question):
        made.append(question)
        begun.wait(0.05)
        return [question]

    def ask(_number):
        together.wait(10)
        return answer("now")

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))

    assert made == ["now"]
    assert all(one is answers[0] for one in answers)


def test_only_the_latest_are_kept():
    made = []

    @made_once(most=2)
    def answer(question):
        made.append(question)
        return question

    for question in (1, 2, 1, 3, 1, 3):
        assert answer(question) == question

    assert made == [1, 2, 3, 1]


def test_what_failed_is_tried_again():
    tried = []

    @made_once(most=2)
    def answer(question):
        tried.append(question)
        if len(tried) == 1:
            raise ValueError(question)
        return question

    with pytest.raises(ValueError, match="1"):
        answer(1)
    assert answer(1) == 1
