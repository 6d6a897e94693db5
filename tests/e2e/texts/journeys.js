// Journeys that together show every text of an answer that the element can show. Controls are found by the element's own words or
// by position, since the names in the answers are hostile here.
import { expect, widget } from "../../support/fixtures.js";
import { lookAround, NEAR } from "../../support/elsewhere.js";
import { BALLARD, fillForm, openHost, RUTH } from "../../support/journey.js";
import { openPractice } from "../../support/on-demand.js";
import { FORM, forLeo } from "../../support/patient-step.js";

/**
 * @typedef {{ page: import("@playwright/test").Page, site: import("../../support/site.js").Site, acme: import("../../support/acme.js").Acme }} On
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {(on: On) => Promise<unknown>} [press] leads to this step
 * @property {string} [state] the element's state at this step
 * @property {(page: import("@playwright/test").Page) => import("@playwright/test").Locator} [shows] what is then on screen
 *
 * @typedef {object} Journey
 * @property {(on: On) => Promise<void>} open
 * @property {object[]} [faults] set before all other faults
 * @property {Step[]} steps
 */

const FLU = { npi: null, department: BALLARD.urlName, "visit-type": "FluShot", brand: "northlake" };
const BOOKING = "/api/7/visits/providerbooking";

/** Finds a button by its whole name: a hostile name of another button may contain this name. @param {import("@playwright/test").Page} page @param {string} name */
const button = (page, name) => widget(page).host.getByRole("button", { name, exact: true });
const press = (/** @type {string} */ name) => (/** @type {On} */ { page }) => button(page, name).first().click();

/** The most characters that the element sends of a name or an address. */
const MOST = 100;

/** Enters the reason, and replaces texts from the record that are too long to be sent. @param {On} on */
async function tellReason({ page }) {
  const { host } = widget(page);
  for (const [label, text] of Object.entries(RUTH)) {
    for (const field of await host.getByLabel(label, { exact: true }).all()) {
      if ((await field.inputValue()).length > MOST) await field.fill(text);
    }
  }
  await host.getByLabel("Reason for the visit", { exact: true }).fill("Sore throat since Sunday");
  await button(page, "Continue").click();
}

/** Enters the details that the element asks for; which they are depends on the record, whose texts may be hostile too. @param {On} on */
async function tellDetails(on) {
  // A form with a birth date is the whole form; any other has a field or two that the record lacks.
  const isForm = await widget(on.page).host.getByLabel("Month", { exact: true }).first().isVisible();
  if (isForm) await fillForm(on.page, RUTH, "September", "Female");
  await tellReason(on);
}

const TIMES = { name: "times", state: "times", shows: (page) => widget(page).times.first() };
const FILTERS = { name: "filters", press: press("Filter times"), shows: (page) => widget(page).host.getByRole("checkbox").first() };
const PATIENT = {
  name: "patient", press: ({ page }) => widget(page).times.first().click(), state: "patient",
  shows: (page) => widget(page).host.getByLabel("Reason for the visit", { exact: true }),
};
const REVIEW = { name: "review", press: tellDetails, state: "review", shows: (page) => button(page, "Book this visit") };
const BOOKED = { name: "booked", press: press("Book this visit"), state: "booked" };

/** @param {Record<string, string | null>} attributes @param {string} patient @param {string} [script] */
const host = (attributes, patient, script) => async (/** @type {On} */ on) =>
  openHost(on, { attributes, token: await on.acme.token(patient), script, wait: null });

/** @type {Record<string, Journey>} */
export const JOURNEYS = {
  "with a clinician, whose time is taken once": {
    open: host({}, "marta"),
    faults: [{ path: BOOKING, method: "POST", kind: "status", status: 409, body: { error: "SlotUnavailable" } }],
    steps: [
      TIMES, FILTERS, PATIENT, REVIEW,
      { name: "taken", press: press("Book this visit"), state: "taken", shows: (page) => widget(page).times.first() },
      { name: "review again", press: ({ page }) => widget(page).times.first().click(), state: "review", shows: (page) => button(page, "Book this visit") },
      BOOKED,
    ],
  },
  "at a clinic, and cancelled": {
    open: host(FLU, "marta"),
    steps: [
      TIMES,
      PATIENT,
      {
        name: "insurers", press: async ({ page }) => {
          const { host } = widget(page);
          await host.getByRole("radio", { name: FORM.en.own, exact: true }).check();
          // A letter that most names contain.
          await host.getByLabel(FORM.en.insurer, { exact: true }).fill("e");
        }, shows: (page) => widget(page).host.getByLabel(FORM.en.member),
      },
      {
        name: "review", press: async (on) => {
          await widget(on.page).host.getByRole("radio", { name: "When I arrive", exact: true }).check();
          await tellDetails(on);
        }, state: "review", shows: REVIEW.shows,
      },
      BOOKED,
      { name: "visits", press: press("See or cancel my visits"), state: "visits", shows: (page) => widget(page).host.getByRole("listitem").first() },
      {
        name: "reasons", press: ({ page }) => widget(page).host.getByRole("button", { name: /^Cancel this visit, / }).first().click(),
        shows: (page) => widget(page).host.getByRole("radio").first(),
      },
      {
        name: "cancelled", press: async (on) => {
          await widget(on.page).host.getByRole("radio").last().check();
          await press("Cancel this visit")(on);
        }, shows: (page) => widget(page).alert.first(),
      },
    ],
  },
  "for a new patient": {
    open: host(FLU, "ruth"),
    steps: [TIMES, PATIENT, REVIEW, BOOKED],
  },
  "for a dependant": {
    open: host(FLU, "marta"),
    steps: [
      TIMES,
      PATIENT,
      {
        name: "review", press: async (on) => {
          await forLeo(on.page);
          await tellReason(on);
        }, state: "review", shows: REVIEW.shows,
      },
      BOOKED,
    ],
  },
  "on demand, and left again": {
    open: async (on) => openPractice(on, { token: await on.acme.token("marta"), wait: null }),
    steps: [
      { name: "queue", state: "queue", shows: (page) => button(page, "Join by video") },
      { name: "patient", press: press("Join by video"), state: "patient", shows: PATIENT.shows },
      {
        name: "review", press: async (on) => {
          await widget(on.page).host.getByRole("radio", { name: "Pay later by bill", exact: true }).check();
          await tellDetails(on);
        }, state: "review", shows: (page) => button(page, "Join the line"),
      },
      {
        name: "in line", press: async (on) => {
          await widget(on.page).host.getByRole("checkbox").last().check();
          await press("Join the line")(on);
        }, state: "booked", shows: (page) => button(page, "Leave the line"),
      },
      { name: "leaving", press: press("Leave the line"), shows: (page) => widget(page).host.getByRole("radio").first() },
      { name: "left", press: press("Leave and cancel the visit"), shows: (page) => button(page, "See the wait now") },
    ],
  },
  "around a place": {
    open: host({ ...NEAR, near: "98107" }, "marta"),
    steps: [TIMES, FILTERS, PATIENT, REVIEW, BOOKED],
  },
  "among a brand's clinics": {
    open: host({ npi: null, brand: "northlake", "visit-type": null }, "marta"),
    steps: [
      { name: "clinics", state: "times", shows: (page) => widget(page).host.getByRole("button", { name: /^See times/ }).first() },
      {
        name: "nearest", press: async ({ page }) => {
          await widget(page).host.getByRole("radio").last().check();
          await lookAround(page, "98107", { go: "Show the nearest" });
        }, shows: (page) => button(page, "Change the place"),
      },
      { name: "times", press: ({ page }) => widget(page).host.getByRole("button", { name: /^See times/ }).first().click(), shows: (page) => button(page, "Change the clinic") },
    ],
  },
  "with a clinician of v5": {
    open: host({ "provider-slots": "v5", "visit-type": null }, "marta"),
    steps: [TIMES, PATIENT, REVIEW, BOOKED],
  },
  "by any of three ways": {
    open: host({ mode: "both", near: "98107", practice: "c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33", region: "WA" }, "marta"),
    steps: [{ name: "ways", state: "times", shows: (page) => widget(page).host.getByRole("radio").first() }],
  },
};

/** States in which an errand may end when an answer cannot be used. */
const ENDS = ["unavailable", "unconfirmed", "taken"];

/** @param {import("@playwright/test").Page} page */
const drawn = (page) => widget(page).host.evaluate((element) => element.shadowRoot.textContent);

/** After how many ms without a change an unusable answer counts as having ended a journey. */
const RESTS = 1_500;

/** @param {import("@playwright/test").Page} page @param {Step} step @param {boolean} mayStop */
async function arrives(page, { state, shows }, mayStop) {
  if (state) {
    let now = "";
    let text = "";
    let since = Date.now();
    const isOver = async () => {
      now = await widget(page).state();
      if (now === state || ENDS.includes(now)) return true;
      if (text !== (text = await drawn(page))) since = Date.now();
      return mayStop && !["loading", "sending"].includes(now) && Date.now() - since > RESTS;
    };
    await expect.poll(isOver, { timeout: 20_000 }).toBe(true);
    if (now !== state) throw new Error(`the element is in the state ${now}, not in ${state}`);
  }
  await shows?.(page).waitFor();
}

/** Waits until the drawn text no longer changes: a changed answer may have a late effect. @param {import("@playwright/test").Page} page */
async function rests(page) {
  let before = "";
  await expect.poll(async () => before === (before = await drawn(page)), { intervals: [100] }).toBe(true);
}

/**
 * Goes through a journey, and calls `look` at each step.
 * @param {On} on @param {Journey} journey @param {(step: string) => Promise<void>} look
 * @param {boolean} [mayStop] an unusable answer may end the journey early, at the last step returned
 * @returns {Promise<string>} the last step; `…, not reached` if the journey ended before it
 */
export async function walk(on, { open, steps }, look, mayStop = false) {
  await open(on);
  for (const step of steps) {
    let stopped;
    try {
      await step.press?.(on);
      await arrives(on.page, step, mayStop);
    } catch (error) {
      if (!mayStop) throw new Error(`${step.name}: ${/** @type {Error} */ (error).message}`, { cause: error });
      stopped = `${step.name}, not reached`;
    }
    await rests(on.page);
    await look(stopped ?? step.name);
    if (stopped) return stopped;
  }
  return steps[steps.length - 1].name;
}
