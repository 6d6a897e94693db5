// Makes each call of a booking fail in each way, once and every time. In each case the widget must reach the outcome that
// classes.json names, in time, offer the patient a way to continue, and book nothing twice. `cargo xtask test faults` runs all cases
// in both browsers and writes docs/reliability.md; the plain test command runs one case of each class.
import { expect, NOW, test as base, widget } from "../../support/fixtures.js";
import { ENDS, heard } from "../../support/journey.js";
import { requireValue } from "../../support/values.js";
import { CALLS } from "./calls.js";
import { CASES } from "./cases.js";

// The page's clock runs, faster than real time.
const test = base.extend({ frozenAt: null });

/** What browsers print about a failed request. */
const OF_BROWSERS = /Failed to load resource|net::ERR_|Cross-Origin Request Blocked|blocked by CORS policy|NetworkError/;

/**
 * Milliseconds by which the page's clock advances in each round: `SHORT` at first, since most cases end at once, then `LONG`, since some
 * take half a minute.
 */
const [SHORT, LONG] = [250, 1_000];
/** How many times faster than real time the page's clock may run: a read's deadline of 8 seconds then leaves Acme half a second. */
const FASTER = 16;
/**
 * Longest time until the outcome, in milliseconds on the page's clock: for a read, and for a call that books. The test may notice the
 * outcome one round late.
 */
const [READ, WRITE] = [20_000 + LONG, 32_000 + LONG];

/** Advances the page's clock until the condition holds. @param {import("@playwright/test").Page} page @param {() => Promise<boolean>} isSo @returns {Promise<number>} milliseconds on the page's clock */
async function pass(page, isSo) {
  const now = () => page.evaluate(() => performance.now());
  const begun = await now();
  for (;;) {
    const passed = (await now()) - begun;
    if ((await isSo()) || passed > 2 * WRITE) return Math.round(passed);
    const step = passed < 4 * SHORT ? SHORT : LONG;
    await page.clock.runFor(step);
    await new Promise((next) => setTimeout(next, step / FASTER));
  }
}

/** Advances the page's clock by this much. @param {import("@playwright/test").Page} page @param {number} milliseconds */
async function settle(page, milliseconds) {
  const end = (await page.evaluate(() => performance.now())) + milliseconds;
  await pass(page, async () => (await page.evaluate(() => performance.now())) >= end);
}

/**
 * Makes a call fail: sets the fault in Acme, or lets Playwright abort the request if the fault has a `route`.
 * @param {any} on @param {import("./calls.js").Call} call @param {Pick<import("./cases.js").Fault, "fault" | "route">} what @param {"once" | "always"} mode
 * @returns {Promise<() => Promise<boolean>>} whether the fault has happened
 */
async function strike({ page, acme }, call, { fault, route }, mode) {
  if (route) {
    let struck = 0;
    await page.route((url) => url.pathname.startsWith(call.path), (request) => {
      if (request.request().method() !== call.method || (mode === "once" && struck)) return request.fallback();
      struck++;
      return request.abort(route);
    });
    return async () => struck > 0;
  }
  const inAcme = requireValue(fault, "fault or route");
  // In the mode `once`, a fault that changes members of an answer changes only the first matching one, but in every answer; any other
  // fault affects one request only.
  const what = inAcme.change
    ? { member: call.members[inAcme.change] ?? call.members.any, first: mode === "once", times: 0 }
    : { times: mode === "once" ? 1 : 0 };
  await acme.fault({ path: call.path, method: call.method, ...inAcme, ...what });
  return async () => (await acme.requests()).some(({ fault }) => fault && !fault.endsWith(" at 0"));
}

for (const { id, call: name, fault, mode, expected, isSample } of CASES) {
  const call = CALLS[name];
  test(`${call.name}: ${fault.name}, ${mode}`, { tag: isSample ? [] : ["@exhaustive"] }, async ({ page, site, acme, watch }, info) => {
    const on = { page, site, acme };
    watch.allowConsole(OF_BROWSERS);
    watch.allowOrigin("https://elsewhere.example");
    await page.clock.install({ time: new Date(NOW) });
    /** @type {Record<string, string>} */
    const attributes = fault.key ? { "api-key": "acme-public" } : {};
    await call.before(on, attributes);
    await acme.forgetRequests();
    const before = await acme.visitsBooked();
    const hasStruck = await strike(on, call, fault, mode);
    const isOfCall = (method, path) => method === call.method && path.startsWith(call.path);
    let sent = 0;
    page.on("request", (request) => void (sent += Number(isOfCall(request.method(), new URL(request.url()).pathname))));
    const earlier = await page.evaluate(() => document[Symbol.for("heard")]?.length ?? 0);

    await call.press(on, attributes);
    const { host } = widget(page);
    const later = async () => (await heard(page)).slice(earlier);
    const milliseconds = await pass(page, () => call.isOver(on, later));
    if (call.settles) await settle(page, call.settles);

    const ends = (await later()).filter(({ name }) => ENDS.includes(name)).map(({ name, detail }) => [name, detail.reason].filter(Boolean).join(" "));
    const state = await host.evaluate((element) => element.state);
    const outcome = [state, ...(call.says ? [await call.says(on)] : ends)].join(", ");
    const atSocket = (await acme.requests()).filter(({ method, path }) => isOfCall(method, path)).length;
    info.annotations.push({ type: "fault", description: JSON.stringify({ id, call: name, mode, outcome, sent, atSocket, milliseconds }) });

    expect(await hasStruck(), "the fault has struck").toBe(true);
    // Some browsers repeat a request by themselves when a kept-alive connection closes without a byte.
    expect(expected, "outcome").toContain(outcome);
    expect(milliseconds).toBeLessThanOrEqual(call.method === "GET" ? READ : WRITE);
    // A press sends one request; a read is tried up to three times, and a clinician's times are read for up to two more weeks.
    if (call.method === "POST") expect(sent, "requests of the page's own").toBe(1);
    else expect(sent).toBeLessThanOrEqual(name === "times" ? 6 : 4);
    if (state !== "times" && state !== "booked" && state !== "visits") {
      const wayOn = state === "sign-in" ? widget(page).button("Sign in") : page.locator('a[href^="tel:"]:visible');
      await expect(wayOn.first(), "a way on").toBeVisible();
    }
    const visits = await acme.visitsBooked();
    const made = visits.length - before.length;
    // Nothing in an on-demand request marks a repetition: if the browser repeats it, there are two visits (decision 0010).
    expect(made, "visits in Acme").toBeLessThanOrEqual(name === "join" ? atSocket : 1);
    if (/failed/.test(outcome)) expect(made, "nothing is booked, as the patient was told").toBe(0);
    if (/booked$/.test(outcome) && name !== "cancel") expect(made, "booked, as the patient was told").toBeGreaterThanOrEqual(1);
    if (name === "cancel") {
      const isCancelled = visits.some(({ cancelled }) => cancelled);
      // In S12 Acme answers 204 and cancels nothing. The widget may say “canceled”, since a host may answer 204 to a cancel that it has
      // carried out.
      if (/is canceled/.test(outcome) && id !== "S12") expect(isCancelled, "cancelled, as the patient was told").toBe(true);
      if (/could not cancel/.test(outcome)) expect(isCancelled, "not cancelled, as the patient was told").toBe(false);
    }
    // Nothing more is sent, even long after.
    await page.clock.runFor(5_000);
    if (call.method === "POST") expect(sent, "requests of the page's own, later").toBe(1);
  });
}
