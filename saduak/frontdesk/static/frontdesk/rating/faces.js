// Five faces to choose from, as buttons with their words; the figures 1 to 5 on a keyboard choose too.

import { h } from "../shared/dom.js";

const SVG = "http://www.w3.org/2000/svg";

function face(mouth) {
  const drawn = document.createElementNS(SVG, "svg");
  const part = (name, attributes) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    drawn.append(made);
  };
  drawn.setAttribute("viewBox", "0 0 48 48");
  drawn.setAttribute("class", "face");
  drawn.setAttribute("aria-hidden", "true");
  part("circle", { cx: 24, cy: 24, r: 21 });
  part("circle", { cx: 17, cy: 19, r: 2.6, class: "face-eye" });
  part("circle", { cx: 31, cy: 19, r: 2.6, class: "face-eye" });
  part("path", { d: mouth });
  return drawn;
}

// `rating` is what the server gave along: sentences, words of the faces, and mouths.
export function facesToChoose(rating, language, choose) {
  return h(
    "div",
    { class: "faces", role: "group", "aria-label": rating.sentences[language].question },
    rating.faces[language].map((words, place) =>
      h(
        "button",
        { type: "button", onclick: () => choose(place + 1), data: { option: place + 1 } },
        face(rating.mouths[place]),
        h("span", {}, words),
      ),
    ),
  );
}
