// Points by big buttons: - and + change the number by its step within 0 and the most; typing works as ever.

function number(text) {
  const value = Number.parseFloat(text.replace(",", "."));
  return Number.isFinite(value) ? value : null;
}

function step(stepper, direction) {
  const field = stepper.querySelector("input");
  const by = Number(stepper.dataset.stepper);
  const most = Number(stepper.dataset.most);
  const now = number(field.value);
  const next = now === null ? (direction > 0 ? most : 0) : Math.min(most, Math.max(0, now + direction * by));
  field.value = String(Math.round(next * 100) / 100);
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function begin(root) {
  for (const button of root.querySelectorAll("[data-stepper] [data-step]")) button.hidden = false;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-step]");
  if (button) step(button.closest("[data-stepper]"), button.dataset.step === "up" ? 1 : -1);
});

document.addEventListener("keydown", (event) => {
  const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  const stepper = event.target.closest?.("[data-stepper]");
  if (!direction || !stepper || event.target.tagName !== "INPUT") return;
  event.preventDefault();
  step(stepper, direction);
});

begin(document);
document.addEventListener("htmx:afterSettle", () => begin(document));
