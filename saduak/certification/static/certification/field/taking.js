// Takes a dossier along: its texts, the centre's answers and the evidence, encrypted as they arrive. Can be cancelled.

import { ask, post, register, standing } from "./sending.js";
import * as store from "./store.js";
import { seal, sealJson } from "./vault.js";

// `told({done, all})` counts bytes; `signal` cancels, and then nothing of it stays here.
export async function takeAlong(session, visit, told, signal) {
  const said = await standing(session.device);
  await register(session, said);
  const facts = { device: session.device, clock: new Date().toISOString() };
  const dossier = await (await post(visit.take, said.csrf, facts, { signal })).json();
  const wanted = dossier.evidence.filter((file) => file.fits);
  const all = wanted.reduce((sum, file) => sum + file.bytes, 0);
  const kept = [];
  let done = 0;
  try {
    for (const file of wanted) {
      told({ done, all });
      const answer = await ask(file.url, { signal });
      const id = `${visit.id}/${file.id}`;
      const sealed = await seal(session.keys.data, await answer.arrayBuffer(), `file ${id}`);
      await store.write(["files"], (tx) => tx.objectStore("files").put({ id, visit: visit.id, ...sealed }));
      kept.push(id);
      done += file.bytes;
    }
    signal.throwIfAborted();
  } catch (failed) {
    if (!(await store.get("dossiers", visit.id))) {
      await store.write(["files"], (tx) => Promise.all(kept.map((id) => tx.objectStore("files").delete(id))));
    }
    throw failed;
  }
  const { sheet, ...texts } = dossier;
  const rows = {
    dossiers: { visit: visit.id, ...(await sealJson(session.keys.data, texts, `dossier ${visit.id}`)) },
    sheets: { visit: visit.id, ...(await sealJson(session.keys.data, sheet, `sheet ${visit.id}`)) },
  };
  await store.write(["dossiers", "sheets"], (tx) =>
    Promise.all(Object.entries(rows).map(([name, row]) => tx.objectStore(name).put(row))),
  );
  told({ done: all, all });
}
