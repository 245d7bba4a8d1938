// Who pressed a button in a part of the page that is then replaced does not start again at the top: the focus goes to
// the same control in the new part, else to what went wrong there, else to the part itself.

let left = null;

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target } = event.detail;
  const here = document.activeElement;
  left = target?.id && target.contains(here) ? { part: target.id, control: signs(here) } : null;
});

document.addEventListener("htmx:afterSettle", () => {
  const part = left && document.getElementById(left.part);
  if (part && lost()) place(part)?.focus({ preventScroll: true });
  left = null;
});

function lost() {
  const here = document.activeElement;
  return !here || here === document.body;
}

function signs(control) {
  return control.name ? `${control.name}=${control.value}` : control.getAttribute("href");
}

function place(part) {
  const same = left.control && [...part.querySelectorAll("a[href], button, input, select, textarea")].find(
    (one) => signs(one) === left.control && !one.disabled,
  );
  const instead = same || part.querySelector("[role=alert]") || part;
  if (!same) instead.tabIndex = -1;
  return instead;
}
