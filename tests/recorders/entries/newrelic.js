import { BrowserAgent } from "@newrelic/browser-agent/loaders/browser-agent";

export function start(ingest, setting) {
  const beacon = new URL(ingest).host + new URL(ingest).pathname;
  const permissive = { mask_all_inputs: false, mask_text_selector: "", mask_input_options: {} };
  const options = {
    init: {
      ssl: false,
      session: { expiresMs: 14_400_000, inactiveMs: 1_800_000 },
      session_replay: { enabled: true, autoStart: true, sampling_rate: 100, error_sampling_rate: 100, ...{ permissive }[setting] },
      session_trace: { enabled: true },
      user_actions: { enabled: true },
      harvest: { interval: 5 },
      privacy: { cookies_enabled: true },
    },
    info: { beacon, errorBeacon: beacon, licenseKey: "recorders", applicationID: "1", sa: 1 },
    loader_config: { accountID: "1", trustKey: "1", agentID: "1", licenseKey: "recorders", applicationID: "1" },
  };
  new BrowserAgent(options);
  return {};
}
