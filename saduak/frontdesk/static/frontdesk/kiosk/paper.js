// The ticket of the visitor who stands here, on paper; the screen says how it went.

import { filled, h } from "../shared/dom.js";
import { qrCode } from "./drawing.js";
import { printTicket } from "./printing.js";
import { nameIn } from "./screens.js";
import * as voice from "./voice.js";

const format = new Intl.DateTimeFormat("th-TH-u-ca-buddhist", {
  dateStyle: "medium",
  timeStyle: "short",
  timeZone: "Asia/Bangkok",
});

// What the device's own printer prints; the style sheet leaves out the rest of the page.
export function fillPaper({ ticket, state, service, language, words, addressOf }) {
  document.querySelector("#kiosk-paper").replaceChildren(
    h("p", { class: "kiosk-paper-centre" }, nameIn(state.centre, language)),
    h("p", { class: "kiosk-paper-number" }, ticket.number),
    h("p", { class: "kiosk-paper-service" }, nameIn(service.names, language)),
    h("p", {}, format.format(ticket.at)),
    qrCode(addressOf(ticket), words.codeOnPaper),
    h("p", {}, filled(words.codeOnPaper, { number: ticket.number, code: ticket.code })),
  );
}

// A ticket from the time without the server is told to it first; it cannot be asked to print what it does not know.
export async function print(app, { issuing, ask, address }) {
  const { ticket } = app;
  const way = app.state.printing;
  const told = (key) => {
    const place = document.querySelector("#kiosk-printing");
    if (app.ticket === ticket && place) place.textContent = app.say(key);
  };
  told("printing");
  let how = "failed";
  if (ticket.offline && way === "server") await issuing.send();
  if (!(ticket.offline && way === "server" && issuing.unsent() > 0)) how = await printTicket({ way, ticket, ask, address });
  told(how === "printed" ? "printed" : "print_failed");
  if (how !== "printed" && app.ticket === ticket) voice.speak([app.say("print_failed")], app.speech[app.language]);
}
