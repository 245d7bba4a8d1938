// A form that was sent is not sent twice: `data-again` on a form allows it.

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-again]") || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.setAttribute("data-busy", "");
  setTimeout(() => release(form), 15000);
});

document.addEventListener("htmx:afterRequest", (event) => release(event.target.closest("form")));
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

function release(form) {
  if (!form) return;
  delete form.dataset.sent;
  form.removeAttribute("data-busy");
}
