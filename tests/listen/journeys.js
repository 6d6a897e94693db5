// The journeys that Orca reads aloud: a blind user goes from the first heading to the outcome with the keys that Orca's users
// press. Down reads the next line, Tab goes to the next control, H to the next heading, B to the next button, R to the next
// radio button, X to the next checkbox.
import { DOCTOR, FLU } from "../support/host-page.js";
import { PRACTICE } from "../support/on-demand.js";

/**
 * @typedef {object} Journey
 * @property {string} about what happens; the transcript's first line
 * @property {Parameters<typeof import("./listener.js").Listener["open"]>[1]} page
 * @property {(it: import("./listener.js").Listener, acme: import("../support/acme.js").Acme) => Promise<void>} listen
 */

const FLU_PAGE = { attributes: FLU, title: "Flu shots" };
const DEMAND = { attributes: { practice: PRACTICE, region: "WA" }, title: "See somebody now", first: "queue" };

/** Delays every answer, as a phone's connection does. @param {import("../support/acme.js").Acme} acme */
export const slowDown = (acme) => acme.fault({ path: "/", kind: "delay", ms: 600, times: 0 });

/** Chooses the first time in the list, which leads to the form. @param {import("./listener.js").Listener} it */
async function choose(it) {
  await it.top();
  await it.seek("b", /AM|PM/);
  await it.goTo("Return", "patient");
}

/** @param {import("./listener.js").Listener} it @param {RegExp} [field] @param {string} [reason] */
async function giveReason(it, field = /Reason for the visit/, reason = "Sore throat") {
  await it.seek("Tab", field);
  await it.type(reason);
}

/** @param {import("./listener.js").Listener} it @param {RegExp} [goOn] */
async function toReview(it, goOn = /Continue/) {
  await it.seek("Tab", goOn);
  await it.goTo("Return", "review");
}

/** Books the visit on the review. @param {import("./listener.js").Listener} it @param {string} [outcome] the step that follows @param {RegExp} [words] */
async function book(it, outcome = "booked", words = /Book this visit/) {
  await it.seek("Tab", words);
  await it.goTo("Return", outcome);
}

/** Fills in fields, in the order in which Tab reaches them. @param {import("./listener.js").Listener} it @param {[RegExp, string][]} fields */
async function fill(it, fields) {
  for (const [label, text] of fields) {
    await it.seek("Tab", label);
    await it.type(text);
  }
}

/** @type {Record<string, Journey>} */
export const JOURNEYS = {
  "clinician-new-patient": {
    about: "Ruth, who is new, books a visit with Dr. Whitfield. She leaves everything empty at first.",
    page: { attributes: DOCTOR, patient: "ruth" },
    async listen(it) {
      await it.top();
      await it.down(10);
      await it.seek("b", /PM/);
      await it.goTo("Return", "patient");
      await it.down(12);
      await it.seek("Tab", /Continue/);
      await it.press("Return");
      await it.type("Ruth");
      await fill(it, [[/Last name/, "Lind"], [/Month/, "Se"], [/Day/, "3"], [/Year/, "1952"]]);
      await it.seek("Tab", /Female|Gender|Sex/);
      await it.press("space");
      await fill(it, [
        [/Email/, "ruth.lind@example.com"], [/Phone/, "2065550119"], [/Street/, "412 Shorewood Dr"], [/City/, "Seattle"], [/State/, "WA"], [/ZIP/, "98177"],
        [/Reason/, "First visit"],
      ]);
      await toReview(it);
      await it.down(6);
      await book(it);
      await it.down(10);
    },
  },
  "clinician-with-a-record": {
    about: "Marta, whose record is known, books a visit with Dr. Whitfield.",
    page: { attributes: DOCTOR, patient: "marta" },
    async listen(it) {
      await it.top();
      await it.down(9);
      await it.press("b", 2);
      await it.goTo("Return", "patient");
      await it.down(10);
      await giveReason(it);
      await toReview(it);
      await it.down(12);
      await book(it);
      await it.down(12);
    },
  },
  "clinic-with-a-filter": {
    about: "Marta looks for an afternoon at the clinic in Ballard, with the filters, and books a flu shot.",
    page: { ...FLU_PAGE, patient: "marta" },
    async listen(it) {
      await it.top();
      await it.down(4);
      await it.seek("b", /Filter times/);
      await it.press("Return");
      await it.down(8);
      await it.seek("x", /Afternoon/);
      await it.press("space");
      await it.wait("a moment passes", 2);
      await it.down(6);
      await it.seek("h", /December/);
      await it.seek("b", /PM/);
      await it.goTo("Return", "patient");
      await it.down(3);
      await giveReason(it, undefined, "Flu season");
      await toReview(it);
      await book(it);
      await it.down(10);
    },
  },
  "caregiver": {
    about: "Marta books a flu shot for Leo, her son.",
    page: { ...FLU_PAGE, patient: "marta" },
    async listen(it) {
      await choose(it);
      await it.seek("r", /Someone else/);
      await it.press("space");
      await it.down(2);
      await it.tab();
      await it.type("Mo");
      await fill(it, [[/First name/, "Leo"], [/Last name/, "Okafor"], [/Month/, "Jun"], [/Day/, "30"], [/Year/, "2017"]]);
      await it.seek("Tab", /Gender/);
      await it.seek("r", /^Male/);
      await it.press("space");
      await giveReason(it, undefined, "Flu season");
      await toReview(it);
      await it.down(4);
      await book(it);
      await it.down(8);
    },
  },
  "a-field-left-empty": {
    about: "Marta goes on without a reason, is told, gives one and goes on.",
    page: { attributes: DOCTOR, patient: "marta" },
    async listen(it) {
      await choose(it);
      await it.seek("Tab", /Reason for the visit/);
      await it.seek("Tab", /Continue/);
      await it.press("Return");
      await it.type("Sore throat");
      await it.press("shift+Tab");
      await it.tab();
      await toReview(it);
      await it.down(2);
    },
  },
  "a-time-that-was-taken": {
    about: "Somebody else books the time while Marta looks at the review. She takes another.",
    page: { attributes: DOCTOR, patient: "marta" },
    async listen(it, acme) {
      await choose(it);
      await giveReason(it);
      await toReview(it);
      await acme.clearFaults();
      await acme.fault({ path: "/api/7/visits/providerbooking", method: "POST", kind: "status", status: 409, body: { error: "SlotUnavailable" }, times: 1 });
      await slowDown(acme);
      await book(it, "taken");
      await it.down(10);
      await it.seek("b", /AM|PM/);
      await it.goTo("Return", "review");
      await it.down(3);
      await book(it);
      await it.down(3);
    },
  },
  "unconfirmed": {
    about: "The answer to Marta's booking does not tell whether it was made.",
    page: { attributes: DOCTOR, patient: "marta" },
    async listen(it, acme) {
      await choose(it);
      await giveReason(it);
      await toReview(it);
      await acme.clearFaults();
      await acme.fault({ path: "/api/", method: "POST", kind: "status", status: 500, times: 0 });
      await slowDown(acme);
      await book(it, "unconfirmed");
      await it.down(10);
    },
  },
  "on-demand": {
    about: "Marta joins the line for a video visit and waits until it is her turn.",
    page: { ...DEMAND, patient: "marta" },
    async listen(it, acme) {
      await it.top();
      await it.down(12);
      await it.seek("b", /Join by video/);
      await it.goTo("Return", "patient");
      await it.down(4);
      await giveReason(it, undefined, "Rash on forearm");
      await it.seek("Tab", /How will you pay/);
      await it.seek("r", /Pay later by bill/);
      await it.press("space");
      await toReview(it);
      await it.seek("Tab", /Join the line/);
      await it.press("Return");
      await it.press("space");
      await book(it, "booked", /Join the line/);
      await it.down(12);
      const [visit] = await acme.visitsBooked();
      await acme.setWait(visit.visitId ?? visit.id, 120);
      await it.wait("a minute passes, and the wait is shorter", 62);
      await acme.setStatus(visit.visitId ?? visit.id, "invisit");
      await it.wait("a minute passes, and it is her turn", 62);
      await it.down(4);
    },
  },
  "my-visits": {
    about: "Marta books a flu shot, looks at her visits and cancels it.",
    page: { ...FLU_PAGE, patient: "marta" },
    async listen(it) {
      await choose(it);
      await giveReason(it, undefined, "Flu season");
      await toReview(it);
      await book(it);
      await it.seek("Tab", /See or cancel my visits/);
      await it.press("Return");
      await it.wait("her visits come", 2);
      await it.down(8);
      await it.seek("b", /Cancel this visit/);
      await it.press("Return");
      await it.down(6);
      await it.seek("r", /./);
      await it.press("space");
      await it.seek("b", /Cancel this visit/);
      await it.press("Return");
      await it.wait("the answer comes", 2);
      await it.down(6);
    },
  },
  "in-spanish": {
    about: "Marta reserva una cita con la doctora Whitfield.",
    page: { attributes: DOCTOR, patient: "marta", lang: "es" },
    async listen(it) {
      await it.top();
      await it.down(9);
      await it.seek("b", /2:20/);
      await it.goTo("Return", "patient");
      await it.down(8);
      await it.seek("Tab", /Continuar/);
      await it.press("Return");
      await it.type("Dolor de garganta");
      await toReview(it, /Continuar/);
      await it.down(6);
      await book(it, "booked", /Reservar esta cita/);
      await it.down(10);
    },
  },
};
