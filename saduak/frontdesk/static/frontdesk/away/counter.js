// What stands at this counter: what was known last, and every step taken here since, in its order. Nothing else is kept,
// so that a page that was closed, or opened twice, always finds the same.

import { shareOf } from "./order.js";

// `steps` are {step, reference, service?, reason?, at}, `at` the server's time as far as it was known. Gives {here, held,
// missed, waiting, paused, last}: `here` null for nobody, `waiting` this counter's share, `last` what can be taken back.
export function counterAfter(known, steps) {
  const mine = shareOf(known);
  const begun = {
    here: known.here,
    held: known.held,
    missed: known.missed,
    waiting: known.waiting.filter((ticket) => mine.has(ticket.reference)),
  };
  const states = [begun];
  let paused = known.paused;
  let last = null;
  for (const step of steps) {
    if (step.step === "pause") paused = step.reason;
    else if (step.step === "resume") paused = "";
    else if (step.step === "undo") {
      if (last) states.pop();
      last = null;
    } else {
      states.push(after(states.at(-1), step, known));
      last = step;
    }
  }
  return { ...states.at(-1), paused, last };
}

const without = (tickets, { reference }) => tickets.filter((ticket) => ticket.reference !== reference);

function after(state, step, known) {
  const { here } = state;
  const from = { call: state.waiting, resume_held: state.held, bring_back: state.missed }[step.step] ?? (here ? [here] : []);
  const ticket = from.find((one) => one.reference === step.reference);
  if (!ticket) return state; // What was known meanwhile says it already.
  const called = { ...ticket, stage: "called", calls: ticket.calls + 1 };
  switch (step.step) {
    case "call":
      return { ...state, here: called, waiting: without(state.waiting, ticket) };
    case "recall":
      return { ...state, here: called };
    case "start":
      return { ...state, here: { ...ticket, stage: "serving" } };
    case "next_service":
      return { ...state, here: { ...ticket, service: step.service } };
    case "finish":
      return { ...state, here: null };
    case "hold":
      return { ...state, here: null, held: [...state.held, ticket] };
    case "resume_held":
      return { ...state, here: called, held: without(state.held, ticket) };
    case "no_show":
      return { ...state, here: null, missed: [...state.missed, { ...ticket, missed: ticket.missed + 1 }] };
    case "bring_back": {
      const again = { ...ticket, calls: 0, notBefore: step.at + known.holdOff };
      return { ...state, missed: without(state.missed, ticket), waiting: [...state.waiting, again] };
    }
    default:
      return state;
  }
}
