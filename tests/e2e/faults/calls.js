// The calls that can fail, each with the steps up to the call and the press that sends it.
import { widget } from "../../support/fixtures.js";
import { BALLARD, ENDS, fillForm, openHost, RUTH, toReview, WHITFIELD } from "../../support/journey.js";
import { acceptAndJoin, openPractice, toReview as toReviewOfLine } from "../../support/on-demand.js";

/**
 * @typedef {object} On
 * @property {import("@playwright/test").Page} page
 * @property {import("../../support/site.js").Site} site
 * @property {import("../../support/acme.js").Acme} acme
 *
 * @typedef {object} Call
 * @property {string} name in the table
 * @property {string} path how the paths of its requests begin
 * @property {"GET" | "POST"} method
 * @property {{ [change: string]: string }} members the member of the answer that a fault changes, by the kind of change; `any` for kinds without an entry
 * @property {(on: On, attributes: Record<string, string>) => Promise<void>} before the steps before the fault is set
 * @property {(on: On, attributes: Record<string, string>) => Promise<void>} press sends the call
 * @property {(on: On, later: () => Promise<{ name: string }[]>) => Promise<boolean>} isOver whether the outcome is on screen; `later`: the events since the fault was set
 * @property {number} [settles] milliseconds for which the outcome may still change
 * @property {(on: On) => Promise<string>} [says] the outcome in words, where neither the state nor an event shows it
 */

const FLU = { npi: null, department: BALLARD.urlName, "visit-type": "FluShot", brand: "northlake" };
/** Whether the submit has ended. @type {Call["isOver"]} */
const hasEnded = async (_, later) => (await later()).some(({ name }) => ENDS.includes(name));
/** @param {On} on */
const book = ({ page }) => widget(page).button("Book this visit").click();

/** The read of a clinician's times. The widget sends this request to show the times and, when the patient presses "Book this visit", to look the chosen time up again. */
const TIMES = /** @type {const} */ ({
  path: `/v4/providers/${WHITFIELD}/timeslots`,
  method: "GET",
  members: { any: "slotDateTime", twice: "timeSlots", "ten-thousand": "timeSlots", unknown: "slotType" },
});

/** @param {On} on @param {Record<string, string | null>} attributes */
async function toMartasReview(on, attributes) {
  await openHost(on, { attributes, token: await on.acme.token("marta") });
  await toReview(on.page);
}

/** @type {Record<string, Call>} */
export const CALLS = {
  times: {
    name: "reading times",
    ...TIMES,
    before: async () => {},
    press: (on, attributes) => openHost(on, { attributes, wait: null }),
    isOver: async ({ page }) => (await widget(page).state()) !== "loading",
  },
  match: {
    name: "matching the time again",
    ...TIMES,
    before: toMartasReview,
    press: book,
    isOver: hasEnded,
  },
  save: {
    name: "saving the patient",
    path: "/v1/patient/self",
    method: "POST",
    members: { any: "patientGuid" },
    before: async (on, attributes) => {
      await openHost(on, { attributes, token: await on.acme.token("ruth") });
      const it = widget(on.page);
      await it.times.first().click();
      await it.reaches("patient");
      await fillForm(on.page, RUTH, "September", "Female");
      await it.button("Continue").click();
      await it.reaches("review");
    },
    press: book,
    isOver: hasEnded,
  },
  "book-clinician": {
    name: "booking with a clinician",
    path: "/api/7/visits/providerbooking",
    method: "POST",
    members: { any: "visitId" },
    before: toMartasReview,
    press: book,
    isOver: hasEnded,
  },
  "book-clinic": {
    name: "booking at a clinic",
    path: "/api/6/visits/retail",
    method: "POST",
    members: { any: "visitId" },
    before: (on, attributes) => toMartasReview(on, { ...FLU, ...attributes }),
    press: book,
    isOver: hasEnded,
  },
  join: {
    name: "joining a line",
    path: "/api/9/visits",
    method: "POST",
    members: { any: "visitId" },
    before: async (on, attributes) => {
      await openPractice(on, { attributes, token: await on.acme.token("marta") });
      await toReviewOfLine(on.page);
    },
    press: ({ page }) => acceptAndJoin(page),
    isOver: hasEnded,
  },
  cancel: {
    name: "cancelling a visit",
    path: "/api/6/visits/retail/cancel/",
    method: "POST",
    members: { any: "visitId" },
    before: async (on, attributes) => {
      await toMartasReview(on, { ...FLU, ...attributes });
      const it = widget(on.page);
      await it.button("Book this visit").click();
      await it.reaches("booked");
      await it.button("See or cancel my visits").click();
      await it.reaches("visits");
      await it.button(/^Cancel this visit, /).click();
      await it.host.getByRole("radio", { name: "Other" }).check();
    },
    press: ({ page }) => widget(page).button("Cancel this visit").click(),
    isOver: async ({ page }) => (await widget(page).alert.count()) > 0,
    // At first the alert says that the outcome is not clear: the widget still reads the patient's list of visits to find out.
    settles: 2_000,
    says: async ({ page }) => (await widget(page).alert.first().innerText()).split(/[.\n]/)[0],
  },
};
