// Saves a form while it is filled in, and says so quietly; what was typed is never lost.
//
// <form data-autosave="/address" data-autosave-key="application-12"> … <p data-autosave-state></p> </form>
//
// Every change is first kept in this browser, then sent; the copy goes away when the server has said that it saved it.
// Offline, or when the server is away, it tries again; a copy found on opening the page is put back and sent.
// The state's words are its data- attributes: saving, saved ({time} is filled in), waiting, refused, overtaken, signedOut.
// When the answer is JSON, its `fields` are put into hidden fields, such as the version of what was saved; those with
// data-autosave-version are kept with the copy, so that an old copy never passes for a new one. When an answer is refused
// or overtaken, its HTML is shown in [data-autosave-problem].
// After each save the form fires `saved`, so that totals may refresh themselves: hx-trigger="saved from:closest form".

const PAUSE = 700;
const LONGEST_WAIT = 30000;
const clock = new Intl.DateTimeFormat("th-TH", {
  hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Bangkok",
});

class Autosave {
  constructor(form) {
    this.form = form;
    this.key = `draft:${form.dataset.autosaveKey || form.dataset.autosave}`;
    this.state = form.querySelector("[data-autosave-state]") ?? document.createElement("p");
    this.problem = form.querySelector("[data-autosave-problem]");
    this.edits = 0;
    this.saved = 0;
    this.wait = 1000;
    form.addEventListener("input", (event) => this.changed(event));
    form.addEventListener("change", (event) => this.changed(event));
    form.addEventListener("submit", () => this.handOver());
    window.addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => document.hidden && this.send());
    this.restore();
  }

  changed(event) {
    if (event.target.type === "file") return;
    this.edits += 1;
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), PAUSE);
  }

  entries() {
    return [...new FormData(this.form)].filter(
      ([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken" && !this.isSecret(name),
    );
  }

  isSecret(name) {
    return this.form.elements[name]?.type === "password";
  }

  keep() {
    try {
      localStorage.setItem(this.key, JSON.stringify(this.entries()));
    } catch {
      // A full or forbidden storage: the text is still in the form, and is being sent.
    }
  }

  forget() {
    clearTimeout(this.timer);
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Nothing was kept.
    }
  }

  // The browser itself sends the form now; leaving the page must not send it once more.
  handOver() {
    this.saved = this.edits;
    this.forget();
  }

  restore() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(this.key));
    } catch {
      kept = null;
    }
    if (!kept || JSON.stringify(kept) === JSON.stringify(this.entries())) return this.forget();
    const values = grouped(kept);
    for (const field of this.form.elements) {
      if (!field.name || ["file", "password", "submit", "button"].includes(field.type)) continue;
      if (field.type === "hidden" && !("autosaveVersion" in field.dataset)) continue;
      const given = (values.get(field.name) ?? []).map(([, value]) => value);
      if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
      else if (field.multiple) for (const option of field.options) option.selected = given.includes(option.value);
      else if (given.length) field.value = given[0];
    }
    this.edits += 1;
    this.send();
  }

  async send() {
    if (this.sending || this.edits === this.saved) return;
    clearTimeout(this.timer);
    const sent = this.edits;
    const body = new FormData(this.form);
    for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name);
    this.sending = true;
    this.say("saving");
    try {
      const answer = await fetch(this.form.dataset.autosave, {
        method: "POST", body, keepalive: true, redirect: "manual", headers: { Autosave: "1" },
      });
      if (answer.ok) await this.acknowledged(sent, answer);
      else if (answer.type === "opaqueredirect" || answer.status === 403) this.say("signedOut");
      else if (answer.status === 409) await this.explain("overtaken", answer);
      else if (answer.status === 422 || answer.status === 400) await this.explain("refused", answer);
      else this.later();
    } catch {
      this.later();
    } finally {
      this.sending = false;
    }
    if (this.edits !== sent && this.saved === sent) this.send();
  }

  async acknowledged(sent, answer) {
    this.saved = sent;
    this.wait = 1000;
    await this.adopt(answer);
    this.problem?.replaceChildren();
    if (this.edits === sent) this.forget();
    else this.keep();
    const at = new Date(answer.headers.get("Date") ?? Date.now());
    this.say("saved", clock.format(at).replace(":", "."));
    this.form.dispatchEvent(new CustomEvent("saved", { bubbles: true }));
  }

  async adopt(answer) {
    if (!(answer.headers.get("Content-Type") ?? "").includes("json")) return;
    const { fields = {} } = await answer.json();
    for (const [name, value] of Object.entries(fields)) {
      if (this.form.elements[name]) this.form.elements[name].value = value;
    }
  }

  async explain(what, answer) {
    this.say(what);
    if (this.problem) this.problem.innerHTML = await answer.text();
  }

  later() {
    this.say("waiting");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  say(what, time = "") {
    this.state.dataset.state = what;
    this.state.textContent = (this.state.dataset[what] ?? "").replace("{time}", time);
  }
}

function grouped(entries) {
  const together = new Map();
  for (const entry of entries) together.set(entry[0], [...(together.get(entry[0]) ?? []), entry]);
  return together;
}

function begin(root) {
  for (const form of root.querySelectorAll("form[data-autosave]:not([data-autosaves])")) {
    form.dataset.autosaves = "yes";
    new Autosave(form);
  }
}

begin(document);
document.addEventListener("htmx:afterSettle", () => begin(document));
