// Provides `test` and `expect` for every browser test.
//
//   site     a web server for this worker: serves what the test puts there (`site.page`, `site.put`), else the folder FAT_DIST
//            (the built files, the preview under /preview/); emptied before each test
//   acme     an Acme for this worker, reset to its seed world and NOW before each test; started when a test names it, which also
//            writes the preview's environment.json
//   watch    fails a test that has uncaught errors, console output, policy violations, requests to servers other than `site` and
//            `acme`, personal data in an address (`addresses.js`: Acme's patients, every token that Acme issues on request, and
//            what is typed) or personal data anywhere else in the page but on screen (`places.js`). Tests call
//            `watch.allow…` for what they provoke on purpose
//   page     Playwright's, its clock stopped at NOW (timers run); `test.use({ frozenAt: … })` sets another time, `null` a running
//            clock. With a stopped clock, Playwright prints errors thrown in timers instead of throwing them
//   widget   (page, nth?) → locators inside the element; plain locators also see into open shadow roots
//   axe      (page) → accessibility violations as text, of axe and, in Chromium, of IBM's engine; [] means none
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect } from "@playwright/test";
import { Acme, NOW } from "./acme.js";
import { ibm } from "./ibm.js";
import { Site } from "./site.js";
import { Watch } from "./watch.js";

export { expect, NOW };
export { strictPolicy } from "./site.js";

/**
 * @typedef {{ site: Site, acme: Acme, watch: Watch, frozenAt: string | null }} OfTest
 * @typedef {{ workerSite: Site, workerAcme: Acme }} OfWorker
 * @typedef {import("@playwright/test").PlaywrightTestArgs & import("@playwright/test").PlaywrightTestOptions} Test
 * @typedef {import("@playwright/test").PlaywrightWorkerArgs & import("@playwright/test").PlaywrightWorkerOptions} Worker
 * @typedef {Test & OfTest} TestFixtures
 * @typedef {Worker & OfWorker} WorkerFixtures
 */

export const test = base.extend(/** @type {import("@playwright/test").Fixtures<OfTest, OfWorker, Test, Worker>} */ ({
  workerAcme: [
    async ({}, use) => {
      const acme = await Acme.start();
      await use(acme);
      await acme.stop();
    },
    { scope: "worker" },
  ],
  workerSite: [
    async ({}, use) => {
      const site = await Site.start(process.env.FAT_DIST);
      await use(site);
      await site.stop();
    },
    { scope: "worker" },
  ],
  site: async ({ workerSite, watch }, use) => {
    workerSite.reset();
    watch.allowOrigin(workerSite.origin);
    await use(workerSite);
  },
  acme: async ({ workerAcme, site, watch }, use) => {
    await workerAcme.reset();
    watch.allowOrigin(workerAcme.api, workerAcme.visits);
    workerAcme.onToken = (token) => watch.addresses.keepOut("a token", token);
    for (const patient of await workerAcme.patients()) watch.addresses.keepOutPatient(patient);
    site.put("/preview/environment.json", JSON.stringify(workerAcme.environment()));
    await use(workerAcme);
  },
  watch: [
    async ({ context }, use, testInfo) => {
      const watch = new Watch();
      await watch.begin(context);
      await use(watch);
      // A failed test has its own message; do not add another.
      if (testInfo.status === testInfo.expectedStatus) expect(watch.found(), "what must stay empty").toEqual([]);
    },
    { auto: true },
  ],
  frozenAt: [NOW, { option: true }],
  page: async ({ page, context, frozenAt, watch }, use) => {
    if (frozenAt) await page.clock.setFixedTime(new Date(frozenAt));
    await use(page);
    await watch.look(context);
  },
}));

/** Moves both stopped clocks, the page's and Acme's. @param {import("@playwright/test").Page} page @param {Acme} acme @param {string} now RFC 3339 */
export async function setNow(page, acme, now) {
  await acme.clock({ now, frozen: true });
  await page.clock.setFixedTime(new Date(now));
}

/** @param {import("@playwright/test").Page} page @param {number} [nth] which element, from 0 */
export function widget(page, nth = 0) {
  const host = page.locator("find-a-time").nth(nth);
  return {
    host,
    /** The times to choose from. */
    times: host.locator('button[part~="slot"]'),
    heading: host.getByRole("heading").first(),
    /** The message that says what happened, what is safe and what to do. */
    alert: host.locator('[part~="alert"]'),
    /** @param {string | RegExp} name */
    button: (name) => host.getByRole("button", { name }),
    /** @param {string | RegExp} name */
    field: (name) => host.getByLabel(name),
    state: () => host.evaluate((element) => element.state),
    /** @param {string} state waited for up to 20 seconds, within which every fault must lead to its named state */
    reaches: (state) => expect.poll(() => host.evaluate((element) => element.state), { message: "state of the widget", timeout: 20_000 }).toBe(state),
    /** Codes of the element's diagnostics. @returns {Promise<string[]>} */
    codes: () => host.evaluate((element) => element.diagnostics.map(({ code }) => code)),
  };
}

/** Waits until colour transitions end. The pointer moves away first, since a hovered button changes its background. @param {import("@playwright/test").Page} page */
export async function rests(page) {
  await page.mouse.move(0, 0);
  await page.evaluate(async () => {
    // The browser handles the pointer's move with the next frame, and only then starts the transitions.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
}

/** @param {import("@playwright/test").Page} page @returns {Promise<string[]>} */
export async function axe(page) {
  await rests(page);
  // Legacy mode opens no second page, which `watch` would report.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} (${target.flat().join(" ")})`));
  return [...found, ...(await ibm(page))];
}
