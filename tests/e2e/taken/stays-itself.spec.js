// A control that a patient is about to press stays the same while the page changes around it.
import { expect, test, widget } from "../../support/fixtures.js";
import { focused, heard, openHost, published, WHITFIELD } from "../../support/journey.js";
import { cancels, inLine, lookAgain } from "../../support/on-demand.js";

/** More than a minute after NOW, so that times are read again. */
const LATER = "2026-12-07T17:05:00Z";

/**
 * Makes the widget read the times again, until the list begins with a certain time. Tries repeatedly, since the widget does not read
 * again while it is still reading.
 * @param {import("@playwright/test").Page} page @param {import("../../support/acme.js").Acme} acme @param {string} now @param {string | null} first the name of that time
 */
const readAgain = (page, acme, now, first) =>
  expect(async () => {
    await lookAgain(page, acme, now);
    await expect(widget(page).times.first()).toHaveAttribute("aria-label", first ?? "", { timeout: 1000 });
  }).toPass({ timeout: 15_000 });

test("the focus stays on its time when somebody else takes an earlier one", async ({ page, site, acme }) => {
  const [first] = await published(acme, { npi: WHITFIELD, visitType: "NewPatient" });
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  const names = await it.times.evaluateAll((all) => all.map((time) => time.getAttribute("aria-label")));
  await it.times.nth(1).focus();
  expect(await focused(page)).toBe(names[1]);
  await acme.take({ npi: WHITFIELD, departmentId: first.departmentId, slotDateTime: first.slotDateTime });
  await readAgain(page, acme, LATER, names[1]);
  expect(await focused(page)).toBe(names[1]);
  // Then the earlier time comes back.
  await acme.release({ npi: WHITFIELD, departmentId: first.departmentId, slotDateTime: first.slotDateTime });
  await readAgain(page, acme, "2026-12-07T17:10:00Z", names[0]);
  expect(await focused(page)).toBe(names[1]);
});

test("pressing a time that disappears during the press chooses no other", async ({ page, site, acme }) => {
  const [first] = await published(acme, { npi: WHITFIELD, visitType: "NewPatient" });
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  const second = await it.times.nth(1).getAttribute("aria-label");
  await it.times.first().hover();
  await page.mouse.down();
  await acme.take({ npi: WHITFIELD, departmentId: first.departmentId, slotDateTime: first.slotDateTime });
  await readAgain(page, acme, LATER, second);
  await page.mouse.up();
  // Press another time and wait for the next step, so that the first press has had time to take effect.
  await it.times.nth(2).click();
  await it.reaches("patient");
  const selected = (await heard(page)).filter(({ name }) => name === "selected");
  expect(selected).toHaveLength(1);
});

test("“Show more days” moves the focus once: when the focused time disappears later, the next time does not get the focus", async ({ page, site, acme }) => {
  const slots = await published(acme, { npi: WHITFIELD, visitType: "NewPatient" });
  await openHost({ page, site, acme }, { token: await acme.token("marta"), attributes: { days: "1" } });
  const it = widget(page);
  await it.button("Show more days").click();
  await expect(it.times.and(page.locator(":focus"))).toHaveCount(1);
  const named = await focused(page);
  const told = new Intl.DateTimeFormat("en-US", { timeZone: "America/Los_Angeles", hour: "numeric", minute: "2-digit", weekday: "long", month: "long", day: "numeric" });
  const part = (at) => Object.fromEntries(told.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
  const gone = slots.find(({ slotDateTime }) => {
    const { hour, minute, dayPeriod, weekday, month, day } = part(slotDateTime);
    return named.startsWith(`${hour}:${minute} ${dayPeriod}, ${weekday}, ${month} ${day},`);
  });
  const name = await it.times.first().getAttribute("aria-label");
  await it.times.first().focus();
  await acme.take({ npi: WHITFIELD, departmentId: gone.departmentId, slotDateTime: gone.slotDateTime });
  await expect(async () => {
    await lookAgain(page, acme, LATER);
    await expect(it.host.getByRole("button", { name: named })).toHaveCount(0, { timeout: 1000 });
  }).toPass({ timeout: 15_000 });
  expect(await focused(page)).toBe(name);
});

test("“Stay in line” keeps its place and focus when the cancel reasons arrive", async ({ page, site, acme }) => {
  await inLine({ page, site, acme });
  const it = widget(page);
  await acme.fault({ path: "/v2/blisseyconfigs", kind: "delay", ms: 1500, times: 1 });
  await it.button("Leave the line").click();
  await it.button("Stay in line").focus();
  await expect(it.button("Leave and cancel the visit")).toBeVisible();
  await expect(it.button("Stay in line")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(it.button("Leave the line")).toBeFocused();
  expect(await cancels(acme)).toEqual([]);
  expect((await acme.visitsBooked())[0].cancelled).toBeNull();
});
