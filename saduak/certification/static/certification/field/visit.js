// One visit on this device: its facts, its criteria, and handing the sheet in.

import { points } from "../../standards/score.js";
import { button, h, notice, say } from "./dom.js";
import * as events from "./events.js";
import { Sheet } from "./sheet.js";
import * as store from "./store.js";
import { openJson, sha256 } from "./vault.js";

// The sheet of a visit as it stands here, or null when its dossier is not on the device.
export async function opened(session, visit) {
  const [kept, state] = await Promise.all([store.get("dossiers", visit), store.get("sheets", visit)]);
  if (!kept || !state) return null;
  const [dossier, sheet, changes] = await Promise.all([
    openJson(session.keys.data, kept, `dossier ${visit}`),
    openJson(session.keys.data, state, `sheet ${visit}`),
    events.unsent(session, visit),
  ]);
  return new Sheet(dossier, sheet, changes);
}

export const SIGNS = { empty: "○", partly: "◐", done: "✓", not_met: "✕" };

// The foot that stays in sight: total, gates, level, and what has no mark yet.
export function foot(sheet, ...more) {
  const { outcome, dossier } = sheet;
  const gates = sheet.plan.items.filter((item) => item.gate).length;
  const most = sheet.plan.strands
    .filter((one) => one.scored)
    .flatMap((one) => one.items)
    .reduce((sum, item) => sum + item.most, 0);
  const next =
    outcome.aim && (outcome.missing > 0 || outcome.failedGates.length > 0)
      ? say(outcome.missing > 0 ? "points_to" : "gates_to", {
          points: points(outcome.missing, { short: true }),
          gates: outcome.failedGates.length,
          level: dossier.levels[outcome.aim],
        })
      : "";
  return h(
    "section",
    { class: "field-foot", "aria-label": say("standing") },
    h(
      "p",
      { class: "field-total", "aria-live": "polite" },
      h("strong", {}, points(outcome.total)),
      `/${points(most, { short: true })}`,
    ),
    h("p", {}, say("gates", { met: gates - outcome.failedGates.length, all: gates })),
    h(
      "p",
      { class: "field-level", data: { level: outcome.level } },
      outcome.level ? dossier.levels[outcome.level] : say("no_level"),
      next && h("small", {}, next),
    ),
    h(
      "p",
      {},
      h(
        "a",
        { href: `#/visit/${dossier.id}` },
        sheet.unmarked.length ? say("unmarked", { number: sheet.unmarked.length }) : say("all_marked"),
      ),
    ),
    ...more,
  );
}

function missing(app) {
  app.show([h("h1", {}, say("not_on_device")), h("p", {}, h("a", { href: "#/" }, say("back")))]);
}

export async function visitScreen(app, visit, how = {}) {
  const sheet = await opened(app.session, visit);
  if (!sheet) return missing(app);
  app.changed = () => visitScreen(app, visit, { again: true });
  const { dossier } = sheet;
  const next = sheet.unmarked[0] ?? sheet.way[0];
  const missed = dossier.evidence.filter((file) => !file.fits).length;
  return app.show(
    [
      h("p", { class: "field-back" }, h("a", { href: "#/" }, say("back"))),
      h(
        "h1",
        {},
        dossier.centre,
        dossier.is_example && h("span", { class: "badge", data: { tone: "attention" } }, say("example")),
      ),
      h("p", { class: "muted" }, `${dossier.reference} · ${dossier.when}`),
      dossier.place && h("p", {}, dossier.place),
      ...standingOf(sheet),
      missed > 0 && h("p", { class: "muted" }, say("files_left", { number: missed })),
      !sheet.isHandedIn &&
        h(
          "p",
          { class: "field-actions" },
          h(
            "a",
            { class: "button field-wide", href: link(dossier.id, next) },
            say(sheet.unmarked.length ? "go_on" : "look_again"),
          ),
          h(
            "a",
            { class: "button field-wide", data: { kind: "secondary" }, href: `#/visit/${dossier.id}/hand-in` },
            say("check_and_hand_in"),
          ),
        ),
      sheet.isSubmitted &&
        button(
          say("take_off"),
          async () => {
            await store.dropDossier(visit);
            app.go("/");
          },
          { kind: "secondary" },
        ),
      ...dossier.strands.map((strand) => strandOf(sheet, strand)),
      foot(sheet),
    ],
    how,
  );
}

function standingOf(sheet) {
  const { state } = sheet;
  return [
    sheet.isSubmitted && notice("success", say("submitted", { time: state.submitted_at })),
    !sheet.isSubmitted &&
      sheet.isHandedIn &&
      notice("info", say("queued"), ...state.waiting.map((reason) => h("p", {}, reason))),
    sheet.disputed.length > 0 && notice("warning", say("disputed", { codes: sheet.disputed.join(", ") })),
  ].filter(Boolean);
}

function strandOf(sheet, strand) {
  return h(
    "section",
    {},
    h("h2", {}, strand.title),
    ...strand.sections
      .flatMap((section) => [
        section.title && h("h3", {}, section.title),
        h(
          "ol",
          { class: "field-outline" },
          section.criteria.map((code) => {
            const criterion = sheet.criteria.get(code);
            const how = sheet.stateOf(code);
            return h(
              "li",
              {},
              h(
                "a",
                { href: link(sheet.dossier.id, code), data: { state: how } },
                h("span", { class: "field-sign", "aria-hidden": "true" }, SIGNS[how]),
                h(
                  "span",
                  {},
                  h("span", { class: "criterion-code" }, code),
                  ` ${criterion.title}`,
                  h("span", { class: "unseen" }, ` · ${say(`state_${how}`)}`),
                ),
                h(
                  "span",
                  { class: "field-points" },
                  criterion.leaves.every((leaf) => leaf.most === "0")
                    ? ""
                    : points(sheet.outcome.byItem[code], { short: true }),
                ),
              ),
            );
          }),
        ),
      ])
      .filter(Boolean),
  );
}

export function link(visit, code) {
  return `#/visit/${visit}/criterion/${encodeURIComponent(code)}`;
}

export async function handInScreen(app, visit) {
  const sheet = await opened(app.session, visit);
  if (!sheet) return missing(app);
  if (sheet.isHandedIn) return app.go(`/visit/${visit}`);
  const { dossier, outcome } = sheet;
  const may = !sheet.unmarked.length && !sheet.disputed.length;
  return app.show([
    h("p", { class: "field-back" }, h("a", { href: `#/visit/${visit}` }, say("back"))),
    h("h1", {}, say("hand_in_title")),
    h("p", { class: "muted" }, dossier.centre),
    h(
      "dl",
      { class: "field-facts" },
      ...fact(say("total"), points(outcome.total)),
      ...fact(say("level"), outcome.level ? dossier.levels[outcome.level] : say("no_level")),
      ...fact(say("criteria"), `${sheet.way.length - sheet.unmarked.length}/${sheet.way.length}`),
    ),
    outcome.failedGates.length > 0 &&
      notice(
        "warning",
        say("gates_failed"),
        h(
          "ul",
          {},
          outcome.failedGates.map((code) => named(sheet, code)),
        ),
      ),
    sheet.unmarked.length > 0 &&
      notice(
        "warning",
        say("unmarked_title"),
        h(
          "ul",
          {},
          sheet.unmarked.map((code) => named(sheet, code)),
        ),
      ),
    sheet.disputed.length > 0 && notice("warning", say("disputed", { codes: sheet.disputed.join(", ") })),
    may && [
      h("ul", {}, h("li", {}, say("hand_in_1")), h("li", {}, say("hand_in_2"))),
      button(say("hand_in", { total: points(outcome.total) }), handIn, { class: "button field-wide" }),
    ],
  ]);

  async function handIn() {
    const marks = await sha256(events.bytesOf(sheet.content));
    await events.append(app.session, visit, { kind: "submit", marks });
    await app.noted();
    app.go(`/visit/${visit}`);
    await app.send({ quietly: true });
  }
}

function fact(name, value) {
  return [h("dt", {}, name), h("dd", {}, value)];
}

function named(sheet, code) {
  return h("li", {}, h("a", { href: link(sheet.dossier.id, code) }, `${code} ${sheet.criteria.get(code).title}`));
}
