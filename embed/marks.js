/**
 * The marks that make session recorders and click trackers leave an element out. A recorder looks for its mark on an element
 * and on everything around it, so marking the elements directly in the shadow root covers the whole widget. `<find-a-time>` itself
 * is not marked: its attributes and its light DOM belong to the page.
 *
 * A mark is listed if the recorder's maker documents it or ships code that reads it, and if it works without any setting of the page. If a
 * recorder can block (record nothing inside) and mask (replace texts), the mark blocks. docs/privacy-and-security.md
 * says what each mark does and how well that is proven; change both tables together.
 */

export const CLASSES = [
  "rr-block", // rrweb and what is built on it: `blockClass` in rrweb 2.2.2
  "sentry-block", // Sentry: docs.sentry.io/platforms/javascript/session-replay/privacy
  "ph-no-capture", // PostHog, replay and autocapture: posthog.com/docs/session-replay/privacy
  "fs-exclude", // FullStory: developer.fullstory.com, "Add Class"; `record_block_class` in mixpanel-browser 2.83.0 knows it too
  "amp-block", // Amplitude replay: `BLOCK_CLASS` in @amplitude/session-replay-browser 1.51.6
  "mp-block", // Mixpanel replay: `record_block_class` in mixpanel-browser 2.83.0
  "mp-no-track", // Mixpanel autocapture: `OPT_OUT_CLASSES` in mixpanel-browser 2.83.0
  "nr-block", // New Relic: `block_class` in @newrelic/browser-agent 1.322.0
  "lo-sensitive", // Lucky Orange: developers.luckyorange.com/libraries/browser/privacy-tools
  "pendo-ignore", // Pendo, replay and analytics: developers.pendo.io/agent-2-205-0
];

/** @type {Record<string, string>} */
export const ATTRIBUTES = {
  "data-dd-privacy": "hidden", // Datadog: docs.datadoghq.com/session_replay/browser/privacy_options
  "data-clarity-mask": "true", // Microsoft Clarity, which cannot block: `Constant.MaskData` in clarity-js 0.8.70
  "data-hj-suppress": "", // Hotjar: help.hotjar.com, "How to Suppress Text, Images, Videos and User Input", as others cite it
  "data-private": "", // LogRocket: docs.logrocket.com/reference/dom
  "data-amp-mask": "", // Amplitude autocapture: `TEXT_MASK_ATTRIBUTE` in @amplitude/analytics-core 2.61.0
  "data-openreplay-hidden": "", // OpenReplay: docs.openreplay.com/en/sdk/sanitize-data
  "data-heap-redact-text": "true", // Heap: help.heap.io, "What privacy settings does session replay inherit from Heap"
  "data-cs-mask": "", // Contentsquare: docs.contentsquare.com/en/web/personal-data-handling, as others cite it
  "data-mf-replace-inner": "***", // Mouseflow: its script reads it
  "data-recording-disable": "", // Smartlook: its documentation of sensitive data, in an older state
  "data-dtrum-mask": "", // Dynatrace, which cannot block: docs.dynatrace.com, "Session Replay: URL exclusion and masking"
  "data-matomo-mask": "", // Matomo, which cannot block: developer.matomo.org/guides/heatmap-session-recording/setup
};

/**
 * Marks an element that is about to be put into the shadow root.
 * @template {Element} E
 * @param {E} element
 * @returns {E}
 */
export function mark(element) {
  element.classList.add(...CLASSES);
  for (const [name, value] of Object.entries(ATTRIBUTES)) element.setAttribute(name, value);
  return element;
}
