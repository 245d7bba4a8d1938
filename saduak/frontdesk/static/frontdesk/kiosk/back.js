// Somebody was called and was not there, and has come after all: touches the number, and waits again. The number alone
// stands on every board, so nothing is shown here but where it stands: no code, no paper.

import { h } from "../shared/dom.js";
import { Offline, Refused } from "../shared/outbox.js";
import { keypad, shown } from "./keypad.js";

const MOST = 5;

export function createBack({ app, ask, address }) {
  const lettersOf = () => [...new Set(app.state.services.map((service) => service.prefix))].sort();

  function screen(typed) {
    const { say } = app;
    const letters = lettersOf();
    return {
      title: say("type_number"),
      speech: typed ? [typed.at(-1)] : [say("type_number"), say("number_where")],
      body: [
        h("p", { class: "kiosk-lead" }, say("number_where")),
        shown(typed.padEnd(4, "•").split("").join(" ")),
        keypad({ say, typed, most: MOST, isEnough: typed.length > 1, letters, label: say("come_back_now"), open, go }),
      ],
      back: () => app.begin(app.language),
    };

    function go() {
      return comeBack(typed);
    }
  }

  function open(typed = "") {
    const letters = lettersOf();
    const begun = typed || (letters.length === 1 ? letters[0] : "");
    app.show(screen(begun), { kind: "code" });
  }

  async function comeBack(number) {
    app.show({ title: number, body: h("p", { class: "kiosk-lead", role: "status" }, "…") }, { kind: "making" });
    try {
      const answer = await ask(address, { body: { number, language: app.language } });
      return app.told(answer.title, answer.lines);
    } catch (failed) {
      if (failed instanceof Offline) return app.problem(app.say("number_offline"));
      if (failed instanceof Refused) return app.problem(failed.message);
      return app.refuse(failed);
    }
  }

  return { open };
}
