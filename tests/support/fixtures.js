// `test` and `expect` for every browser test.
//
//   site     a web server of one's own: FAT_DIST as its folder (the built files, the preview under /preview/), and over it
//            what the test puts (`site.page`, `site.put`); empty again for each test
//   acme     an Acme of one's own, back to its seed world and NOW for each test; naming it in a test starts it, and points
//            the preview's environment.json at it
//   watch    what must stay empty: uncaught errors, the console, policy violations, requests to anybody but `site` and
//            `acme`, addresses with anything personal in them (`addresses.js`; that of Acme's patients, every token that Acme
//            issues on request, and what is typed), and the same anywhere else on the page but on the screen (`places.js`). Checked at the end of each test; `watch.allow…` for what a test provokes on purpose
//   page     Playwright's, its clock standing at NOW (timers run); `test.use({ frozenAt: … })` for another time, `null` for
//            a clock that runs. A frozen page's timers are Playwright's: what they throw is printed, not thrown
//   widget   (page, nth?) → locators inside the element; open shadow roots are pierced, so plain locators work as well
//   axe      (page) → violations as readable lines, axe's own and in Chromium those of IBM's engine; [] is what you want
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect } from "@playwright/test";
import { Acme, NOW } from "./acme.js";
import { ibm } from "./ibm.js";
import { Site } from "./site.js";
import { Watch } from "./watch.js";

export { expect, NOW };
export { strictPolicy } from "./site.js";

export const test = base.extend({
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
      // A test that failed already says why.
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
});

/** Moves both clocks, which stand still. @param {import("@playwright/test").Page} page @param {Acme} acme @param {string} now RFC 3339 */
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
    /** What happened, what is safe, what to do. */
    alert: host.locator('[part~="alert"]'),
    /** @param {string | RegExp} name */
    button: (name) => host.getByRole("button", { name }),
    /** @param {string | RegExp} name */
    field: (name) => host.getByLabel(name),
    state: () => host.evaluate((element) => element.state),
    /** @param {string} state waits until the element is in it: 20 seconds, by which every fault must have its named state */
    reaches: (state) => expect.poll(() => host.evaluate((element) => element.state), { message: "state of the widget", timeout: 20_000 }).toBe(state),
    /** Codes of what it found for the page's owner. @returns {Promise<string[]>} */
    codes: () => host.evaluate((element) => element.diagnostics.map(({ code }) => code)),
  };
}

/** Waits until no colour changes any more: a button that comes under the pointer takes another ground, little by little. @param {import("@playwright/test").Page} page */
async function rests(page) {
  await page.mouse.move(0, 0);
  await page.evaluate(async () => {
    // The pointer's leaving is seen with the next frame, and starts what is then waited for.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
}

/** @param {import("@playwright/test").Page} page @returns {Promise<string[]>} */
export async function axe(page) {
  await rests(page);
  // Legacy mode: no second page is opened, which the watch would have to know about.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} (${target.flat().join(" ")})`));
  return [...found, ...(await ibm(page))];
}
