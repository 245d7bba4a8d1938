// Registers the worker of an installed page, and lets a newer version take over when nobody is in the middle of
// something: `isIdle()` is asked before the page loads itself again.

export async function keepOnDevice({ worker, scope, name, isIdle = () => true }) {
  if (!("serviceWorker" in navigator)) return null;
  const hadWorker = navigator.serviceWorker.controller !== null;
  const kept = await navigator.serviceWorker.register(worker, { scope });
  const takeOver = () => kept.waiting?.postMessage("take over");
  takeOver();
  kept.addEventListener("updatefound", () => kept.installing?.addEventListener("statechange", takeOver));
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (!hadWorker) return;
    const again = () => (isIdle() ? location.reload() : setTimeout(again, 5000));
    again();
  });
  const wiped = !(await caches.keys()).some((cache) => cache.startsWith(`${name}-`));
  if (kept.active && wiped) kept.active.postMessage("keep");
  return kept;
}
