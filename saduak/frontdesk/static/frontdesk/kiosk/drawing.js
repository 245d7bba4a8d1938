// Pictures that the kiosk draws itself.

import { generate } from "../../vendor/lean-qr/index.mjs";

const SVG = "http://www.w3.org/2000/svg";

// The QR code of an address, with the quiet edge that cameras need.
export function qrCode(address, label) {
  const code = generate(address);
  const quiet = 3;
  const side = code.size + 2 * quiet;
  let path = "";
  for (let y = 0; y < code.size; y += 1)
    for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) path += `M${x + quiet} ${y + quiet}h1v1h-1z`;
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", `0 0 ${side} ${side}`);
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", label);
  picture.setAttribute("class", "kiosk-qr");
  const paper = document.createElementNS(SVG, "rect");
  paper.setAttribute("width", side);
  paper.setAttribute("height", side);
  paper.setAttribute("fill", "#fff");
  const dots = document.createElementNS(SVG, "path");
  dots.setAttribute("d", path);
  dots.setAttribute("fill", "#000");
  picture.append(paper, dots);
  return picture;
}
