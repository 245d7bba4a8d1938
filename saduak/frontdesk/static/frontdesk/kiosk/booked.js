// Somebody with an appointment touches its six figures and gets the ticket that counts from the booked time.

import { filled, h } from "../shared/dom.js";
import { keypad, shown } from "./keypad.js";

const LENGTH = 6;

export function createBooked({ app, ask, address }) {
  function screen(typed = "") {
    const { say } = app;
    return {
      title: say("type_code"),
      speech: typed ? [typed.at(-1)] : [say("type_code"), say("code_where")],
      body: [
        h("p", { class: "kiosk-lead" }, say("code_where")),
        shown(typed.padEnd(LENGTH, "•").split("").join(" ")),
        keypad({
          say,
          typed,
          most: LENGTH,
          isEnough: typed.length === LENGTH,
          label: say("done_typing"),
          open,
          go: () => app.comeWith(typed),
        }),
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
