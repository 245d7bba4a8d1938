// The ticket on paper: by the server's network printer, or by this device's own (80 mm paper, print style sheet). The ticket
// holds whatever the printer does; the screen says how it went.

import { Offline, Refused } from "../shared/outbox.js";

const LOOK_EVERY = 700;
const LOOK_FOR = 20_000;

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// Returns "printed" or "failed"; tells nothing else, because nothing else can be known.
export async function printTicket({ way, ticket, ask, address }) {
  if (way === "browser") {
    window.print();
    return "printed";
  }
  try {
    const until = Date.now() + LOOK_FOR;
    let { printout, state } = await ask(address, { body: { reference: ticket.reference } });
    while (state === "waiting" && Date.now() < until) {
      await pause(LOOK_EVERY);
      ({ state } = await ask(`${address}?printout=${printout}`));
    }
    return state === "printed" ? "printed" : "failed";
  } catch (failed) {
    if (failed instanceof Offline || failed instanceof Refused) return "failed";
    throw failed;
  }
}
