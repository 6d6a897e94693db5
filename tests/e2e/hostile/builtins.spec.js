// Books on pages that have replaced a function of the browser, either before the element's script runs or once the element shows
// times: a visit is booked, or the page's phone number is visible; except with those of `BROKEN`, the page gets no error. `cargo xtask
// test hostile` tries all replacements, the plain test command a third. For `fetch`, timers and the like see tests/e2e/replaced.
import { expect, test, widget } from "../../support/fixtures.js";
import { bookIfPossible, errorsOf, expectSafe, open } from "./booking.js";
import { BROKEN, REPLACED } from "./builtins.js";

const LINDQVIST = "1234986739";
const OF_BROWSERS = /Failed to load resource|NetworkError/;

// Use the browser's own timers and promises: Playwright's clock is built from what these tests replace.
test.use({ frozenAt: null });
test.beforeEach(({ acme }) => acme.clock({ now: new Date().toISOString(), frozen: false }));

/**
 * Books on a page with one function replaced.
 * @param {import("../texts/journeys.js").On} on @param {() => void} replace @param {boolean} isEarly whether before the element's script runs, else once times are there
 * @returns {Promise<string>} the outcome
 */
async function bookOn(on, replace, isEarly) {
  if (isEarly) await on.page.addInitScript(replace);
  await open(on, { wait: isEarly ? null : "times" });
  if (!isEarly) {
    // Switch to another clinician, so that times must be read again.
    await on.page.evaluate(replace);
    await widget(on.page).host.evaluate((element, npi) => element.setAttribute("npi", npi), LINDQVIST);
  }
  await bookIfPossible(on);
  return expectSafe(on);
}

const when = (/** @type {boolean} */ isEarly) => (isEarly ? "before the script came" : "once the times are there");
/** The plain test command tries every third replacement, at one of the two moments. */
const tagOf = (/** @type {number} */ nth, /** @type {boolean} */ isEarly) => (nth % 3 === 0 && isEarly === (nth % 2 === 0) ? [] : ["@exhaustive"]);

for (const [nth, [what, replace]] of Object.entries(REPLACED).entries()) {
  for (const isEarly of [true, false]) {
    test(`${what}, ${when(isEarly)}: a visit is booked, or the phone is there`, { tag: tagOf(nth, isEarly) }, async ({ page, site, acme, watch }, info) => {
      watch.allowConsole(OF_BROWSERS);
      info.annotations.push({ type: "outcome", description: await bookOn({ page, site, acme }, replace, isEarly) });
      expect(await errorsOf(page), "errors of the page").toBe("");
      expect(watch.exceptions(), "exceptions").toEqual([]);
    });
  }
}

for (const [nth, [what, replace]] of Object.entries(BROKEN).entries()) {
  for (const isEarly of [true, false]) {
    test(`${what}, ${when(isEarly)}: booked once at most, and the phone is there`, { tag: tagOf(nth, isEarly) }, async ({ page, site, acme, watch }, info) => {
      // The script cannot start, or the page's own call into it fails.
      watch.allowExceptions();
      watch.allowConsole(OF_BROWSERS);
      info.annotations.push({ type: "outcome", description: await bookOn({ page, site, acme }, replace, isEarly) });
    });
  }
}
