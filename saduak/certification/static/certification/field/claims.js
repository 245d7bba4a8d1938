// What the centre says and shows of one criterion, read from the device.

import { button, h, saveAs, say } from "./dom.js";
import * as store from "./store.js";
import { open } from "./vault.js";

export function claims(session, sheet, criterion) {
  const files = sheet.dossier.evidence.filter((file) => file.codes.includes(criterion.code));
  const rows = files.map((file) => shownFile(session, sheet.dossier.id, file));
  return h(
    "details",
    { class: "field-claims", open: true },
    h("summary", {}, say("claims")),
    criterion.said.map((one) =>
      h(
        "div",
        {},
        one.title && h("p", {}, h("strong", {}, one.title)),
        h("p", {}, one.words || say("says_nothing")),
        one.text && h("blockquote", {}, one.text),
      ),
    ),
    criterion.remark && h("div", {}, h("p", {}, h("strong", {}, say("remark"))), h("blockquote", {}, criterion.remark)),
    rows.length ? h("ul", { class: "field-files" }, rows) : h("p", { class: "muted" }, say("no_evidence")),
  );
}

function shownFile(session, visit, file) {
  const shown = h("div");
  const about = ` ${file.size}${file.caption ? ` · ${file.caption}` : ""}`;
  return h(
    "li",
    {},
    h("span", {}, file.name, h("small", { class: "muted" }, about)),
    file.fits
      ? button(say("show_file"), show, { kind: "quiet", "aria-label": `${say("show_file")} ${file.name}` })
      : h("p", { class: "muted" }, say("file_left")),
    shown,
  );

  async function show() {
    const kept = await store.get("files", `${visit}/${file.id}`);
    const blob = new Blob([await open(session.keys.data, kept, `file ${kept.id}`)], { type: file.kind });
    if (!file.kind.startsWith("image/")) return saveAs(blob, file.name);
    return shown.replaceChildren(h("img", { src: URL.createObjectURL(blob), alt: file.caption || file.name }));
  }
}
