// A panic at any call into the wasm during a booking: the patient sees the page's phone or the unknown outcome, nothing more is
// sent, and nothing is booked twice. `cargo xtask test hostile` tries every call, the plain test command a few.
import { expect, test, widget } from "../../support/fixtures.js";
import { bookings } from "../../support/journey.js";
import { attempts, bookIfPossible, errorsOf, expectSafe, open, PHONE } from "./booking.js";
import { callsInto, trapAt } from "./traps.js";

const LINDQVIST = "1234986739";

/** @typedef {import("../texts/journeys.js").On} On */

/** Books until the wasm panics at a call. @param {On} on @param {number} at @returns {Promise<string | undefined>} the last state */
async function bookUntil(on, at) {
  await trapAt(on.page, at);
  await open(on, { wait: null });
  return bookIfPossible(on);
}

/** Triggers everything that, before the panic, made the widget call the wasm or send something. @param {import("@playwright/test").Page} page */
async function poke(page) {
  await page.evaluate(async (npi) => {
    const element = document.querySelector("find-a-time");
    for (const name of ["focus", "online", "pageshow"]) dispatchEvent(new Event(name));
    for (const call of ["refresh", "reset", "signedIn", "focus"]) element[call]();
    element.npi = npi;
    document.documentElement.lang = "es";
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }, LINDQVIST);
  await page.clock.fastForward(35_000);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
}

/** @param {On} on @param {number} at */
async function expectStopped(on, at) {
  const { page, acme } = on;
  const it = widget(page);
  expect(await it.codes(), `codes of a panic at call ${at}`).toContain("panic");
  const state = await it.state();
  const isUnknown = /submit unconfirmed$/.test(await attempts(page));
  expect(state, `state after a panic at call ${at}`).toBe(isUnknown ? "unconfirmed" : "unavailable");
  await expect(page.getByRole("link", { name: PHONE })).toBeVisible();
  await expectSafe(on);
  const [calls, sent] = [await callsInto(page), (await acme.requests()).length];
  await poke(page);
  expect(await callsInto(page), `calls after a panic at call ${at}`).toBe(calls);
  expect((await acme.requests()).length, `requests after a panic at call ${at}`).toBe(sent);
  expect(await it.state()).toBe(state);
  expect((await it.codes()).filter((code) => code === "panic"), "diagnostics").toHaveLength(1);
  expect(await errorsOf(page), "errors of the page").toBe("");
}

/** How many calls into the wasm a booking makes; measured once by each worker. @type {number | undefined} */
let all;

/** @param {import("@playwright/test").Browser} browser @param {Pick<On, "site" | "acme">} on */
async function countAll(browser, { site, acme }) {
  if (all) return all;
  const context = await browser.newContext({ locale: "en-US", timezoneId: "America/New_York" });
  const page = await context.newPage();
  await page.clock.setFixedTime(new Date("2026-12-07T17:00:00Z"));
  expect(await bookUntil({ page, site, acme }, 0)).toBe("booked");
  all = await callsInto(page);
  await context.close();
  expect(await bookings(acme)).toHaveLength(1);
  await acme.reset();
  return all;
}

const SAMPLE = 8;
/** A booking may make up to this many calls fewer: which timers fire depends on how fast the booking goes. */
const FEWER = 40;

for (let nth = 0; nth < SAMPLE; nth++) {
  test(`a panic at a call, ${nth} eighths into a booking: the phone or the unknown outcome, and nothing more`, async ({ page, site, acme, browser, watch }) => {
    // `watch` still sees the error that the loader hides from the page: its listener was added before the loader's.
    watch.allowExceptions();
    const on = { page, site, acme };
    const at = 1 + Math.floor(((await countAll(browser, on)) - FEWER) * (nth / SAMPLE));
    await bookUntil(on, at);
    await expectStopped(on, at);
  });
}

test("a panic at each call of a booking: the phone or the unknown outcome, and nothing more", { tag: "@exhaustive" }, async ({ site, acme, browser }) => {
  const calls = await countAll(browser, { site, acme });
  test.setTimeout(calls * 15_000);
  /** @type {Record<string, number>} */
  const states = {};
  for (let at = 1; at <= calls; at++) {
    await acme.reset();
    const context = await browser.newContext({ locale: "en-US", timezoneId: "America/New_York" });
    const page = await context.newPage();
    await page.clock.setFixedTime(new Date("2026-12-07T17:00:00Z"));
    const on = { page, site, acme };
    const state = await bookUntil(on, at);
    if (!(await widget(page).codes()).includes("panic")) expect(at, "a call that was not reached").toBeGreaterThan(calls - FEWER);
    else await expectStopped(on, at);
    states[String(state)] = (states[String(state)] ?? 0) + 1;
    await context.close();
  }
  console.log(`a panic at each of ${calls} calls: ${JSON.stringify(states)}`);
});
