// Work without signal: starts the app, holds the unlocked session, leads from screen to screen.

import { addresses, button, h, notice, say, timeOf } from "./dom.js";
import * as clock from "./clock.js";
import { setUpScreen, unlockScreen } from "./entering.js";
import { filesScreen, forgetScreen } from "./keeping.js";
import { listScreen } from "./list.js";
import { criterionScreen } from "./marking.js";
import { NotSent, sync } from "./sending.js";
import * as store from "./store.js";
import { handInScreen, visitScreen } from "./visit.js";

const LOCK_AFTER = 10 * 60 * 1000;
const TRY_AGAIN = { first: 4000, most: 60 * 1000 };
const main = document.querySelector("#main");
const bar = document.querySelector("#field-unsent");
const state = document.querySelector("#field-connection");
let touched = Date.now();
let release = null;

export const app = {
  session: null,
  standing: null,
  trouble: "",
  pause: TRY_AGAIN.first,
  flush: async () => {},

  // Unlocked: only one window of this browser works at a time, so that no change is made upon a stale one.
  async enter(keys) {
    const { id } = await store.meta("owner");
    if (!(await alone())) return this.show([notice("warning", say("other_window"))]);
    this.session = { keys, device: await store.meta("device"), owner: id };
    touched = Date.now();
    await this.route();
    return this.send({ quietly: true });
  },

  async lock() {
    await this.flush();
    this.session = null;
    this.standing = null;
    release?.();
    release = null;
    await this.route();
  },

  // Shows a screen. `again` is the same screen with news: nothing jumps, and nothing happens when nothing is new.
  show(children, { again = false } = {}) {
    const fresh = h("div", {}, children);
    if (again && fresh.innerHTML === main.innerHTML) return;
    const focused = again && main.contains(document.activeElement) ? nameOf(document.activeElement) : "";
    const scrolled = window.scrollY;
    main.replaceChildren(...fresh.childNodes);
    const heading = main.querySelector("h1");
    document.title = [heading?.textContent, say("field_work")].filter(Boolean).join(" · ");
    heading?.setAttribute("tabindex", "-1");
    if (!again) heading?.focus({ preventScroll: true });
    else if (focused)
      [...main.querySelectorAll("a, button, h1")]
        .find((one) => nameOf(one) === focused)
        ?.focus({ preventScroll: true });
    window.scrollTo(0, again ? scrolled : 0);
  },

  go(place) {
    if (location.hash === `#${place}`) return this.route();
    location.hash = place;
    return undefined;
  },

  async route() {
    await this.flush();
    this.flush = async () => {};
    this.changed = null;
    await this.refreshBar();
    if (!(await store.meta("vault"))) return setUpScreen(this);
    if (!this.session) return unlockScreen(this);
    const [, place, visit, what, code] = location.hash.replace(/^#/, "").split("/");
    if (place === "files") return filesScreen(this);
    if (place === "forget") return forgetScreen(this);
    if (place === "visit" && what === "criterion")
      return criterionScreen(this, Number(visit), decodeURIComponent(code));
    if (place === "visit" && what === "hand-in") return handInScreen(this, Number(visit));
    if (place === "visit") return visitScreen(this, Number(visit));
    return listScreen(this);
  },

  // Sends what is unsent. Quietly: a missing connection is no news.
  async send({ quietly = false } = {}) {
    if (!this.session || this.sending) return;
    this.sending = true;
    state.dataset.state = "sending";
    try {
      const told = await sync(this.session);
      this.standing = told.standing;
      this.trouble = told.refused.length ? say("refused", { reason: told.refused[0].reason }) : "";
      if (told.late) this.trouble = say("late", { number: told.late });
      this.pause = TRY_AGAIN.first;
      this.changed?.();
    } catch (failed) {
      if (!(failed instanceof NotSent)) throw failed;
      if (failed.reason === "turned-away") return await this.wipe();
      if (failed.reason === "offline") this.later();
      this.trouble = failed.reason === "offline" && quietly ? "" : say(failed.reason, { reason: failed.words });
    } finally {
      this.sending = false;
      await this.refreshBar();
    }
  },

  async wipe() {
    this.session = null;
    await store.forget();
    location.hash = "";
    await this.route();
  },

  // The line above everything: what is not sent yet, and whether there is a connection.
  async refreshBar() {
    const online = navigator.onLine;
    state.dataset.state = online ? "online" : "offline";
    state.textContent = say(online ? "online" : "no_signal");
    if (!(await store.meta("vault"))) return bar.replaceChildren();
    const unsent = await store.unsentNumber();
    const sent = await store.meta("sent");
    bar.dataset.unsent = unsent;
    bar.replaceChildren(
      ...[
        h(
          "p",
          { id: "unsent-words" },
          unsent
            ? say("unsent", { number: unsent })
            : sent
              ? say("all_sent", { time: timeOf(sent.at) })
              : say("nothing_unsent"),
        ),
        this.session && online && unsent > 0 && button(say("send_now"), () => this.send(), { kind: "bar" }),
        this.session &&
          this.trouble &&
          h(
            "p",
            { class: "field-trouble", role: "alert" },
            this.trouble,
            this.trouble === say("signed-out") && h("a", { href: addresses.signIn }, say("sign_in")),
          ),
        clock.setBack() > 60 && h("p", { class: "field-trouble" }, say("clock_set_back")),
        this.standing?.device.odd_clock && h("p", { class: "field-trouble" }, say("odd_clock")),
      ].filter(Boolean),
    );
    return undefined;
  },

  // There seems to be a connection, and there is none: tries again, less and less often.
  later() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => navigator.onLine && this.send({ quietly: true }), this.pause);
    this.pause = Math.min(this.pause * 2, TRY_AGAIN.most);
  },

  // After every change: the bar, and a sending soon when there is a connection.
  async noted() {
    await this.refreshBar();
    clearTimeout(this.soon);
    this.soon = setTimeout(() => navigator.onLine && this.send({ quietly: true }), 3000);
  },
};

function nameOf(element) {
  return [element.tagName, element.getAttribute("href"), element.textContent].join("|");
}

function alone() {
  return new Promise((told) => {
    navigator.locks.request("saduak-field-app", { ifAvailable: true }, (lock) => {
      told(lock !== null);
      return lock === null
        ? undefined
        : new Promise((ended) => {
            release = ended;
          });
    });
  });
}

// Something that nobody foresaw: what is saved stays, and the person learns what to do.
function broken() {
  if (main.querySelector(".field-broken")) return;
  main.prepend(
    h(
      "div",
      { class: "field-broken" },
      notice(
        "danger",
        say("broken"),
        h("p", {}, say("broken_words")),
        h(
          "p",
          {},
          button(say("reload"), () => location.reload(), { kind: "secondary" }),
          " ",
          h("a", { href: "#/files" }, say("files")),
        ),
      ),
    ),
  );
}

async function keepApp() {
  if (!("serviceWorker" in navigator)) return;
  const kept = await navigator.serviceWorker.register(addresses.worker, { scope: addresses.field });
  kept.waiting?.postMessage("take over");
  let reloaded = false;
  const hadWorker = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (hadWorker && !reloaded && !app.session) {
      reloaded = true;
      location.reload();
    }
  });
  const chosen = preference("language") ?? "th";
  const wiped = !(await caches.keys()).some((name) => name.startsWith("field-"));
  if (navigator.onLine && kept.active && (wiped || chosen !== document.documentElement.lang))
    kept.active.postMessage("keep");
}

// What the reader has chosen since the shell was kept: a cookie of the site's own pages.
function preference(name) {
  return new RegExp(`(?:^|; )${name}=(\\w+)`).exec(document.cookie)?.[1];
}

function dress() {
  const page = document.documentElement;
  page.dataset.text = preference("text") ?? page.dataset.text;
  page.dataset.contrast = preference("contrast") ?? page.dataset.contrast;
}

function follow() {
  // The part behind # says which screen it is; skipping to the content must not change that.
  document.querySelector(".skip-link").addEventListener("click", (event) => {
    event.preventDefault();
    main.focus();
  });
  window.addEventListener("hashchange", () => app.route());
  window.addEventListener("online", () => app.refreshBar().then(() => app.send({ quietly: true })));
  window.addEventListener("offline", () => app.refreshBar());
  window.addEventListener("unhandledrejection", () => broken());
  window.addEventListener("pagehide", () => app.flush());
  document.addEventListener("visibilitychange", () => document.hidden && app.flush());
  for (const kind of ["pointerdown", "keydown", "input"])
    document.addEventListener(
      kind,
      () => {
        touched = Date.now();
      },
      true,
    );
  setInterval(() => app.session && Date.now() - touched > LOCK_AFTER && app.lock(), 5000);
}

async function start() {
  dress();
  if (!window.isSecureContext || !crypto?.subtle || !navigator.locks || !window.indexedDB) {
    return app.show([h("h1", {}, say("field_work")), notice("danger", say("old_browser"))]);
  }
  follow();
  keepApp().catch(() => {}); // Without it the app still works, as long as this page stays open.
  return app.route();
}

start();
