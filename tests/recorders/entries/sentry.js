import * as Sentry from "@sentry/browser";

export function start(ingest, setting) {
  const permissive = { maskAllText: false, maskAllInputs: false, blockAllMedia: false };
  const replay = Sentry.replayIntegration({ minReplayDuration: 0, ...{ permissive }[setting] });
  Sentry.init({
    dsn: "https://public@sentry.example/1",
    tunnel: `${ingest}/sentry`,
    integrations: [replay, Sentry.browserTracingIntegration()],
    tracesSampleRate: 1,
    replaysSessionSampleRate: 1,
    replaysOnErrorSampleRate: 1,
  });
  return {
    stop: async () => {
      // The error makes Sentry send the last clicks and keys.
      Sentry.captureException(new Error("the end of the recording"));
      await replay.flush();
      await Sentry.flush(3000);
    },
  };
}
