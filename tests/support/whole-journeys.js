// Defines whole journeys that tests play in any language: a step finds a control by the element's own words, or by the control's
// id or name in the form.
import { test, widget } from "./fixtures.js";
import { BALLARD, openHost } from "./journey.js";
import { lookAgain, openPractice } from "./on-demand.js";
import { forLeo } from "./patient-step.js";

/**
 * @typedef {object} On
 * @property {import("@playwright/test").Page} page
 * @property {import("./site.js").Site} site
 * @property {import("./acme.js").Acme} acme
 * @property {"en" | "es"} lang of the page
 * @property {Record<string, string>} words the element's words in that language
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {(on: On) => Promise<unknown>} [act] leads to this step
 * @property {string} [state] the element's state at this step
 * @property {(on: On) => import("@playwright/test").Locator} [shows] what is then on screen
 *
 * @typedef {object} Journey
 * @property {(on: On) => Promise<void>} open
 * @property {Step[]} steps
 * @property {RegExp} [provoked] what the browser prints about the failures of this journey
 */

const CLINIC = { npi: null, department: BALLARD.urlName, "visit-type": "FluShot", brand: "northlake" };
const BOOKING = { path: "/api/7/visits/providerbooking", method: "POST", kind: "status" };

export const inside = (/** @type {On} */ { page }, /** @type {string} */ selector) => widget(page).host.locator(selector);
export const button = (/** @type {On} */ { page, words }, /** @type {string} */ key) =>
  widget(page).host.getByRole("button", { name: words[key], exact: true }).first();
export const press = (/** @type {string} */ key) => (/** @type {On} */ on) => button(on, key).click();

/** @param {Record<string, string | null>} attributes @param {string} patient */
export const host = (attributes, patient) => async (/** @type {On} */ on) =>
  openHost(on, { attributes, token: await on.acme.token(patient), lang: on.lang, wait: null });

/** Fills in the whole form as Ruth. @param {On} on */
async function fillAll(on) {
  const entries = {
    given: "Ruth", family: "Lind", "birth-day": "3", "birth-year": "1952", email: "ruth.lind@example.com", phone: "(206) 555-0119",
    line1: "412 Shorewood Dr", city: "Seattle", zip: "98177", reason: "First visit after moving here",
  };
  await inside(on, "#birth-month").selectOption("9");
  await inside(on, "#state").selectOption("WA");
  await inside(on, "[name=gender]").first().check();
  for (const [name, text] of Object.entries(entries)) await inside(on, `#${name}`).fill(text);
}

/** @param {On} on */
async function tellReason(on) {
  await inside(on, "#reason").fill("Rash on forearm");
  await press("details.go-on")(on);
}

/** @type {Step} */
export const TIMES = { name: "times", state: "times", shows: ({ page }) => widget(page).times.first() };
/** @type {Step} */
export const PATIENT = { name: "patient", act: ({ page }) => widget(page).times.first().click(), state: "patient", shows: (on) => inside(on, "#reason") };
/** @type {Step} */
export const REVIEW = { name: "review", act: tellReason, state: "review", shows: (on) => button(on, "review.book") };
/** @type {Step} */
const BOOKED = { name: "booked", act: press("review.book"), state: "booked" };

const toggle = (/** @type {On} */ on) => inside(on, ".fat-filters > button").click();
const box = (/** @type {On} */ on) => inside(on, ".fat-panel input[type=checkbox]");

/** @type {Record<string, Journey>} */
export const JOURNEYS = {
  "a new patient, who corrects the form and changes it once more": {
    open: host({}, "ruth"),
    // She has no record yet.
    provoked: /status of 404/,
    steps: [
      TIMES,
      PATIENT,
      { name: "flaws", act: press("details.go-on"), shows: ({ page }) => widget(page).alert },
      { name: "some flaws corrected", act: (on) => inside(on, "#given").fill("Ruth").then(() => inside(on, "#zip").fill("9")).then(() => inside(on, "#city").focus()) },
      { name: "filled in", act: fillAll },
      { ...REVIEW, act: press("details.go-on") },
      { name: "changed", act: (on) => inside(on, ".fat-rows button").last().click(), state: "patient", shows: (on) => inside(on, "#reason") },
      { ...REVIEW, name: "review again" },
      { name: "back", act: press("back"), state: "patient" },
      { ...REVIEW, name: "review at last" },
      BOOKED,
    ],
  },
  "a record that is corrected, and a time that somebody else takes": {
    open: host({}, "marta"),
    provoked: /status of 409/,
    steps: [
      TIMES,
      PATIENT,
      { name: "details opened", act: press("change.details"), shows: (on) => inside(on, "#email") },
      REVIEW,
      {
        name: "taken", act: async (on) => {
          await on.acme.fault({ ...BOOKING, status: 409, body: { error: "SlotUnavailable" }, times: 1 });
          await press("review.book")(on);
        }, state: "taken", shows: ({ page }) => widget(page).times.first(),
      },
      { name: "another time", act: ({ page }) => widget(page).times.first().click(), state: "review", shows: REVIEW.shows },
      BOOKED,
      { name: "on to another", act: press("outcome.another"), state: "times", shows: TIMES.shows },
    ],
  },
  "at a clinic, with filters, and the visit is cancelled": {
    open: host(CLINIC, "marta"),
    steps: [
      TIMES,
      { name: "filters opened", act: toggle, shows: (on) => box(on).first() },
      { name: "one applied", act: (on) => box(on).first().check() },
      { name: "two applied", act: (on) => box(on).last().check() },
      { name: "cleared", act: press("filters.clear") },
      { name: "closed", act: toggle },
      PATIENT,
      REVIEW,
      BOOKED,
      { name: "visits", act: press("visits.see"), state: "visits", shows: ({ page }) => widget(page).host.getByRole("listitem").first() },
      { name: "reasons", act: (on) => inside(on, "li button.fat-link, li button").last().click(), shows: (on) => inside(on, "input[type=radio]").first() },
      { name: "no reason chosen", act: press("visits.cancel"), shows: (on) => inside(on, ".fat-flaw") },
      {
        name: "cancelled", act: async (on) => {
          await inside(on, "input[type=radio]").last().check();
          await press("visits.cancel")(on);
        }, shows: ({ page }) => widget(page).alert.first(),
      },
    ],
  },
  "for a child of one's own": {
    open: host(CLINIC, "marta"),
    steps: [
      TIMES,
      PATIENT,
      { name: "for Leo", act: (on) => forLeo(on.page, on.lang) },
      REVIEW,
      BOOKED,
    ],
  },
  "a booking without an answer": {
    open: host({}, "dev"),
    provoked: /status of 500/,
    steps: [
      TIMES,
      PATIENT,
      REVIEW,
      {
        name: "unconfirmed", act: async (on) => {
          await on.acme.fault({ ...BOOKING, status: 500 });
          await press("review.book")(on);
        }, state: "unconfirmed",
      },
    ],
  },
  "on demand, from the wait to the end of the visit": {
    open: async (on) => openPractice(on, { token: await on.acme.token("marta"), lang: on.lang, wait: null }),
    steps: [
      { name: "queue", state: "queue", shows: (on) => button(on, "queue.join-video") },
      {
        name: "a longer wait", act: async ({ page, acme }) => {
          await acme.setRegion({ region: "WA", state: "open", wait: 1500 });
          await lookAgain(page, acme, "2026-12-07T17:14:00Z");
        }, shows: (on) => inside(on, ".fat-wait").filter({ hasText: /25/ }).first(),
      },
      {
        name: "nobody can join", act: async ({ page, acme }) => {
          await acme.setRegion({ region: "WA", state: "busy" });
          await lookAgain(page, acme, "2026-12-07T17:15:00Z");
        }, shows: (on) => button(on, "queue.again"),
      },
      {
        name: "open again", act: async (on) => {
          await on.acme.setRegion({ region: "WA", state: "open", wait: 540 });
          await press("queue.again")(on);
        }, shows: (on) => button(on, "queue.join-video"),
      },
      { name: "patient", act: press("queue.join-video"), state: "patient", shows: PATIENT.shows },
      {
        name: "review", act: async (on) => {
          await on.page.getByRole("radio", { name: on.words["pay.later"], exact: true }).check();
          await tellReason(on);
        }, state: "review", shows: (on) => button(on, "queue.join"),
      },
      { name: "terms not accepted", act: press("queue.join"), shows: (on) => inside(on, ".fat-flaw") },
      {
        name: "in line", act: async (on) => {
          await inside(on, "input[type=checkbox]").last().check();
          await press("queue.join")(on);
        }, state: "booked", shows: (on) => button(on, "waiting.leave"),
      },
      {
        name: "a shorter wait", act: async ({ page, acme }) => {
          const [{ visitId }] = await acme.visitsBooked();
          await acme.setWait(visitId, 4000);
          await lookAgain(page, acme, "2026-12-07T17:20:00Z");
        }, shows: (on) => inside(on, ".fat-wait").filter({ hasText: /60/ }),
      },
      { name: "about to leave", act: press("waiting.leave"), shows: (on) => inside(on, "input[type=radio]").first() },
      { name: "stays", act: press("waiting.stay"), shows: (on) => button(on, "waiting.leave") },
      {
        name: "the call", act: async ({ page, acme }) => {
          const [{ visitId }] = await acme.visitsBooked();
          await acme.setStatus(visitId, "invisit");
          await lookAgain(page, acme, "2026-12-07T17:25:00Z");
        }, shows: ({ page, words }) => page.getByText(words["waiting.in-visit.heading"]).first(),
      },
      {
        name: "over", act: async ({ page, acme }) => {
          const [{ visitId }] = await acme.visitsBooked();
          await acme.setStatus(visitId, "done");
          await lookAgain(page, acme, "2026-12-07T17:40:00Z");
        }, shows: (on) => button(on, "waiting.after"),
      },
    ],
  },
};

/**
 * Goes through a journey, and calls `look` at each step.
 * @param {On} on @param {Journey} journey @param {(step: string) => Promise<void>} look
 */
export async function walk(on, { open, steps }, look) {
  await open(on);
  for (const { name, act, state, shows } of steps) {
    await test.step(name, async () => {
      await act?.(on);
      if (state) await widget(on.page).reaches(state);
      await shows?.(on).waitFor();
      await look(name);
    });
  }
}
