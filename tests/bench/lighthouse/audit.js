// Runs Lighthouse once, in a browser that listens on a port. This is a file of its own, so that the benchmark's other suites run
// without the package `lighthouse`.
import lighthouse from "lighthouse";

/** Lighthouse's categories, in the order of its report. */
export const CATEGORIES = /** @type {const} */ (["performance", "accessibility", "best-practices", "seo"]);
/** Lighthouse's ids of the measurements that make up the performance score. */
const METRICS = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index"];

/**
 * Runs Lighthouse with its defaults: a phone, an empty cache, a simulated slow connection and processor.
 * @param {string} url @param {number} port where the browser listens for its DevTools protocol
 * @returns {Promise<{ version: string, connection: { rttMs: number, throughputKbps: number, cpuSlowdownMultiplier: number },
 *   screen: { width: number, height: number }, scores: Record<string, number>, metrics: Record<string, number>, speed: number,
 *   largest: string, failed: { category: string, id: string, counts: boolean }[] }>}
 *   `scores`: 0 to 100 by category; `metrics`: by Lighthouse's id, in milliseconds, but the layout shift has no unit; `speed`:
 *   Lighthouse's own benchmark of this machine; `largest`: CSS selector of the largest contentful paint; `failed`: audits with
 *   less than the full score, without those of the performance category; `counts`: whether the audit counts in its category's score
 */
export async function audit(url, port) {
  const result = await lighthouse(url, { port, onlyCategories: [...CATEGORIES], logLevel: "error" });
  if (!result) throw new Error("Lighthouse gave no result");
  const { lhr } = result;
  if (lhr.runtimeError) throw new Error(`Lighthouse: ${lhr.runtimeError.code} ${lhr.runtimeError.message}`);
  const scores = Object.fromEntries(CATEGORIES.map((name) => {
    const { score } = lhr.categories[name];
    if (score === null) throw new Error(`Lighthouse gave no score for ${name}`);
    return [name, Math.round(score * 100)];
  }));
  // An audit has no score if it does not apply to the page, if only a person can do it, or if it ended with an error. Only the
  // error counts as failed.
  const isFull = (/** @type {import("lighthouse").Result["audits"][string]} */ { score, scoreDisplayMode }) => scoreDisplayMode !== "error" && (score ?? 1) === 1;
  const failed = CATEGORIES.filter((name) => name !== "performance").flatMap((category) =>
    lhr.categories[category].auditRefs.filter(({ id }) => !isFull(lhr.audits[id])).map(({ id, weight }) => ({ category, id, counts: weight > 0 })));
  return {
    version: lhr.lighthouseVersion,
    connection: lhr.configSettings.throttling,
    screen: lhr.configSettings.screenEmulation,
    scores,
    metrics: Object.fromEntries(METRICS.map((id) => [id, lhr.audits[id].numericValue ?? NaN])),
    speed: lhr.environment.benchmarkIndex,
    largest: /** @type {any} */ (lhr.audits["largest-contentful-paint-element"].details)?.items[0].items[0].node.selector ?? "",
    failed,
  };
}
