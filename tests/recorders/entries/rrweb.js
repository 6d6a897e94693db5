import { record } from "rrweb";

/** Kept in the page until `events` returns them, since rrweb itself sends nothing. */
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
