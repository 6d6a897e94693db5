// What people do on a page: choose, sign in, enter their details, book. Also records the events that the page receives.
import { EVENTS } from "../contract/names.js";
import { expect, widget } from "./fixtures.js";
import { requireValue } from "./values.js";

export const DOCTOR = "/preview/find-a-doctor.html";
export const FLU = "/preview/flu-shot.html";

/** Dr. Dana Whitfield's NPI, and the clinic in Ballard where she works most days. */
export const WHITFIELD = "1234567893";
export const BALLARD = { departmentId: "100210", urlName: "NorthlakeBallard", ehr: "org.northlake.epic.main" };

/** The events that end an attempt; exactly one of them follows every submit. */
export const ENDS = ["booked", "conflict", "unconfirmed", "failed"];

/**
 * The slots that Acme offers for a clinician or a clinic, requested without the widget and read without its code.
 * @param {import("./acme.js").Acme} acme @param {{ npi?: string, urlName?: string, visitType: string, from?: string, to?: string }} what
 * @returns {Promise<any[]>} slots as Acme sends them
 */
export async function published(acme, { npi, urlName, visitType, from = "2026-12-07", to = "2026-12-21" }) {
  const path = npi
    ? `/v4/providers/${npi}/timeslots?startDate=${from}&endDate=${to}&visitType=${visitType}&product=test`
    : `/v2/departments/${urlName}/timeslots?visitTypeName=${visitType}&product=test`;
  const answer = await (await fetch(acme.api + path)).json();
  await acme.forgetRequests();
  return answer.scheduleDays.flatMap(({ timeSlots }) => timeSlots);
}

/** Fills in the identity provider's page. @param {import("@playwright/test").Page} popup @param {string} patient user name */
export async function signInAt(popup, patient) {
  await popup.getByLabel("User name").fill(patient);
  await popup.getByLabel("Password").fill("acme");
  const closed = popup.waitForEvent("close");
  await popup.getByRole("button", { name: "Sign in" }).click();
  await closed;
}

/** Chooses a time on a page of the preview, and signs in through the pop-up. @param {import("@playwright/test").Page} page @param {RegExp | string} time @param {string} patient */
export async function chooseAndSignIn(page, time, patient) {
  const popup = page.waitForEvent("popup");
  await widget(page).button(time).click();
  await signInAt(await popup, patient);
  await widget(page).reaches("patient");
}

/**
 * Goes from the times to the review, on a host page that already has a token.
 * @param {import("@playwright/test").Page} page
 * @param {{ time?: RegExp | string, reason?: string, words?: { reason: string, goOn: string } }} [how] without `time`, the first time
 */
export async function toReview(page, { time, reason = "Sore throat since Sunday", words = { reason: "Reason for the visit", goOn: "Continue" } } = {}) {
  const it = widget(page);
  await (time ? it.button(time) : it.times).first().click();
  await it.reaches("patient");
  await it.field(words.reason).fill(reason);
  await it.button(words.goOn).click();
  await it.reaches("review");
}

/** Entries for `fillForm` by their labels; `fillForm` takes the month and the gender separately. */
export const RUTH = {
  "First name": "Ruth", "Last name": "Lind", Day: "3", Year: "1952", Email: "ruth.lind@example.com", Phone: "(206) 555-0119",
  "Street address": "412 Shorewood Dr", City: "Seattle", State: "WA", "ZIP code": "98177",
  "Reason for the visit": "First visit after moving here",
};
export const INES = {
  "First name": "Inês", "Last name": "Duarte", Day: "22", Year: "1996", Email: "ines.duarte@example.com", Phone: "206 555 0151",
  "Street address": "88 Pine St", "Apartment or suite (optional)": "Apt 4", City: "Seattle", State: "WA", "ZIP code": "98101",
  "Reason for the visit": "Flu season",
};

/** Fills in the whole form. @param {import("@playwright/test").Page} page @param {Record<string, string>} entries @param {string} month @param {string} gender */
export async function fillForm(page, entries, month, gender) {
  const { host } = widget(page);
  await host.getByLabel("Month").selectOption({ label: month });
  await host.getByRole("radio", { name: gender, exact: true }).check();
  await enter(host, entries);
}

/** Fills in fields, or chooses from them. @param {import("@playwright/test").Locator} where @param {Record<string, string>} entries by their labels */
export async function enter(where, entries) {
  for (const [label, text] of Object.entries(entries)) {
    const field = where.getByLabel(label, { exact: true });
    const isSelect = await field.evaluate((control) => control.localName === "select");
    await (isSelect ? field.selectOption(text) : field.fill(text));
  }
}

/**
 * Opens a host page that records every event.
 * @param {{ page: import("@playwright/test").Page, site: import("./site.js").Site, acme: import("./acme.js").Acme }} on
 * @param {{ attributes?: Record<string, string | null>, token?: string | null, lang?: string, script?: string, inside?: string, wait?: string | null }} [host]
 *        `token`: what `getToken` returns; `null`: the page has no `getToken`. A null attribute is left out. `wait`: the state to wait for
 */
export async function openHost({ page, site, acme }, { attributes = {}, token = null, lang = "en", script = "", inside = "", wait = "times" } = {}) {
  const all = {
    api: acme.api, visits: acme.visits, product: "test-page", npi: WHITFIELD, "visit-type": "NewPatient", ...attributes,
  };
  const text = Object.entries(all).filter(([, value]) => value !== null).map(([name, value]) => ` ${name}="${value}"`).join("");
  const gives = token === null ? "" : `document.querySelector("find-a-time").getToken = () => ${JSON.stringify(token)};`;
  await listen(page);
  await page.goto(
    site.page({
      lang,
      body: `<main><h1>Clinic</h1><find-a-time${text}>${inside || '<p>Call <a href="tel:+12065550142">206-555-0142</a></p>'}</find-a-time></main>`,
      head: '<script type="module" src="/find-a-time.js"></script>',
      script: gives + script || undefined,
    }),
  );
  if (wait) await widget(page).reaches(wait);
}

/** Records every event of every widget; call it before the page is opened. @param {import("@playwright/test").Page} page */
export async function listen(page) {
  await page.addInitScript((names) => {
    const heard = (document[Symbol.for("heard")] = []);
    for (const name of names) {
      document.addEventListener(`findatime-${name}`, ({ detail, cancelable, composed, bubbles }) => {
        // Skip a slot behind a getter: reading the slot hands the time over to the page.
        const plain = Object.entries(Object.getOwnPropertyDescriptors(detail)).filter(([, { value }]) => value !== undefined && typeof value !== "function");
        heard.push({ name, detail: Object.fromEntries(plain.map(([key, { value }]) => [key, value])), cancelable, composed, bubbles });
      });
    }
  }, Object.keys(EVENTS).map((name) => name.replace("findatime-", "")));
}

/** The events recorded so far. @param {import("@playwright/test").Page} page @returns {Promise<{ name: string, detail: any, cancelable: boolean, composed: boolean, bubbles: boolean }[]>} */
export const heard = (page) => page.evaluate(() => document[Symbol.for("heard")]);

/**
 * The first recorded event of a name. Fails the test if no such event has fired.
 * @param {import("@playwright/test").Page} page @param {string} name without `findatime-`
 */
export const firstHeard = async (page, name) => requireValue((await heard(page)).find((event) => event.name === name), `event findatime-${name}`);

/**
 * How each attempt ended, in order. Fails the test if a submit does not have exactly one end, or an end has no submit.
 * @param {import("@playwright/test").Page} page @returns {Promise<[string, string | undefined][]>}
 */
export async function ends(page) {
  const told = (await heard(page)).filter(({ name }) => name === "submit" || ENDS.includes(name));
  expect(told.map(({ name }) => name === "submit"), "each submit has one end").toEqual(told.map((_, place) => place % 2 === 0));
  expect(told.length % 2, "every attempt has ended").toBe(0);
  return told.filter(({ name }) => name !== "submit").map(({ name, detail }) => [name, detail.reason]);
}

/**
 * Books a visit for Marta at the slot's clinic without the page, as if she had telephoned.
 * @param {import("./acme.js").Acme} acme @param {string} token @param {any} slot from `published`
 */
export async function bookByPhone(acme, token, slot) {
  const booked = await fetch(`${acme.visits}/api/6/visits/retail?product=telephone`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({
      patient: {
        identifier: "7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11", phone: "2065550188", email: "marta.okafor@example.com",
        address: { line1: "88 Pine St", line2: "Apt 4", city: "Seattle", state: "WA", postalCode: "98101" },
      },
      visitDetails: {
        ehrSystemName: BALLARD.ehr, departmentId: slot.departmentId, visitReason: "Flu shot", declaration: "self",
        slotId: slot.id, providerId: slot.providerId,
      },
      registrationModules: { documentSigning: [], billingInfo: { paymentMethod: "self" } },
    }),
  });
  expect(booked.status).toBe(200);
  await acme.forgetRequests();
}

/** The booking requests that Acme received. @param {import("./acme.js").Acme} acme */
export const bookings = async (acme) =>
  (await acme.requests()).filter(({ method, path }) => method === "POST" && /\/visits\/(retail|providerbooking)$/.test(path));

/** The focused element, searched through shadow roots. @param {import("@playwright/test").Page} page @returns {Promise<string>} its label or text */
export const focused = (page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute("aria-label") ?? element?.textContent ?? "";
  });
