// A patient enters a place, sees the times around it and books one. A time from a search has no slot id, so the widget looks it
// up in the list from which it can be booked.
import { expect, test, widget } from "../../support/fixtures.js";
import { asked, device, lookAround, NEAR, searches } from "../../support/elsewhere.js";
import { bookings, ends, openHost, published, toReview } from "../../support/journey.js";
import { readAttribute, requireValue } from "../../support/values.js";

/** The name of the button for 10:20 on Monday in Ballard, with any clinician. */
const TEN_TWENTY = /^10:20 AM, Monday, December 7, .*Northlake Clinic Ballard, 20 minutes$/;

test("Marta types her ZIP and books at a clinic where anyone will do", async ({ page, site, acme }) => {
  const slots = await published(acme, { urlName: "NorthlakeBallard", visitType: "Illness" });
  await openHost({ page, site, acme }, { attributes: NEAR, token: await acme.token("marta") });
  const it = widget(page);
  await expect(it.heading).toHaveText("Where do you want to be seen?");
  await expect(it.times).toHaveCount(0);
  expect(await searches(acme), "nothing is looked for before there is a place").toEqual([]);
  await lookAround(page, "98107");
  await expect(it.host.getByText("Near 98107, within 30 miles")).toBeFocused();
  await expect(it.heading).toHaveText("Choose a time");
  await it.times.first().waitFor();
  await expect(it.host.getByRole("heading", { name: "Northlake Clinic Bellevue, 9.3 miles" }).first()).toBeVisible();
  const time = it.button(TEN_TWENTY);
  await acme.forgetRequests();
  await time.click();
  await it.reaches("patient");
  const [first, ...then] = await asked(acme);
  expect(first, "the clinic is known from the brand's list: its own times are looked in").toBe("GET /v2/departments/NorthlakeBallard/timeslots");
  expect(then.toSorted(), "then who it is").toEqual(["GET /v1/patient", "GET /v1/validationConfigs"]);
  await it.field("Reason for the visit").fill("Fever since Sunday");
  await it.button("Continue").click();
  await it.reaches("review");
  for (const told of ["Monday, December 7, 2026", "10:20 AM, Pacific Time", "Northlake Clinic Ballard", "Fever since Sunday"]) {
    await expect(it.host.getByText(told, { exact: true })).toBeVisible();
  }
  await it.button("Book this visit").click();
  await it.reaches("booked");
  expect(await ends(page)).toEqual([["booked", undefined]]);
  const [visit, ...more] = await acme.visitsBooked();
  expect(more).toEqual([]);
  const slot = slots.find(({ slotId }) => slotId === visit.slot.id) ?? slots.find(({ id }) => id === visit.slot.id);
  expect(slot.slotDateTime).toBe("2026-12-07T10:20:00-08:00");
  expect(visit).toMatchObject({ kind: "retail", patient: "marta", product: "test-page" });
  expect(visit.body).toEqual({
    patient: {
      identifier: "7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11",
      address: { line1: "88 Pine St", line2: "Apt 4", city: "Seattle", state: "WA", postalCode: "98101" },
      phone: "2065550188",
      email: "marta.okafor@example.com",
    },
    visitDetails: {
      ehrSystemName: "org.northlake.epic.main",
      departmentId: "100210",
      visitReason: "Fever since Sunday",
      declaration: "self",
      slotId: slot.id,
      providerId: slot.providerId,
    },
    registrationModules: { documentSigning: [], billingInfo: { paymentMethod: "self" } },
  });
});

test("near Boulder a time is with one clinician, found again in her list and booked with her", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, {
    attributes: { ...NEAR, "clinic-type": "Primary Care", "visit-type": "FollowUp" },
    token: await acme.token("marta"),
  });
  const it = widget(page);
  await lookAround(page, "80302");
  await it.times.first().waitFor();
  expect((await searches(acme))[0]).toEqual({
    method: "GET",
    path: "/v1/availability/slots",
    query: {
      daysOfSlots: ["10"], postalCode: ["80302"], radius: ["30"], visitTypeNames: ["FollowUp"], clinicTypes: ["Primary Care"],
      product: ["test-page"],
    },
    status: 200,
  });
  const name = await readAttribute(it.times.first(), "aria-label");
  expect(name).toMatch(/^\d+:\d\d [AP]M, \w+, December \d+, [^,]+, Northlake Clinic Boulder, \d+ minutes$/);
  const clinician = requireValue(name.split(", ").at(-3), "clinician in the name of the time");
  await acme.forgetRequests();
  await toReview(page);
  const [first, ...rest] = (await acme.requests()).filter(({ method }) => method !== "OPTIONS");
  expect(first.path).toMatch(/^\/v4\/providers\/\d{10}\/timeslots$/);
  expect(rest.filter(({ path }) => path.includes("/timeslots")), "one look is enough").toEqual([]);
  const npi = first.path.split("/")[3];
  const day = first.query.startDate[0];
  expect(first.query).toEqual({ visitType: ["FollowUp"], startDate: [day], endDate: [day], product: ["test-page"] });
  await expect(it.host.getByText(clinician, { exact: true })).toBeVisible();
  const slots = await published(acme, { npi, visitType: "FollowUp", from: day, to: day });
  await it.button("Book this visit").click();
  await it.reaches("booked");
  const [visit, ...more] = await acme.visitsBooked();
  expect(more).toEqual([]);
  expect(visit.kind).toBe("provider");
  const slot = slots.find(({ id }) => id === visit.slot.id);
  expect(visit.body).toEqual({
    patient: {
      patientGuid: "7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11",
      address: { line1: "88 Pine St", line2: "Apt 4", city: "Seattle", state: "WA", postalCode: "98101" },
    },
    visitDetails: {
      ehrSystemName: "org.northlake.epic.main",
      departmentId: "100312",
      visitReason: "Sore throat since Sunday",
      declaration: "self",
      slotId: slot.id,
      nationalProviderId: npi,
      visitTypeId: slot.visitTypeId,
      providerFlowPayment: true,
    },
    billingInfo: { paymentMethod: "self" },
  });
  await expect(it.host.getByText(/^To cancel or change this visit, call/)).toBeVisible();
});

test("a typed town is looked up among the towns of the brand's clinics, and never sent", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: NEAR });
  const it = widget(page);
  await lookAround(page, "  bellevue, WA ");
  await expect(it.host.getByText("Near bellevue, WA, within 30 miles")).toBeFocused();
  await it.times.first().waitFor();
  const [first] = await searches(acme);
  expect(first.query).toEqual({
    daysOfSlots: ["10"], latitude: ["47.61"], longitude: ["-122.20"], radius: ["30"], visitTypeNames: ["Illness"], product: ["test-page"],
  });
  expect(JSON.stringify(await acme.requests()).toLowerCase()).not.toContain("bellevue, wa");
});

test("an entry that is no place gets a message at the field, and stays in it", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: NEAR });
  const it = widget(page);
  const field = it.field("ZIP code or town");
  for (const [typed, told] of [
    ["", "Enter a ZIP code with 5 digits, like 98107, or the name of a town."],
    ["9810", "Enter a ZIP code with 5 digits, like 98107, or the name of a town."],
    ["Springfield", "We found no clinic in a town of that name. Check the spelling, or enter a ZIP code."],
  ]) {
    await lookAround(page, typed);
    await expect(field).toBeFocused();
    await expect(field).toHaveAccessibleDescription(new RegExp(told.replaceAll(".", "\\.")));
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveValue(typed);
  }
  expect(await searches(acme)).toEqual([]);
  await lookAround(page, "98107");
  await it.times.first().waitFor();
});

test("without a brand no town is known, and the patient is asked for a ZIP code", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { ...NEAR, brand: null } });
  const it = widget(page);
  await lookAround(page, "Seattle", { label: "ZIP code" });
  await expect(it.field("ZIP code")).toHaveAccessibleDescription(/Enter a ZIP code with 5 digits, like 98107\.$/);
  await lookAround(page, "98107", { label: "ZIP code" });
  await it.times.first().waitFor();
});

test("the device's location is read on the press only, and sent rounded", async ({ page, site, acme }) => {
  await device(page, { latitude: 47.668712, longitude: -122.376433 });
  await openHost({ page, site, acme }, { attributes: NEAR });
  const it = widget(page);
  const html = page.locator("html");
  await it.field("ZIP code or town").focus();
  await expect(html).not.toHaveAttribute("data-asked");
  await it.button("Use my location").click();
  await expect(it.host.getByText("Near you, within 30 miles")).toBeFocused();
  await it.times.first().waitFor();
  await expect(html).toHaveAttribute("data-asked", "1");
  await expect(html).toHaveAttribute("data-precise", "false");
  const [first] = await searches(acme);
  expect([first.query.latitude, first.query.longitude]).toEqual([["47.67"], ["-122.38"]]);
  expect(JSON.stringify(await acme.requests())).not.toMatch(/47\.668|122\.376/);
});

for (const [what, tells, told] of /** @type {const} */ ([
  ["refuses", { code: 1 }, "Your browser did not share your location. You can type a place instead."],
  ["does not know", { code: 2 }, "We could not find where you are. You can type a place instead."],
  ["takes too long", { code: 3 }, "We could not find where you are. You can type a place instead."],
  ["reports no place on earth", { latitude: 91, longitude: 200 }, "We could not find where you are. You can type a place instead."],
])) {
  test(`a device that ${what} leaves the field`, async ({ page, site, acme }) => {
    await device(page, tells);
    await openHost({ page, site, acme }, { attributes: NEAR });
    const it = widget(page);
    await it.field("ZIP code or town").fill("98107");
    await it.button("Use my location").click();
    const field = it.field("ZIP code or town");
    await expect(field).toBeFocused();
    await expect(field).toHaveAccessibleDescription(new RegExp(told.replaceAll(".", "\\.")));
    await expect(field).toHaveValue("98107");
    expect(await searches(acme)).toEqual([]);
    await it.button("Find times").click();
    await it.times.first().waitFor();
  });
}

test("while the device thinks, what is typed wins", async ({ page, site, acme }) => {
  await device(page, null);
  await openHost({ page, site, acme }, { attributes: NEAR });
  const it = widget(page);
  await it.button("Use my location").click();
  await expect(it.host.getByText(/^Finding where you are\./).first()).toBeVisible();
  await lookAround(page, "98107");
  await it.times.first().waitFor();
  await expect(it.host.getByText("Near 98107, within 30 miles")).toBeVisible();
});

test("a time that was taken since the search: a message with the nearest times, and another one books", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { ...NEAR, near: "98107" }, token: await acme.token("marta") });
  const it = widget(page);
  const time = it.button(TEN_TWENTY);
  await time.waitFor();
  await acme.take({ departmentId: "100210", slotDateTime: "2026-12-07T10:20:00-08:00" });
  await time.click();
  await it.reaches("taken");
  await expect(it.heading).toHaveText("That time is no longer open");
  await expect(it.times).toHaveCount(3);
  await expect(it.times.first()).toBeFocused();
  await it.times.first().click();
  await it.reaches("patient");
  await it.field("Reason for the visit").fill("Fever");
  await it.button("Continue").click();
  await it.button("Book this visit").click();
  await it.reaches("booked");
  expect(await bookings(acme)).toHaveLength(1);
});
