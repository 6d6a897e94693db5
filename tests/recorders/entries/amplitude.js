import * as amplitude from "@amplitude/analytics-browser";
import { sessionReplayPlugin } from "@amplitude/plugin-session-replay-browser";

export function start(ingest, setting) {
  const permissive = { privacyConfig: { defaultMaskLevel: "light" } };
  const replay = sessionReplayPlugin({ sampleRate: 1, trackServerUrl: `${ingest}/sessions`, configServerUrl: `${ingest}/config`, useWebWorker: false, ...{ permissive }[setting] });
  amplitude.add(replay);
  amplitude.init("recorders", { serverUrl: `${ingest}/events`, fetchRemoteConfig: false, autocapture: { elementInteractions: true, pageViews: true, sessions: true, formInteractions: true, fileDownloads: true } });
  // Amplitude sends the recording every second, and less often the more it has recorded.
  return { stop: () => new Promise((sent) => setTimeout(sent, 3000)).then(() => amplitude.flush().promise) };
}
