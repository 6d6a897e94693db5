// A page without `getToken` that answers `findatime-signin`: patients sign in and can book there. On a page that does not answer,
// choosing a time works as it did before the event existed.
import { expect, test, widget } from "../../support/fixtures.js";
import { NEAR } from "../../support/elsewhere.js";
import { BALLARD, firstHeard, heard, openHost, WHITFIELD } from "../../support/journey.js";
import { joins, openPractice } from "../../support/on-demand.js";

const TUESDAY = /^10:50 AM, Tuesday, December 8, Dana Whitfield, MD/;
const FLU = { npi: null, department: BALLARD.urlName, "visit-type": "FluShot", brand: "northlake" };
const TEN = /^10:00 AM, Monday, December 7/;

/** Answers every `findatime-signin` with this token, and records in the page whether each came within a click and had a value for `resume`. @param {string} token */
const answering = (token) => `
  document.body.asked = [];
  document.addEventListener("findatime-signin", ({ detail }) => {
    document.body.asked.push(navigator.userActivation.isActive && detail.resume.length > 0);
    detail.respondWith(Promise.resolve(${JSON.stringify(token)}));
  });`;

/** For each `findatime-signin`: whether it came within a click and had a value for `resume`. @param {import("@playwright/test").Page} page @returns {Promise<boolean[]>} */
const asked = (page) => page.evaluate(() => document.body["asked"]);

/** Names of the events about a choice, in order. @param {import("@playwright/test").Page} page */
const about = async (page) =>
  (await heard(page)).map(({ name }) => name).filter((name) => ["selected", "signin", "submit", "booked", "failed", "handoff"].includes(name));

/** Goes from the form to the confirmation. @param {import("@playwright/test").Page} page */
async function book(page) {
  const it = widget(page);
  await it.reaches("patient");
  await it.field("Reason for the visit").fill("Sore throat");
  await it.button("Continue").click();
  await it.button("Book this visit").click();
  await it.reaches("booked");
}

test("on a page that only answers the event a visit is booked, and the event fires once", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: FLU, script: answering(await acme.token("marta")) });
  const it = widget(page);
  await expect(it.button("My visits"), "nothing says yet that the page signs anybody in").toHaveCount(0);
  await it.button(TEN).first().click();
  await book(page);
  expect(await about(page)).toEqual(["signin", "selected", "submit", "booked"]);
  expect(await asked(page)).toEqual([true]);
  const [visit, ...more] = await acme.visitsBooked();
  expect(more).toEqual([]);
  expect(visit).toMatchObject({ patient: "marta", slot: { slotDateTime: "2026-12-07T10:00:00-08:00" } });

  await it.button("Book another visit").click();
  await it.reaches("times");
  await it.button("My visits").click();
  await it.reaches("visits");
  await expect(it.host.getByRole("listitem")).toHaveCount(1);
  expect(await asked(page), "the token at hand is used").toEqual([true]);
});

test("the event fires inside the click also while the errand's part loads", async ({ page, site, acme }) => {
  let give = () => {};
  const wait = new Promise((resolve) => (give = () => resolve(undefined)));
  await page.route(/errand[^/]*\.wasm/, async (route) => {
    await wait;
    await route.continue();
  });
  await openHost({ page, site, acme }, { script: answering(await acme.token("marta")) });
  await widget(page).button(TUESDAY).click();
  expect(await asked(page)).toEqual([true]);
  give();
  await book(page);
  expect(await about(page)).toEqual(["signin", "selected", "submit", "booked"]);
  expect(await acme.visitsBooked()).toHaveLength(1);
});

test("a searched time is booked too", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { ...NEAR, near: "98107" }, script: answering(await acme.token("marta")) });
  await widget(page).times.first().click();
  await book(page);
  expect(await about(page)).toEqual(["signin", "selected", "submit", "booked"]);
  expect(await acme.visitsBooked()).toHaveLength(1);
});

test("a line is joined too; without an answer there is the phone", async ({ page, site, acme }) => {
  await acme.setRegion({ region: "WA", state: "open", wait: 540 });
  const script = `document.body.asked = [];
    document.addEventListener("findatime-signin", ({ detail }) => document.body.token && detail.respondWith(document.body.token));`;
  await openPractice({ page, site, acme }, { script });
  const it = widget(page);
  await it.button("Join by video").click();
  await it.reaches("unavailable");
  expect(await about(page)).toEqual(["signin"]);
  await it.button("See the wait now").click();
  await it.reaches("queue");
  await page.evaluate((token) => void (document.body["token"] = token), await acme.token("marta"));
  await it.button("Join by video").click();
  await it.reaches("patient");
  expect(await joins(acme)).toEqual([]);
});

test("a sign-in that the patient gives up leads to the sign-in step, which fires the event again", async ({ page, site, acme }) => {
  const token = await acme.token("marta");
  const script = `document.addEventListener("findatime-signin", ({ detail }) =>
    detail.respondWith(new Promise((give) => (document.body.give = give))));`;
  await openHost({ page, site, acme }, { script });
  const it = widget(page);
  await it.button(TUESDAY).click();
  await it.reaches("sign-in");
  await expect(it.host.getByText("Waiting for you to sign in.").first()).toBeVisible();
  await page.evaluate(() => document.body.give(null));
  await it.button("Sign in").click();
  await page.evaluate((token) => document.body.give(token), token);
  await book(page);
  expect(await about(page)).toEqual(["signin", "selected", "signin", "submit", "booked"]);
  expect(await acme.visitsBooked()).toHaveLength(1);
});

test("a page that prevents the event may call respondWith later", async ({ page, site, acme }) => {
  const script = `document.addEventListener("findatime-signin", async (event) => {
    event.preventDefault();
    await new Promise((done) => setTimeout(done, 100));
    event.detail.respondWith(${JSON.stringify(await acme.token("marta"))});
  });`;
  await openHost({ page, site, acme }, { script });
  await widget(page).button(TUESDAY).click();
  await book(page);
  expect(await about(page)).toEqual(["signin", "selected", "submit", "booked"]);
  expect(await acme.visitsBooked()).toHaveLength(1);
});

test("after reset() the page is asked for the next patient's token", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { script: answering(await acme.token("marta")) });
  const it = widget(page);
  await it.button(TUESDAY).click();
  await it.reaches("patient");
  await page.evaluate(() => document.querySelector("find-a-time").reset());
  await it.reaches("times");
  await it.button(TUESDAY).click();
  await it.reaches("patient");
  expect(await about(page)).toEqual(["signin", "selected", "selected", "signin"]);
});

test("a page that prevents the event leaves to sign in, and answers when it is back", async ({ page, site, acme }) => {
  const prevents = `document.addEventListener("findatime-signin", (event) => {
    event.preventDefault();
    document.body.resume = event.detail.resume;
  });`;
  await openHost({ page, site, acme }, { script: prevents });
  const it = widget(page);
  await it.button(TUESDAY).click();
  await it.reaches("sign-in");
  await expect(it.host.getByText("Waiting for you to sign in.").first()).toBeVisible();
  const resume = await page.evaluate(() => document.body["resume"]);

  await openHost({ page, site, acme }, { attributes: { resume }, script: answering(await acme.token("marta")), wait: null });
  await it.reaches("patient");
  await expect(it.host.getByText("10:50 AM, Pacific Time")).toBeVisible();
  await book(page);
  const [visit, ...more] = await acme.visitsBooked();
  expect(more).toEqual([]);
  expect(visit).toMatchObject({ patient: "marta", slot: { slotDateTime: "2026-12-08T10:50:00-08:00", npi: WHITFIELD } });
});

test("on a page that does not answer the event, times are handed off as before: by the link", async ({ page, site, acme }) => {
  const script = `document.addEventListener("findatime-signin", () => {});
    document.addEventListener("findatime-handoff", (event) => event.preventDefault());`;
  await openHost({ page, site, acme }, { attributes: { ...FLU, scheduling: acme.api, "event-details": "full" }, script });
  await widget(page).button(TEN).first().click();
  await expect.poll(() => about(page)).toEqual(["signin", "selected", "handoff"]);
  const told = await firstHeard(page, "handoff");
  expect(told.detail.url).toContain("departmentUrlName=NorthlakeBallard");
  expect(await acme.visitsBooked()).toEqual([]);
});

test("without an answer the page gets the time in full, once for each press", async ({ page, site, acme }) => {
  const script = `document.body.slots = [];
    document.addEventListener("findatime-selected", (event) => document.body.slots.push(event.detail.slot.instant));`;
  await openHost({ page, site, acme }, { script });
  const it = widget(page);
  await it.button(TUESDAY).click();
  await it.button("Change the time").click();
  await it.button(TUESDAY).click();
  expect(await page.evaluate(() => document.body["slots"])).toEqual(["2026-12-08T10:50:00-08:00", "2026-12-08T10:50:00-08:00"]);
  expect(await about(page)).toEqual(["signin", "selected", "signin", "selected"]);
});

test("with nobody who answers or takes the time there is the phone, and a diagnostic", async ({ page, site, acme }) => {
  await openHost({ page, site, acme });
  const it = widget(page);
  await it.button(TUESDAY).click();
  await it.reaches("unavailable");
  await expect(it.heading).toHaveText("Call to book this time");
  expect(await about(page)).toEqual(["signin", "selected"]);
  expect((await heard(page)).filter(({ name, detail }) => name === "diagnostic" && detail.code === "nobody-listens")).toHaveLength(1);
});

for (const booking of ["link", "event"]) {
  test(`booking="${booking}" never asks the page to sign anybody in`, async ({ page, site, acme }) => {
    await openHost({ page, site, acme }, { attributes: { booking, brand: "northlake", scheduling: acme.api }, script: answering(await acme.token("marta")) });
    await widget(page).button(TUESDAY).click();
    await widget(page).reaches("unavailable");
    expect(await about(page)).toEqual(["selected"]);
  });
}

test('booking="inline" asks inside the click, after the time was chosen', async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { booking: "inline" }, script: answering(await acme.token("marta")) });
  await widget(page).button(TUESDAY).click();
  await book(page);
  expect(await about(page)).toEqual(["selected", "signin", "submit", "booked"]);
  expect(await asked(page)).toEqual([true]);
  expect(await acme.visitsBooked()).toHaveLength(1);
});
