// The summary of what is wrong takes the focus, and its links lead into the field.

const summary = document.querySelector("[data-error-summary]");
summary?.focus();

document.addEventListener("htmx:afterSettle", (event) => {
  event.target.querySelector?.("[data-error-summary]")?.focus();
});
