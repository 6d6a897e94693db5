// On-demand visits: opens the host page of a practice, goes from the wait to the review, and lists what Acme received.
import { setNow, widget } from "./fixtures.js";
import { openHost } from "./journey.js";

export const VIRTUAL = "/preview/virtual-care.html";
export const PRACTICE = "c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33";
/** The practice of the other brand, Cedarbrook: its regions do not tell children from adults, and it takes insurance only. */
export const CEDARBROOK = "5e2b7d90-4c1a-4f63-9b8e-7a0d6c3f2e14";

/** Marta's details, as the request that joins a line contains them. */
export const MARTA = {
  firstName: "Marta", lastName: "Okafor", gender: "female", dateOfBirth: "1979-02-11",
  phone: "206-555-0188", email: "marta.okafor@example.com",
  address: { line1: "88 Pine St", line2: "Apt 4", city: "Seattle", state: "WA", postalCode: "98101" },
  patientGuid: "7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11",
};

/** The texts of the controls that a patient uses to join a line, by language. */
export const WORDS = {
  en: {
    later: "Pay later by bill", coupon: "Coupon or service code", code: "Code",
    region: "What state are you in now?", video: "Join by video", phone: "Join by phone", reason: "Reason for the visit", goOn: "Continue", terms: /^I accept the terms/, join: "Join the line",
  },
  es: {
    later: "Pagar después, con factura", coupon: "Cupón o código de servicio", code: "Código",
    region: "¿En qué estado está usted ahora?", video: "Entrar en la fila por video", phone: "Entrar en la fila por teléfono", reason: "Motivo de la cita", goOn: "Continuar", terms: /^Acepto los términos/, join: "Entrar en la fila",
  },
};

/** Opens a host page with the practice. @param {Parameters<typeof openHost>[0]} on @param {Parameters<typeof openHost>[1]} [host] */
export const openPractice = (on, { attributes = {}, ...host } = {}) =>
  openHost(on, { attributes: { npi: null, "visit-type": null, brand: "northlake", practice: PRACTICE, region: "WA", ...attributes }, wait: "queue", ...host });

/** One whole card in the list of waits. @param {import("@playwright/test").Page} page @param {string} title */
export const card = (page, title) => widget(page).host.locator(".fat-offer").filter({ has: page.getByRole("heading", { name: title, exact: true }) });

/** The requests that join a line, as Acme received them. @param {import("./acme.js").Acme} acme */
export const joins = async (acme) => (await acme.requests()).filter(({ method, path }) => method === "POST" && path === "/api/9/visits");

/** The requests that cancel a visit. @param {import("./acme.js").Acme} acme */
export const cancels = async (acme) =>
  (await acme.requests()).filter(({ method, path }) => method === "POST" && /cancel/.test(path)).map(({ path, body, query }) => ({ path, body, query }));

/**
 * Goes from the wait to the review, on a host page that already has a token.
 * @param {import("@playwright/test").Page} page
 * @param {{ lang?: "en" | "es", by?: "video" | "phone", reason?: string, coupon?: string }} [how] without `coupon`, "Pay later by bill" is chosen
 */
export async function toReview(page, { lang = "en", by = "video", reason = "Rash on forearm", coupon } = {}) {
  const [it, words] = [widget(page), WORDS[lang]];
  await it.button(words[by]).click();
  await it.reaches("patient");
  await it.field(words.reason).fill(reason);
  await payWith(page, { lang, coupon });
  await it.button(words.goOn).click();
  await it.reaches("review");
}

/** @param {import("@playwright/test").Page} page @param {{ lang?: "en" | "es", coupon?: string }} how */
export async function payWith(page, { lang = "en", coupon }) {
  const { host } = widget(page);
  const words = WORDS[lang];
  await host.getByRole("radio", { name: coupon === undefined ? words.later : words.coupon, exact: true }).check();
  if (coupon !== undefined) await host.getByLabel(words.code, { exact: true }).fill(coupon);
}

/** Accepts the terms and joins. @param {import("@playwright/test").Page} page @param {"en" | "es"} [lang] */
export async function acceptAndJoin(page, lang = "en") {
  const it = widget(page);
  await it.host.getByRole("checkbox", { name: WORDS[lang].terms }).check();
  await it.button(WORDS[lang].join).click();
}

/** Joins the line on a host page of the practice. @param {Parameters<typeof openHost>[0]} on @param {Parameters<typeof toReview>[1] & { attributes?: Record<string, string | null>, patient?: string }} [how] @returns {Promise<any>} the visit in Acme */
export async function inLine(on, { attributes, patient = "marta", ...how } = {}) {
  const { page, acme } = on;
  await openPractice(on, { token: await acme.token(patient), lang: how.lang, attributes });
  await toReview(page, how);
  await acceptAndJoin(page, how.lang);
  await widget(page).reaches("booked");
  const [visit] = await acme.visitsBooked();
  return visit;
}

/** Makes the widget read again, at a later time: at the event "online" it at once reads everything that may have changed. @param {import("@playwright/test").Page} page @param {import("./acme.js").Acme} acme @param {string} [now] RFC 3339 */
export async function lookAgain(page, acme, now) {
  if (now) await setNow(page, acme, now);
  await page.evaluate(() => dispatchEvent(new Event("online")));
}
