// A caregiver books for another person: whose record is created, who is the actor, and whose name stays visible.
import { expect, test, widget } from "../../support/fixtures.js";
import { BALLARD, ends, enter, openHost, published } from "../../support/journey.js";
import { ACTOR, book, byInsurance, FORM, forLeo, goOn, group, LEO, LEOS_RECORD, MARTA, onlyVisit, PINE, records, toPatient } from "../../support/patient-step.js";
import { joins, openPractice, WORDS } from "../../support/on-demand.js";

const CLINIC = { npi: null, department: BALLARD.urlName, "visit-type": "FluShot", brand: "northlake" };

for (const [lang, told] of /** @type {const} */ ([
  ["en", { time: "A time for Leo", by: "Booked by", mother: "Mother" }],
  ["es", { time: "Un horario para Leo", by: "Reserva hecha por", mother: "Madre" }],
])) {
  test(`Marta books a flu shot for her son Leo at the clinic (${lang})`, async ({ page, site, acme }) => {
    const slots = await published(acme, { urlName: BALLARD.urlName, visitType: "FluShot" });
    await openHost({ page, site, acme }, { attributes: CLINIC, lang, token: await acme.token("marta") });
    const it = widget(page);
    await toPatient(page);
    await forLeo(page, lang);
    const reason = "Yearly flu shot";
    await goOn(page, reason, lang);
    for (const text of [told.time, "Leo Okafor", told.by, "Marta Okafor", told.mother]) {
      await expect(it.host.getByText(text, { exact: true })).toBeVisible();
    }
    expect(await acme.visitsBooked()).toEqual([]);
    await book(page, lang);
    await expect(it.host.getByText(told.time)).toBeVisible();

    expect(await ends(page)).toEqual([["booked", undefined]]);
    expect(await records(acme), "no record of Marta's is touched").toEqual([["other", LEOS_RECORD]]);
    const visit = await onlyVisit(acme);
    expect(visit).toMatchObject({ kind: "retail", patient: null, patientGuid: LEO });
    expect(visit.body).toEqual({
      patient: { identifier: LEO, address: PINE, phone: "2065550188", email: "marta.okafor@example.com" },
      actor: ACTOR,
      visitDetails: {
        ehrSystemName: "org.northlake.epic.main",
        departmentId: "100210",
        visitReason: reason,
        declaration: "other",
        slotId: visit.slot.id,
        providerId: slots.find(({ id }) => id === visit.slot.id).providerId,
      },
      registrationModules: { documentSigning: [], billingInfo: { paymentMethod: "self" } },
    });
  });
}

test("Marta books with Dr. Whitfield for Leo, who lives with his father", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await toPatient(page);
  await forLeo(page);
  const leo = group(page, "The patient");
  await leo.getByLabel("The patient lives at my address").uncheck();
  await enter(leo, { "Street address": "9 Elm St", City: "Renton", State: "WA", "ZIP code": "98055" });
  await goOn(page, "Establish care");
  await expect(it.host.getByText("9 Elm St, Renton, WA 98055")).toBeVisible();
  await book(page);

  const home = { line1: "9 Elm St", city: "Renton", state: "WA", postalCode: "98055" };
  expect(await records(acme)).toEqual([["other", { ...LEOS_RECORD, addresses: [home] }]]);
  const visit = await onlyVisit(acme);
  expect(visit).toMatchObject({ kind: "provider", patient: null });
  expect(visit.body).toEqual({
    patient: { patientGuid: visit.patientGuid, address: home },
    actor: { ...ACTOR, patientGuid: MARTA },
    visitDetails: {
      ehrSystemName: "org.northlake.epic.main",
      departmentId: visit.slot.departmentId,
      visitReason: "Establish care",
      declaration: "other",
      slotId: visit.slot.id,
      nationalProviderId: "1234567893",
      visitTypeId: "4378",
      providerFlowPayment: true,
    },
    billingInfo: { paymentMethod: "self" },
  });
});

test("a visit booked for Leo says so after the details were changed to Ada's for another one", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await toPatient(page);
  await forLeo(page);
  await goOn(page, "Ear ache");
  await book(page);
  await it.button("Book another visit").click();
  await it.reaches("times");
  await it.times.first().click();
  await it.reaches("review");
  await it.button("Change: Who").click();
  await it.reaches("patient");
  await group(page, FORM.en.patient).getByLabel(FORM.en.given, { exact: true }).fill("Ada");
  await it.button(FORM.en.goOn).click();
  await it.reaches("review");
  await expect(it.host.getByText("A time for Ada")).toBeVisible();
  for (const state of ["patient", "times"]) {
    await it.button("Back").click();
    await it.reaches(state);
  }
  await it.button(/^See details: /).click();
  await it.reaches("booked");
  await expect(it.host.getByText("A time for Leo")).toBeVisible();
  await expect(it.host.getByText("Ada")).toHaveCount(0);
});

test("Ruth, of whom the system has no record, books for her granddaughter: her own record first", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 404/);
  await openHost({ page, site, acme }, { attributes: CLINIC, token: await acme.token("ruth") });
  const it = widget(page);
  await toPatient(page);
  await it.host.getByRole("radio", { name: "Someone else", exact: true }).check();
  for (const [name, month, gender, entries] of /** @type {const} */ ([
    ["The patient", "May", "Female", { "First name": "Nora", "Last name": "Lind", Day: "4", Year: "2018" }],
    ["About you", "September", "Female", {
      "First name": "Ruth", "Last name": "Lind", Day: "3", Year: "1952", Email: "ruth.lind@example.com", Phone: "(206) 555-0119",
      "Street address": "412 Shorewood Dr", City: "Seattle", State: "WA", "ZIP code": "98177",
    }],
  ])) {
    const part = group(page, name);
    await part.getByLabel("Month").selectOption({ label: month });
    await part.getByRole("radio", { name: gender, exact: true }).check();
    await enter(part, entries);
  }
  await it.field("What is your relationship to the patient?").selectOption("Grandparent");
  await goOn(page, "Yearly flu shot");
  await book(page);

  const address = { line1: "412 Shorewood Dr", city: "Seattle", state: "WA", postalCode: "98177" };
  const reached = { email: "ruth.lind@example.com", mobilePhone: "2065550119", identifiers: [{ system: "org.northlake.epic.main" }], addresses: [address] };
  expect(await records(acme)).toEqual([
    ["self", { name: { family: "Lind", given: "Ruth" }, birthdate: "1952-09-03", gender: "female", ...reached }],
    ["other", { name: { family: "Lind", given: "Nora" }, birthdate: "2018-05-04", gender: "female", ...reached }],
  ]);
  const visit = await onlyVisit(acme);
  expect(visit.body.patient).toEqual({ identifier: visit.patientGuid, address, phone: "2065550119", email: "ruth.lind@example.com" });
  expect(visit.body.actor).toEqual({
    firstName: "Ruth", lastName: "Lind", phone: "2065550119", gender: "female", dateOfBirth: "1952-09-03", relationshipToPatient: "Grand parent",
  });
  expect(visit.body.visitDetails.declaration).toBe("other");
});

test("Marta asks for a phone visit for Leo, paid by her insurance", async ({ page, site, acme }) => {
  await openPractice({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await it.button(WORDS.en.phone).click();
  await it.reaches("patient");
  await forLeo(page);
  await byInsurance(page, "en", { way: FORM.en.others, group: "77120", subscriber: "CX883" });
  await expect(group(page, "Whose insurance is it?"), "she has said who she is").toHaveCount(0);
  await goOn(page, "Cough since Friday");
  for (const text of ["A visit for Leo", "Leo Okafor", "Insurance: Cascadia PPO", "In the name of Marta Okafor", "Member ID CX883120", "Group 77120", "Subscriber ID CX883"]) {
    await expect(it.host.getByText(text, { exact: true })).toBeVisible();
  }
  await it.field(WORDS.en.terms).check();
  await it.button(WORDS.en.join).click();
  await it.reaches("booked");

  expect(await records(acme)).toEqual([["other", LEOS_RECORD]]);
  const [{ body }, ...more] = await joins(acme);
  expect(more).toEqual([]);
  const reached = { phone: body.patient.phone, email: "marta.okafor@example.com", address: PINE };
  expect(body.patient.phone.replace(/\D/g, "")).toBe("2065550188");
  expect(body).toEqual({
    patient: { firstName: "Leo", lastName: "Okafor", gender: "male", dateOfBirth: "2017-06-30", patientGuid: LEO, ...reached },
    actor: {
      firstName: "Marta", lastName: "Okafor", gender: "female", dateOfBirth: "1979-02-11", relationshipToPatient: "Mother", patientGuid: MARTA, ...reached,
    },
    billingInfo: {
      paymentMethod: "insurance", declaration: "other", insuranceType: "manual",
      insuranceProviderId: "NL-PPO-01", insurancePayorId: "NL-PPO-01", insurancePayorName: "Cascadia PPO",
      insuranceMemberId: "CX883120", insuranceGroupNumber: "77120", insuranceSubscriberId: "CX883",
      firstName: "Marta", lastName: "Okafor", gender: "female", dateOfBirth: "1979-02-11",
    },
    visitDetails: {
      acceptedTerms: true,
      declaration: "other",
      stateLicensure: "WA",
      visitReason: "Cough since Friday",
      visitTypeName: "phone",
      practiceId: "c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33",
      brand: "northlake",
      assignmentQualifiers: ["pediatric"],
      actorRelationshipToPatient: "Mother",
      detectedLanguage: "en-US",
    },
  });
});
