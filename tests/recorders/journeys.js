// What patients do while a recorder runs. The canaries of a journey are texts that the patient types or reads in the element, and that
// occur nowhere else on the page.
import { widget } from "../support/fixtures.js";
import { fillForm, WHITFIELD } from "../support/journey.js";
import { acceptAndJoin, PRACTICE } from "../support/on-demand.js";
import { byInsurance } from "../support/patient-step.js";

const CLINICIAN = { npi: WHITFIELD, "visit-type": "NewPatient", brand: "northlake" };
const CLINIC = { npi: null, department: "NorthlakeBallard", "visit-type": "FluShot", brand: "northlake" };
const ON_DEMAND = { npi: null, "visit-type": null, brand: "northlake", practice: PRACTICE, region: "WA" };

/** Acme's record of Marta, as the widget shows it. */
const MARTA = { name: "Marta Okafor", email: "marta.okafor@example.com", phone: "206-555-0188", "birth date": "February 11, 1979", address: "88 Pine St" };

const NEW_PATIENT = {
  "First name": "Zorvella", "Last name": "Quandrike", Day: "17", Year: "1943", Email: "zq.orvik@example.com", Phone: "(206) 555-0177",
  "Street address": "7131 Tamberwick Crescent", "Apartment or suite (optional)": "Unit Kestrelgate", City: "Ossqualia", State: "WA", "ZIP code": "98143",
  "Reason for the visit": "Plimsor fever",
};

/** Types key by key, since a recorder may keep each key separately. @param {import("@playwright/test").Locator} field @param {string} text */
const type = (field, text) => field.pressSequentially(text, { delay: 5 });

/** @param {import("@playwright/test").Page} page @param {string} button */
const press = (page, button) => widget(page).button(button).click();

/** Goes from the times to the review, as a patient with a record. @param {import("@playwright/test").Page} page @param {RegExp} time @param {string} reason @param {() => Promise<void>} [middle] */
async function toReview(page, time, reason, middle) {
  const it = widget(page);
  await it.button(time).first().click();
  await it.reaches("patient");
  await type(it.field("Reason for the visit"), reason);
  await middle?.();
  await press(page, "Continue");
  await it.reaches("review");
}

/**
 * `starts`: when the recorder starts: "before" the element's script, "after" the element has reached `wait`, or in the "middle", on the
 * patient step once the reason is typed.
 * `middle`: every journey calls this function on the patient step, whichever value `starts` has.
 * @typedef {{ page: import("@playwright/test").Page, acme: import("../support/acme.js").Acme, watch: import("../support/watch.js").Watch,
 *             middle: () => Promise<void> }} On
 * @typedef {{ name: string, starts: "before" | "after" | "middle", patient: string, attributes: Record<string, string | null>, script?: string,
 *             wait?: string, dialog?: boolean, canaries: Record<string, string>, go: (on: On) => Promise<void> }} Journey
 * @type {Journey[]}
 */
export const JOURNEYS = [
  {
    name: "a clinician's visit, new patient",
    starts: "before",
    patient: "ruth",
    attributes: CLINICIAN,
    canaries: {
      "first name": NEW_PATIENT["First name"], "last name": NEW_PATIENT["Last name"], email: NEW_PATIENT.Email, phone: NEW_PATIENT.Phone,
      "birth date": "June 17, 1943", street: NEW_PATIENT["Street address"], apartment: "Kestrelgate", city: NEW_PATIENT.City,
      reason: NEW_PATIENT["Reason for the visit"], "member ID": "KX77120Q94", time: "10:50 AM", clinician: "Dana Whitfield",
    },
    async go({ page, middle }) {
      const it = widget(page);
      await it.button(/^10:50 AM, Tuesday, December 8/).first().click();
      await it.reaches("patient");
      await fillForm(page, NEW_PATIENT, "June", "Female");
      await byInsurance(page, "en", { member: "KX77120Q94" });
      await middle();
      await press(page, "Continue");
      await it.reaches("review");
      await press(page, "Book this visit");
      await it.reaches("booked");
      await it.button(/^Add to calendar/).click();
    },
  },
  {
    name: "a clinic's visit, insurance card",
    starts: "after",
    patient: "marta",
    attributes: CLINIC,
    canaries: { ...MARTA, reason: "Grimbole jab", "member ID": "VW30518R22", time: "10:00 AM", clinic: "1450 NW Market St" },
    async go({ page, middle }) {
      const it = widget(page);
      await it.button(/^10:00 AM, Monday, December 7/).first().click();
      await it.reaches("patient");
      await byInsurance(page, "en", { member: "VW30518R22" });
      await type(it.field("Reason for the visit"), "Grimbole jab");
      await middle();
      await press(page, "Continue");
      await it.reaches("review");
      await press(page, "Book this visit");
      await it.reaches("booked");
    },
  },
  {
    name: "on demand, paid by card",
    starts: "middle",
    patient: "marta",
    attributes: ON_DEMAND,
    script: 'document.querySelector("find-a-time").cardToken = () => Promise.resolve("tok_9Xcanary4Q");',
    wait: "queue",
    canaries: { ...MARTA, reason: "Wexley blotches", "card token": "tok_9Xcanary4Q" },
    async go({ page, middle }) {
      const it = widget(page);
      await press(page, "Join by video");
      await it.reaches("patient");
      await it.host.getByRole("radio", { name: "Pay by card", exact: true }).check();
      await type(it.field("Reason for the visit"), "Wexley blotches");
      await middle();
      await press(page, "Continue");
      await it.reaches("review");
      await acceptAndJoin(page);
      await it.reaches("booked");
    },
  },
  {
    name: "my visits, one canceled",
    starts: "before",
    patient: "marta",
    attributes: CLINIC,
    dialog: true,
    canaries: { ...MARTA, reason: "Yarrowmist shot", time: "10:00 AM", clinic: "1450 NW Market St", "reason to cancel": "I booked the wrong time" },
    async go({ page, middle }) {
      const it = widget(page);
      await toReview(page, /^10:00 AM, Monday, December 7/, "Yarrowmist shot", middle);
      await press(page, "Book this visit");
      await it.reaches("booked");
      await press(page, "See or cancel my visits");
      await it.reaches("visits");
      await press(page, "Cancel this visit, Monday, December 7");
      await it.host.getByRole("radio", { name: "I booked the wrong time" }).check();
      await press(page, "Cancel this visit");
      await it.host.getByRole("heading", { name: "Your visit is canceled" }).waitFor();
    },
  },
  {
    name: "a refused booking",
    starts: "after",
    patient: "lars",
    attributes: CLINICIAN,
    canaries: { reason: "Hobbleknee ache", refusal: "Your account is locked", time: "10:50 AM", clinician: "Dana Whitfield" },
    async go({ page, middle }) {
      const it = widget(page);
      await toReview(page, /^10:50 AM, Tuesday, December 8/, "Hobbleknee ache", middle);
      await press(page, "Book this visit");
      await it.reaches("unavailable");
    },
  },
  {
    name: "an unconfirmed booking",
    starts: "middle",
    patient: "marta",
    attributes: CLINICIAN,
    dialog: true,
    canaries: { ...MARTA, reason: "Duskfern cough", time: "10:50 AM", clinician: "Dana Whitfield" },
    async go({ page, acme, middle }) {
      const it = widget(page);
      await toReview(page, /^10:50 AM, Tuesday, December 8/, "Duskfern cough", middle);
      await acme.fault({ path: "/api/7/visits/providerbooking", kind: "truncate" });
      await press(page, "Book this visit");
      await it.reaches("unconfirmed");
    },
  },
];
