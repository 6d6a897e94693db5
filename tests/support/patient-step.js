// Fills in the patient step: who the visit is for, how it is paid for, the page's own questions.
import { expect, widget } from "./fixtures.js";

/** The ids of the records of Marta and of Leo, her son. */
export const MARTA = "7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11";
export const LEO = "2f6d1c34-0a7e-4f5b-8a0d-5f9e7d1a33b0";
export const PINE = { line1: "88 Pine St", line2: "Apt 4", city: "Seattle", state: "WA", postalCode: "98101" };

/** Marta as the actor of a visit booked for Leo; a visit with a clinician also carries her own record's id. */
export const ACTOR = {
  firstName: "Marta", lastName: "Okafor", phone: "2065550188", gender: "female", dateOfBirth: "1979-02-11", relationshipToPatient: "Mother",
};

/** The request for Leo's record, as the widget sends it for Marta. */
export const LEOS_RECORD = {
  name: { family: "Okafor", given: "Leo" },
  addresses: [PINE],
  birthdate: "2017-06-30",
  email: "marta.okafor@example.com",
  gender: "male",
  mobilePhone: "2065550188",
  identifiers: [{ system: "org.northlake.epic.main" }],
};

/** The words on the form, by language. */
export const FORM = {
  en: {
    other: "Someone else", me: "Me", patient: "The patient", relationship: "What is your relationship to the patient?", mother: "Mother",
    given: "First name", family: "Last name", month: "Month", june: "June", day: "Day", year: "Year", male: "Male",
    same: "The patient lives at my address", reason: "Reason for the visit", goOn: "Continue", payment: "Payment",
    own: "My insurance", others: "Insurance in my name or someone else’s", insurer: "Insurance company", member: "Member ID",
    group: "Group number (optional)", subscriber: "Subscriber ID (optional)", book: "Book this visit",
  },
  es: {
    other: "Para otra persona", me: "Para mí", patient: "El paciente", relationship: "¿Cuál es su relación con el paciente?", mother: "Madre",
    given: "Nombre", family: "Apellido", month: "Mes", june: "Junio", day: "Día", year: "Año", male: "Masculino",
    same: "El paciente vive en mi dirección", reason: "Motivo de la cita", goOn: "Continuar", payment: "Pago",
    own: "Mi seguro", others: "Un seguro a mi nombre o al de otra persona", insurer: "Compañía de seguros", member: "Número de miembro",
    group: "Número de grupo (opcional)", subscriber: "Número de suscriptor (opcional)", book: "Reservar esta cita",
  },
};

/** A named group of the form. @param {import("@playwright/test").Page} page @param {string} name */
export const group = (page, name) => widget(page).host.getByRole("group", { name, exact: true });

/** Chooses "Someone else" and enters Leo's details. @param {import("@playwright/test").Page} page @param {"en" | "es"} [lang] @param {{ relationship?: string | null }} [how] */
export async function forLeo(page, lang = "en", { relationship } = {}) {
  const words = FORM[lang];
  await widget(page).host.getByRole("radio", { name: words.other, exact: true }).check();
  const leo = group(page, words.patient);
  if (relationship !== null) await leo.getByLabel(words.relationship).selectOption({ label: relationship ?? words.mother });
  await leo.getByLabel(words.given, { exact: true }).fill("Leo");
  await leo.getByLabel(words.family, { exact: true }).fill("Okafor");
  await leo.getByLabel(words.month).selectOption({ label: words.june });
  await leo.getByLabel(words.day, { exact: true }).fill("30");
  await leo.getByLabel(words.year, { exact: true }).fill("2017");
  await leo.getByRole("radio", { name: words.male, exact: true }).check();
}

/** Chooses an insurer and enters the card's numbers. @param {import("@playwright/test").Page} page @param {"en" | "es"} [lang] @param {{ way?: string, insurer?: string, member?: string, group?: string, subscriber?: string }} [card] */
export async function byInsurance(page, lang = "en", { way, insurer = "Cascadia PPO", member = "CX883120", group: number, subscriber } = {}) {
  const words = FORM[lang];
  const part = group(page, words.payment);
  await part.getByRole("radio", { name: way ?? words.own, exact: true }).check();
  await part.getByLabel(words.insurer, { exact: true }).fill(insurer.slice(0, 4));
  await part.getByRole("radio", { name: insurer, exact: true }).check();
  await part.getByLabel(words.member).fill(member);
  if (number) await part.getByLabel(words.group).fill(number);
  if (subscriber) await part.getByLabel(words.subscriber).fill(subscriber);
}

/** Enters the reason and continues to the review. @param {import("@playwright/test").Page} page @param {string} reason @param {"en" | "es"} [lang] */
export async function goOn(page, reason, lang = "en") {
  const it = widget(page);
  await it.field(FORM[lang].reason).fill(reason);
  await it.button(FORM[lang].goOn).click();
  await it.reaches("review");
}

/** Chooses the first time, on a page that already has a token. @param {import("@playwright/test").Page} page */
export async function toPatient(page) {
  await widget(page).times.first().click();
  await widget(page).reaches("patient");
}

/** Presses "Book this visit" and waits for the confirmation. @param {import("@playwright/test").Page} page @param {"en" | "es"} [lang] */
export async function book(page, lang = "en") {
  await widget(page).button(FORM[lang].book).click();
  await widget(page).reaches("booked");
}

/** The only visit that Acme has. @param {import("./acme.js").Acme} acme */
export async function onlyVisit(acme) {
  const [visit, ...more] = await acme.visitsBooked();
  expect(more).toEqual([]);
  return visit;
}

/** The requests for patient records, oldest first. @param {import("./acme.js").Acme} acme @returns {Promise<[string, unknown][]>} the last segment of the path, and the body */
export const records = async (acme) =>
  (await acme.requests())
    .filter(({ method, path }) => method === "POST" && path.startsWith("/v1/patient/"))
    .map(({ path, body }) => [path.split("/").pop(), body]);

/** The insurance card as `billingInfo` carries it when the patient holds the insurance. */
export const CASCADIA = {
  paymentMethod: "insurance", declaration: "self", insuranceType: "manual",
  insuranceProviderId: "NL-PPO-01", insurancePayorId: "NL-PPO-01", insurancePayorName: "Cascadia PPO",
  insuranceMemberId: "CX883120",
};
