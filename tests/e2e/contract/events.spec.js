// The events that a host page receives during a journey, with their fields, and nothing that the page must not learn.
import { expect, test, widget } from "../../support/fixtures.js";
import { firstHeard, heard, openHost, toReview, WHITFIELD } from "../../support/journey.js";
import { readAttribute } from "../../support/values.js";

const SLOT = {
  instant: "2026-12-08T10:50:00-08:00", zone: "America/Los_Angeles", department: "org.northlake.epic.main|100210",
  visitType: "NewPatient", npi: WHITFIELD, duration: 30,
};
const TUESDAY = /^10:50 AM, Tuesday, December 8/;
const own = { version: 1, product: "test-page" };
const step = (from, to) => ({ name: "step", detail: { ...own, from, to } });

/** Names and details of the events, in order. @param {import("@playwright/test").Page} page */
const story = async (page) => (await heard(page)).map(({ name, detail }) => ({ name, detail }));

for (const full of [false, true]) {
  test(`Marta's visit as the page hears it, ${full ? "with" : "without"} event-details="full"`, async ({ page, site, acme }) => {
    await openHost({ page, site, acme }, { token: await acme.token("marta"), attributes: full ? { "event-details": "full" } : {} });
    const it = widget(page);
    await expect.poll(async () => (await heard(page)).map(({ name }) => name)).toContain("shown");
    await toReview(page, { time: TUESDAY });
    await it.button("Book this visit").click();
    await it.reaches("booked");
    const [visit] = await acme.visitsBooked();
    const events = await story(page);
    // `shown` fires when the times are drawn, so its position among the first events depends on the browser.
    const shown = events.filter(({ name }) => name === "shown");
    expect(shown).toEqual([{ name: "shown", detail: { ...own, count: expect.any(Number), ms: expect.any(Number) } }]);
    expect(Number.isInteger(shown[0].detail.count) && shown[0].detail.count > 10).toBe(true);
    expect(events.filter(({ name }) => name !== "shown")).toEqual([
      step("loading", "times"),
      { name: "selected", detail: full ? { ...own, slot: SLOT } : own },
      step("times", "sign-in"),
      step("sign-in", "patient"),
      step("patient", "review"),
      step("review", "sending"),
      { name: "submit", detail: { ...own, attempt: 1 } },
      step("sending", "booked"),
      { name: "booked", detail: full ? { ...own, slot: SLOT, visitId: visit.visitId } : own },
    ]);
    const all = await heard(page);
    expect(all.filter(({ bubbles, composed }) => !bubbles || !composed)).toEqual([]);
    expect(all.filter(({ cancelable }) => cancelable).map(({ name }) => name)).toEqual(["selected"]);
  });
}

test("a page that prevents findatime-selected takes over: the widget stays at the times and sends nothing", async ({ page, site, acme }) => {
  const script = 'addEventListener("findatime-selected", (event) => event.preventDefault());';
  await openHost({ page, site, acme }, { token: await acme.token("marta"), script });
  await widget(page).times.first().click();
  await expect.poll(async () => (await heard(page)).map(({ name }) => name)).toContain("selected");
  expect(await widget(page).state()).toBe("times");
  expect((await acme.requests()).filter(({ authorized }) => authorized)).toEqual([]);
});

test("nobody can change what another listener hears", async ({ page, site, acme }) => {
  const script = `addEventListener("findatime-selected", ({ detail }) => {
    for (const change of [() => (detail.product = "x"), () => (detail.slot.npi = "x"), () => (detail.more = 1)]) {
      try { change(); } catch { /* frozen */ }
    }
  }, true);`;
  await openHost({ page, site, acme }, { token: await acme.token("marta"), script, attributes: { "event-details": "full" } });
  await widget(page).button(TUESDAY).click();
  await widget(page).reaches("patient");
  expect((await firstHeard(page, "selected")).detail).toEqual({ ...own, slot: SLOT });
});

const BALLARD = { npi: null, department: "NorthlakeBallard", "visit-type": "FluShot", brand: "northlake" };

test("without a Visit host a clinic's time leads to the scheduling pages, with the offset it came with", async ({ page, site, acme }) => {
  const scheduling = `${site.origin}/scheduling`;
  site.put("/scheduling/retail", { body: "<!doctype html><title>Scheduling</title><link rel=icon href=data:,><h1>Scheduling pages</h1>", type: "text/html" });
  await openHost({ page, site, acme }, { attributes: { ...BALLARD, visits: null, scheduling } });
  await widget(page).button(/^10:00 AM, Monday, December 7/).click();
  await expect(page.getByRole("heading", { name: "Scheduling pages" })).toBeVisible();
  expect(page.url()).toBe(`${scheduling}/retail?timeSlot=2026-12-07T10%3A00%3A00-08%3A00&departmentUrlName=NorthlakeBallard&brand=northlake`);
});

test("a page that prevents findatime-handoff keeps the patient; the event has the address with full details only", async ({ page, site, acme }) => {
  const scheduling = "https://scheduling.northlake.example";
  const script = 'addEventListener("findatime-handoff", (event) => event.preventDefault());';
  await openHost({ page, site, acme }, { attributes: { ...BALLARD, booking: "link", scheduling, "event-details": "full" }, token: "x", script });
  const { times, state } = widget(page);
  await times.first().click();
  const handoff = async () => (await heard(page)).find(({ name }) => name === "handoff");
  await expect.poll(handoff).toMatchObject({
    cancelable: true,
    detail: { url: expect.stringMatching(/^https:\/\/scheduling\.northlake\.example\/retail\?timeSlot=2026-12-07T09%3A10%3A00-08%3A00&/) },
  });
  expect(await state()).toBe("times");
  await page.evaluate(() => document.querySelector("find-a-time").removeAttribute("event-details"));
  await times.nth(1).click();
  await expect.poll(async () => (await heard(page)).filter(({ name }) => name === "handoff").map(({ detail }) => detail.url)).toEqual([expect.any(String), undefined]);
});

test('booking="event" gives the page the time in full, and the widget steps back', async ({ page, site, acme }) => {
  const script = 'addEventListener("findatime-selected", ({ detail }) => (document.documentElement.dataset.slot = JSON.stringify(detail.slot)));';
  await openHost({ page, site, acme }, { attributes: { booking: "event" }, script });
  const it = widget(page);
  await it.button(TUESDAY).click();
  await expect(page.locator("html")).toHaveAttribute("data-slot", /./);
  expect(JSON.parse(await readAttribute(page.locator("html"), "data-slot"))).toEqual(SLOT);
  await expect(it.heading).toHaveText("Your time");
  expect((await acme.requests()).filter(({ method, authorized }) => method !== "GET" || authorized)).toEqual([]);
  await it.button("Change the time").click();
  await expect(it.heading).toHaveText("Choose a time");
});

test('booking="event" and nobody listens: the phone, and a diagnostic', async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { booking: "event" } });
  const it = widget(page);
  await it.button(TUESDAY).click();
  await it.reaches("unavailable");
  await expect(it.heading).toHaveText("Call to book this time");
  await expect(it.host.getByRole("link", { name: "206-555-0142" }).first()).toBeVisible();
  expect(await it.codes()).toContain("nobody-listens");
  await it.button("Choose another time").click();
  await it.reaches("times");
});

test("a named clinician's time never goes to the scheduling pages, which cannot carry a clinician", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { booking: "link", scheduling: `${acme.api}/scheduling`, brand: "northlake" } });
  await widget(page).button(TUESDAY).click();
  await widget(page).reaches("unavailable");
  expect((await heard(page)).filter(({ name }) => name === "handoff")).toEqual([]);
  await expect(widget(page).heading).toHaveText("Call to book this time");
});
