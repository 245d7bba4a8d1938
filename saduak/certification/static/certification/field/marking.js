// One criterion: the mark, the note, the photographs; below them what the centre says and shows.

import { stepper, verdict } from "./answering.js";
import { claims } from "./claims.js";
import { button, h, notice, say, timeOf } from "./dom.js";
import * as events from "./events.js";
import * as photos from "./photos.js";
import * as store from "./store.js";
import { foot, link, opened } from "./visit.js";

const PAUSE = 500;

export async function criterionScreen(app, visit, code) {
  const sheet = await opened(app.session, visit);
  const criterion = sheet?.criteria.get(code);
  if (!criterion) return app.go("/");
  const screen = new Marking(app, sheet, criterion);
  app.flush = () => screen.flush();
  app.changed = () => screen.refresh();
  return screen.show();
}

class Marking {
  constructor(app, sheet, criterion) {
    Object.assign(this, { app, sheet, criterion });
    this.visit = sheet.dossier.id;
    this.saved = h("p", { class: "field-saved", "aria-live": "polite" });
    this.foot = h("div");
    this.photos = h("ul", { class: "field-photos" });
    this.waiting = Promise.resolve();
    this.later = new Map();
    this.locked = sheet.isHandedIn;
  }

  show() {
    const { criterion, sheet } = this;
    const at = sheet.way.indexOf(criterion.code);
    const [before, after] = [sheet.way[at - 1], sheet.way[at + 1]];
    const codes = [criterion.code, ...criterion.leaves.map((leaf) => leaf.code)];
    const isDisputed = sheet.disputed.some((one) => codes.includes(one));
    this.controls = h(
      "form",
      { class: "field-marking", novalidate: true, onsubmit: (event) => event.preventDefault() },
      h(
        "fieldset",
        { class: "field-plain", disabled: this.locked || isDisputed },
        h("legend", { class: "unseen" }, say("mark")),
        criterion.leaves.map((leaf) => this.leaf(leaf)),
        criterion.may_be_waived && this.waiver(),
        this.camera(),
      ),
    );
    this.app.show([
      h("p", { class: "field-back" }, h("a", { href: `#/visit/${this.visit}` }, sheet.dossier.centre)),
      h("h1", {}, h("span", { class: "criterion-code" }, criterion.code), ` ${criterion.title}`),
      h(
        "p",
        { class: "muted" },
        criterion.points,
        criterion.provisional && h("span", { class: "badge", data: { tone: "attention" } }, say("provisional")),
      ),
      criterion.asks && h("p", {}, criterion.asks),
      this.locked &&
        notice(
          "info",
          say(sheet.isSubmitted ? "submitted_short" : "queued"),
          !sheet.isSubmitted &&
            button(
              say("edit_again"),
              () => {
                this.locked = false;
                this.show();
              },
              { kind: "secondary" },
            ),
        ),
      isDisputed && notice("warning", say("disputed", { codes: criterion.code })),
      this.controls,
      this.saved,
      claims(this.app.session, sheet, criterion),
      h(
        "nav",
        { class: "field-way", "aria-label": say("way") },
        before &&
          h("a", { class: "button", data: { kind: "secondary" }, href: link(this.visit, before) }, say("previous")),
        h(
          "a",
          { class: "button", href: after ? link(this.visit, after) : `#/visit/${this.visit}/hand-in` },
          say(after ? "next" : "check_and_hand_in"),
        ),
      ),
      this.foot,
    ]);
    this.shown = this.content;
    this.showFoot();
    this.showPhotos();
  }

  // What the screen shows of its lines, to tell when somewhere else said otherwise.
  get content() {
    const codes = new Set([this.criterion.code, ...this.criterion.leaves.map((leaf) => leaf.code)]);
    return JSON.stringify(
      [...codes].map((code) => this.sheet.line(code)).map(({ answer, note, disputed }) => [answer, note, disputed]),
    );
  }

  showFoot() {
    this.foot.replaceChildren(foot(this.sheet));
  }

  leaf(leaf) {
    const { criterion, sheet } = this;
    const line = sheet.line(leaf.code);
    const waived = sheet.waived.has(criterion.code);
    const answer = waived ? "" : line.answer;
    const problem = h("p", { class: "error", id: `wrong-${leaf.code}`, "aria-live": "assertive" });
    const note = h("textarea", { id: `note-${leaf.code}`, rows: 2, maxlength: 4000, value: line.note });
    const kept = () => sheet.line(leaf.code).answer;
    const said = leaf.verdict
      ? verdict(leaf, answer, kept)
      : stepper(leaf, answer, kept, { plan: sheet.plan, problem });
    const save = () => this.save(leaf.code, said.value(), note.value);
    said.changed = () => this.soon(leaf.code, save, 0);
    note.addEventListener("input", () => this.soon(leaf.code, save, PAUSE));
    note.addEventListener("change", () => this.soon(leaf.code, save, 0));
    return h(
      "section",
      { class: "field-leaf" },
      leaf.title && h("h2", {}, h("span", { class: "criterion-code" }, leaf.code), ` ${leaf.title}`),
      said.element,
      problem,
      h("div", { class: "field" }, h("label", { for: note.id }, say("note")), note),
    );
  }

  waiver() {
    const { criterion, sheet } = this;
    const box = h("input", {
      type: "checkbox",
      id: "waived",
      checked: sheet.waived.has(criterion.code),
      onchange: () => {
        const said = box.checked ? "not_applicable" : "";
        this.soon(criterion.code, () => this.save(criterion.code, said, sheet.line(criterion.code).note), 0);
        this.waiting = this.waiting.then(() => this.show()).then(() => document.querySelector("#waived")?.focus());
      },
    });
    return h("div", { class: "choice" }, box, h("label", { for: "waived" }, say("waived")));
  }

  // Saves follow each other, each made upon the one before; the screen says so only when it is on the disk.
  soon(code, save, pause) {
    clearTimeout(this.later.get(code)?.timer);
    const run = () => {
      this.later.delete(code);
      this.waiting = this.waiting.then(save);
      return this.waiting;
    };
    if (pause === 0) return run();
    this.later.set(code, { run, timer: setTimeout(run, pause) });
    return undefined;
  }

  async flush() {
    for (const { run, timer } of [...this.later.values()]) {
      clearTimeout(timer);
      run();
    }
    await this.waiting;
  }

  async save(code, answer, note) {
    const line = this.sheet.line(code);
    if (line.answer === answer && line.note === note) return;
    try {
      this.sheet.add(
        await events.append(this.app.session, this.visit, { kind: "mark", code, answer, note }, line.base),
      );
      this.shown = this.content;
      const box = this.controls.querySelector("#waived");
      if (box) box.checked = this.sheet.waived.has(this.criterion.code);
      this.saved.dataset.state = "saved";
      this.saved.textContent = say("saved", { time: timeOf(Date.now()) });
    } catch (failed) {
      this.saved.dataset.state = "failed";
      this.saved.textContent = say(failed.name === "QuotaExceededError" ? "device_full" : "not_saved");
    }
    this.showFoot();
    await this.app.noted();
  }

  // After a sending: the server's standing and what is still unsent. What is being typed stays, unless another device
  // or a page has said otherwise of it: a change is only made upon what the person has seen.
  async refresh() {
    await this.flush();
    const fresh = await opened(this.app.session, this.visit);
    if (!fresh) return;
    this.sheet.take(fresh.state, fresh.changes);
    this.showFoot();
    if (this.sheet.isSubmitted && !this.locked) {
      this.locked = true;
      this.show();
    } else if (this.shown !== this.content) this.show();
  }

  camera() {
    const input = h("input", {
      class: "unseen",
      type: "file",
      id: "camera",
      accept: "image/*",
      capture: "environment",
      onchange: async () => {
        const file = input.files[0];
        if (!file) return;
        this.saved.textContent = say("photo_being_kept");
        try {
          const change = await photos.keep(
            this.app.session,
            this.visit,
            this.criterion.code,
            file,
            await photos.place(),
          );
          this.sheet.add(change);
          this.saved.textContent = say("photo_kept", { time: timeOf(Date.now()) });
        } catch (failed) {
          this.saved.textContent = say(failed.name === "QuotaExceededError" ? "device_full" : "photo_failed");
        }
        input.value = "";
        await this.showPhotos();
        await this.app.noted();
      },
    });
    return h(
      "section",
      {},
      h("h2", {}, say("photos")),
      this.photos,
      h("label", { class: "button field-wide", data: { kind: "secondary" } }, input, say("take_photo")),
      h("p", { class: "hint" }, say("photo_hint")),
    );
  }

  async showPhotos() {
    const rows = await Promise.all(
      [...this.sheet.photosOf(this.criterion.code)].map(async ([uuid, facts], number) => {
        const address = await photos.shown(this.app.session, uuid);
        const where = facts.latitude ? say("place_known", { accuracy: facts.accuracy ?? "?" }) : say("place_unknown");
        return h(
          "li",
          {},
          address
            ? h("img", { src: address, alt: say("photo_number", { number: number + 1 }) })
            : h("span", {}, say("photo_elsewhere")),
          h("p", { class: "muted" }, facts.taken_at ? `${timeOf(facts.taken_at)} · ${where}` : ""),
          !this.locked &&
            button(say("drop_photo"), () => this.drop(uuid), {
              kind: "quiet",
              "aria-label": `${say("drop_photo")} ${number + 1}`,
            }),
        );
      }),
    );
    this.photos.replaceChildren(...rows);
  }

  async drop(uuid) {
    this.sheet.add(await events.append(this.app.session, this.visit, { kind: "drop_photo", photo: uuid }));
    await store.write(["photos"], (tx) => tx.objectStore("photos").delete(uuid));
    await this.showPhotos();
    await this.app.noted();
  }
}
