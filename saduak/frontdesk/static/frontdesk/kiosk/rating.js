// A visitor who goes home rates the visit at the kiosk: the own number, one face, thanks. Only with the server, which
// alone knows whose visit has ended.

import { facesToChoose } from "../rating/faces.js";
import { filled, h } from "../shared/dom.js";
import { Offline } from "../shared/outbox.js";
import { nameIn } from "./screens.js";

const THANKS_STAY = 6000;

export function createRating({ app, rating, addresses, ask }) {
  const say = (key) => rating.sentences[app.language]?.[key] ?? rating.sentences.en[key];

  async function begin() {
    const { visits } = await ask(addresses.visits);
    app.show(
      {
        title: visits.length ? say("which_visit") : say("no_visit"),
        speech: [visits.length ? say("which_visit") : say("no_visit")],
        body: h(
          "div",
          { class: "kiosk-options" },
          visits.map((visit, place) =>
            h(
              "button",
              { type: "button", class: "kiosk-option", onclick: () => choose(visit), data: { option: place + 1 } },
              h("span", { class: "kiosk-figure", "aria-hidden": "true" }, String(place + 1)),
              h("span", { class: "kiosk-label" }, visit.number, h("small", {}, nameIn(visit.service, app.language))),
            ),
          ),
        ),
        back: () => app.start(),
      },
      { kind: "visits" },
    );
  }

  function choose(visit) {
    const words = rating.faces[app.language];
    app.show(
      {
        title: say("question"),
        speech: [say("question"), ...words.map((name, at) => filled(app.say("option"), { number: at + 1, name }))],
        body: [
          h("p", { class: "kiosk-lead" }, `${visit.number} · ${say("nobody_knows")}`),
          facesToChoose(rating, app.language, (score) => open(() => send(visit, score))),
        ],
        back: () => app.start(),
      },
      { kind: "faces" },
    );
  }

  async function send({ reference }, score) {
    await ask(addresses.rate, { body: { reference, score } });
    app.show({ title: say("thanks"), speech: [say("thanks")], body: [] }, { kind: "thanks", stays: THANKS_STAY });
    setTimeout(() => app.screen.kind === "thanks" && app.start(), THANKS_STAY);
  }

  // What needs the server says so where the line is cut.
  async function open(deed) {
    try {
      await deed();
    } catch (failed) {
      if (!(failed instanceof Offline)) return app.refuse(failed);
      app.problem(app.say("something_failed"));
    }
    return undefined;
  }

  return {
    button: () =>
      h("button", { type: "button", class: "kiosk-rate", onclick: () => open(begin), data: { option: 9 } }, say("rate")),
  };
}
