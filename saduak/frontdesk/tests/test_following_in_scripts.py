"""How often a page asks for its state: every three seconds, sooner without a stream, at once when it is woken."""

from tests.support import node

STAGE = """
    globalThis.EventSource = class {
        constructor() { this.readyState = 1; this.heard = {}; globalThis.stream = this; }
        addEventListener(name, what) { this.heard[name] = what; }
        close() {}
    };
    const { follow } = await import(`${site}/frontdesk/shared/following.js`);
    const settled = async () => { for (let turn = 0; turn < 20; turn += 1) await null; };
"""
"""A stream that the test itself sends along, and time for what was promised."""

PROGRAM = (
    STAGE
    + """
    const waits = [];
    globalThis.setTimeout = (what, milliseconds) => (waits.push(milliseconds), 0);
    let asked = 0;
    const wokenBy = [];
    const ask = async (_address, { headers }) => (asked += 1, wokenBy.push(headers["Last-Event-ID"] ?? ""), null);

    follow({ ask, address: "/state", live: "/live", show() {} });
    await settled();
    stream.readyState = 2;
    stream.heard.step({ lastEventId: "7" });
    await settled();
    stream.heard.step({ lastEventId: "8" });
    stream.heard.step({ lastEventId: "9" });
    await settled();
    follow({ ask, address: "/state", show() {} });
    await settled();
    console.log(JSON.stringify({ waits, asked, wokenBy }));
"""
)


def test_a_page_asks_within_three_seconds_whether_its_stream_lives_or_not():
    told = node.run(PROGRAM)

    assert told["waits"] == [3000, 2500, 0, 2500]
    assert told["asked"] == 4


def test_a_page_says_once_which_entry_woke_it():
    assert node.run(PROGRAM)["wokenBy"] == ["", "7", "8", ""]


GATHERED = (
    STAGE
    + """
    const timers = [];
    globalThis.setTimeout = (what, milliseconds) => timers.push({ what, milliseconds });
    globalThis.clearTimeout = () => {};
    let asked = 0;
    const ask = async () => (asked += 1, null);

    follow({ ask, address: "/state", live: "/live", gather: 300, show() {} });
    await settled();
    const said = [asked];
    for (let counter = 0; counter < 16; counter += 1) stream.heard.step({ lastEventId: "7" });
    await settled();
    said.push(asked);
    const wakes = timers.filter(({ milliseconds }) => milliseconds < 1000);
    wakes[0].what();
    await settled();
    said.push(asked);
    stream.heard.step({ lastEventId: "8" });
    console.log(JSON.stringify({
        said,
        wakes: wakes.length,
        soon: wakes[0].milliseconds >= 150 && wakes[0].milliseconds <= 300,
        again: timers.filter(({ milliseconds }) => milliseconds < 1000).length,
    }));
"""
)


def test_many_who_press_at_once_wake_a_page_of_staff_once():
    assert node.run(GATHERED) == {"said": [1, 1, 2], "wakes": 1, "soon": True, "again": 2}
