// A photograph is drawn anew and smaller before it is kept; its moment and place stand beside it as facts.

import * as events from "./events.js";
import * as store from "./store.js";
import { open, seal, sha256 } from "./vault.js";

const LONGEST_SIDE = 1600;
const QUALITY = 0.82;

// Keeps a photograph for a criterion: first its bytes, then the event that speaks of it.
export async function keep(session, visit, code, file, place) {
  const bytes = await drawn(file);
  const uuid = crypto.randomUUID();
  const sealed = await seal(session.keys.data, bytes, `photo ${uuid}`);
  await store.write(["photos"], (tx) =>
    tx.objectStore("photos").put({ uuid, visit, code, state: "unsent", ...sealed }),
  );
  return events.append(session, visit, {
    kind: "photo",
    photo: uuid,
    code,
    sha256: await sha256(bytes),
    taken_at: new Date(file.lastModified || Date.now()).toISOString(),
    latitude: place ? place.latitude.toFixed(6) : null,
    longitude: place ? place.longitude.toFixed(6) : null,
    accuracy: place ? Math.round(place.accuracy) : null,
  });
}

// The photograph as an address for this page, or null when its bytes are not here.
export async function shown(session, uuid) {
  const photo = await store.get("photos", uuid);
  if (!photo) return null;
  const bytes = await open(session.keys.data, photo, `photo ${uuid}`);
  return URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));
}

// Where the device is, when the person permits it; null otherwise. Never waits long.
export function place() {
  return new Promise((found) => {
    if (!navigator.geolocation) return found(null);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => found(coords),
      () => found(null),
      {
        enableHighAccuracy: true,
        timeout: 8000,
        maximumAge: 60_000,
      },
    );
  });
}

async function drawn(file) {
  const image = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
  const canvas = Object.assign(document.createElement("canvas"), {
    width: Math.max(1, Math.round(image.width * scale)),
    height: Math.max(1, Math.round(image.height * scale)),
  });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  const blob = await new Promise((made) => {
    canvas.toBlob(made, "image/jpeg", QUALITY);
  });
  return blob.arrayBuffer();
}
