// Files may be dropped onto the box around a file input; what was chosen is listed.

function size(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function begin(zone) {
  const input = zone.querySelector("input[type=file]");
  const chosen = zone.querySelector("[data-drop-chosen]");
  const words = zone.querySelector("[data-drop-words]");
  if (!input || zone.dataset.dropReady) return;
  zone.dataset.dropReady = "yes";
  words.hidden = false;

  const list = () => chosen.replaceChildren(...[...input.files].map((file) => {
    const line = document.createElement("li");
    line.textContent = `${file.name} · ${size(file.size)}`;
    return line;
  }));

  input.addEventListener("change", list);
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("is-over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("is-over");
    const dropped = [...event.dataTransfer.files].slice(0, input.multiple ? undefined : 1);
    const transfer = new DataTransfer();
    dropped.forEach((file) => transfer.items.add(file));
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

const all = () => document.querySelectorAll("[data-drop-zone]").forEach(begin);
all();
document.addEventListener("htmx:afterSettle", all);
