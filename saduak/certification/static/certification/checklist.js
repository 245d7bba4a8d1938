// The checklist by keyboard, its outline where one is, photographs that are sent as soon as they are taken, and how far
// an upload has come.

let scrolled = 0;

function findPlace() {
  const outline = document.querySelector("#outline");
  const here = outline?.querySelector("[aria-current]");
  if (!here || outline.scrollHeight <= outline.clientHeight) return;
  outline.scrollTop = here.offsetTop - outline.offsetTop - outline.clientHeight / 3;
}

findPlace();
document.addEventListener("htmx:beforeSwap", () => { scrolled = document.querySelector("#outline")?.scrollTop ?? 0; });
document.addEventListener("htmx:afterSettle", () => {
  const outline = document.querySelector("#outline");
  if (outline) outline.scrollTop = scrolled;
});

document.addEventListener("keydown", (event) => {
  const keys = [event.ctrlKey && "Control", event.altKey && "Alt", event.shiftKey && "Shift", event.key];
  const shortcut = keys.filter(Boolean).join("+");
  const button = [...document.querySelectorAll("[data-shortcut]")].find((one) => one.dataset.shortcut === shortcut);
  if (!button) return;
  event.preventDefault();
  button.click();
});

document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-camera]") && event.target.files.length) event.target.form.requestSubmit();
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = event.target.querySelector?.(".upload-progress");
  if (!bar || !event.detail.lengthComputable) return;
  bar.hidden = false;
  bar.value = event.detail.loaded / event.detail.total;
});

document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.(".standing-missing") || !event.target.open) return;
  event.target.querySelector("a")?.focus({ preventScroll: true });
}, true);

document.addEventListener("keydown", (event) => {
  const open = document.querySelector(".standing-missing[open]");
  if (event.key !== "Escape" || !open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
