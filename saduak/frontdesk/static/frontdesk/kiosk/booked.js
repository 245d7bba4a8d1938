// Somebody with an appointment touches its six figures and gets the ticket that counts from the booked time.

import { filled, h } from "../shared/dom.js";

const LENGTH = 6;

export function createBooked({ app, ask, address }) {
  // The place of the figures on a telephone, which people know by heart.
  function screen(typed = "") {
    const { say } = app;
    const shown = h("output", { class: "kiosk-code", "aria-live": "polite" }, typed.padEnd(LENGTH, "•").split("").join(" "));
    const figure = (digit) =>
      h(
        "button",
        { type: "button", data: { option: digit }, disabled: typed.length === LENGTH, onclick: () => open(typed + digit) },
        digit,
      );
    const takeBack = h(
      "button",
      { type: "button", "aria-label": say("take_back"), disabled: !typed, onclick: () => open(typed.slice(0, -1)) },
      "⌫",
    );
    const go = h(
      "button",
      { type: "button", class: "kiosk-first", disabled: typed.length < LENGTH, onclick: () => app.comeWith(typed) },
      say("done_typing"),
    );
    return {
      title: say("type_code"),
      speech: typed ? [typed.at(-1)] : [say("type_code"), say("code_where")],
      body: [
        h("p", { class: "kiosk-lead" }, say("code_where")),
        shown,
        h("div", { class: "kiosk-keys" }, [..."123456789"].map(figure), takeBack, figure("0"), go),
      ],
      back: () => app.begin(app.language),
    };
  }

  function open(typed = "") {
    app.show(screen(typed), { kind: "code" });
  }

  return {
    open,
    // The ticket as the kiosk shows it; who came too late has a normal one, and is told so.
    async checkIn(code, priority) {
      const answer = await ask(address, { body: { code, priority: priority.code, language: app.language } });
      const late = answer.late ? app.say("came_late") : "";
      const booked = answer.booked ? filled(app.say("booked_for"), { time: answer.booked }) : "";
      return { service: { names: answer.service }, ticket: { ...answer, note: late || booked, offline: false } };
    },
  };
}
