// The host page's own questions: shown in its words, answered at the patient step, sent in its order.
import { expect, test, widget } from "../../support/fixtures.js";
import { BALLARD, heard, openHost } from "../../support/journey.js";
import { book, FORM, goOn, group, onlyVisit, toPatient } from "../../support/patient-step.js";
import { joins, openPractice, WORDS } from "../../support/on-demand.js";

const asks = (questions) => `document.querySelector("find-a-time").questions = ${JSON.stringify(questions)};`;
const THREE = [
  { question: "Any allergies?", required: true },
  { question: "Is this your first visit with us?", choices: ["Yes", "No"], required: true },
  { question: "Who told you of us?" },
];
const CLINIC = { npi: null, department: BALLARD.urlName, "visit-type": "FluShot", brand: "northlake" };

for (const [kind, attributes] of /** @type {const} */ ([["at a clinic", CLINIC], ["with Dr. Whitfield", {}]])) {
  test(`Marta answers the page's questions ${kind}`, async ({ page, site, acme }) => {
    await openHost({ page, site, acme }, { attributes, token: await acme.token("marta"), script: asks(THREE) });
    const it = widget(page);
    await toPatient(page);
    await it.field(FORM.en.reason).fill("Flu season");
    await it.button(FORM.en.goOn).click();
    await expect(it.alert).toContainText("Check 2 answers");
    await expect(it.alert).toContainText("Answer this: Any allergies?");
    await expect(it.field("Any allergies?")).toBeFocused();
    await expect(group(page, "Is this your first visit with us?")).toHaveAccessibleDescription("Answer this: Is this your first visit with us?");
    await it.field("Any allergies?").fill("Penicillin");
    await group(page, "Is this your first visit with us?").getByRole("radio", { name: "No" }).check();
    await it.button(FORM.en.goOn).click();
    await it.reaches("review");
    await expect(it.host.getByText("Any allergies? Penicillin")).toBeVisible();
    // The answers are kept on the way back.
    await it.button("Change: Questions").click();
    await it.reaches("patient");
    await expect(it.field("Any allergies?")).toHaveValue("Penicillin");
    await expect(group(page, "Is this your first visit with us?").getByRole("radio", { name: "No" })).toBeChecked();
    await it.field("Who told you of us? (optional)").fill("My sister");
    await it.button(FORM.en.goOn).click();
    await book(page);
    const { visitDetails } = (await onlyVisit(acme)).body;
    expect(visitDetails.patientQuestions).toEqual([
      { question: "Any allergies?", answer: "Penicillin" },
      { question: "Is this your first visit with us?", answer: "No" },
      { question: "Who told you of us?", answer: "My sister" },
    ]);
  });
}

test("an empty answer is not sent, and one of more than 500 letters gets a message", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta"), lang: "es", script: asks([{ question: "¿Tiene alergias?" }]) });
  const it = widget(page);
  await toPatient(page);
  await it.field("¿Tiene alergias? (opcional)").fill("x".repeat(501));
  await it.field(FORM.es.reason).fill("Tos");
  await it.button(FORM.es.goOn).click();
  await expect(it.alert).toContainText("500");
  await it.field("¿Tiene alergias? (opcional)").fill("");
  await it.button(FORM.es.goOn).click();
  await it.reaches("review");
  await book(page, "es");
  expect(Object.keys((await onlyVisit(acme)).body.visitDetails)).not.toContain("patientQuestions");
});

test("an invalid question is left out and reported once; the others are asked", async ({ page, site, acme }) => {
  const odd = [
    "Any allergies?", { question: "" }, { question: "Which?", choices: "Yes, No" }, { question: "Sure?", required: "yes" },
    { question: "Any allergies?" }, { question: "Any allergies?" }, { question: "Pick one", choices: [] },
  ];
  await openHost({ page, site, acme }, { token: await acme.token("marta"), script: asks(odd) });
  const it = widget(page);
  await toPatient(page);
  await expect(it.field("Any allergies? (optional)")).toBeVisible();
  await expect(it.host.locator('[id^="question-"]')).toHaveCount(1);
  const found = (await heard(page)).filter(({ name, detail }) => name === "diagnostic" && detail.code === "property-invalid");
  expect(found.map(({ detail }) => detail.message)).toEqual([
    "questions[0]: question is not a text of 1 to 500 characters; questions[1]: question is not a text of 1 to 500 characters; " +
      "questions[2]: choices is not an array of texts of 1 to 500 characters; questions[3]: required is not a boolean; " +
      "questions[5]: asks what another one asks already; questions[6]: choices is not an array of texts of 1 to 500 characters; left out",
  ]);
});

test("questions that are set late are asked, and answers to removed questions are not sent", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta"), script: asks([{ question: "Any allergies?" }]) });
  const it = widget(page);
  await toPatient(page);
  await it.field("Any allergies? (optional)").fill("Penicillin");
  await page.evaluate(() => void (document.querySelector("find-a-time").questions = [{ question: "Any pets?", required: true }]));
  await it.field("Any pets?").fill("A cat");
  await expect(it.field(/Any allergies/)).toHaveCount(0);
  await goOn(page, "Cough");
  await book(page);
  expect((await onlyVisit(acme)).body.visitDetails.patientQuestions).toEqual([{ question: "Any pets?", answer: "A cat" }]);
});

for (const [lang, told] of /** @type {const} */ ([
  ["en", { need: "I need an interpreter", language: "Language of the interpreter", vietnamese: "Vietnamese", later: "Pay later by bill", flaw: "Choose a language." }],
  ["es", { need: "Necesito un intérprete", language: "Idioma del intérprete", vietnamese: "Vietnamita", later: "Pagar después, con factura", flaw: "Elija un idioma." }],
])) {
  test(`an interpreter is offered on demand, where the page says so (${lang})`, async ({ page, site, acme }) => {
    await openPractice({ page, site, acme }, { token: await acme.token("marta"), lang, attributes: { interpreter: "" } });
    const it = widget(page);
    await it.button(WORDS[lang].video).click();
    await it.reaches("patient");
    await it.field(told.need).check();
    await it.host.getByRole("radio", { name: told.later }).check();
    await it.field(FORM[lang].reason).fill("Rash");
    await it.button(FORM[lang].goOn).click();
    await expect(it.alert).toContainText(told.flaw);
    await it.field(told.language).selectOption({ label: told.vietnamese });
    await it.button(FORM[lang].goOn).click();
    await it.reaches("review");
    await expect(it.host.getByText(told.vietnamese, { exact: true })).toBeVisible();
    await it.field(WORDS[lang].terms).check();
    await it.button(WORDS[lang].join).click();
    await it.reaches("booked");
    expect((await joins(acme)).map(({ body }) => body.visitDetails.interpreterLanguage)).toEqual(["vie"]);
  });
}

test("a line asks none of the page's questions, since joining it cannot carry the answers", async ({ page, site, acme }) => {
  await openPractice({ page, site, acme }, { token: await acme.token("marta"), script: asks(THREE) });
  const it = widget(page);
  await it.button(WORDS.en.video).click();
  await it.reaches("patient");
  await it.host.getByRole("radio", { name: WORDS.en.later }).check();
  await it.field(FORM.en.reason).fill("Rash");
  await expect(it.host.locator('[id^="question-"]')).toHaveCount(0);
  await it.button(FORM.en.goOn).click();
  await it.reaches("review");
});

test("an interpreter is not offered for a time at a clinic, whose booking carries none", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { ...CLINIC, interpreter: "" }, token: await acme.token("marta") });
  await toPatient(page);
  await expect(widget(page).field("I need an interpreter")).toHaveCount(0);
});
