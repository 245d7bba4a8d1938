// The published order as the server computes it (rules/order.py), in whole numbers; and how consoles share one line when
// none of them can ask: everybody who knows the same gives each ticket to the same counter.

const READY = 0;
const EARLY = 1;
const HELD_OFF = 2;

function place(ticket, now) {
  if (now < ticket.notBefore) return [HELD_OFF, ticket.notBefore, ticket.sequence];
  if (now < ticket.arrived) return [EARLY, ticket.arrived, ticket.sequence];
  return [READY, -(ticket.slope * (now - ticket.arrived) + ticket.start), ticket.sequence];
}

function before(one, other) {
  for (let part = 0; part < one.length; part += 1) if (one[part] !== other[part]) return one[part] - other[part];
  return 0;
}

export function inOrder(waiting, now) {
  return [...waiting].sort((one, other) => before(place(one, now), place(other, now)));
}

function able(ticket, seats) {
  if (ticket.asksFor) return seats.filter((seat) => seat.counter === ticket.asksFor);
  return seats.filter((seat) => seat.skills.includes(ticket.service));
}

// The references that are this counter's, when all consoles have known the same at the moment `known.at`.
export function shareOf(known) {
  const shares = new Map();
  for (const ticket of inOrder(known.waiting, known.at)) {
    const seats = able(ticket, known.seats);
    if (!seats.length) continue;
    const names = seats.map((seat) => seat.counter).join(" ");
    const turn = shares.get(names) ?? { next: 0, mine: [] };
    if (seats[turn.next % seats.length].counter === known.counter) turn.mine.push(ticket.reference);
    turn.next += 1;
    shares.set(names, turn);
  }
  return new Set([...shares.values()].flatMap((turn) => turn.mine));
}

// Whom this counter calls now: of those who wait for it, the first by the rule.
export function nextOf(waiting, now) {
  return inOrder(waiting, now).find((ticket) => now >= ticket.notBefore);
}
