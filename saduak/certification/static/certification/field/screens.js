// Setting up, unlocking, the list of visits, files, and forgetting the device.

import { addresses, button, dayAndTime, h, notice, saveAs, say, sizeOf } from "./dom.js";
import { broughtIn, exported } from "./files.js";
import { NotSent, register, standing } from "./sending.js";
import * as store from "./store.js";
import { takeAlong } from "./taking.js";
import { create, isStrong, unlock, WrongPassphrase } from "./vault.js";
import { opened } from "./visit.js";

function field(label, input, hint = "") {
  const id = input.id;
  if (hint) input.setAttribute("aria-describedby", `${id}-hint`);
  return h("div", { class: "field" }, h("label", { for: id }, label), hint && h("p", { class: "hint", id: `${id}-hint` }, hint), input);
}

function secret(id, autocomplete) {
  return h("input", { id, type: "password", autocomplete, required: true, maxlength: 200 });
}

function busy(form, working) {
  for (const one of form.querySelectorAll("button, input")) one.disabled = working;
}

export async function setUpScreen(app) {
  const problem = h("div", { "aria-live": "assertive" });
  const name = h("input", { id: "device-name", type: "text", required: true, maxlength: 80, value: nameOfThis() });
  const first = secret("passphrase", "new-password");
  const again = secret("passphrase-again", "new-password");
  const form = h("form", { novalidate: true, onsubmit: begin },
    field(say("device_name"), name, say("device_name_hint")),
    field(say("passphrase"), first, say("passphrase_hint")),
    field(say("passphrase_again"), again),
    h("button", { class: "button field-wide" }, say("set_up")));
  app.show([h("h1", {}, say("set_up_title")), h("p", {}, say("set_up_lead")),
    h("ul", {}, ["set_up_1", "set_up_2", "set_up_3"].map((key) => h("li", {}, say(key)))), problem, form]);

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
  const form = h("form", { novalidate: true, onsubmit: begin }, field(say("passphrase"), passphrase),
    h("button", { class: "button field-wide" }, say("unlock")));
  let wrong = 0;
  app.show([h("h1", {}, say("locked")), h("p", {}, say("locked_lead", { person: owner.person })), problem, form,
    h("details", {}, h("summary", {}, say("forgotten")), h("p", {}, say("forgotten_words")),
      button(say("forget"), () => app.wipe(), { kind: "danger" }))]);
  passphrase.focus();

  async function begin(event) {
    event.preventDefault();
    busy(form, true);
    try {
      return await app.enter(await unlock(await store.meta("vault"), passphrase.value));
    } catch (failed) {
      if (!(failed instanceof WrongPassphrase)) throw failed;
      wrong += 1;
      await new Promise((waited) => { setTimeout(waited, Math.min(2 ** wrong, 60) * 250); });
      busy(form, false);
      problem.replaceChildren(notice("danger", say("passphrase_wrong")));
      passphrase.value = "";
      return passphrase.focus();
    }
  }
}

export async function listScreen(app, how = {}) {
  const kept = await store.all("dossiers");
  const ours = (await Promise.all(kept.map(({ visit }) => opened(app.session, visit))))
    .sort((one, other) => one.dossier.starts_at.localeCompare(other.dossier.starts_at));
  const has = new Set(kept.map(({ visit }) => visit));
  const more = (app.standing?.visits ?? []).filter(({ id }) => !has.has(id));
  const cards = more.map((visit) => toTake(app, visit));
  const several = more.filter((visit) => visit.may_take).length;
  const takeAll = async () => {
    for (const { take } of cards) if (take && !(await take())) return;
    await listScreen(app);
  };
  app.changed = () => listScreen(app, { again: true });
  app.show([
    h("h1", {}, say("field_work")),
    ours.length > 0 && h("h2", {}, say("on_device")),
    h("ul", { class: "field-cards" }, await Promise.all(ours.map((sheet) => taken(app, sheet)))),
    h("h2", {}, say("to_take")),
    more.length === 0 && h("p", { class: "muted" }, say(app.standing ? "nothing_to_take" : "to_take_online")),
    several > 1 && button(say("take_all", { number: several }), takeAll, { kind: "secondary", class: "button field-wide field-all" }),
    h("ul", { class: "field-cards" }, cards.map(({ card }) => card)),
    more.length > 0 && h("p", { class: "muted" }, say("limit")),
    h("nav", { class: "field-more", "aria-label": say("more") },
      h("a", { href: "#/files" }, say("files")), h("a", { href: addresses.devices }, say("devices")),
      h("a", { href: addresses.disputes }, say("disputes")), h("a", { href: addresses.bring }, say("bring")),
      h("a", { href: addresses.visits }, say("my_visits")),
      button(say("lock"), () => app.lock(), { kind: "quiet" }), h("a", { href: "#/forget" }, say("forget"))),
  ], how);
}

async function taken(app, sheet) {
  const { dossier, outcome } = sheet;
  const unsent = await store.count("events", "visit_state", [dossier.id, "unsent"]);
  const standing = sheet.isSubmitted ? say("submitted", { time: sheet.state.submitted_at })
    : sheet.isHandedIn ? say("queued") : say("marked", { done: sheet.way.length - sheet.unmarked.length, all: sheet.way.length });
  return h("li", { class: "field-card" },
    h("p", { class: "field-when" }, dossier.when), h("h3", {}, dossier.centre, dossier.is_example && h("span", { class: "badge", data: { tone: "attention" } }, say("example"))),
    h("p", { class: "muted" }, `${dossier.reference} · ${dossier.place || dossier.mode}`),
    h("p", {}, h("strong", {}, `${(outcome.total / 100).toFixed(2)}`), ` ${say("points")} · ${standing}`,
      unsent > 0 && ` · ${say("unsent_here", { number: unsent })}`),
    (app.standing?.gone ?? []).includes(dossier.id) && notice("warning", say("gone")),
    moved(app, dossier),
    h("a", { class: "button field-wide", href: `#/visit/${dossier.id}` }, say(sheet.isHandedIn ? "read" : "open")));
}

// The visit was moved since its dossier was taken along.
function moved(app, dossier) {
  const now = app.standing?.visits.find(({ id }) => id === dossier.id);
  if (!now || (now.when === dossier.when && now.place === dossier.place)) return null;
  const again = button(say("take_again"), () => takeAlong(app.session, now, () => {}, new AbortController().signal).then(() => listScreen(app)), { kind: "secondary" });
  return notice("warning", say("moved", { when: now.when, place: now.place }), again);
}

function toTake(app, visit) {
  const progress = h("progress", { max: 1, value: 0, hidden: true, "aria-label": say("taking") });
  const told = h("p", { "aria-live": "polite", class: "muted" }, say("size", { files: visit.files, size: visit.size || "0 KB" }));
  const cancelling = h("span");
  const start = button(say("take"), async () => (await take()) && listScreen(app), { class: "button field-wide" });
  const card = h("li", { class: "field-card" },
    h("p", { class: "field-when" }, visit.when), h("h3", {}, visit.centre, visit.is_example && h("span", { class: "badge", data: { tone: "attention" } }, say("example"))),
    h("p", { class: "muted" }, `${visit.reference} · ${visit.place || visit.mode}`),
    visit.may_take ? [told, progress, start, cancelling]
      : h("p", {}, visit.declare ? h("a", { href: visit.declare }, say("declare")) : say("may_not_take")));
  return { card, take: visit.may_take ? take : null };

  // Whether it is on the device now.
  async function take() {
    const stop = new AbortController();
    app.changed = null; // A list drawn anew would take the button to cancel away.
    start.disabled = true;
    cancelling.replaceChildren(button(say("cancel"), () => stop.abort(), { kind: "secondary" }));
    try {
      await takeAlong(app.session, visit, ({ done, all }) => {
        progress.hidden = false;
        progress.value = all ? done / all : 1;
        told.textContent = say("taken_so_far", { done: sizeOf(done), all: sizeOf(all) });
      }, stop.signal);
      cancelling.replaceChildren();
      return true;
    } catch (failed) {
      progress.hidden = true;
      start.disabled = false;
      cancelling.replaceChildren();
      if (failed.name === "QuotaExceededError") told.textContent = say("device_full");
      else if (failed instanceof NotSent) told.textContent = say(failed.reason, { reason: failed.words });
      else if (failed.name === "AbortError") told.textContent = say("cancelled");
      else throw failed;
      return false;
    }
  }
}

export async function filesScreen(app) {
  const told = h("div", { "aria-live": "polite" });
  const chosen = h("input", { id: "field-file", type: "file", accept: ".saduak", required: true });
  const passphrase = secret("file-passphrase", "off");
  app.show([
    h("h1", {}, say("files")), told,
    h("h2", {}, say("export_title")), h("p", {}, say("export_words")),
    button(say("export"), async () => {
      const files = await exported(app.session);
      for (const { name, blob } of files) saveAs(blob, name);
      told.replaceChildren(notice("success", say("export_done", { number: files.length })));
    }, { class: "button field-wide" }),
    h("h2", {}, say("import_title")), h("p", {}, say("import_words")),
    h("form", { novalidate: true, onsubmit: bring }, field(say("import_file"), chosen),
      field(say("import_passphrase"), passphrase, say("import_passphrase_hint")),
      h("button", { class: "button field-wide" }, say("import"))),
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
    h("h1", {}, say("forget")), h("p", {}, say("forget_words")),
    unsent > 0 && notice("danger", say("forget_unsent", { number: unsent }), h("p", {}, h("a", { href: "#/files" }, say("export_first")))),
    button(say(unsent ? "forget_and_lose" : "forget_now", { number: unsent }), () => app.wipe(), { kind: "danger", class: "button field-wide" }),
    h("p", {}, h("a", { href: "#/" }, say("back"))),
  ]);
}

function nameOfThis() {
  const system = /Android|iPhone|iPad|Windows|Mac|Linux/.exec(navigator.userAgent)?.[0] ?? "";
  return `${system} ${dayAndTime(Date.now())}`.trim();
}
