"""What installed pages share, tried in Node: clocks that nobody believes, an outbox that loses and doubles nothing."""

from tests.support.node import run

CLOCK = """
    import { ageOf, measured, moment, serverTime, setBackSince } from SITE;
    const minute = 60_000;
    const then = { wall: 1000 * minute, steady: 10 * minute, life: "a" };
    const now = (wall, steady, life = "a") => ({ wall: wall * minute, steady: steady * minute, life });
    console.log(JSON.stringify({
        plain: ageOf(then, now(1005, 15)) / minute,
        setBack: ageOf(then, now(940, 15)) / minute,
        slept: ageOf(then, now(1030, 12)) / minute,
        restarted: ageOf(then, now(1005, 1, "b")) / minute,
        restartedAndSetBack: ageOf(then, now(900, 1, "b")),
        noticed: setBackSince(then, now(940, 15)) / minute,
        notNoticed: setBackSince(then, now(1005, 15)),
        offset: measured((1005 + 60) * minute, now(1005, 15), now(1005, 15)).offset / minute,
        server: serverTime({ offset: 60 * minute, at: then }, now(1005, 15)) / minute,
        withoutOne: serverTime(null, now(1005, 15)) / minute,
    }));
""".replace("SITE", "`${site}/frontdesk/shared/clock.js`")


def program(text):
    """Static imports cannot name a folder that is only known at run time."""
    return text.replace("import {", "const {").replace("} from `", "} = await import(`").replace(".js`;", ".js`);")


def test_age_is_believed_and_the_clock_is_not():
    assert run(program(CLOCK)) == {
        "plain": 5,
        "setBack": 5,
        "slept": 30,
        "restarted": 5,
        "restartedAndSetBack": 0,
        "noticed": 65,
        "notNoticed": 0,
        "offset": 60,
        "server": 1065,
        "withoutOne": 1005,
    }


OUTBOX = """
    import { createOutbox, Offline, Refused } from `${site}/frontdesk/shared/outbox.js`;
    const kept = new Map();
    const store = {
        all: async () => structuredClone([...kept.values()]),
        put: async (entry) => { kept.set(entry.id, structuredClone(entry)); },
        remove: async (id) => { kept.delete(id); },
    };
    const asked = [];
    let line = "cut";
    const server = new Map();
    async function send(entry) {
        asked.push(entry.body);
        if (line === "cut") throw new Offline();
        if (entry.body === "closed") throw new Refused("The service is closed.", 422);
        if (!server.has(entry.id)) server.set(entry.id, server.size + 1);
        if (line === "answer lost") { line = "up"; throw new Offline(); }
        return server.get(entry.id);
    }
    const alone = (name, work) => work();
    const outbox = createOutbox({ store, send, alone });
    await Promise.all(["one", "two", "closed", "three"].map((body) => outbox.add("ticket", body)));
    const places = (await outbox.unsent()).map((entry) => `${entry.seq} ${entry.body}`);
    const cut = await outbox.drain();
    line = "answer lost";
    const lost = await outbox.drain();
    const back = await createOutbox({ store, send, alone }).drain();  // The page was started anew.
    const nothing = await outbox.drain();
    console.log(JSON.stringify({
        places, cut, lost, back, nothing, asked,
        onServer: server.size,
        answers: (await outbox.sent()).map((entry) => `${entry.body} ${entry.answer}`),
        refused: (await outbox.refused()).map((entry) => entry.reason),
    }));
"""


def test_nothing_is_lost_doubled_or_reordered_by_a_bad_line():
    told = run(program(OUTBOX))

    assert told["places"] == ["1 one", "2 two", "3 closed", "4 three"]
    assert told["cut"] == {"sent": 0, "refused": 0, "offline": True}
    assert told["lost"] == {"sent": 0, "refused": 0, "offline": True}
    assert told["back"] == {"sent": 3, "refused": 1, "offline": False}
    assert told["nothing"] == {"sent": 0, "refused": 0, "offline": False}
    assert told["asked"] == ["one", "one", "one", "two", "closed", "three"]
    assert told["onServer"] == 3
    assert told["answers"] == ["one 1", "two 2", "three 3"]
    assert told["refused"] == ["The service is closed."]
