// Tells parts of the page that the journal has a new entry about them.
//
// <section id="steps" data-live="/live/journal?case_kind=…&reference=…" hx-get="…" hx-trigger="live" hx-swap="outerHTML">
//
// The browser takes the stream up again by itself where it broke off; `data-live-state` on <html> says how it stands.

const streams = new Map();

function listen(address) {
  const stream = new EventSource(address);
  stream.addEventListener("open", () => { document.documentElement.dataset.liveState = "open"; });
  stream.addEventListener("error", () => { document.documentElement.dataset.liveState = "away"; });
  const tell = (event) => {
    for (const part of document.querySelectorAll("[data-live]")) {
      if (part.dataset.live === address) {
        part.dispatchEvent(new CustomEvent("live", { detail: { entry: event.data } }));
      }
    }
  };
  stream.addEventListener("step", tell);
  stream.addEventListener("reload", tell);
  return stream;
}

function match() {
  const wanted = new Set([...document.querySelectorAll("[data-live]")].map((part) => part.dataset.live));
  for (const [address, stream] of streams) {
    if (!wanted.has(address)) {
      stream.close();
      streams.delete(address);
    }
  }
  for (const address of wanted) if (!streams.has(address)) streams.set(address, listen(address));
}

match();
document.addEventListener("htmx:afterSettle", match);
