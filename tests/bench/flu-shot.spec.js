// Checks the page that Lighthouse measures: it shows times, uses every preload hint, requests nothing twice and prints nothing in the console.
import { expect, test } from "@playwright/test";
import { Acme, NOW } from "../support/acme.js";
import { putFluShot } from "./flu-shot.js";
import { launch } from "./profiles.js";
import { Files } from "./server.js";

/** Browsers wait some seconds after the page has loaded before they report a preload as unused. */
const UNUSED_AFTER = 6_000;

test("the flu-shot page of the benchmark shows times and uses every hint", async () => {
  const [acme, files, browser] = await Promise.all([Acme.start(), Files.start(), launch()]);
  try {
    const address = await putFluShot(files, acme);
    const page = await browser.newPage({ locale: "en-US" });
    await page.clock.setFixedTime(NOW);
    /** @type {string[]} */
    const messages = [];
    /** @type {string[]} */
    const requests = [];
    page.on("console", (message) => messages.push(message.text()));
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(address);
    await expect(page.locator('find-a-time [part~="slot"]').first()).toBeVisible();
    await page.waitForTimeout(UNUSED_AFTER);
    expect(messages).toEqual([]);
    expect(requests.toSorted()).toEqual([...new Set(requests)].toSorted());
    const hints = await page.locator('link[rel="modulepreload"], link[rel="preload"]').evaluateAll((links) => links.map((link) => /** @type {HTMLLinkElement} */ (link).href));
    expect(hints.length).toBeGreaterThan(3);
    expect(requests).toEqual(expect.arrayContaining(hints));
  } finally {
    await Promise.all([browser.close(), files.stop(), acme.stop()]);
  }
});
