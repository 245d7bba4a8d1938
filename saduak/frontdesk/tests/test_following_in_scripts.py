"""How often a page asks for its state: every three seconds, sooner without a stream, at once when it is woken."""

from tests.support import node

PROGRAM = """
    const waits = [];
    globalThis.setTimeout = (what, milliseconds) => (waits.push(milliseconds), 0);
    globalThis.EventSource = class {
        constructor() { this.readyState = 1; this.heard = {}; globalThis.stream = this; }
        addEventListener(name, what) { this.heard[name] = what; }
        close() {}
    };
    const { follow } = await import(`${site}/frontdesk/shared/following.js`);
    let asked = 0;
    const ask = async () => (asked += 1, null);
    const settled = async () => { for (let turn = 0; turn < 20; turn += 1) await null; };

    follow({ ask, address: "/state", live: "/live", show() {} });
    await settled();
    stream.readyState = 2;
    stream.heard.step();
    await settled();
    stream.heard.step();
    stream.heard.step();
    await settled();
    follow({ ask, address: "/state", show() {} });
    await settled();
    console.log(JSON.stringify({ waits, asked }));
"""


def test_a_page_asks_within_three_seconds_whether_its_stream_lives_or_not():
    told = node.run(PROGRAM)

    assert told == {"waits": [3000, 2500, 0, 2500], "asked": 4}
