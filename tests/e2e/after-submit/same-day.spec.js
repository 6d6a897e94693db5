// The review names a clinic visit that the patient already has on the chosen day. If the browser sends a booking request a second
// time, Acme refuses the second request: the patient has a visit at that time, or the slot is taken. Whichever conflict Acme
// reports, the widget finds the booking in the patient's list of visits.
import { axe, expect, test, widget } from "../../support/fixtures.js";
import { BALLARD, bookings, bookByPhone, ends, openHost, published, toReview } from "../../support/journey.js";

const RETAIL = "/api/6/visits/retail";
const PROVIDER = "/api/7/visits/providerbooking";
const LIST = { path: `${RETAIL}/self`, method: "GET" };
const FLU = { npi: null, department: BALLARD.urlName, "visit-type": "FluShot" };
const NAMED = "You already have a visit on Monday, December 7, at 10:00 AM, at this clinic.";
const TEN = "2026-12-07T10:00:00-08:00";

/** Books a visit at ten on Monday without the widget, as if by telephone. @param {import("../../support/acme.js").Acme} acme @param {string} token */
async function hasVisitAtTen(acme, token) {
  const slots = await published(acme, { urlName: BALLARD.urlName, visitType: "FluShot" });
  await bookByPhone(acme, token, slots.find(({ slotDateTime }) => slotDateTime === TEN));
}

/** The live region. @param {import("@playwright/test").Page} page */
const said = (page) => widget(page).host.locator('[part~="status"]');

test("a reload while a clinic's booking is being sent: the review names the booked visit", async ({ page, site, acme }) => {
  page.on("dialog", (dialog) => dialog.accept());
  await openHost({ page, site, acme }, { attributes: FLU, token: await acme.token("marta") });
  const it = widget(page);
  await toReview(page, { time: /^10:00 AM, Monday/ });
  await acme.fault({ path: RETAIL, method: "POST", kind: "hang-after" });
  await it.button("Book this visit").click();
  await expect.poll(async () => (await acme.visitsBooked()).length).toBe(1);
  expect(await it.state()).toBe("sending");

  await page.reload();
  await it.reaches("times");
  await toReview(page);
  await expect(it.alert).toContainText(NAMED);
  await expect(it.alert).toContainText("You can book this one too, if you want both.");
  expect(await axe(page)).toEqual([]);

  // On another day there is no such notice; and a patient who wants both visits may book both.
  await it.button("Change: When").click();
  await it.button(/Tuesday, December 8/).first().click();
  await it.reaches("review");
  await expect(it.host.getByText("Tuesday, December 8, 2026")).toBeVisible();
  await expect(it.alert).toHaveCount(0);
  await it.button("Book this visit").click();
  await it.reaches("booked");
  expect(await acme.visitsBooked()).toHaveLength(2);
});

test("a list that comes late is announced once, and the focus stays", async ({ page, site, acme }) => {
  const token = await acme.token("marta");
  await hasVisitAtTen(acme, token);
  await openHost({ page, site, acme }, { attributes: FLU, token });
  const it = widget(page);
  await acme.fault({ ...LIST, kind: "delay", ms: 1500 });
  await toReview(page);
  await expect(it.heading).toBeFocused();
  await expect(it.alert).toHaveCount(0);
  await expect(it.alert).toContainText(NAMED);
  await expect(said(page)).toHaveText(NAMED);
  await expect(it.heading).toBeFocused();
  // The notice is already there when the patient comes back, so the live region does not repeat it.
  await it.button("Back").click();
  await it.reaches("patient");
  await it.button("Continue").click();
  await it.reaches("review");
  await expect(it.alert).toContainText(NAMED);
  await page.waitForTimeout(1000);
  await expect(said(page)).not.toHaveText(NAMED);
});

test("in Spanish", async ({ page, site, acme }) => {
  const token = await acme.token("marta");
  await hasVisitAtTen(acme, token);
  await openHost({ page, site, acme }, { attributes: FLU, token, lang: "es" });
  await toReview(page, { words: { reason: "Motivo de la cita", goOn: "Continuar" } });
  await expect(widget(page).alert).toContainText(/^Usted ya tiene una cita el lunes, 7 de diciembre, 10:00.a\.m\., en esta clínica\.También/);
});

for (const [what, fault] of Object.entries({
  "cannot be read": { kind: "status", status: 503, times: 0 },
  "is refused": { kind: "status", status: 401, times: 1 },
  "does not come": { kind: "hang", times: 1 },
})) {
  test(`a list that ${what} does not keep the patient from booking`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(/status of (503|401)|ERR_|Failed to load|Cross-Origin Request|CORS/);
    const token = await acme.token("marta");
    await openHost({ page, site, acme }, { attributes: FLU, token });
    const it = widget(page);
    await acme.fault({ ...LIST, ...fault });
    await toReview(page, { time: /^10:00 AM, Monday/ });
    await it.button("Book this visit").click();
    await it.reaches("booked");
    expect(await ends(page)).toEqual([["booked", undefined]]);
    expect(await acme.visitsBooked()).toHaveLength(1);
  });
}

for (const order of /** @type {const} */ (["patient", "slot"])) {
  test(`the connection closes after a clinic's booking, and the browser may send it again: booked, with the ${order}'s conflict first`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(/status of 409|ERR_|Failed to load|Cross-Origin Request|CORS/);
    await acme.conflictOrder(order);
    await openHost({ page, site, acme }, { attributes: FLU, token: await acme.token("marta") });
    const it = widget(page);
    // Two clinicians have this time. The widget must not book the second one when the first is in conflict.
    await toReview(page, { time: /^1:30 PM, Monday, December 7/ });
    await acme.fault({ path: RETAIL, method: "POST", kind: "drop-after" });
    await it.button("Book this visit").click();
    await it.reaches("booked");
    expect(await ends(page)).toEqual([["booked", undefined]]);
    expect(await acme.visitsBooked()).toHaveLength(1);
    const sent = (await bookings(acme)).map(({ body }) => body.visitDetails.slotId);
    expect(new Set(sent).size, "the browser repeats the same booking, nobody sends another").toBe(1);
  });

  test(`the same, and the list cannot be read: unknown outcome, with the ${order}'s conflict first`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(/status of (409|503)|ERR_|Failed to load|Cross-Origin Request|CORS/);
    await acme.conflictOrder(order);
    await openHost({ page, site, acme }, { attributes: FLU, token: await acme.token("marta") });
    const it = widget(page);
    await toReview(page, { time: /^1:30 PM, Monday, December 7/ });
    await acme.fault({ path: RETAIL, method: "POST", kind: "drop-after" });
    await acme.fault({ ...LIST, kind: "status", status: 503, times: 0 });
    await it.button("Book this visit").click();
    await it.reaches("unconfirmed");
    await expect(it.host).not.toContainText("Nothing is booked");
    expect(await ends(page)).toEqual([["unconfirmed", undefined]]);
    expect(await acme.visitsBooked()).toHaveLength(1);
  });

  test(`a clinician's booking that the browser may send again: the patient never reads that nothing is booked, with the ${order}'s conflict first`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(/status of 409|ERR_|Failed to load|Cross-Origin Request|CORS/);
    await acme.conflictOrder(order);
    await openHost({ page, site, acme }, { token: await acme.token("marta") });
    const it = widget(page);
    await toReview(page);
    await acme.fault({ path: PROVIDER, kind: "drop-after" });
    await it.button("Book this visit").click();
    await expect.poll(() => it.state(), { timeout: 20_000 }).toMatch(/^(unconfirmed|taken)$/);
    await expect(it.host).not.toContainText("Nothing is booked");
    expect(await ends(page)).toHaveLength(1);
    expect(await acme.visitsBooked()).toHaveLength(1);
  });
}
