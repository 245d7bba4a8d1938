// The sheet as it stands on this device: what the server said last, and every change since. Nothing here touches
// the disk.

import { evaluate, prepared, read } from "../../standards/score.js";

const EMPTY = { answer: "", note: "", base: [], disputed: false };

// One line: the server's version with the changes made here or brought over; the rule is that of `merging.py`.
export function merged(seed, changes) {
  const known = new Map(changes.map((change) => [change.version, change]));
  const overtaken = new Set([...known.values()].flatMap(({ event }) => event.base_version));
  const heads = [...known.values()]
    .filter(({ version }) => !overtaken.has(version))
    .map(({ version, event }) => ({
      versions: [version],
      answer: event.payload.answer,
      note: event.payload.note,
      at: momentOf(event),
    }));
  const isOvertaken = seed.base.length ? seed.base.every((version) => overtaken.has(version)) : known.size > 0;
  if (!isOvertaken) heads.push({ versions: seed.base, answer: seed.answer, note: seed.note, at: -1 });
  heads.sort((one, other) => one.at - other.at || (one.versions[0] < other.versions[0] ? -1 : 1));
  const last = heads.at(-1);
  const differ = heads.some(({ answer, note }) => answer !== last.answer || note !== last.note);
  const disputed = differ || (seed.disputed && !isOvertaken);
  return { answer: last.answer, note: last.note, base: heads.flatMap(({ versions }) => versions).sort(), disputed };
}

function momentOf(event) {
  return Date.parse(event.client_time) + event.clock_offset * 1000;
}

export class Sheet {
  constructor(dossier, state, changes = []) {
    this.dossier = dossier;
    this.plan = prepared(dossier.plan);
    this.criteria = new Map(dossier.criteria.map((criterion) => [criterion.code, criterion]));
    this.way = dossier.strands.flatMap((strand) => strand.sections.flatMap((section) => section.criteria));
    this.take(state, changes);
  }

  // What the server said last, and the changes since.
  take(state, changes) {
    this.state = state;
    this.changes = changes;
    this.lines = new Map();
    const byCode = Map.groupBy ? Map.groupBy(this.marks(), codeOf) : grouped(this.marks(), codeOf);
    for (const code of new Set([...Object.keys(state.lines), ...byCode.keys()])) {
      this.lines.set(code, merged(state.lines[code] ?? EMPTY, byCode.get(code) ?? []));
    }
    this.score();
  }

  add(change) {
    this.changes.push(change);
    const code = change.event.payload.code;
    if (change.event.payload.kind !== "mark") return;
    const own = this.marks().filter((one) => codeOf(one) === code);
    this.lines.set(code, merged(this.state.lines[code] ?? EMPTY, own));
    this.score();
  }

  marks() {
    return this.changes.filter(({ event }) => event.payload.kind === "mark");
  }

  score() {
    const answers = new Map([...this.lines].map(([code, line]) => [code, read(line.answer)]));
    this.outcome = evaluate(this.plan, answers);
  }

  line(code) {
    return this.lines.get(code) ?? EMPTY;
  }

  get disputed() {
    return [...this.lines].filter(([, line]) => line.disputed).map(([code]) => code);
  }

  get isSubmitted() {
    return this.state.submitted_at !== "";
  }

  // Handed in on this device, and nothing changed since; the server has it, or will.
  get isHandedIn() {
    if (this.isSubmitted) return true;
    const last = this.changes
      .filter(({ event }) => ["mark", "submit"].includes(event.payload.kind))
      .sort((one, other) => momentOf(one.event) - momentOf(other.event) || one.event.seq - other.event.seq)
      .at(-1);
    return last?.event.payload.kind === "submit" || (!last && this.state.waiting.length > 0);
  }

  get waived() {
    return new Set(this.outcome.waived);
  }

  // empty, partly, done, not_met
  stateOf(code) {
    const leaves = this.criteria.get(code).leaves.map((leaf) => leaf.code);
    const open = leaves.filter((leaf) => this.outcome.unanswered.includes(leaf));
    if (open.length) return open.length === leaves.length ? "empty" : "partly";
    return leaves.some((leaf) => this.line(leaf).answer === "not_met") ? "not_met" : "done";
  }

  get unmarked() {
    return this.way.filter((code) => ["empty", "partly"].includes(this.stateOf(code)));
  }

  // The photographs of a criterion by their identifiers: {uuid: facts}.
  photosOf(code) {
    const found = new Map(Object.entries(this.state.photos).filter(([, photo]) => photo.code === code));
    for (const {
      event: { payload },
    } of this.changes) {
      if (payload.kind === "photo" && payload.code === code) found.set(payload.photo, payload);
    }
    for (const {
      event: { payload },
    } of this.changes) {
      if (payload.kind === "drop_photo") found.delete(payload.photo);
    }
    return found;
  }

  // What the sheet says, as it is hashed when it is handed in.
  get content() {
    const said = [...this.lines].filter(([, line]) => line.answer || line.note || line.disputed);
    return said.map(([code, line]) => [code, line.answer, line.note]).sort(([one], [other]) => (one < other ? -1 : 1));
  }
}

function codeOf({ event }) {
  return event.payload.code;
}

function grouped(list, key) {
  const groups = new Map();
  for (const one of list) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}
