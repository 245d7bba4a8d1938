// Keeps an installed page on the device, and nothing else: its shell and its files by their hashed addresses. No data
// pass here. `APP` says {name, version, shell, files}; another version is another worker with a cache of its own, so that
// an interrupted update leaves the old one whole. Each page has a worker of its own with a scope of its own.

const { name, version, shell, files } = self.APP;
const CACHE = `${name}-${version}`;
const KEPT = new Set(files.map((file) => new URL(file, self.location).href));

self.addEventListener("install", (event) => {
  event.waitUntil(keepAll());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const kept of await caches.keys())
        if (kept.startsWith(`${name}-`) && kept !== CACHE) await caches.delete(kept);
      await self.clients.claim();
    })(),
  );
});

// "take over" ends the wait for the old version's pages; "keep" fills a cache that somebody wiped.
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
  await cache.addAll([new Request(shell, { cache: "reload" }), ...files]);
}

async function fromCache(address) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(address);
  if (found) return found;
  const answer = await fetch(address);
  if (answer.ok && !answer.redirected) await cache.put(address, answer.clone());
  return answer;
}
