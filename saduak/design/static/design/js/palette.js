// The search box in the bar: Ctrl-K goes there, arrows walk through what was found, Escape comes back.

const palette = document.querySelector("[data-palette]");
const box = palette?.querySelector("input[type=search]");
const found = palette?.querySelector("[data-palette-found]");

function links() {
  return [...found.querySelectorAll("a")];
}

function close() {
  found.hidden = true;
}

document.addEventListener("keydown", (event) => {
  if (box && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    box.focus();
    box.select();
  }
});

palette?.addEventListener("keydown", (event) => {
  const all = links();
  const here = all.indexOf(document.activeElement);
  if (event.key === "ArrowDown" && all.length && !found.hidden) {
    event.preventDefault();
    all[Math.min(here + 1, all.length - 1)].focus();
  } else if (event.key === "ArrowUp" && here >= 0) {
    event.preventDefault();
    (all[here - 1] ?? box).focus();
  } else if (event.key === "Escape") {
    close();
    box.focus();
  }
});

palette?.addEventListener("htmx:afterSwap", () => {
  found.hidden = !box.value.trim();
});

box?.addEventListener("focus", () => {
  found.hidden = !box.value.trim() || !links().length;
});

document.addEventListener("click", (event) => {
  if (palette && !palette.contains(event.target)) close();
});

palette?.addEventListener("focusout", (event) => {
  if (event.relatedTarget && !palette.contains(event.relatedTarget)) close();
});
