import { datadogRum } from "@datadog/browser-rum";

export function start(ingest, setting) {
  datadogRum.init({
    applicationId: "00000000-0000-4000-8000-000000000001",
    clientToken: "pub00000000000000000000000000000001",
    site: "datadoghq.com",
    proxy: `${ingest}/datadog`,
    sessionSampleRate: 100,
    sessionReplaySampleRate: 100,
    trackUserInteractions: true,
    trackResources: true,
    trackLongTasks: true,
    sessionPersistence: "memory",
    ...{ permissive: { defaultPrivacyLevel: "allow" } }[setting],
  });
  datadogRum.startSessionReplayRecording({ force: true });
  // A segment of the recording is sent when it is five seconds old.
  return { stop: () => new Promise((sent) => setTimeout(sent, 6000)) };
}
