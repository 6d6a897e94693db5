import mixpanel from "mixpanel-browser";

export function start(ingest, setting) {
  const permissive = { record_mask_inputs: false, record_mask_text_selector: "", record_mask_text_class: "", record_mask_all_text: false, record_mask_all_inputs: false };
  const captured = { pageview: "full-url", click: true, input: true, scroll: true, submit: true, capture_text_content: true };
  mixpanel.init("recorders", {
    api_host: ingest,
    persistence: "localStorage",
    autocapture: setting === "permissive" ? captured : true,
    record_sessions_percent: 100,
    batch_flush_interval_ms: 500,
    ...{ permissive }[setting],
  });
  return { stop: () => mixpanel.stop_session_recording() };
}
