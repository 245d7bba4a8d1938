// The visits on this device, and those that may be taken along.

import { addresses, button, h, notice, say, sizeOf } from "./dom.js";
import { NotSent } from "./sending.js";
import * as store from "./store.js";
import { takeAlong } from "./taking.js";
import { opened } from "./visit.js";

export async function listScreen(app, how = {}) {
  const kept = await store.all("dossiers");
  const ours = (await Promise.all(kept.map(({ visit }) => opened(app.session, visit)))).sort((one, other) =>
    one.dossier.starts_at.localeCompare(other.dossier.starts_at),
  );
  const has = new Set(kept.map(({ visit }) => visit));
  const more = (app.standing?.visits ?? []).filter(({ id }) => !has.has(id));
  const cards = more.map((visit) => toTake(app, visit));
  const several = more.filter((visit) => visit.may_take).length;
  const takeAll = async () => {
    for (const { take } of cards) if (take && !(await take())) return;
    await listScreen(app);
  };
  app.changed = () => listScreen(app, { again: true });
  app.show(
    [
      h("h1", {}, say("field_work")),
      ours.length > 0 && h("h2", {}, say("on_device")),
      h("ul", { class: "field-cards" }, await Promise.all(ours.map((sheet) => taken(app, sheet)))),
      h("h2", {}, say("to_take")),
      more.length === 0 && h("p", { class: "muted" }, say(app.standing ? "nothing_to_take" : "to_take_online")),
      several > 1 &&
        button(say("take_all", { number: several }), takeAll, {
          kind: "secondary",
          class: "button field-wide field-all",
        }),
      h(
        "ul",
        { class: "field-cards" },
        cards.map(({ card }) => card),
      ),
      more.length > 0 && h("p", { class: "muted" }, say("limit")),
      h(
        "nav",
        { class: "field-more", "aria-label": say("more") },
        h("a", { href: "#/files" }, say("files")),
        h("a", { href: addresses.devices }, say("devices")),
        h("a", { href: addresses.disputes }, say("disputes")),
        h("a", { href: addresses.bring }, say("bring")),
        h("a", { href: addresses.visits }, say("my_visits")),
        button(say("lock"), () => app.lock(), { kind: "quiet" }),
        h("a", { href: "#/forget" }, say("forget")),
      ),
    ],
    how,
  );
}

async function taken(app, sheet) {
  const { dossier, outcome } = sheet;
  const unsent = await store.count("events", "visit_state", [dossier.id, "unsent"]);
  const standing = sheet.isSubmitted
    ? say("submitted", { time: sheet.state.submitted_at })
    : sheet.isHandedIn
      ? say("queued")
      : say("marked", { done: sheet.way.length - sheet.unmarked.length, all: sheet.way.length });
  return h(
    "li",
    { class: "field-card" },
    h("p", { class: "field-when" }, dossier.when),
    h(
      "h3",
      {},
      dossier.centre,
      dossier.is_example && h("span", { class: "badge", data: { tone: "attention" } }, say("example")),
    ),
    h("p", { class: "muted" }, `${dossier.reference} · ${dossier.place || dossier.mode}`),
    h(
      "p",
      {},
      h("strong", {}, `${(outcome.total / 100).toFixed(2)}`),
      ` ${say("points")} · ${standing}`,
      unsent > 0 && ` · ${say("unsent_here", { number: unsent })}`,
    ),
    (app.standing?.gone ?? []).includes(dossier.id) && notice("warning", say("gone")),
    moved(app, dossier),
    h("a", { class: "button field-wide", href: `#/visit/${dossier.id}` }, say(sheet.isHandedIn ? "read" : "open")),
  );
}

// The visit was moved since its dossier was taken along.
function moved(app, dossier) {
  const now = app.standing?.visits.find(({ id }) => id === dossier.id);
  if (!now || (now.when === dossier.when && now.place === dossier.place)) return null;
  const again = button(
    say("take_again"),
    () => takeAlong(app.session, now, () => {}, new AbortController().signal).then(() => listScreen(app)),
    { kind: "secondary" },
  );
  return notice("warning", say("moved", { when: now.when, place: now.place }), again);
}

function toTake(app, visit) {
  const progress = h("progress", { max: 1, value: 0, hidden: true, "aria-label": say("taking") });
  const told = h(
    "p",
    { "aria-live": "polite", class: "muted" },
    say("size", { files: visit.files, size: visit.size || "0 KB" }),
  );
  const cancelling = h("span");
  const start = button(say("take"), async () => (await take()) && listScreen(app), { class: "button field-wide" });
  const card = h(
    "li",
    { class: "field-card" },
    h("p", { class: "field-when" }, visit.when),
    h(
      "h3",
      {},
      visit.centre,
      visit.is_example && h("span", { class: "badge", data: { tone: "attention" } }, say("example")),
    ),
    h("p", { class: "muted" }, `${visit.reference} · ${visit.place || visit.mode}`),
    visit.may_take
      ? [told, progress, start, cancelling]
      : h("p", {}, visit.declare ? h("a", { href: visit.declare }, say("declare")) : say("may_not_take")),
  );
  return { card, take: visit.may_take ? take : null };

  // Whether it is on the device now.
  async function take() {
    const stop = new AbortController();
    app.changed = null; // A list drawn anew would take the button to cancel away.
    start.disabled = true;
    cancelling.replaceChildren(button(say("cancel"), () => stop.abort(), { kind: "secondary" }));
    try {
      await takeAlong(
        app.session,
        visit,
        ({ done, all }) => {
          progress.hidden = false;
          progress.value = all ? done / all : 1;
          told.textContent = say("taken_so_far", { done: sizeOf(done), all: sizeOf(all) });
        },
        stop.signal,
      );
      cancelling.replaceChildren();
      return true;
    } catch (failed) {
      progress.hidden = true;
      start.disabled = false;
      cancelling.replaceChildren();
      if (failed.name === "QuotaExceededError") told.textContent = say("device_full");
      else if (failed instanceof NotSent)
        told.textContent = failed.reason === "refused" ? failed.words || say("take_failed") : say(failed.reason);
      else if (failed.name === "AbortError") told.textContent = say("cancelled");
      else throw failed;
      return false;
    }
  }
}
