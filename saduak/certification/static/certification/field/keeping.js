// Files for other devices, and forgetting this one.

import { button, h, notice, saveAs, say } from "./dom.js";
import { field, secret } from "./fields.js";
import { broughtIn, exported } from "./files.js";
import * as store from "./store.js";

export async function filesScreen(app) {
  const told = h("div", { "aria-live": "polite" });
  const chosen = h("input", { id: "field-file", type: "file", accept: ".saduak", required: true });
  const passphrase = secret("file-passphrase", "off");
  app.show([
    h("h1", {}, say("files")),
    told,
    h("h2", {}, say("export_title")),
    h("p", {}, say("export_words")),
    button(
      say("export"),
      async () => {
        const files = await exported(app.session);
        for (const { name, blob } of files) saveAs(blob, name);
        told.replaceChildren(notice("success", say("export_done", { number: files.length })));
      },
      { class: "button field-wide" },
    ),
    h("h2", {}, say("import_title")),
    h("p", {}, say("import_words")),
    h(
      "form",
      { novalidate: true, onsubmit: bring },
      field(say("import_file"), chosen),
      field(say("import_passphrase"), passphrase, say("import_passphrase_hint")),
      h("button", { class: "button field-wide" }, say("import")),
    ),
    h("p", {}, h("a", { href: "#/" }, say("back"))),
  ]);

  async function bring(event) {
    event.preventDefault();
    try {
      const found = await broughtIn(app.session, await chosen.files[0].text(), passphrase.value);
      passphrase.value = "";
      told.replaceChildren(notice("success", say("import_done", { events: found.events, photos: found.photos })));
      await app.noted();
    } catch {
      told.replaceChildren(notice("danger", say("import_failed")));
    }
    told.scrollIntoView({ block: "nearest" });
  }
}

export async function forgetScreen(app) {
  const unsent = await store.unsentNumber();
  app.show([
    h("h1", {}, say("forget")),
    h("p", {}, say("forget_words")),
    unsent > 0 &&
      notice(
        "danger",
        say("forget_unsent", { number: unsent }),
        h("p", {}, h("a", { href: "#/files" }, say("export_first"))),
      ),
    button(say(unsent ? "forget_and_lose" : "forget_now", { number: unsent }), () => app.wipe(), {
      kind: "danger",
      class: "button field-wide",
    }),
    h("p", {}, h("a", { href: "#/" }, say("back"))),
  ]);
}
