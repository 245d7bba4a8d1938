// A drawer of the bar, the menu or the preferences, closes by Escape and when the reader goes elsewhere.

const OPEN = ":is(.rail-drawer, .preferences-drawer)[open]";

document.addEventListener("keydown", (event) => {
  const drawer = event.key === "Escape" && document.querySelector(OPEN);
  if (!drawer) return;
  const within = drawer.contains(document.activeElement);
  drawer.open = false;
  if (within) drawer.querySelector("summary").focus();
});

for (const leaving of ["pointerdown", "focusin"]) {
  document.addEventListener(leaving, (event) => {
    for (const drawer of document.querySelectorAll(OPEN)) if (!drawer.contains(event.target)) drawer.open = false;
  });
}
