// A time from a search goes to the scheduling pages together with the search's `searchContext`, so that they can repeat the search.
import { expect, test, widget } from "../../support/fixtures.js";
import { NEAR, searches } from "../../support/elsewhere.js";
import { firstHeard, heard, openHost } from "../../support/journey.js";

const link = (acme) => ({ ...NEAR, near: "98107", scheduling: acme.api });
const TEN_TWENTY = /^10:20 AM, Monday, December 7, .*Northlake Clinic Ballard/;

/** Collects the `searchContext` of each search's answer. @param {import("@playwright/test").Page} page */
function contexts(page) {
  const given = [];
  page.on("response", async (response) => {
    if (response.url().includes("/v1/availability/slots")) given.push((await response.json().catch(() => ({}))).searchContext);
  });
  return given;
}

test("without a Visit host a searched time is handed off with its search", async ({ page, site, acme }) => {
  const given = contexts(page);
  await openHost({ page, site, acme }, { attributes: { ...link(acme), visits: null } });
  const it = widget(page);
  // Wait until the widget has read the brand's clinics, and so knows the clinic's name.
  await expect.poll(async () => (await acme.requests()).some(({ path, status }) => path === "/v4/departments" && status === 200)).toBe(true);
  await it.button(TEN_TWENTY).click();
  await page.waitForURL(/\/retail\?/);
  const [arrived, ...more] = await acme.handoffs();
  expect(more).toEqual([]);
  expect(arrived.query).toEqual({
    timeSlot: ["2026-12-07T10:20:00-08:00"],
    departmentUrlName: ["NorthlakeBallard"],
    brand: ["northlake"],
    aggregate: ["true"],
    searchContext: [given.at(-1)],
  });
  expect(await acme.visitsBooked()).toEqual([]);
});

test("a searched time that cannot be found again is handed off; the page may prevent it", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 404/);
  const script = 'document.addEventListener("findatime-handoff", (event) => document.body.dataset.stay && event.preventDefault());';
  await openHost({ page, site, acme }, {
    attributes: { ...link(acme), near: "80302", "clinic-type": "Primary Care", "visit-type": "FollowUp", "event-details": "full" },
    token: await acme.token("marta"),
    script,
  });
  const it = widget(page);
  await it.times.first().waitFor();
  await acme.fault({ path: "/v4/providers/", kind: "status", status: 404, times: 0 });
  await page.evaluate(() => void (document.body.dataset.stay = "yes"));
  await it.times.first().click();
  await expect.poll(async () => (await heard(page)).filter(({ name }) => name === "handoff").length).toBe(1);
  const told = await firstHeard(page, "handoff");
  expect(told.cancelable).toBe(true);
  expect(told.detail.url).toContain("aggregate=true&searchContext=");
  expect((await heard(page)).filter(({ name }) => name === "selected").length, "one press is one choice").toBe(1);
  expect(await acme.handoffs(), "the page kept the patient").toEqual([]);
  await it.reaches("times");
  await page.evaluate(() => void delete document.body.dataset.stay);
  await it.times.first().click();
  await page.waitForURL(/\/retail\?/);
  const [arrived] = await acme.handoffs();
  expect(arrived.query).toMatchObject({ brand: ["northlake"], aggregate: ["true"] });
  expect(arrived.query.searchContext).toHaveLength(1);
});

test("without scheduling pages a searched time that cannot be found again gets a message, with the phone", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 404/);
  await openHost({ page, site, acme }, { attributes: { ...NEAR, near: "98107" }, token: await acme.token("marta") });
  const it = widget(page);
  await it.button(TEN_TWENTY).waitFor();
  await acme.fault({ path: "/v2/departments/", kind: "status", status: 404, times: 0 });
  await it.button(TEN_TWENTY).click();
  await it.reaches("unavailable");
  await expect(it.heading).toHaveText("Call to book this time");
  await it.button("Choose another time").click();
  await it.reaches("times");
  await expect(it.button(TEN_TWENTY)).toBeVisible();
});

test("an expired search does not matter: no request uses its context", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { ...NEAR, near: "98107" }, token: await acme.token("marta") });
  const it = widget(page);
  await it.button(TEN_TWENTY).waitFor();
  await acme.expireContexts();
  await it.button("Show more days").click();
  await it.button(TEN_TWENTY).click();
  await it.reaches("patient");
  for (const { query, body } of await searches(acme)) {
    expect(query.searchContext).toBeUndefined();
    expect(body?.searchContext).toBeUndefined();
  }
});

test("a time beyond the end of the clinic's own list is handed off, not called taken", async ({ page, site, acme }) => {
  // A clinic's own list goes two weeks ahead, a search as far as there are times.
  await openHost({ page, site, acme }, { attributes: { ...link(acme), near: "98107", days: "20" }, token: await acme.token("marta") });
  const it = widget(page);
  await it.button(/Saturday, December 26, .*Northlake Clinic Ballard/).last().click();
  await page.waitForURL(/\/retail\?/);
  const [arrived] = await acme.handoffs();
  expect(arrived.query.timeSlot[0]).toMatch(/^2026-12-26T/);
  expect(arrived.query).toMatchObject({ departmentUrlName: ["NorthlakeBallard"], aggregate: ["true"] });
});

test("no answer while a searched time is looked up: the patient may try again", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 503/);
  await openHost({ page, site, acme }, { attributes: { ...link(acme), near: "98107" }, token: await acme.token("marta") });
  const it = widget(page);
  await it.button(TEN_TWENTY).waitFor();
  await acme.fault({ path: "/v2/departments/", kind: "status", status: 503, times: 0, headers: { "retry-after": "60" } });
  await it.button(TEN_TWENTY).click();
  await it.button("Try again").waitFor();
  await acme.clearFaults();
  await it.button("Try again").click();
  await it.reaches("patient");
});
