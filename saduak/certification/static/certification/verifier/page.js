// A file is given, and the page says what is true of it. Nothing of it leaves the device.

import { inside, isPaper, LARGEST_PAPER, verifyPaper } from "../../credentials/papers.js";
import { asList, read, Unreadable } from "../../credentials/reading.js";
import { freshFirst, fromTheWeb, listsFrom, pinned } from "../../credentials/sources.js";
import { verify } from "../../credentials/verifying.js";
import { h, icon } from "./dom.js";
import { facts, found, languageNow, say, speak } from "./facts.js";
import { notes } from "./notes.js";
import { resultOf } from "./result.js";

const place = document.getElementById("verifier");
const lists = []; // Status lists that were given as files.
let last = null; // What was given last, `{name, bytes}`.
let shown = null; // What was found of it.
let asks = true;

function draw() {
  const stands = Boolean(document.getElementById("verifier-languages"));
  place.replaceChildren(
    ...[stands && [h("h1", {}, say("title")), h("p", { class: "lead" }, say("lead"))]].flat().filter(Boolean),
    tool(),
    h("div", { id: "verifier-state", class: "verifier-state", role: "status" }),
    h("div", { id: "verifier-result" }),
    h("div", { class: "verifier-notes" }, notes()),
  );
  if (stands) drawLanguages();
  if (shown) show();
}

function drawLanguages() {
  document.title = `${say("title")} · ${say("programme")}`;
  document.getElementById("verifier-programme").textContent = say("programme");
  const group = h("div", { role: "group", "aria-label": say("language") });
  for (const [code, name] of Object.entries(facts.languages)) {
    const choose = () => {
      speak(code);
      draw();
      document.querySelector(`#verifier-languages [lang="${code}"]`).focus();
    };
    const pressed = String(code === languageNow());
    group.append(
      h("button", { type: "button", class: "button", lang: code, "aria-pressed": pressed, data: { kind: "bar" }, onclick: choose }, name),
    );
  }
  document.getElementById("verifier-languages").replaceChildren(group);
}

function tool() {
  const file = h("input", {
    type: "file",
    id: "verifier-file",
    multiple: true,
    accept: ".pdf,.json,application/pdf,application/json",
    "aria-describedby": "verifier-drop",
    onchange: () => takeFiles(file.files),
  });
  const text = h("textarea", { id: "verifier-text", rows: "4", spellcheck: "false", autocomplete: "off" });
  const take = (event) => {
    event.preventDefault();
    if (text.value.trim()) takeOne(say("pasted"), new TextEncoder().encode(text.value));
    else text.focus();
  };
  const ask = h("input", { type: "checkbox", id: "verifier-ask", onchange: () => (asks = ask.checked) });
  ask.checked = asks;
  const zone = h(
    "div",
    { class: "file-input" },
    icon("upload"),
    h("p", { class: "file-input-words", id: "verifier-drop" }, say("drop")),
    file,
  );
  return h(
    "form",
    { class: "verifier-tool", onsubmit: take },
    h("div", { class: "field" }, h("label", { for: "verifier-file" }, say("choose")), zone),
    h("div", { class: "field" }, h("label", { for: "verifier-text" }, say("paste")), text),
    h("p", {}, h("button", { class: "button" }, say("check"))),
    h("p", { class: "verifier-ask" }, ask, " ", h("label", { for: "verifier-ask" }, say("ask"))),
  );
}

async function takeFiles(files) {
  for (const file of files) {
    // What is no file, such as a folder, cannot be read.
    const content = file.size > LARGEST_PAPER ? null : await file.arrayBuffer().catch(() => "unreadable");
    if (content === "unreadable") refuse(`${file.name}: ${say("odd_file")}`);
    else await takeOne(file.name, content && new Uint8Array(content));
  }
}

// A status list is kept for what comes; anything else is checked.
async function takeOne(name, bytes) {
  tell(say("working"));
  try {
    if (!bytes) throw new Unreadable("too_large");
    if (!globalThis.crypto?.subtle) return refuse(say("no_answer"));
    const document = isPaper(bytes) ? inside(bytes) : read(bytes);
    if (asList(document.type).includes("BitstringStatusListCredential")) {
      lists.unshift(document);
      if (!last) return tell(`${say("lists_given")} ${name}`);
    } else last = { name, bytes };
    shown = await check(last);
    tell("");
    show();
    window.document.getElementById("verdict").focus();
  } catch (error) {
    refuse(`${name}: ${found().faults[error.fault] ?? say("odd_file")}`);
    if (!(error instanceof Unreadable)) throw error;
  }
}

async function check({ name, bytes }) {
  const at = Date.now();
  const asked = [];
  const look = async (named) => {
    const address = onOurSite(named);
    const answer = await fromTheWeb(address, new URL(facts.site).origin);
    if (answer) asked.push(address);
    return answer;
  };
  const online = asks && navigator.onLine;
  const sources = {
    issuers: online ? freshFirst(facts, look) : pinned(facts),
    lists: listsFrom(lists, facts, online ? look : null),
    trusted: new Set(facts.trusted),
    examples: new Set(facts.examples),
  };
  if (isPaper(bytes)) return { name, at, asked, ...(await verifyPaper(bytes, sources, at)) };
  const document = read(bytes);
  return { name, at, asked, document, report: await verify(document, sources, at) };
}

// A site that is tried out on one machine answers without https.
function onOurSite(address) {
  const [wanted, site] = [new URL(address), new URL(facts.site)];
  return wanted.host === site.host ? address.replace(wanted.origin, site.origin) : address;
}

function show() {
  document.getElementById("verifier-result").replaceChildren(...resultOf(shown).flat().filter(Boolean));
}

function tell(words) {
  document.getElementById("verifier-state").replaceChildren(words);
}

function refuse(words) {
  shown = last = null;
  document.getElementById("verifier-result").replaceChildren();
  tell(h("p", { class: "verifier-refusal" }, icon("danger"), words));
}

for (const kind of ["dragover", "dragleave", "drop"])
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    document.querySelector(".file-input").classList.toggle("is-over", kind === "dragover");
    if (kind === "drop") takeFiles(event.dataTransfer.files);
  });

draw();
