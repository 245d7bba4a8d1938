// Single letters press buttons, in any language of the keyboard: it is the place of the key that counts. They can be
// switched off, and never work while somebody types.

const STORED = "console-keys";

function switchBox() {
  return document.getElementById("keys-on");
}

export function readSwitch() {
  const box = switchBox();
  if (!box) return;
  box.checked = localStorage.getItem(STORED) !== "off";
  show(box.checked);
  box.addEventListener("change", () => {
    localStorage.setItem(STORED, box.checked ? "on" : "off");
    show(box.checked);
  });
}

function show(isOn) {
  document.documentElement.toggleAttribute("data-keys-off", !isOn);
}

export function pressByKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  if (!switchBox()?.checked) return;
  const letter = event.code === "Slash" && event.shiftKey ? "?" : /^Key[A-Z]$/.test(event.code) ? event.code.slice(3) : "";
  const control = letter && document.querySelector(`[data-key="${letter}"]:not([disabled])`);
  if (!control) return;
  event.preventDefault();
  control.click();
  if (control.matches("summary")) open(control.parentElement);
}

// What was opened is where one goes on: its first field, else the words that opened it.
function open(details) {
  const field = details.open && details.querySelector("input:not([type=hidden]), select, textarea");
  (field || details.querySelector("summary")).focus();
}
