// Measures one visit of one page.
import { freshContext, memory, throttledPage } from "./profiles.js";

/** The longest wait for a page, in milliseconds; the slowest connection needs a fraction of it. */
const PATIENCE = 90_000;
/** For how many milliseconds a page with all its times is watched for further shifts. */
const AFTERWARDS = 500;

/** @param {import("playwright-core").Page} page @returns {Promise<any>} what `observe.js` recorded in the page */
export const readBench = (page) =>
  page.evaluate(() => {
    const { memories, ...plain } = document[Symbol.for("bench")];
    return plain;
  });

/**
 * Loads a page and waits until it shows the expected words.
 * @param {import("playwright-core").BrowserContext} context @param {import("./profiles.js").Profile} profile
 * @param {string} address @param {string} expected the words of all times
 */
export async function visit(context, profile, address, expected) {
  const { page, session, bytes } = await throttledPage(context, profile);
  await page.goto(address, { waitUntil: "commit", timeout: PATIENCE });
  await page.waitForFunction((expected) => document[Symbol.for("bench")].changes.at(-1)?.[2] === expected, expected, { polling: 250, timeout: PATIENCE });
  await page.waitForTimeout(AFTERWARDS);
  const { changes, tasks, shifts } = await readBench(page);
  const all = changes.at(-1)[0];
  const figures = {
    first: changes.find((/** @type {[number, number, string]} */ [, times]) => times > 0)[0],
    all,
    longest: Math.max(0, ...tasks.map((/** @type {[number, number]} */ [start, length]) => (start < all ? length : 0))),
    blocked: tasks.reduce((/** @type {number} */ sum, /** @type {[number, number]} */ [start, length]) => sum + (start < all ? length - 50 : 0), 0),
    shifted: shifts.reduce((/** @type {number} */ sum, /** @type {[number, number]} */ [, value]) => sum + value, 0),
    bytes: Object.fromEntries([...bytes].map(([url, length]) => [fileName(url), length])),
    memory: await memory(page, session),
  };
  await page.close();
  return figures;
}

/** The name of a download in tables: a file by its path, a read by its last segment, or `provider` for the clinician's data. @param {string} url */
function fileName(url) {
  const { pathname } = new URL(url);
  const read = pathname.match(/\/(timeslots|departmentInfo|maxLookaheadDays)$/)?.[1] ?? (/\/v1\/providers\//.test(pathname) ? "provider" : undefined);
  return read ? `API: ${read}` : decodeURIComponent(pathname.slice(1)).replace(/^(find-a-time|peers)\//, "");
}

/**
 * The words of all times that a page shows without throttling.
 * @param {import("playwright-core").Browser} browser @param {string} address @returns {Promise<string>}
 */
export async function shownWords(browser, address) {
  const context = await freshContext(browser);
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForFunction(() => document[Symbol.for("bench")].changes.at(-1)?.[1] > 0, undefined, { timeout: PATIENCE });
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(AFTERWARDS);
  const { changes } = await readBench(page);
  await context.close();
  return changes.at(-1)[2];
}
