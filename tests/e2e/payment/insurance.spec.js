// Insurance: the patient's own and another person's, the list of insurers and what happens without it, flaws at their fields.
import { expect, test, widget } from "../../support/fixtures.js";
import { BALLARD, openHost, published } from "../../support/journey.js";
import { book, byInsurance, CASCADIA, FORM, goOn, group, MARTA, onlyVisit, PINE, toPatient } from "../../support/patient-step.js";

const NORTHLAKE = { brand: "northlake" };
const CLINIC = { npi: null, department: BALLARD.urlName, "visit-type": "FluShot", ...NORTHLAKE };

test("Marta's own insurance at the clinic goes inside the registration", async ({ page, site, acme }) => {
  const slots = await published(acme, { urlName: BALLARD.urlName, visitType: "FluShot" });
  await openHost({ page, site, acme }, { attributes: CLINIC, token: await acme.token("marta") });
  await toPatient(page);
  await byInsurance(page, "en", { group: "77120" });
  await goOn(page, "Yearly flu shot");
  const { host } = widget(page);
  for (const text of ["Insurance: Cascadia PPO", "Member ID CX883120", "Group 77120"]) await expect(host.getByText(text, { exact: true })).toBeVisible();
  await expect(host.getByText("You pay when you arrive.")).toHaveCount(0);
  await book(page);
  await expect(host.getByText("You pay when you arrive.")).toHaveCount(0);
  const visit = await onlyVisit(acme);
  expect(visit.body).toEqual({
    patient: { identifier: MARTA, address: PINE, phone: "2065550188", email: "marta.okafor@example.com" },
    visitDetails: {
      ehrSystemName: "org.northlake.epic.main",
      departmentId: "100210",
      visitReason: "Yearly flu shot",
      declaration: "self",
      slotId: visit.slot.id,
      providerId: slots.find(({ id }) => id === visit.slot.id).providerId,
    },
    registrationModules: { documentSigning: [], billingInfo: { ...CASCADIA, insuranceGroupNumber: "77120" } },
  });
});

test("Marta's own insurance with Dr. Whitfield is sent beside the visit's details", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: NORTHLAKE, token: await acme.token("marta") });
  await toPatient(page);
  await byInsurance(page);
  await goOn(page, "Establish care");
  await book(page);
  const visit = await onlyVisit(acme);
  expect(visit.body).toEqual({
    patient: { patientGuid: MARTA, address: PINE },
    visitDetails: {
      ehrSystemName: "org.northlake.epic.main",
      departmentId: visit.slot.departmentId,
      visitReason: "Establish care",
      declaration: "self",
      slotId: visit.slot.id,
      nationalProviderId: "1234567893",
      visitTypeId: "4378",
      providerFlowPayment: true,
    },
    billingInfo: CASCADIA,
  });
});

test("Marta is insured through her husband, whose details are asked for", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: NORTHLAKE, token: await acme.token("marta") });
  const it = widget(page);
  await toPatient(page);
  await byInsurance(page, "en", { way: "Someone else’s insurance", subscriber: "CX883" });
  await it.field(FORM.en.reason).fill("Establish care");
  await it.button(FORM.en.goOn).click();
  await expect(it.alert).toContainText("Check 4 answers");
  await expect(it.alert).toContainText("Enter the date of birth of the insured person.");
  const insured = group(page, "Whose insurance is it?");
  await expect(insured.getByLabel("First name")).toBeFocused();
  await insured.getByLabel("First name").fill("Emeka");
  await insured.getByLabel("Last name").fill("Okafor");
  await insured.getByLabel("Month").selectOption({ label: "March" });
  await insured.getByLabel("Day", { exact: true }).fill("2");
  await insured.getByLabel("Year").fill("1977");
  // This press must count although the message above it disappears at the same moment: the press leaves the field of the year,
  // which is right by then.
  await insured.getByRole("radio", { name: "Male", exact: true }).check();
  await expect(insured.locator(".fat-flaw")).toHaveCount(0);
  await it.button(FORM.en.goOn).click();
  await it.reaches("review");
  await book(page);
  expect((await onlyVisit(acme)).body.billingInfo).toEqual({
    ...CASCADIA, declaration: "other", insuranceSubscriberId: "CX883",
    firstName: "Emeka", lastName: "Okafor", gender: "male", dateOfBirth: "1977-03-02",
  });
});

for (const [lang, told] of /** @type {const} */ ([
  ["en", "The member ID has at most 20 letters and digits. Check it against the insurance card."],
  ["es", "El número de miembro tiene como máximo 20 letras y números. Compárelo con la tarjeta del seguro."],
])) {
  test(`a member ID of 21 letters gets a message at its field, nothing is cut off and nothing is sent (${lang})`, async ({ page, site, acme }) => {
    await openHost({ page, site, acme }, { attributes: NORTHLAKE, lang, token: await acme.token("marta") });
    const it = widget(page);
    await toPatient(page);
    await byInsurance(page, lang, { member: "CX8831204417720045812" });
    await it.field(FORM[lang].reason).fill("Cough");
    await acme.forgetRequests();
    const member = it.field(FORM[lang].member);
    await expect(member, "told on leaving it").toHaveAccessibleDescription(new RegExp(told));
    await it.button(FORM[lang].goOn).click();
    await expect(member).toBeFocused();
    await expect(member).toHaveValue("CX8831204417720045812");
    expect((await acme.requests()).filter(({ method }) => method === "POST")).toEqual([]);
    await member.fill("CX883120441772004581");
    await it.button(FORM[lang].goOn).click();
    await it.reaches("review");
  });
}

for (const [lang, told] of /** @type {const} */ ([["en", { all: "28 insurance companies", one: "1 insurance company" }], ["es", { all: "28 compañías de seguros", one: "1 compañía de seguros" }]])) {
  test(`the list of insurers is narrowed and chosen from by keyboard alone (${lang})`, async ({ page, site, acme }) => {
    await openHost({ page, site, acme }, { attributes: NORTHLAKE, lang, token: await acme.token("marta") });
    const it = widget(page);
    await toPatient(page);
    await it.host.getByRole("radio", { name: FORM[lang].own, exact: true }).check();
    const list = group(page, told.all);
    await expect(list.getByRole("radio")).toHaveCount(29);
    const search = it.field(FORM[lang].insurer);
    await search.focus();
    await page.keyboard.type("hmo ever");
    const narrow = group(page, told.one);
    await expect(narrow.getByRole("radio")).toHaveCount(2);
    await expect(it.host.locator('[part~="status"]'), "heard as well").toHaveText(told.one);
    await expect(search).toBeFocused();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await expect(narrow.getByRole("radio", { name: "Evergreen HMO" })).toBeChecked();
    await page.keyboard.press("Tab");
    await expect(it.field(FORM[lang].member)).toBeFocused();
    await page.keyboard.type("E7");
    // The chosen insurer stays in the list, whatever the patient searches for next.
    await search.fill("cascadia");
    await expect(group(page, told.all.replace("28", "2")).getByRole("radio", { name: "Evergreen HMO" })).toBeChecked();
    await goOn(page, "Cough", lang);
    await book(page, lang);
    expect((await onlyVisit(acme)).body.billingInfo).toMatchObject({ insuranceProviderId: "NL-HMO-02", insurancePayorName: "Evergreen HMO", insuranceMemberId: "E7" });
  });
}

test("an insurer that is on no list is typed by hand", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: NORTHLAKE, token: await acme.token("marta") });
  const it = widget(page);
  await toPatient(page);
  await it.host.getByRole("radio", { name: "My insurance" }).check();
  await it.host.getByRole("radio", { name: "It is not in the list" }).check();
  await it.field("Member ID").fill("R-11");
  await it.field(FORM.en.reason).fill("Cough");
  await it.button(FORM.en.goOn).click();
  await expect(it.field("Name of the insurance company")).toBeFocused();
  await it.field("Name of the insurance company").fill("Rainier Mutual");
  await it.button(FORM.en.goOn).click();
  await it.reaches("review");
  await book(page);
  expect((await onlyVisit(acme)).body.billingInfo).toEqual({
    paymentMethod: "insurance", declaration: "self", insuranceType: "manual",
    insuranceProviderId: "Rainier Mutual", insurancePayorName: "Rainier Mutual", insuranceMemberId: "R-11",
  });
});

for (const [lang, told] of /** @type {const} */ ([
  ["en", { unread: /could not load the list/, reading: "Getting the list of insurance companies.", none: /There is no list/, name: "Name of the insurance company", again: "Try again", all: "28 insurance companies" }],
  ["es", { unread: /No pudimos cargar la lista/, reading: "Cargando la lista de compañías de seguros.", none: /no hay lista/, name: "Nombre de la compañía de seguros", again: "Volver a intentar", all: "28 compañías de seguros" }],
])) {
  test(`without the list of insurers the name is typed, and the list can be requested again (${lang})`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(/status of 503/);
    await openHost({ page, site, acme }, { attributes: NORTHLAKE, lang, token: await acme.token("marta") });
    const it = widget(page);
    await toPatient(page);
    await acme.fault({ path: "/api/v2/brand/", kind: "status", status: 503, times: 0 });
    await it.host.getByRole("radio", { name: FORM[lang].own, exact: true }).check();
    const [payment, region] = [group(page, FORM[lang].payment), it.host.locator('[part~="status"]')];
    await expect(payment.getByText(told.unread)).toBeVisible({ timeout: 20_000 });
    await expect(region).toHaveText(told.unread);
    await it.field(told.name).fill("Casc");
    await acme.clearFaults();
    await acme.fault({ path: "/api/v2/brand/", kind: "delay", ms: 1500 });
    await payment.getByRole("button", { name: told.again }).click();
    await expect(payment.locator(".fat-part").first(), "near the button, which is gone").toBeFocused();
    await expect(region).toHaveText(told.reading);
    await expect(it.field(FORM[lang].insurer), "what was typed looks through the list").toHaveValue("Casc");
    await expect(it.host.getByRole("radio", { name: "Cascadia PPO" })).toBeVisible();
  });

  test(`a tenant without a list: the name is typed (${lang})`, async ({ page, site, acme }) => {
    await openHost({ page, site, acme }, { attributes: { ...NORTHLAKE, tenant: "elsewhere" }, lang, token: await acme.token("marta") });
    const it = widget(page);
    await toPatient(page);
    await it.host.getByRole("radio", { name: FORM[lang].own, exact: true }).check();
    await expect(it.host.getByText(told.none)).toBeVisible();
    await it.field(told.name).fill("Rainier Mutual");
    await it.field(FORM[lang].member).fill("R-11");
    await goOn(page, "Cough", lang);
    await expect(it.host.getByText(/Rainier Mutual/)).toBeVisible();
  });
}

test("the page names another tenant: its insurers are read, and the former tenant's insurer has to be chosen again", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: CLINIC, token: await acme.token("marta") });
  await toPatient(page);
  await byInsurance(page);
  await goOn(page, "Yearly flu shot");
  const lists = async () => (await acme.requests()).map(({ path }) => path).filter((path) => path.endsWith("/insuranceissuers"));
  expect(await lists()).toEqual(["/api/v2/brand/northlake/insuranceissuers"]);
  await acme.fault({ path: "/api/v2/brand/cedarbrook/", kind: "status", status: 200, body: { insuranceIssuers: [] } });
  await page.evaluate(() => void (document.querySelector("find-a-time").tenant = "cedarbrook"));
  await expect.poll(lists).toEqual(["/api/v2/brand/northlake/insuranceissuers", "/api/v2/brand/cedarbrook/insuranceissuers"]);
  const it = widget(page);
  await it.button("Change: When").click();
  await it.reaches("times");
  await it.times.first().click();
  await it.reaches("patient");
  await expect(it.field("Member ID")).toHaveValue("CX883120");
});
