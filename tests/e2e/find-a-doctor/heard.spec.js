// What a screen reader gets: where the focus goes between steps, which fields are invalid, what the live region holds.
import { expect, test, widget } from "../../support/fixtures.js";
import { openHost } from "../../support/journey.js";

/** Records where the focus goes inside the element. @param {import("@playwright/test").Page} page */
const watchFocus = (page) =>
  widget(page).host.evaluate((host) => {
    const went = (document[Symbol.for("focus")] = []);
    host.shadowRoot.addEventListener("focusin", ({ target }) => went.push({ name: target.className || target.name, words: target.matches(".fat-heading") ? target.textContent : "", at: performance.now() }));
  });
const went = (page) => page.evaluate(() => document[Symbol.for("focus")]);

test("the focus leaves a step before it is removed, and the next heading gets it a moment later", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await it.times.first().focus();
  await watchFocus(page);
  await page.keyboard.press("Enter");
  await it.reaches("patient");
  await expect(it.host.getByRole("heading", { name: "Who is coming?" })).toBeFocused();
  const way = await went(page);
  expect(way[0].name, "first what stays").toBe("fat-frame");
  const last = way[way.length - 1];
  expect(last.words).toBe("Who is coming?");
  expect(last.at - way[0].at, "milliseconds in which a screen reader follows").toBeGreaterThan(50);
});

test("a visitor who presses Tab in that moment keeps the focus", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await it.times.first().focus();
  await it.host.evaluate((host) => {
    // Simulates a visitor who presses Tab just after the frame got the focus, so that the next step's first button gets it.
    host.shadowRoot.addEventListener("focusin", ({ target }) => {
      if (target.matches(".fat-frame")) setTimeout(() => host.shadowRoot.querySelector("button")?.focus(), 20);
    });
  });
  await page.keyboard.press("Enter");
  await it.reaches("patient");
  await page.waitForTimeout(400);
  expect(await it.host.evaluate((host) => host.shadowRoot.activeElement?.localName)).toBe("button");
});

test("no field is invalid before the patient presses Continue, and wrong ones are afterwards", async ({ page, site, acme, watch }) => {
  // Ruth has no record yet, so the read answers 404.
  watch.allowConsole(/status of 404/);
  await openHost({ page, site, acme }, { token: await acme.token("ruth") });
  const it = widget(page);
  await it.times.first().click();
  await it.reaches("patient");
  const invalid = () => it.host.evaluate((host) => [...host.shadowRoot.querySelectorAll(":invalid, [aria-invalid]")].map(({ name }) => name));
  expect(await invalid()).toEqual([]);
  await expect(it.host.getByLabel("First name", { exact: true })).toHaveAttribute("aria-required", "true");
  await it.button("Continue").click();
  await expect.poll(async () => (await invalid()).length).toBeGreaterThan(8);
  await it.host.getByLabel("Last name", { exact: true }).fill("Lind");
  await it.host.getByLabel("First name", { exact: true }).fill("Ruth");
  await it.host.getByLabel("Email", { exact: true }).focus();
  await expect.poll(invalid).not.toContain("given");
});

test("the live region says a change once and is empty again after a while, so nobody reads it twice", async ({ page, site, acme }) => {
  await openHost({ page, site, acme });
  const it = widget(page);
  const region = it.host.locator('[part~="status"]');
  await expect(region).toHaveAttribute("aria-live", "polite");
  await expect(region).not.toHaveAttribute("role");
  await it.button("Filter times").click();
  await it.host.getByRole("checkbox", { name: "Afternoon" }).check();
  await expect(region).toHaveText(/^\d+ times? on \d+ days?$/);
  await expect(region).toHaveText("", { timeout: 15_000 });
});

for (const [lang, signIn, oneMoment, getting] of [
  ["en", "Sign in to book", "One moment", "Getting your details."],
  ["es", "Inicie sesión para reservar", "Un momento", "Buscamos sus datos."],
]) {
  test(`Marta, who is signed in, is not asked to sign in while her record comes (${lang})`, async ({ page, site, acme }) => {
    await openHost({ page, site, acme }, { lang, token: await acme.token("marta") });
    const it = widget(page);
    await acme.fault({ path: "/v1/patient", kind: "delay", ms: 1500, times: 0 });
    await it.times.first().click();
    await expect(it.host.getByText(getting, { exact: true }).first()).toBeVisible();
    await expect(it.heading).toHaveText(oneMoment);
    await expect(it.heading).toBeFocused();
    await expect(it.host.getByText(signIn)).toHaveCount(0);
    await it.reaches("patient");
  });
}
