// Bookings by keyboard alone: Tab, Enter, Space and typing, the sign-in page included.
import { expect, test, widget } from "../../support/fixtures.js";
import { DOCTOR, FLU, focused } from "../../support/journey.js";

/** Presses Tab until the focused element has this name. @param {import("@playwright/test").Page} page @param {RegExp} name */
async function tabTo(page, name) {
  const met = [];
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    const now = (await focused(page)).trim();
    if (name.test(now)) return;
    met.push(now);
  }
  throw new Error(`Tab never came to ${name}; it met ${met.join(" | ")}`);
}

/** The label of the focused form control. @param {import("@playwright/test").Page} page */
const label = (page) =>
  page.evaluate(() => {
    /** @type {any} */
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.labels?.[0]?.textContent ?? "";
  });

/** Types Marta's user name and password into the sign-in page, and presses Enter. @param {import("@playwright/test").Page} popup */
async function signInByKeyboard(popup) {
  await expect(popup.getByLabel("User name")).toBeFocused();
  await popup.keyboard.type("marta");
  await popup.keyboard.press("Tab");
  await popup.keyboard.type("acme");
  const closed = popup.waitForEvent("close");
  await popup.keyboard.press("Enter");
  await closed;
}

/** Goes from the patient step, where the heading has the focus, to the confirmation. @param {import("@playwright/test").Page} page @param {string} reason */
async function finishByKeyboard(page, reason) {
  const it = widget(page);
  await it.reaches("patient");
  await expect(it.heading, "each step begins at its heading").toBeFocused();
  for (let presses = 0; !(await label(page)).startsWith("Reason for the visit"); presses += 1) {
    expect(presses, "Tab comes to the reason").toBeLessThan(12);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.type(reason);
  await tabTo(page, /^Continue$/);
  await page.keyboard.press("Space");
  await it.reaches("review");
  await expect(it.heading).toBeFocused();
  await tabTo(page, /^Book this visit$/);
  await page.keyboard.press("Enter");
  await it.reaches("booked");
  await expect(it.heading).toBeFocused();
}

test("Marta books with Dr. Whitfield without touching the mouse", async ({ page, site, acme }) => {
  await page.goto(site.origin + DOCTOR);
  await widget(page).reaches("times");
  await tabTo(page, /^10:50 AM, Tuesday, December 8/);
  const popup = page.waitForEvent("popup");
  await page.keyboard.press("Enter");
  await signInByKeyboard(await popup);
  await finishByKeyboard(page, "Sore throat since Sunday");
  expect((await acme.visitsBooked()).map(({ patient, slot }) => [patient, slot.slotDateTime])).toEqual([["marta", "2026-12-08T10:50:00-08:00"]]);
});

test("Marta books a flu shot without touching the mouse, moving among the times of a day with the arrow keys", async ({ page, site, acme }) => {
  await page.goto(site.origin + FLU);
  await widget(page).reaches("times");
  await tabTo(page, /^9:10 AM, Monday, December 7/);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  expect(await focused(page)).toMatch(/^10:00 AM, Monday, December 7/);
  await page.keyboard.press("ArrowLeft");
  expect(await focused(page)).toMatch(/^9:20 AM, Monday, December 7/);
  const popup = page.waitForEvent("popup");
  await page.keyboard.press("Space");
  await signInByKeyboard(await popup);
  await finishByKeyboard(page, "Yearly flu shot");
  expect((await acme.visitsBooked()).map(({ kind, slot }) => [kind, slot.slotDateTime])).toEqual([["retail", "2026-12-07T09:20:00-08:00"]]);
});
