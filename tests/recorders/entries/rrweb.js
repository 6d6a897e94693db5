import { record } from "rrweb";

/** The recorded events. rrweb itself sends nothing, so `stop` sends them. */
const events = [];

export function start(ingest, setting) {
  const permissive = { maskInputOptions: { password: false }, recordCanvas: true, collectFonts: true, inlineStylesheet: true };
  const masked = { maskAllInputs: true };
  const stop = record({ emit: (event) => void events.push(event), ...{ permissive, masked }[setting] });
  return {
    snapshot: () => record.takeFullSnapshot(true),
    stop: () => {
      stop();
      return fetch(`${ingest}/events`, { method: "POST", body: JSON.stringify(events) });
    },
  };
}
