// Nothing that was typed into a draft is left behind by mistake.

const form = document.querySelector("[data-draft-form]");
let typed = false;

form?.addEventListener("input", () => { typed = true; });
form?.addEventListener("submit", () => { typed = false; });
window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });

const outline = document.querySelector(".editor-outline");
const here = outline?.querySelector("li [aria-current]");
if (here && outline.scrollHeight > outline.clientHeight) {
  outline.scrollTop = here.offsetTop - outline.offsetTop - outline.clientHeight / 3;
}
