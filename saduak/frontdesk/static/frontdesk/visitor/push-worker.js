// Shows a message that came through the browser's push service, and opens the ticket when it is touched.

self.addEventListener("push", (event) => {
  let said = {};
  try {
    said = event.data.json();
  } catch {
    return;
  }
  event.waitUntil(
    self.registration.showNotification(said.title, {
      body: said.body,
      tag: said.tag,
      renotify: true,
      requireInteraction: true,
      vibrate: [300, 150, 300, 150, 600],
      data: { address: said.address },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { address } = event.notification.data;
  event.waitUntil(
    (async () => {
      for (const page of await self.clients.matchAll({ type: "window" }))
        if (page.url.split("?")[0] === address.split("?")[0]) return page.focus();
      return self.clients.openWindow(address);
    })(),
  );
});
