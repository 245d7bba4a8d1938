"""The figures of a day, counted from slices by hand."""

from saduak.frontdesk.rules.figures import HALF_HOUR, Life, Line, Stay, figures, half_hour, spread

MINUTE = 60_000
NINE = 18 * HALF_HOUR


def life(*stays, came=NINE, booked=0, key="a"):
    """`("waiting", 10)`: ten minutes; without minutes it is the present stage."""
    at, made = came, []
    for stage, *more in stays:
        minutes, outcome = (*more, None, "")[:2]
        ends = None if minutes is None else at + minutes * MINUTE
        made.append(Stay(stage, at, ends, 1, 1, outcome=outcome or ""))
        at = ends or at
    return Life(key, came, tuple(made), booked)


def counted(*lives):
    return figures(lives, 0).get((1, 1), Line())


def test_a_visit_is_counted_where_it_came_and_where_it_was_called():
    line = counted(life(("waiting", 40), ("called", 1), ("serving", 9, "done"), ("finished",)))

    assert (line.issued, line.called, line.served) == (1, 1, 1)
    assert (line.arrivals[18], line.calls[19]) == (1, 1)
    assert line.mean_wait == line.longest == 40 * MINUTE
    assert line.mean_visit == 9 * MINUTE
    assert line.outcomes == {"done": 1}


def test_nobody_waits_before_a_booked_time():
    line = counted(life(("waiting", 40), ("called",), booked=NINE + 30 * MINUTE))

    assert line.mean_wait == 10 * MINUTE


def test_who_did_not_come_and_came_back_waits_twice():
    line = counted(life(("waiting", 5), ("called", 2), ("no_show", 3), ("waiting", 4), ("called", 1), ("serving",)))

    assert (line.issued, line.called, line.missed, line.came_back, line.served) == (1, 2, 1, 1, 0)
    assert sum(line.waited) == 9 * MINUTE


def test_who_leaves_has_not_been_called():
    line = counted(life(("waiting", 5), ("cancelled",)))

    assert (line.issued, line.called, line.cancelled, line.mean_wait, line.mean_visit) == (1, 0, 1, None, None)


def test_who_waits_now_has_not_waited_yet():
    assert counted(life(("waiting",))).called == 0


def test_lines_are_added_up():
    one = counted(life(("waiting", 5), ("called", 1), ("serving", 4, "done"), ("finished",)))
    one.add(counted(life(("waiting", 15), ("called", 1), ("serving", 6, "advised"), ("finished",))))

    assert (one.issued, one.longest, one.mean_wait) == (2, 15 * MINUTE, 10 * MINUTE)
    assert one.outcomes == {"done": 1, "advised": 1}


def test_every_moment_is_in_a_half_hour_of_the_day():
    assert [half_hour(at, 0) for at in (-1, 0, HALF_HOUR, 50 * HALF_HOUR)] == [0, 0, 1, 47]


def test_spans_fill_half_hours():
    filled = spread([(NINE + 20 * MINUTE, NINE + 50 * MINUTE), (NINE, NINE + HALF_HOUR)], 0)

    assert (filled[18], filled[19]) == (40 * MINUTE, 20 * MINUTE)
    assert sum(filled) == 60 * MINUTE
