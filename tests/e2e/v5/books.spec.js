// Clinician timeslots of v5 have no slot id: the widget first looks a chosen time up in v4, unnoticed by the patient.
import { expect, test, widget } from "../../support/fixtures.js";
import { ends, openHost, published, toReview, WHITFIELD } from "../../support/journey.js";

const V5 = { "provider-slots": "v5" };
const TUESDAY = /^10:50 AM, Tuesday, December 8, Dana Whitfield, MD/;

test("Marta books with Dr. Whitfield, whose times come from v5", async ({ page, site, acme }) => {
  const slots = await published(acme, { npi: WHITFIELD, visitType: "NewPatient" });
  const slot = slots.find(({ slotDateTime }) => slotDateTime === "2026-12-08T10:50:00-08:00");
  await openHost({ page, site, acme }, { attributes: V5, token: await acme.token("marta") });
  const it = widget(page);
  await it.times.first().waitFor();
  const read = (await acme.requests()).filter(({ path }) => path.includes("/timeslots"));
  expect(read[0]).toMatchObject({
    method: "GET", path: `/v5/providers/${WHITFIELD}/timeslots`,
    query: { daysOfSlots: ["10"], visitTypeName: ["NewPatient"], product: ["test-page"] },
  });
  expect(read.filter(({ path }) => !path.startsWith("/v5/"))).toEqual([]);
  await acme.forgetRequests();
  await toReview(page, { time: TUESDAY });
  const found = (await acme.requests()).filter(({ path }) => path.includes("/timeslots"));
  expect(found.map(({ path, query }) => [path, query])).toEqual([
    [`/v4/providers/${WHITFIELD}/timeslots`, { visitType: ["NewPatient"], startDate: ["2026-12-08"], endDate: ["2026-12-08"], product: ["test-page"] }],
  ]);
  await it.button("Book this visit").click();
  await it.reaches("booked");
  expect(await ends(page)).toEqual([["booked", undefined]]);
  const [visit, ...more] = await acme.visitsBooked();
  expect(more).toEqual([]);
  expect(visit.body).toEqual({
    patient: {
      patientGuid: "7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11",
      address: { line1: "88 Pine St", line2: "Apt 4", city: "Seattle", state: "WA", postalCode: "98101" },
    },
    visitDetails: {
      ehrSystemName: "org.northlake.epic.main",
      departmentId: "100210",
      visitReason: "Sore throat since Sunday",
      declaration: "self",
      slotId: slot.id,
      nationalProviderId: WHITFIELD,
      visitTypeId: "4378",
      providerFlowPayment: true,
    },
    billingInfo: { paymentMethod: "self" },
  });
});

for (const [key, state] of /** @type {const} */ ([["acme-key", "times"], ["acme-kex", "unavailable"], [null, "unavailable"]])) {
  test(`where v5 requires a key, api-key="${key ?? ""}" leads to ${state === "times" ? "the times" : "the phone"}`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(/401/);
    await acme.availability({ v5: "key" });
    await openHost({ page, site, acme }, { attributes: { ...V5, "api-key": key }, wait: state });
    const it = widget(page);
    if (state === "times") await expect(it.button(TUESDAY)).toBeVisible();
    else await expect(page.getByRole("link", { name: "206-555-0142" }).first()).toBeVisible();
    const statuses = (await acme.requests()).filter(({ method, path }) => method === "GET" && path.startsWith("/v5/")).map(({ status }) => status);
    expect([...new Set(statuses)]).toEqual([state === "times" ? 200 : 401]);
  });
}

test("a patient type set by the page filters v5", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { ...V5, "patient-type": "new" } });
  await widget(page).times.first().waitFor();
  const read = (await acme.requests()).find(({ path }) => path.startsWith("/v5/"));
  expect(read.query.newOrEstablishedPatient).toEqual(["newPatient"]);
});

test("a time that v4 no longer has is shown as taken", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: V5, token: await acme.token("marta") });
  const it = widget(page);
  await it.button(TUESDAY).waitFor();
  await acme.take({ npi: WHITFIELD, departmentId: "100210", slotDateTime: "2026-12-08T10:50:00-08:00" });
  await it.button(TUESDAY).click();
  await it.reaches("taken");
  await expect(it.times).toHaveCount(3);
});

test("while the time is looked up the patient sees what is happening, and can go back", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: V5, token: await acme.token("marta") });
  const it = widget(page);
  await it.button(TUESDAY).waitFor();
  await acme.fault({ path: "/v4/providers/", kind: "hang" });
  await it.button(TUESDAY).click();
  await expect(it.heading).toHaveText("Checking this time");
  await expect(it.heading).toBeFocused();
  await expect(it.host.getByText("10:50 AM, Pacific Time")).toBeVisible();
  await it.button("Back").click();
  await expect(it.heading).toHaveText("Choose a time");
  await expect(it.button(TUESDAY)).toBeVisible();
});
