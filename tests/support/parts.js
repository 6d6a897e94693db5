// The later part of the real wasm, withheld or broken; and what a page's `getToken` sees of the press.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, widget } from "./fixtures.js";
import { SCRIPT, tag } from "./host-page.js";
import { listen } from "./journey.js";
import { wordsOf } from "./walk.js";

export const PART = "/find-a-time-errand.wasm";
/** What finds more than a page's own times, and draws the filters. */
export const WAYS = "/find-a-time-ways.wasm";
/** What the later parts share. */
export const SHARED = "/find-a-time-shared.wasm";
/** Instances of wasm for a booking: what finds, what books, and what the later parts share. */
export const FOR_A_BOOKING = 3;

/** A file as `cargo xtask dist` wrote it. @param {string} name */
export const built = (name) => readFileSync(join(process.env.FAT_DIST ?? "", name));

/** A file with one bit of one byte in its middle changed. @param {Buffer} bytes */
export function damaged(bytes) {
  const copy = Buffer.from(bytes);
  copy[copy.length >> 1] ^= 1;
  return copy;
}

/** From the first script on nobody is ever idle: the part is fetched when a time is reached, or pressed. @param {import("@playwright/test").Page} page */
export const neverIdle = (page) => page.addInitScript(() => void (globalThis.requestIdleCallback = () => 0));

/** From the first script on the patient saves data: the part is fetched on a press alone. @param {import("@playwright/test").Page} page */
export const saveData = (page) =>
  page.addInitScript(() => Object.defineProperty(navigator, "connection", { configurable: true, value: { saveData: true } }));

/** Counts the instances of wasm that a page makes: one for each part. @param {import("@playwright/test").Page} page */
export const countInstances = (page) =>
  page.addInitScript(() => {
    const made = (document[Symbol.for("made")] = { count: 0 });
    const real = WebAssembly.instantiate;
    WebAssembly.instantiate = function (...given) {
      made.count++;
      return real.apply(WebAssembly, given);
    };
  });
/** @param {import("@playwright/test").Page} page @returns {Promise<number>} */
export const instances = (page) => page.evaluate(() => document[Symbol.for("made")].count);

/** What browsers print of a file that cannot be had. @param {import("./watch.js").Watch} watch */
export const expectLoadErrors = (watch) => watch.allowConsole(/Failed to load resource|integrity|NetworkError/i);

/**
 * A page's script: `getToken` gives a promise and notes each call, whether it came within the click and whether a pop-up
 * could be opened; `settle` keeps or breaks the promises.
 */
export const ASKING = `
  const asked = (document[Symbol.for("asked")] = []);
  let inClick = false;
  addEventListener("click", () => (inClick = true), true);
  addEventListener("click", () => (inClick = false));
  for (const widget of document.querySelectorAll("find-a-time")) widget.getToken = () =>
    new Promise((give, refuse) => asked.push({ inClick, isActive: navigator.userActivation.isActive, give, refuse }));`;

/** Each call of `getToken`. @param {import("@playwright/test").Page} page @returns {Promise<{ inClick: boolean, isActive: boolean }[]>} */
export const asked = (page) =>
  page.evaluate(() => document[Symbol.for("asked")].map(({ inClick, isActive }) => ({ inClick, isActive })));
/** A call as it must be. */
export const WITHIN_THE_CLICK = { inClick: true, isActive: true };

/** Answers the calls of `getToken` so far. @param {import("@playwright/test").Page} page @param {string | null} token */
export const give = (page, token) =>
  page.evaluate((token) => {
    for (const { give } of document[Symbol.for("asked")]) give(token);
  }, token);

/**
 * A page with one or more widgets, whose part is fetched on a press or when a time is reached.
 * @param {{ page: import("@playwright/test").Page, site: import("./site.js").Site, acme: import("./acme.js").Acme }} on
 * @param {{ more?: Record<string, string | null>, many?: number, script?: string, lang?: string, headers?: Record<string, string>, wait?: string }} [how]
 */
export async function open({ page, site, acme }, { more, many = 1, script = ASKING, lang, headers, wait = "times" } = {}) {
  await neverIdle(page);
  await listen(page);
  await page.goto(site.page({ head: SCRIPT, body: `<main><h1>Dr. Dana Whitfield</h1>${tag(acme, more).repeat(many)}</main>`, script, lang, headers }));
  await widget(page, many - 1).reaches(wait);
}

/** "One moment" is on screen, the host's state is still what it was. @param {import("@playwright/test").Page} page @param {{ nth?: number, state?: string, lang?: string, hasFocus?: boolean }} [how] `hasFocus`: not where a pop-up is in front */
export async function expectOpening(page, { nth = 0, state = "times", lang = "en", hasFocus = true } = {}) {
  const [it, words] = [widget(page, nth), wordsOf(lang)];
  await expect(it.heading).toHaveText(words["opening.heading"]);
  if (hasFocus) await expect(it.heading).toBeFocused();
  await expect(it.button(words.back)).toBeVisible();
  await expect(it.times).toHaveCount(0);
  await expect(it.host.getByRole("link", { name: /^\(?206/ }).first(), "the phone").toBeVisible();
  expect(await it.state()).toBe(state);
}

/** "One moment" says that the part could not be had. @param {import("@playwright/test").Page} page @param {{ nth?: number, lang?: string }} [how] */
export async function expectFailed(page, { nth = 0, lang = "en" } = {}) {
  const [it, words] = [widget(page, nth), wordsOf(lang)];
  await expect(it.alert).toContainText(words["opening.failed"], { timeout: 20_000 });
  await expect(it.button(words.retry)).toBeVisible();
  await expect(it.button(words.back)).toBeVisible();
  await expect(it.host.getByRole("link", { name: /^\(?206/ }).first(), "the phone").toBeVisible();
}

/** Errors reported by all widgets of the page. @param {import("@playwright/test").Page} page @returns {Promise<string[]>} */
export const errors = (page) =>
  page.evaluate(() => [...document.querySelectorAll("find-a-time")].flatMap((element) => element.diagnostics.filter(({ level }) => level === "error").map(({ code }) => code)));

/** Requests that changed something at Acme. @param {import("./acme.js").Acme} acme */
export const writes = async (acme) => (await acme.requests()).filter(({ method }) => !/GET|HEAD|OPTIONS/.test(method)).map(({ method, path }) => `${method} ${path}`);
