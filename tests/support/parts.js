// Holds back or damages the later parts of the real wasm, and records whether a page's `getToken` is called within the click.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, widget } from "./fixtures.js";
import { SCRIPT, tag } from "./host-page.js";
import { listen } from "./journey.js";
import { wordsOf } from "./walk.js";

export const PART = "/find-a-time-errand.wasm";
/** The part that does more than list a page's own times, and draws the filters. */
export const WAYS = "/find-a-time-ways.wasm";
/** Code that the later parts share. */
export const SHARED = "/find-a-time-shared.wasm";
/** How many wasm instances a booking needs: the first part, the errand's, and the code that the later parts share. */
export const FOR_A_BOOKING = 3;

/** A file that `cargo xtask dist` wrote. @param {string} name */
export const built = (name) => readFileSync(join(process.env.FAT_DIST ?? "", name));

/** A copy with one bit changed, in the middle of the file. @param {Buffer} bytes */
export function damaged(bytes) {
  const copy = Buffer.from(bytes);
  copy[copy.length >> 1] ^= 1;
  return copy;
}

/** Makes the page never idle, so that the part is fetched when a time is focused or hovered, or on a press. @param {import("@playwright/test").Page} page */
export const neverIdle = (page) => page.addInitScript(() => void (globalThis.requestIdleCallback = () => 0));

/** Turns on the browser's data saver, so that the part is fetched on a press only. @param {import("@playwright/test").Page} page */
export const saveData = (page) =>
  page.addInitScript(() => Object.defineProperty(navigator, "connection", { configurable: true, value: { saveData: true } }));

/** Counts the wasm instances that a page makes, one for each part. @param {import("@playwright/test").Page} page */
export const countInstances = (page) =>
  page.addInitScript(() => {
    const made = (document[Symbol.for("made")] = { count: 0 });
    const real = WebAssembly.instantiate;
    /** @type {any} */ (WebAssembly).instantiate = function (/** @type {[any]} */ ...given) {
      made.count++;
      return real.apply(WebAssembly, given);
    };
  });
/** @param {import("@playwright/test").Page} page @returns {Promise<number>} */
export const instances = (page) => page.evaluate(() => document[Symbol.for("made")].count);

/** Allows the messages that browsers print about a file that cannot be loaded. @param {import("./watch.js").Watch} watch */
export const expectLoadErrors = (watch) => watch.allowConsole(/Failed to load resource|integrity|NetworkError/i);

/**
 * A script for the page: `getToken` returns a promise and records each call: whether it came within the click, and whether the
 * page could open a pop-up. `give` resolves the promises.
 */
export const ASKING = `
  const asked = (document[Symbol.for("asked")] = []);
  let inClick = false;
  addEventListener("click", () => (inClick = true), true);
  addEventListener("click", () => (inClick = false));
  for (const widget of document.querySelectorAll("find-a-time")) widget.getToken = () =>
    new Promise((give, refuse) => asked.push({ inClick, isActive: navigator.userActivation.isActive, give, refuse }));`;

/** The recorded calls of `getToken`. @param {import("@playwright/test").Page} page @returns {Promise<{ inClick: boolean, isActive: boolean }[]>} */
export const asked = (page) =>
  page.evaluate(() => document[Symbol.for("asked")].map(({ inClick, isActive }) => ({ inClick, isActive })));
/** A correct call: within the click, and with user activation. */
export const WITHIN_THE_CLICK = { inClick: true, isActive: true };

/** Resolves all calls of `getToken` so far. @param {import("@playwright/test").Page} page @param {string | null} token */
export const give = (page, token) =>
  page.evaluate((token) => {
    for (const { give } of document[Symbol.for("asked")]) give(token);
  }, token);

/**
 * Opens a page with one or more widgets. The page is never idle, so the errand's part is fetched when a time is pressed, focused or hovered.
 * @param {{ page: import("@playwright/test").Page, site: import("./site.js").Site, acme: import("./acme.js").Acme }} on
 * @param {{ more?: Record<string, string | null>, many?: number, script?: string, lang?: string, headers?: Record<string, string>, wait?: string }} [how]
 */
export async function open({ page, site, acme }, { more, many = 1, script = ASKING, lang, headers, wait = "times" } = {}) {
  await neverIdle(page);
  await listen(page);
  await page.goto(site.page({ head: SCRIPT, body: `<main><h1>Dr. Dana Whitfield</h1>${tag(acme, more).repeat(many)}</main>`, script, lang, headers }));
  await widget(page, many - 1).reaches(wait);
}

/**
 * Checks that "One moment" is on screen while the element's `state` is still that of the step before.
 * @param {import("@playwright/test").Page} page
 * @param {{ nth?: number, state?: string, lang?: string, hasFocus?: boolean }} [how] `hasFocus`: false if a pop-up has the focus
 */
export async function expectOpening(page, { nth = 0, state = "times", lang = "en", hasFocus = true } = {}) {
  const [it, words] = [widget(page, nth), wordsOf(lang)];
  await expect(it.heading).toHaveText(words["opening.heading"]);
  if (hasFocus) await expect(it.heading).toBeFocused();
  await expect(it.button(words.back)).toBeVisible();
  await expect(it.times).toHaveCount(0);
  await expect(it.host.getByRole("link", { name: /^\(?206/ }).first(), "the phone").toBeVisible();
  expect(await it.state()).toBe(state);
}

/** Checks that "One moment" says that the part could not be loaded. @param {import("@playwright/test").Page} page @param {{ nth?: number, lang?: string }} [how] */
export async function expectFailed(page, { nth = 0, lang = "en" } = {}) {
  const [it, words] = [widget(page, nth), wordsOf(lang)];
  await expect(it.alert).toContainText(words["opening.failed"], { timeout: 20_000 });
  await expect(it.button(words.retry)).toBeVisible();
  await expect(it.button(words.back)).toBeVisible();
  await expect(it.host.getByRole("link", { name: /^\(?206/ }).first(), "the phone").toBeVisible();
}

/** Codes of the errors that all widgets of the page reported. @param {import("@playwright/test").Page} page @returns {Promise<string[]>} */
export const errors = (page) =>
  page.evaluate(() => [...document.querySelectorAll("find-a-time")].flatMap((element) => element.diagnostics.filter(({ level }) => level === "error").map(({ code }) => code)));

/** Requests to Acme other than reads. @param {import("./acme.js").Acme} acme */
export const writes = async (acme) => (await acme.requests()).filter(({ method }) => !/GET|HEAD|OPTIONS/.test(method)).map(({ method, path }) => `${method} ${path}`);
