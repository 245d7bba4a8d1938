// Keeps the app on the device, and nothing else: the shell and its files by their hashed addresses. No data pass here.
// `FIELD` says which version this is; another version is another worker with a cache of its own, so that an interrupted
// update leaves the old one whole.

const { version, shell, files } = self.FIELD;
const CACHE = `field-${version}`;
const KEPT = new Set(files.map((file) => new URL(file, self.location).href));

self.addEventListener("install", (event) => {
  event.waitUntil(keepAll());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys())
        if (name.startsWith("field-") && name !== CACHE) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

// "take over" ends the wait for the old version's pages; "keep" fills a cache that somebody wiped, or another language.
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
  if (event.data === "keep") event.waitUntil(keepAll());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && url.pathname === shell) event.respondWith(fromCache(shell));
  else if (KEPT.has(url.href)) event.respondWith(fromCache(url.href));
});

async function keepAll() {
  const cache = await caches.open(CACHE);
  const wanted = [new Request(shell, { cache: "reload" }), ...files];
  await cache.addAll(wanted);
}

async function fromCache(address) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(address);
  if (found) return found;
  const answer = await fetch(address);
  if (answer.ok && !answer.redirected) await cache.put(address, answer.clone());
  return answer;
}
