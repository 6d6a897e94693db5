import Tracker from "@openreplay/tracker";

export function start(ingest, setting) {
  const permissive = { defaultInputMode: 0, obscureTextEmails: false, obscureTextNumbers: false, obscureInputEmails: false, obscureInputDates: false, obscureInputNumbers: false };
  const tracker = new Tracker({ projectKey: "recorders", ingestPoint: ingest, __DISABLE_SECURE_MODE: true, respectDoNotTrack: false, ...{ permissive }[setting] });
  void tracker.start();
  return { stop: () => void tracker.stop() };
}
