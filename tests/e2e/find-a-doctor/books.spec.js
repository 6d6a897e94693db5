// A patient finds a time on a page of the health system, signs in through the page, and books the time.
import { expect, test, widget } from "../../support/fixtures.js";
import { BALLARD, chooseAndSignIn, DOCTOR, ends, fillForm, FLU, INES, listen, published, RUTH, WHITFIELD } from "../../support/journey.js";

const TUESDAY = "10:50 AM, Tuesday, December 8, Dana Whitfield, MD, 30 minutes";

test("Marta finds a time with Dr. Whitfield, signs in, and books it", async ({ page, site, acme }) => {
  const slots = await published(acme, { npi: WHITFIELD, visitType: "NewPatient" });
  const slot = slots.find(({ slotDateTime }) => slotDateTime === "2026-12-08T10:50:00-08:00");
  await listen(page);
  await page.goto(site.origin + DOCTOR);
  const it = widget(page);
  await expect(it.heading).toHaveText("Choose a time");
  await chooseAndSignIn(page, TUESDAY, "marta");
  // The widget shows what the record says instead of asking for it.
  for (const known of ["Marta Okafor", "February 11, 1979", "marta.okafor@example.com", "206-555-0188", "88 Pine St, Apt 4, Seattle, WA 98101"]) {
    await expect(it.host.getByText(known)).toBeVisible();
  }
  await expect(it.field("First name")).toHaveCount(0);
  await it.field("Reason for the visit").fill("Sore throat since Sunday");
  await it.button("Continue").click();
  await it.reaches("review");
  for (const told of ["Tuesday, December 8, 2026", "10:50 AM, Pacific Time", "Dana Whitfield, MD", "Northlake Clinic Ballard", "Sore throat since Sunday", "You pay when you arrive."]) {
    await expect(it.host.getByText(told, { exact: true })).toBeVisible();
  }
  expect(await acme.visitsBooked(), "nothing is booked before the press").toEqual([]);
  await it.button("Book this visit").click();
  await it.reaches("booked");
  await expect(it.heading).toHaveText("Your visit is booked");
  await expect(it.heading).toBeFocused();
  await expect(it.host.getByText("1450 NW Market St, Suite 2, Seattle, WA 98107")).toBeVisible();

  expect(await ends(page)).toEqual([["booked", undefined]]);
  const visits = await acme.visitsBooked();
  expect(visits).toHaveLength(1);
  expect(visits[0]).toMatchObject({
    kind: "provider",
    patient: "marta",
    product: "findadoctor",
    slot: { id: slot.id, npi: WHITFIELD, departmentId: "100210", visitType: "NewPatient", slotDateTime: "2026-12-08T10:50:00-08:00" },
  });
  expect(visits[0].body).toEqual({
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
      nationalProviderId: "1234567893",
      visitTypeId: "4378",
      providerFlowPayment: true,
    },
    billingInfo: { paymentMethod: "self" },
  });
});

test("Marta books a flu shot at the Ballard clinic", async ({ page, site, acme }) => {
  const slots = await published(acme, { urlName: BALLARD.urlName, visitType: "FluShot" });
  const slot = slots.find(({ slotDateTime }) => slotDateTime === "2026-12-07T10:00:00-08:00");
  await listen(page);
  await page.goto(site.origin + FLU);
  const it = widget(page);
  await chooseAndSignIn(page, /^10:00 AM, Monday, December 7/, "marta");
  await it.field("Reason for the visit").fill("Yearly flu shot");
  await it.button("Continue").click();
  await it.button("Book this visit").click();
  await it.reaches("booked");
  await expect(it.heading).toHaveText("Your visit is booked");

  expect(await ends(page)).toEqual([["booked", undefined]]);
  const visits = await acme.visitsBooked();
  expect(visits).toHaveLength(1);
  expect(visits[0]).toMatchObject({
    kind: "retail",
    patient: "marta",
    product: "flushot",
    slot: { id: slot.id, departmentId: "100210", visitType: "FluShot", slotDateTime: "2026-12-07T10:00:00-08:00" },
  });
  expect(visits[0].body).toEqual({
    patient: {
      identifier: "7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11",
      address: { line1: "88 Pine St", line2: "Apt 4", city: "Seattle", state: "WA", postalCode: "98101" },
      phone: "2065550188",
      email: "marta.okafor@example.com",
    },
    visitDetails: {
      ehrSystemName: "org.northlake.epic.main",
      departmentId: "100210",
      visitReason: "Yearly flu shot",
      declaration: "self",
      slotId: slot.id,
      providerId: slot.providerId,
    },
    registrationModules: { documentSigning: [], billingInfo: { paymentMethod: "self" } },
  });
});

test("Ruth, of whom the system has no record, gives her details once and books with Dr. Whitfield", async ({ page, site, acme, watch }) => {
  // The read of the patient answers 404, and the browser prints that.
  watch.allowConsole(/status of 404/);
  await page.goto(site.origin + DOCTOR);
  const it = widget(page);
  await chooseAndSignIn(page, TUESDAY, "ruth");
  await fillForm(page, RUTH, "September", "Female");
  await it.button("Continue").click();
  await it.reaches("review");
  await it.button("Book this visit").click();
  await it.reaches("booked");

  const made = (await acme.requests()).filter(({ path, method }) => path === "/v1/patient/self" && method === "POST");
  expect(made.map(({ body }) => body)).toEqual([
    {
      name: { family: "Lind", given: "Ruth" },
      addresses: [{ line1: "412 Shorewood Dr", city: "Seattle", state: "WA", postalCode: "98177" }],
      birthdate: "1952-09-03",
      email: "ruth.lind@example.com",
      gender: "female",
      mobilePhone: "2065550119",
      identifiers: [{ system: "org.northlake.epic.main" }],
    },
  ]);
  const [visit, ...more] = await acme.visitsBooked();
  expect(more).toEqual([]);
  expect(visit).toMatchObject({ patient: "ruth", slot: { slotDateTime: "2026-12-08T10:50:00-08:00" } });
  expect(visit.body.patient).toEqual({
    patientGuid: visit.patientGuid,
    address: { line1: "412 Shorewood Dr", city: "Seattle", state: "WA", postalCode: "98177" },
  });
});

test("Inês, whose new account has no links yet, gives her details once and books a flu shot", async ({ page, site, acme }) => {
  await page.goto(site.origin + FLU);
  const it = widget(page);
  await chooseAndSignIn(page, /^9:20 AM, Monday, December 7/, "ines");
  await fillForm(page, INES, "April", "Female");
  // The field is optional; the widget sends the digits because Inês entered them.
  await it.field(/^Last 4 digits/).fill("1184");
  await it.button("Continue").click();
  await it.button("Book this visit").click();
  await it.reaches("booked");

  const made = (await acme.requests()).filter(({ path, method }) => path === "/v1/patient/self" && method === "POST");
  expect(made.map(({ body }) => body)).toEqual([
    {
      name: { family: "Duarte", given: "Inês" },
      addresses: [{ line1: "88 Pine St", line2: "Apt 4", city: "Seattle", state: "WA", postalCode: "98101" }],
      birthdate: "1996-04-22",
      email: "ines.duarte@example.com",
      gender: "female",
      ssn: "1184",
      mobilePhone: "2065550151",
      identifiers: [{ system: "org.northlake.epic.main" }],
    },
  ]);
  const [visit, ...more] = await acme.visitsBooked();
  expect(more).toEqual([]);
  expect(visit).toMatchObject({ kind: "retail", patient: "ines" });
  expect(visit.body.patient).toMatchObject({ identifier: visit.patientGuid, phone: "2065550151", email: "ines.duarte@example.com" });
});
