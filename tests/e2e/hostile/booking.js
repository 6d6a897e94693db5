// Goes through a whole booking on a page that may block it, and checks what must hold at whichever step the booking stopped.
import { expect, widget } from "../../support/fixtures.js";
import { giving, SCRIPT, tag } from "../../support/host-page.js";
import { bookings } from "../../support/journey.js";

/** @typedef {import("../texts/journeys.js").On} On */

export const PHONE = "206-555-0142";

/**
 * Opens a page with the element, and records booking events and errors in a way that no script of the page can replace.
 * @param {On} on @param {{ head?: string, wait?: string | null }} [how]
 */
export async function open({ page, site, acme }, { head = "", wait = "times" } = {}) {
  await page.addInitScript(hear);
  await page.goto(site.page({ head: SCRIPT + head, body: `<main><h1>Clinic</h1>${tag(acme)}</main>`, script: giving(await acme.token("marta")) }));
  if (wait) await widget(page).reaches(wait);
}

/** Records booking events and errors on the document. Runs in the page, before all other scripts. */
function hear() {
  const kept = (document[Symbol.for("kept")] = { attempts: "", errors: "" });
  const add = EventTarget.prototype.addEventListener;
  const listen = (/** @type {EventTarget} */ target, /** @type {string} */ name, /** @type {(event: any) => void} */ listener) =>
    Reflect.apply(add, target, [name, listener]);
  for (const name of ["submit", "booked", "conflict", "unconfirmed", "failed"]) listen(document, `findatime-${name}`, () => (kept.attempts += `${name} `));
  // Listen once the element's script has run: the script hides its errors only from listeners that are added after its own.
  listen(document, "DOMContentLoaded", () => {
    listen(window, "error", ({ message }) => (kept.errors += `${message}\n`));
    listen(window, "unhandledrejection", ({ reason }) => (kept.errors += `rejected: ${reason}\n`));
  });
}

/** Names of the events that fired for submits and their outcomes, in order, with blanks between. @param {import("@playwright/test").Page} page @returns {Promise<string>} */
export const attempts = async (page) => (await page.evaluate(() => document[Symbol.for("kept")].attempts)).trim();
/** Errors that the page's listeners received. @param {import("@playwright/test").Page} page @returns {Promise<string>} */
export const errorsOf = (page) => page.evaluate(() => document[Symbol.for("kept")].errors);

/** The last states: the visit is booked, or the patient continues by phone. */
const OVER = ["unavailable", "unconfirmed", "booked"];

/** The press that leaves each state. @type {Record<string, (page: import("@playwright/test").Page) => Promise<unknown>>} */
const PRESSES = {
  times: (page) => widget(page).times.first().click(),
  patient: async (page) => {
    await widget(page).field("Reason for the visit").fill("Sore throat since Sunday");
    await widget(page).button("Continue").click();
  },
  review: (page) => widget(page).button("Book this visit").click(),
};

/** The element's state; `undefined` if the page prevents the element from being defined. @param {import("@playwright/test").Page} page @returns {Promise<string | undefined>} */
const stateOf = (page) =>
  page.evaluate(() => {
    try {
      return document.querySelector("find-a-time").state;
    } catch {
      return undefined;
    }
  });

/**
 * Makes the presses of a booking one after another, until a press leads to no new state.
 * @param {On} on @param {number} [patience] milliseconds to wait for the state after each press
 * @returns {Promise<string | undefined>} the last state
 */
export async function bookIfPossible({ page }, patience = 20_000) {
  page.setDefaultTimeout(3_000);
  // The page has loaded: an element that is not defined by now never will be.
  if ((await stateOf(page)) === undefined) return undefined;
  let state = await settled(page, undefined, patience);
  while (state && PRESSES[state]) {
    try {
      await PRESSES[state](page);
    } catch {
      // The control is gone, or the press has no effect.
      return stateOf(page);
    }
    const before = state;
    state = await settled(page, before, patience);
    if (state === before) break;
  }
  return state;
}

/**
 * Waits for a new state: one of `PRESSES` or one of `OVER`. Returns the state then, or the one that the element has after `patience`.
 * @param {import("@playwright/test").Page} page @param {string | undefined} before @param {number} patience milliseconds
 */
async function settled(page, before, patience) {
  const isOver = (/** @type {string | undefined} */ state) => !!state && state !== before && (OVER.includes(state) || !!PRESSES[state]);
  await expect.poll(async () => isOver(await stateOf(page)), { timeout: patience }).toBe(true).catch(() => {});
  return stateOf(page);
}

/** Checks that at most one visit is booked, and that the page's phone is visible unless the patient reads that the visit is booked. @param {On} on @returns {Promise<string>} the outcome, in a word */
export async function expectSafe({ page, acme }) {
  const state = await stateOf(page);
  const visits = await acme.visitsBooked();
  expect((await bookings(acme)).length, "bookings sent").toBeLessThanOrEqual(1);
  expect(visits.length, "visits in Acme").toBeLessThanOrEqual(1);
  const ends = await attempts(page);
  if (visits.length) expect(ends, "what the page heard of a booking that was made").toMatch(/^submit (booked|unconfirmed)$/);
  else expect(ends, "what the page heard").not.toContain("booked");
  if (state !== "booked") await expect(page.getByRole("link", { name: PHONE }).first(), "the page's phone").toBeVisible();
  return state === "booked" ? "books" : "phone";
}
