import Tracker from "@openreplay/tracker";

export function start(ingest, setting) {
  const permissive = { defaultInputMode: 0, obscureTextEmails: false, obscureTextNumbers: false, obscureInputEmails: false, obscureInputDates: false, obscureInputNumbers: false };
  const tracker = new Tracker({ projectKey: "recorders", ingestPoint: ingest, __DISABLE_SECURE_MODE: true, respectDoNotTrack: false, ...{ permissive }[setting] });
  void tracker.start();
  // OpenReplay sends a batch only every half minute, and a batch that it sends when the recording stops may get lost. So do not
  // stop the recording: have the batch sent at once.
  return { stop: () => new Promise((recorded) => setTimeout(recorded, 2000)).then(() => void tracker.forceFlushBatch()) };
}
