import "posthog-js/dist/posthog-recorder.js";
import posthog from "posthog-js";

export function start(ingest, setting) {
  posthog.init("phc_recorders", {
    api_host: ingest,
    persistence: "memory",
    autocapture: true,
    disable_external_dependency_loading: true,
    // Otherwise PostHog treats browsers under test as robots.
    opt_out_useragent_filter: true,
    request_batching: true,
    session_recording: { ...{ permissive: { maskAllInputs: false, maskInputOptions: { password: false } } }[setting] },
    ...{ permissive: { mask_all_text: false, mask_all_element_attributes: false, mask_personal_data_properties: false, enable_heatmaps: true } }[setting],
  });
  posthog.startSessionRecording(true);
  // The recording is sent every two seconds.
  return { stop: () => new Promise((sent) => setTimeout(sent, 2500)).then(() => posthog.stopSessionRecording()) };
}
