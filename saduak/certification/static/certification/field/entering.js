// Setting the device up, and unlocking it.

import { addresses, button, dayAndTime, h, notice, say } from "./dom.js";
import { busy, field, secret } from "./fields.js";
import { NotSent, register, standing } from "./sending.js";
import * as store from "./store.js";
import { create, isStrong, unlock, WrongPassphrase } from "./vault.js";

export async function setUpScreen(app) {
  const problem = h("div", { "aria-live": "assertive" });
  const name = h("input", { id: "device-name", type: "text", required: true, maxlength: 80, value: nameOfThis() });
  const first = secret("passphrase", "new-password");
  const again = secret("passphrase-again", "new-password");
  const form = h(
    "form",
    { novalidate: true, onsubmit: begin },
    field(say("device_name"), name, say("device_name_hint")),
    field(say("passphrase"), first, say("passphrase_hint")),
    field(say("passphrase_again"), again),
    h("button", { class: "button field-wide" }, say("set_up")),
  );
  app.show([
    h("h1", {}, say("set_up_title")),
    h("p", {}, say("set_up_lead")),
    h(
      "ul",
      {},
      ["set_up_1", "set_up_2", "set_up_3"].map((key) => h("li", {}, say(key))),
    ),
    problem,
    form,
  ]);

  async function begin(event) {
    event.preventDefault();
    const wrong = !isStrong(first.value) ? "passphrase_weak" : first.value !== again.value ? "passphrase_differs" : "";
    if (wrong) return refuse(say(wrong), first);
    busy(form, true);
    try {
      const device = crypto.randomUUID();
      const said = await standing(device);
      const { kept, keys } = await create(first.value);
      const owner = { id: said.person.id, person: said.person.name, name: name.value.trim() || nameOfThis() };
      await navigator.storage?.persist?.();
      await store.write(["meta"], (tx) => {
        const metas = tx.objectStore("meta");
        return Promise.all([metas.put(kept, "vault"), metas.put(device, "device"), metas.put(owner, "owner")]);
      });
      await register({ device }, said);
      return await app.enter(keys);
    } catch (failed) {
      busy(form, false);
      if (!(failed instanceof NotSent)) throw failed;
      return refuse(say(failed.reason === "offline" ? "set_up_online" : failed.reason, { reason: failed.words }), null);
    }
  }

  function refuse(words, input) {
    const link = words === say("signed-out") && h("p", {}, h("a", { href: addresses.signIn }, say("sign_in")));
    problem.replaceChildren(notice("danger", words, link || ""));
    input?.focus();
  }
}

export async function unlockScreen(app) {
  const owner = await store.meta("owner");
  const problem = h("div", { "aria-live": "assertive" });
  const passphrase = secret("passphrase", "current-password");
  const form = h(
    "form",
    { novalidate: true, onsubmit: begin },
    field(say("passphrase"), passphrase),
    h("button", { class: "button field-wide" }, say("unlock")),
  );
  let wrong = 0;
  app.show([
    h("h1", {}, say("locked")),
    h("p", {}, say("locked_lead", { person: owner.person })),
    problem,
    form,
    h(
      "details",
      {},
      h("summary", {}, say("forgotten")),
      h("p", {}, say("forgotten_words")),
      button(say("forget"), () => app.wipe(), { kind: "danger" }),
    ),
  ]);
  passphrase.focus();

  async function begin(event) {
    event.preventDefault();
    busy(form, true);
    try {
      return await app.enter(await unlock(await store.meta("vault"), passphrase.value));
    } catch (failed) {
      if (!(failed instanceof WrongPassphrase)) throw failed;
      wrong += 1;
      await new Promise((waited) => {
        setTimeout(waited, Math.min(2 ** wrong, 60) * 250);
      });
      busy(form, false);
      problem.replaceChildren(notice("danger", say("passphrase_wrong")));
      passphrase.value = "";
      return passphrase.focus();
    }
  }
}

function nameOfThis() {
  const system = /Android|iPhone|iPad|Windows|Mac|Linux/.exec(navigator.userAgent)?.[0] ?? "";
  return `${system} ${dayAndTime(Date.now())}`.trim();
}
