"""The plain parts of a board as browsers have them: announcements, large calls, the age of the news."""

from tests.support import node

PLAY = """
    const { Announcements } = await import(`${site}/frontdesk/board/announcing.js`);
    const { Showing } = await import(`${site}/frontdesk/board/showing.js`);
    const { freshness } = await import(`${site}/frontdesk/board/freshness.js`);
    const call = (id, number, at, more = {}) =>
        ({ id, number, counter: "1", at, holds: true, stage: "called", ...more });
    const tell = (found) => console.log(JSON.stringify(found));
"""


def played(program):
    """What the program tells."""
    return node.run(PLAY + program)


def test_calls_are_said_in_their_order_and_never_two_at_once():
    told = played("""
        const queue = new Announcements();
        queue.hear([], 0);
        const calls = [call(1, "A001", 1000), call(2, "A002", 1100), call(3, "B001", 1200)];
        queue.hear(calls, 1200);
        const first = queue.next(1200);
        const meanwhile = queue.next(1300);
        queue.hear(calls, 1400);
        queue.done(6000);
        const rest = [queue.next(6000).call.id];
        queue.done(9000);
        rest.push(queue.next(9000).call.id);
        queue.done(9999);
        rest.push(queue.next(9999));
        tell({ first: first.call.id, chime: first.chime, meanwhile, rest });
    """)

    assert told == {"first": 1, "chime": True, "meanwhile": None, "rest": [2, 3, None]}


def test_a_recall_is_said_again_but_not_twice_in_a_row():
    told = played("""
        const queue = new Announcements();
        queue.hear([], 0);
        const said = [];
        const all = [call(1, "A001", 1000), call(2, "A002", 1100)];
        queue.hear(all, 1200);
        said.push(queue.next(1200).call.id);
        all.push(call(3, "A002", 1500, { counter: "7" }), call(4, "A001", 1600));
        queue.hear(all, 1700);
        for (let next; queue.done(2000), (next = queue.next(2000)); ) said.push(next.call.id);
        tell(said);
    """)

    assert told == [1, 3, 4]  # A002 was still waiting to be said: once, to the counter of its recall.


def test_a_call_that_was_taken_back_is_not_said():
    told = played("""
        const queue = new Announcements();
        queue.hear([], 0);
        queue.hear([call(1, "A001", 1000), call(2, "A002", 1100)], 1200);
        queue.next(1200);
        queue.hear([call(1, "A001", 1000)], 1300);
        queue.done(5000);
        tell(queue.next(5000));
    """)

    assert told is None


def test_a_board_that_was_just_switched_on_keeps_quiet_about_old_calls():
    told = played("""
        const queue = new Announcements();
        queue.hear([call(1, "A001", 0), call(2, "A002", 90_000)], 100_000);
        tell([queue.next(100_000).call.id, queue.waiting.length]);
    """)

    assert told == [2, 0]


def test_sixteen_counters_at_once_are_all_called():
    told = played("""
        const queue = new Announcements();
        queue.hear([], 0);
        queue.hear(Array.from({ length: 16 }, (_, n) => call(n + 1, `A${n}`, 1000 + n)), 1100);
        const said = [];
        let now = 1100;
        for (let next; (next = queue.next(now)); queue.done((now += 6000)))
            said.push([next.call.id, next.skipped.length, next.chime]);
        tell(said);
    """)

    assert [number for number, _, _ in told] == list(range(1, 17))
    assert not any(skipped for _, skipped, _ in told)
    assert [chime for *_, chime in told] == [True, *[False] * 15]


def test_of_a_long_backlog_only_what_still_holds_is_said():
    told = played("""
        const queue = new Announcements();
        queue.hear([], 0);
        const calls = Array.from({ length: 16 }, (_, n) => call(n + 1, `A${n}`, 1000, { holds: n % 4 === 3 }));
        queue.hear(calls, 1100);
        const first = queue.next(1100);
        queue.done(7000);
        const late = queue.next(60_000);
        queue.done(66_000);
        queue.hear(calls.map((one) => ({ ...one, holds: false })), 66_000);
        const last = queue.next(66_000);
        const skipped = first.skipped.map((one) => one.id);
        tell({ first: [first.call.id, skipped], late: late.call.id, last: [last.call, last.skipped.length] });
    """)

    assert told["first"] == [4, [1, 2, 3]]
    assert told["late"] == 8
    assert told["last"] == [None, 8]


def test_every_call_stands_large_for_its_time():
    told = played("""
        const show = new Showing(3);
        show.see([], 0, 12);
        const calls = Array.from({ length: 7 }, (_, n) => call(n + 1, `A${n}`, 0, { stage: "serving" }));
        const large = (now) => show.see(calls, now, 12).places.map((place) => place?.call.id);
        tell([large(1000), large(5000), large(13_000), large(24_000), large(25_000)]);
    """)

    assert told == [[1, 2, 3], [1, 2, 3], [4, 5, 6], [4, 5, 6], [7, 5, 6]]


def test_who_is_still_awaited_keeps_the_place_and_a_recall_is_new_again():
    told = played("""
        const show = new Showing(2);
        show.see([], 0, 12);
        let calls = [call(1, "A1", 0), call(2, "A2", 0, { stage: "serving" })];
        show.see(calls, 0, 12);
        calls = [...calls, call(3, "A3", 20_000)];
        const third = show.see(calls, 20_000, 12);
        calls = [...calls, call(4, "A1", 40_000, { counter: "9" })];
        const again = show.see(calls, 40_000, 12);
        const simple = (seen) => seen.places.map(({ call, isNew }) => [call.number, call.counter, isNew]);
        tell([simple(third), third.recent.map((one) => one.number), simple(again)]);
    """)

    assert told == [[["A1", "1", False], ["A3", "1", True]], ["A2"], [["A1", "9", True], ["A3", "1", False]]]


def test_a_call_that_was_undone_leaves_its_place():
    told = played("""
        const show = new Showing(2);
        show.see([], 0, 12);
        show.see([call(1, "A1", 0)], 0, 12);
        tell(show.see([], 1000, 12));
    """)

    assert told == {"places": [None, None], "recent": []}


def test_a_board_begins_with_who_is_at_the_counters_now():
    told = played("""
        const show = new Showing(2);
        const at = [["over", 1], ["called", 2], ["serving", 3]];
        const seen = show.see(at.map(([stage, id]) => call(id, `A${id}`, 0, { stage })), 99_000, 12);
        tell([seen.places.map(({ call, isNew }) => [call.number, isNew]), seen.recent.map((one) => one.number)]);
    """)

    assert told == [[["A2", False], ["A3", False]], ["A1"]]


def test_the_age_of_the_news_goes_by_the_wall():
    assert played("tell([0, 9000, 11_000, 31_000, -31_000].map((age) => freshness(100_000, 100_000 + age)))") == [
        "live",
        "live",
        "late",
        "stale",
        "stale",
    ]
