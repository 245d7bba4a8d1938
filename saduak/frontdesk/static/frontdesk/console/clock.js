// The time of day, and how long something has gone on.

const two = (number) => String(number).padStart(2, "0");

export function tick() {
  const now = new Date();
  const clock = document.getElementById("console-clock");
  const time = `${two(now.getHours())}.${two(now.getMinutes())}`;
  if (clock && clock.textContent !== time) clock.textContent = time;
  for (const part of document.querySelectorAll("[data-since]")) {
    const seconds = Math.max(0, Math.floor((now - new Date(part.dataset.since)) / 1000));
    part.textContent = `(${Math.floor(seconds / 60)}:${two(seconds % 60)})`;
  }
}
