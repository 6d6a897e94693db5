// The chosen time is no longer free: entries are kept, and the nearest times are one press away.
import { expect, test, widget } from "../../support/fixtures.js";
import { BALLARD, bookings, bookByPhone, ends, focused, openHost, published, toReview, WHITFIELD } from "../../support/journey.js";

const TUESDAY = /^10:50 AM, Tuesday, December 8/;
const TAKEN = { npi: WHITFIELD, departmentId: "100210", slotDateTime: "2026-12-08T10:50:00-08:00" };
const PROVIDER = "/api/7/visits/providerbooking";
const RETAIL = "/api/6/visits/retail";
/** Two clinicians of the clinic have this time for a flu shot. */
const SHARED = /^1:30 PM, Monday, December 7/;
const FLU = { npi: null, department: BALLARD.urlName, "visit-type": "FluShot" };
const NEAREST = ["4:50 PM, Monday, December 7", "2:50 PM, Tuesday, December 8", "4:20 PM, Tuesday, December 8"];

/** Names of the times offered instead, once they are read. @param {import("@playwright/test").Page} page */
async function nearest(page) {
  const { times } = widget(page);
  await expect(times).toHaveCount(3);
  const names = await times.evaluateAll((buttons) => buttons.map((button) => button.getAttribute("aria-label") ?? ""));
  return names.map((name) => name.split(", Dana")[0]);
}

test("Marta's time is taken while she checks her visit: her entries stay, and the second choice books", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await toReview(page, { time: TUESDAY, reason: "Sore throat, and a rash on both arms" });
  await acme.take(TAKEN);
  await it.button("Book this visit").click();
  await it.reaches("taken");
  await expect(it.heading).toHaveText("That time is no longer open");
  await expect(it.alert).toContainText("Please choose another time. Your details are kept.");
  // The nearest three, in calendar order, with the focus on the first.
  expect(await nearest(page)).toEqual(NEAREST);
  await expect(it.times.first()).toBeFocused();
  expect(await bookings(acme), "a time known to be gone is not even sent").toEqual([]);

  await page.keyboard.press("Tab");
  expect(await focused(page)).toMatch(/^2:50 PM, Tuesday, December 8/);
  await page.keyboard.press("Enter");
  await it.reaches("review");
  await expect(it.host.getByText("Sore throat, and a rash on both arms")).toBeVisible();
  await expect(it.host.getByText("2:50 PM, Pacific Time")).toBeVisible();
  await it.button("Book this visit").click();
  await it.reaches("booked");
  expect(await ends(page)).toEqual([["conflict", "slot-taken"], ["booked", undefined]]);
  const visits = await acme.visitsBooked();
  expect(visits.map(({ slot, body }) => [slot.slotDateTime, body.visitDetails.visitReason])).toEqual([
    ["2026-12-08T14:50:00-08:00", "Sore throat, and a rash on both arms"],
  ]);
});

test("the nearest times are at another clinic: their names say so, to a screen reader too", async ({ page, site, acme }) => {
  // On Thursdays Dr. Whitfield sees patients in Bellevue, on the days around in Ballard.
  const thursday = (await published(acme, { npi: WHITFIELD, visitType: "NewPatient" })).filter(({ slotDateTime }) => slotDateTime.startsWith("2026-12-10"));
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await toReview(page, { time: /^9:30 AM, Thursday, December 10/ });
  for (const { departmentId, slotDateTime } of thursday) await acme.take({ npi: WHITFIELD, departmentId, slotDateTime });
  await it.button("Book this visit").click();
  await it.reaches("taken");
  await expect(it.times).toHaveCount(3);
  for (const time of await it.times.all()) {
    await expect(time).toContainText("Northlake Clinic Ballard");
    await expect(time).toHaveAccessibleName(/^\d+:\d\d [AP]M, (Wednesday|Friday), December \d+, Dana Whitfield, MD, Northlake Clinic Ballard, 30 minutes$/);
  }
});

test("the time was taken, and there is no other: that is spoken, too", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await toReview(page, { time: TUESDAY });
  await page.route(new RegExp(`${WHITFIELD}/timeslots`), async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    const scheduleDays = answer.scheduleDays.map((day) => ({ ...day, timeSlots: [] }));
    await route.fulfill({ response, json: { ...answer, scheduleDays } });
  });
  await it.button("Book this visit").click();
  await it.reaches("taken");
  await expect(it.times).toHaveCount(0);
  await expect(it.host.locator('[part~="status"]')).toHaveText("We found no other open times.");
});

test("the booking is answered “taken”: with one clinician there is no equal time, so the nearest are offered", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 409/);
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await toReview(page, { time: TUESDAY });
  await acme.fault({ path: PROVIDER, kind: "status", status: 409, body: { error: "SlotUnavailable" } });
  await it.button("Book this visit").click();
  await it.reaches("taken");
  expect(await nearest(page)).toEqual(NEAREST);
  await expect(it.times.first()).toBeFocused();
  expect(await bookings(acme)).toHaveLength(1);
  expect(await ends(page)).toEqual([["conflict", "slot-taken"]]);
  expect(await acme.visitsBooked()).toEqual([]);
});

test("at a clinic, another clinician's equal time is booked silently when the first has just gone", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 409/);
  const slots = await published(acme, { urlName: BALLARD.urlName, visitType: "FluShot" });
  const equal = slots.filter(({ slotDateTime }) => slotDateTime === "2026-12-07T13:30:00-08:00").map(({ id }) => id);
  expect(equal).toHaveLength(2);
  await openHost({ page, site, acme }, { attributes: FLU, token: await acme.token("marta") });
  const it = widget(page);
  await expect(it.button(SHARED), "equal times are one choice").toHaveCount(1);
  await toReview(page, { time: SHARED });
  await acme.fault({ path: RETAIL, method: "POST", kind: "status", status: 409, body: { error: "SlotUnavailable" } });
  await it.button("Book this visit").click();
  await it.reaches("booked");
  const sent = await bookings(acme);
  expect(sent.map(({ status }) => status)).toEqual([409, 200]);
  expect(sent.map(({ body }) => body.visitDetails.slotId).sort()).toEqual([...equal].sort());
  expect(await acme.visitsBooked()).toHaveLength(1);
  expect(await ends(page)).toEqual([["booked", undefined]]);
});

test("when the equal time is taken too, the patient is asked: there is no third attempt", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 409/);
  await openHost({ page, site, acme }, { attributes: FLU, token: await acme.token("marta") });
  const it = widget(page);
  await toReview(page, { time: SHARED });
  await acme.fault({ path: RETAIL, method: "POST", kind: "status", status: 409, body: { error: "SlotUnavailable" }, times: 0 });
  await it.button("Book this visit").click();
  await it.reaches("taken");
  expect(await bookings(acme)).toHaveLength(2);
  expect(await ends(page)).toEqual([["conflict", "slot-taken"]]);
  await acme.clearFaults();
  await it.times.first().click();
  await it.button("Book this visit").click();
  await it.reaches("booked");
  expect(await acme.visitsBooked()).toHaveLength(1);
});

test("Marta already has a visit at that hour: she is told so, and offered others", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 409/);
  const token = await acme.token("marta");
  // The visit that Marta already has: a flu shot at the same hour and clinic, with another clinician.
  const flu = (await published(acme, { urlName: BALLARD.urlName, visitType: "FluShot" })).find((slot) => slot.slotDateTime === TAKEN.slotDateTime);
  await bookByPhone(acme, token, flu);

  await openHost({ page, site, acme }, { token, attributes: { "event-details": "full" } });
  const it = widget(page);
  await toReview(page, { time: TUESDAY });
  await it.button("Book this visit").click();
  await it.reaches("taken");
  await expect(it.heading).toHaveText("You already have a visit at that time");
  await expect(it.alert).toContainText("It may be the one you just asked for, so please call before you book another.");
  await expect(it.times).toHaveCount(3);
  await expect(it.button(TUESDAY), "not that hour again").toHaveCount(0);
  expect(await ends(page)).toEqual([["conflict", "double-booked"]]);
  expect((await acme.visitsBooked()).map(({ kind }) => kind)).toEqual(["retail"]);
  expect(await bookings(acme)).toHaveLength(1);
});

test("the system refuses Dr. Marsh's Wednesdays without saying why: other times are offered", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 409/);
  const marsh = (await acme.world()).clinicians.find(({ name, family }) => `${name ?? ""} ${family ?? ""}`.includes("Marsh"));
  await openHost({ page, site, acme }, { attributes: { npi: marsh.npi, "event-details": "full" }, token: await acme.token("marta") });
  const it = widget(page);
  await toReview(page, { time: /, Wednesday, December/ });
  await it.button("Book this visit").click();
  await it.reaches("taken");
  await expect(it.heading).toHaveText("That time could not be booked");
  await expect(it.alert).toContainText("The clinic’s system could not book this time. Your details are kept.");
  expect(await ends(page)).toEqual([["conflict", "unknown-conflict"]]);
  expect(await acme.visitsBooked()).toEqual([]);
});
