// Help with seeing, hearing and reaching, on every screen for visitors.

import { h } from "../shared/dom.js";
import * as voice from "./voice.js";

const page = document.documentElement;

export function showTools(app) {
  const tools = document.querySelector("#kiosk-tools");
  if (app.screen.plain) return tools.replaceChildren();
  const tool = (key, pressed, onclick) =>
    h(
      "button",
      {
        type: "button",
        "aria-pressed": String(pressed),
        onclick: () => {
          onclick();
          showTools(app);
        },
      },
      app.say(key),
    );
  const isLow = page.dataset.height === "low";
  const isHigh = page.dataset.contrast === "high";
  const aloud = tool(voice.isOn() ? "read_aloud_off" : "read_aloud", voice.isOn(), () => {
    voice.turn(!voice.isOn());
    if (app.screen.speech) voice.speak(app.screen.speech, app.speech[app.language]);
  });
  return tools.replaceChildren(
    ...(voice.canSpeak() ? [aloud] : []),
    tool(isLow ? "higher" : "lower", isLow, () => {
      page.dataset.height = isLow ? "high" : "low";
    }),
    tool(isHigh ? "contrast_off" : "contrast", isHigh, () => {
      page.dataset.contrast = isHigh ? "normal" : "high";
    }),
  );
}

// As the desk has set it, for the next visitor.
export function resetTools(height) {
  voice.turn(false);
  page.dataset.contrast = "normal";
  page.dataset.height = height === "low" ? "low" : "high";
}
