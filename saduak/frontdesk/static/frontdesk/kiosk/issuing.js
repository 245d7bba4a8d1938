// Gives out a ticket: from the server while it answers, else from the numbers that were set aside. Whatever happens, the
// visitor gets one number, and the server learns of it once: reference and secret are made here, before anybody is asked.

import { ageOf, moment, serverTime } from "../shared/clock.js";
import { createOutbox, Offline, outboxStore, Refused } from "../shared/outbox.js";
import { dayOf, left, nextNumber, shown } from "./numbers.js";

const PATIENCE = 4000; // A visitor looks at the screen; afterwards the number comes from those set aside.
const KEPT_MS = 3 * 24 * 60 * 60 * 1000;

export class NoNumbers extends Error {
  // `never`: this kiosk got none today at all.
  constructor(never) {
    super("no numbers");
    this.never = never;
  }
}

function randomSecret() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}

export function createIssuing({ store, ask, addresses, changed }) {
  let unsentNow = 0;

  async function tell(entry) {
    const { day: _day, ...ticket } = entry.body;
    return ask(addresses.tickets, { body: { ...ticket, age_ms: ageOf(entry.madeAt) }, patience: 10_000 });
  }

  const outbox = createOutbox({ store: outboxStore(store), send: tell, changed: noted });

  async function noted() {
    unsentNow = (await outbox.unsent()).length;
    await changed();
  }

  async function used() {
    return (await store.all("outbox")).filter((entry) => entry.kind === "ticket").map((entry) => entry.body);
  }

  // One after the other: two touches must not get the same number.
  let line = Promise.resolve();

  function issue(wanted, known) {
    line = line.catch(() => {}).then(() => issueOne(wanted, known));
    return line;
  }

  // `known` is the last state of the desk: {digits, blocks, clock, online}.
  async function issueOne({ service, priority, language }, known) {
    const at = moment();
    const ticket = {
      reference: crypto.randomUUID().replaceAll("-", ""),
      secret: randomSecret(),
      service: service.id,
      priority: priority.code,
      language,
    };
    if (known.online) {
      try {
        const answer = await ask(addresses.tickets, { body: { ...ticket, age_ms: 0 }, patience: PATIENCE });
        return { ...ticket, ...answer, offline: false };
      } catch (failed) {
        if (!(failed instanceof Offline)) throw failed;
      }
    }
    const day = dayOf(serverTime(known.clock, at));
    const blocks = known.blocks;
    const number = nextNumber(blocks, await used(), service.prefix, day);
    if (number === null) throw new NoNumbers(!blocks.some((one) => one.day === day && one.prefix === service.prefix));
    await outbox.add("ticket", { ...ticket, day, prefix: service.prefix, number }, { at });
    return { ...ticket, number: shown(service.prefix, number, known.digits), offline: true, ahead: null, wait: null };
  }

  return {
    issue,
    unsent: () => unsentNow,
    refresh: noted,
    refused: () => outbox.refused(),
    async send() {
      const told = await outbox.drain();
      await outbox.forgetSent(Date.now() - KEPT_MS);
      return told;
    },
    // Asks for more numbers of the letters of which too few are left.
    async stock(prefixes, known) {
      const day = dayOf(serverTime(known.clock));
      const counts = left(known.blocks, await used(), prefixes, day);
      if (!Object.values(counts).some((count) => count < known.enough)) return null;
      return (await ask(addresses.numbers, { body: { left: counts } })).blocks;
    },
    async counts(prefixes, known) {
      return left(known.blocks, await used(), prefixes, dayOf(serverTime(known.clock)));
    },
  };
}

export { Refused };
