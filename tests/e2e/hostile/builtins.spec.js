// Pages whose scripts replaced what the browser offers, before the element's script came or once its times were there: a visit is
// booked, or the page's phone is there; and the page hears no error. `cargo xtask test hostile` tries all, the plain test command a
// third. `fetch`, timers and more of their kind: tests/e2e/replaced.
import { expect, test, widget } from "../../support/fixtures.js";
import { bookIfPossible, errorsOf, expectSafe, open } from "./booking.js";
import { BROKEN, REPLACED } from "./builtins.js";

const LINDQVIST = "1234986739";
const OF_BROWSERS = /Failed to load resource|NetworkError/;

// The browser's own timers and promises: a clock of Playwright's is made of what these tests replace.
test.use({ frozenAt: null });
test.beforeEach(({ acme }) => acme.clock({ now: new Date().toISOString(), frozen: false }));

/**
 * Books on a page of whose functions some are replaced.
 * @param {import("../texts/journeys.js").On} on @param {() => void} replace @param {boolean} isEarly before the element's script, or once it shows times
 * @returns {Promise<string>} what came of it
 */
async function bookOn(on, replace, isEarly) {
  if (isEarly) await on.page.addInitScript(replace);
  await open(on, { wait: isEarly ? null : "times" });
  if (!isEarly) {
    // Another clinician's times, which no earlier answer can serve.
    await on.page.evaluate(replace);
    await widget(on.page).host.evaluate((element, npi) => element.setAttribute("npi", npi), LINDQVIST);
  }
  await bookIfPossible(on);
  return expectSafe(on);
}

const when = (/** @type {boolean} */ isEarly) => (isEarly ? "before the script came" : "once the times are there");
/** The plain test command has every third, at one of the two moments. */
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
      // The script cannot even begin, or the page's own call into it fails.
      watch.allowExceptions();
      watch.allowConsole(OF_BROWSERS);
      info.annotations.push({ type: "outcome", description: await bookOn({ page, site, acme }, replace, isEarly) });
    });
  }
}
