// How a patient pays for an on-demand visit: a coupon and each of its answers, the host page's card field, a bill later.
import { expect, test, widget } from "../../support/fixtures.js";
import { ends, heard } from "../../support/journey.js";
import { FORM, goOn, group } from "../../support/patient-step.js";
import { CEDARBROOK, joins, openPractice, WORDS } from "../../support/on-demand.js";

const CARD = 'document.querySelector("find-a-time").cardToken = () => Promise.resolve("tok_1NqMarta");';
const NO_CARD = 'document.querySelector("find-a-time").cardToken = () => null;';

/** Goes to the patient step of a visit by video. @param {{ page: import("@playwright/test").Page, site: any, acme: any }} on @param {object} [host] @param {"en" | "es"} [lang] */
async function toPatient(on, host = {}, lang = "en") {
  await openPractice(on, { token: await on.acme.token("marta"), lang, ...host });
  await widget(on.page).button(WORDS[lang].video).click();
  await widget(on.page).reaches("patient");
}

/** Accepts the terms and joins. @param {import("@playwright/test").Page} page @param {"en" | "es"} [lang] */
async function join(page, lang = "en") {
  await widget(page).field(WORDS[lang].terms).check();
  await widget(page).button(WORDS[lang].join).click();
}

const REASON = { en: FORM.en.reason, es: FORM.es.reason };

for (const [lang, told] of /** @type {const} */ ([
  ["en", {
    way: "Coupon or service code", code: "Code", apply: "Apply", active: "$25.00 off. You pay $24.00.", covers: "This code covers the whole price. You pay nothing.",
    inactive: /no longer valid/, unknown: /do not know this code/, many: /too many tries/, failed: /could not check this code/,
  }],
  ["es", {
    way: "Cupón o código de servicio", code: "Código", apply: "Aplicar", active: /25[.,]00.* de descuento\. Usted paga .*24[.,]00/, covers: "Este código cubre todo el precio. Usted no paga nada.",
    inactive: /ya no es válido/, unknown: /No conocemos este código/, many: /demasiados intentos/, failed: /No pudimos revisar este código/,
  }],
])) {
  test(`each answer to a coupon is shown at its field (${lang})`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(/status of (404|429|401|500|503)/);
    await toPatient({ page, site, acme }, {}, lang);
    const it = widget(page);
    await it.host.getByRole("radio", { name: told.way }).check();
    const field = it.host.getByRole("textbox", { name: told.code, exact: true });
    const answer = async (code) => {
      await field.fill(code);
      await it.button(told.apply).click();
    };
    await answer("NORTH25");
    await expect(field).toHaveAccessibleDescription(told.active);
    await expect(it.host.locator('[part~="status"]')).toHaveText(told.active);
    await answer("NORTH99");
    await expect(field).toHaveAccessibleDescription(told.covers);
    for (const [code, words] of /** @type {[string, RegExp][]} */ ([["SPRING", told.inactive], ["NORHT25", told.unknown], ["TOOMANY", told.many]])) {
      await answer(code);
      await expect(field).toHaveAccessibleDescription(words);
      await expect(field).toHaveAttribute("aria-invalid", "true");
      await expect(field, "a bad answer leads back to the field").toBeFocused();
    }
    await acme.setCoupon({ code: "ODD", answer: 401 });
    await answer("ODD");
    await expect(field).toHaveAccessibleDescription(told.failed);
    // The answer was about the code before the change, so the widget no longer shows it.
    await field.fill("NORTH2");
    await expect(field).toHaveAccessibleDescription("");
  });
}

test("a practice that takes coupons alone: the answer to a coupon is spoken, although no way to pay was chosen", async ({ page, site, acme }) => {
  await page.route(/\/api\/9\/practices\//, async (route) => {
    const response = await route.fetch();
    const payment = { insurance: false, selfPay: false, serviceKey: true };
    await route.fulfill({ response, json: { ...(await response.json()), payment } });
  });
  await toPatient({ page, site, acme });
  const it = widget(page);
  await expect(it.host.getByRole("radio", { name: "Coupon or service code" })).toHaveCount(0);
  await it.host.getByRole("textbox", { name: "Code", exact: true }).fill("NORTH25");
  await it.button("Apply").click();
  await expect(it.host.locator('[part~="status"]')).toHaveText("$25.00 off. You pay $24.00.");
});

test("Marta pays with a coupon that she has not checked: Continue checks it, and the bare code is sent", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 404/);
  await toPatient({ page, site, acme });
  const it = widget(page);
  await expect(group(page, "Payment").getByText("Without insurance, this visit costs $49.00.")).toBeVisible();
  await it.field(FORM.en.reason).fill("Rash on forearm");
  await it.button(FORM.en.goOn).click();
  await expect(it.alert).toContainText("Choose how you will pay.");
  await expect(group(page, "How will you pay?")).toHaveAccessibleDescription("Choose how you will pay.");
  await it.host.getByRole("radio", { name: "Coupon or service code" }).check();
  await it.host.getByRole("textbox", { name: "Code" }).fill(" NORHT25 ");
  await it.button(FORM.en.goOn).click();
  await expect(it.host.getByRole("textbox", { name: "Code" })).toHaveAccessibleDescription(/do not know this code/);
  expect(await it.state(), "an unknown coupon goes no further").toBe("patient");
  await it.host.getByRole("textbox", { name: "Code" }).fill("NORTH25");
  await it.button(FORM.en.goOn).click();
  await it.reaches("review");
  await join(page);
  await it.reaches("booked");
  const [{ body }] = await joins(acme);
  expect(body.billingInfo).toEqual({ paymentMethod: "couponcode", couponCode: "NORTH25" });
});

test("Marta pays by card: its token goes into the booking and nowhere else", async ({ page, site, acme }) => {
  await toPatient({ page, site, acme }, { script: CARD, attributes: { "event-details": "full" } });
  const it = widget(page);
  await expect(it.host.getByRole("radio", { name: "Pay later by bill" }), "a card is taken here").toHaveCount(0);
  await it.host.getByRole("radio", { name: "Pay by card", exact: true }).check();
  await expect(it.host.getByText("We ask for your card when you book.")).toBeVisible();
  await goOn(page, "Rash on forearm");
  await join(page);
  await it.reaches("booked");

  expect(await ends(page)).toEqual([["booked", undefined]]);
  const [{ body }, ...more] = await joins(acme);
  expect(more).toEqual([]);
  expect(body).toEqual({
    patient: {
      firstName: "Marta", lastName: "Okafor", gender: "female", dateOfBirth: "1979-02-11", phone: body.patient.phone, email: "marta.okafor@example.com",
      address: { line1: "88 Pine St", line2: "Apt 4", city: "Seattle", state: "WA", postalCode: "98101" },
      patientGuid: "7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11",
    },
    billingInfo: { paymentMethod: "creditcard", stripeToken: "tok_1NqMarta" },
    visitDetails: {
      acceptedTerms: true,
      declaration: "self",
      stateLicensure: "WA",
      visitReason: "Rash on forearm",
      visitTypeName: "virtual",
      practiceId: "c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33",
      brand: "northlake",
      assignmentQualifiers: ["adult"],
      detectedLanguage: "en-US",
    },
  });
  const others = (await acme.requests()).filter((request) => JSON.stringify(request).includes("tok_1Nq"));
  expect(others.map(({ path }) => path)).toEqual(["/api/9/visits"]);
  expect(JSON.stringify(await heard(page))).not.toContain("tok_1Nq");
  expect(await it.host.evaluate((element) => element.shadowRoot.innerHTML + JSON.stringify(element.diagnostics))).not.toContain("tok_1Nq");
});

for (const [lang, told] of /** @type {const} */ ([
  ["en", { card: "Pay by card", failed: "Your card was not accepted, and nothing was sent. You are not in line." }],
  ["es", { card: "Pagar con tarjeta", failed: "Su tarjeta no fue aceptada y no se envió nada. Usted no está en la fila." }],
])) {
  test(`a card field that returns nothing: nothing is sent, and Marta can try again (${lang})`, async ({ page, site, acme }) => {
    await toPatient({ page, site, acme }, { script: NO_CARD }, lang);
    const it = widget(page);
    await it.host.getByRole("radio", { name: told.card, exact: true }).check();
    await it.field(REASON[lang]).fill("Rash on forearm");
    await it.button(FORM[lang].goOn).click();
    await it.reaches("review");
    await join(page, lang);
    await expect(it.alert).toContainText(told.failed);
    expect(await ends(page)).toEqual([["failed", "rejected"]]);
    expect(await joins(acme)).toEqual([]);
    await page.evaluate(() => void (document.querySelector("find-a-time").cardToken = async () => "tok_again"));
    await it.button(WORDS[lang].join).click();
    await it.reaches("booked");
    expect((await joins(acme)).map(({ body }) => body.billingInfo)).toEqual([{ paymentMethod: "creditcard", stripeToken: "tok_again" }]);
  });
}

test("without a card field a bill comes later", async ({ page, site, acme }) => {
  await toPatient({ page, site, acme });
  const it = widget(page);
  await expect(it.host.getByRole("radio", { name: "Pay by card", exact: true })).toHaveCount(0);
  await it.host.getByRole("radio", { name: "Pay later by bill" }).check();
  await expect(it.host.getByText("You pay nothing now. You get a bill later.")).toBeVisible();
  await goOn(page, "Rash on forearm");
  await join(page);
  await it.reaches("booked");
  expect((await joins(acme)).map(({ body }) => body.billingInfo)).toEqual([{ paymentMethod: "external-self-pay" }]);
});

test("a practice that takes insurance alone offers nothing else", async ({ page, site, acme }) => {
  await openPractice({ page, site, acme }, { token: await acme.token("dev"), attributes: { brand: "cedarbrook", practice: CEDARBROOK, region: null }, script: CARD });
  const it = widget(page);
  const region = it.field(WORDS.en.region);
  if (await region.count()) await region.selectOption({ index: 1 });
  await it.button(WORDS.en.video).click();
  await it.reaches("patient");
  await expect(group(page, "How will you pay?").getByRole("radio")).toHaveCount(2);
  await expect(it.host.getByRole("radio", { name: "My insurance" })).toBeVisible();
});
