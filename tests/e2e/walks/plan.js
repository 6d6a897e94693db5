// What a sequence does, derived from its seed alone: the element, the patient, the steps. Each step draws its own numbers, so
// that a step never depends on what happened in an earlier one.
import { BALLARD, WHITFIELD } from "../../support/journey.js";
import { CEDARBROOK, PRACTICE } from "../../support/on-demand.js";
import { classes } from "../faults/cases.js";
import { CALLS } from "../faults/calls.js";
import { Chance } from "./chance.js";

/**
 * @typedef {"book-clinician" | "book-clinic" | "join"} Booking a call of `faults/calls.js`
 * @typedef {{ name: string, booking: Booking, attributes: Record<string, string | null> }} Target
 * @typedef {{ does: string, tab: number, rolls: number[], pause: "rest" | "none" | number, value?: any }} Step
 * @typedef {{ seed: number, target: Target, patient: string, steps: Step[] }} Plan
 */

const LINDQVIST = "1234986739";
const [BRAND, NONE] = [{ brand: "northlake" }, { npi: null, "visit-type": null }];

/** @type {readonly (readonly [number, Target])[]} */
const TARGETS = [
  [28, { name: "Dr. Whitfield", booking: "book-clinician", attributes: { npi: WHITFIELD, "visit-type": "NewPatient" } }],
  [8, { name: "Dr. Whitfield, any kind of visit", booking: "book-clinician", attributes: { npi: WHITFIELD, "visit-type": null } }],
  [28, { name: "a flu shot in Ballard", booking: "book-clinic", attributes: { ...NONE, ...BRAND, department: BALLARD.urlName, "visit-type": "FluShot" } }],
  [6, { name: "any kind of visit in Ballard", booking: "book-clinic", attributes: { ...NONE, ...BRAND, department: BALLARD.urlName } }],
  [20, { name: "on demand in Washington", booking: "join", attributes: { ...NONE, ...BRAND, practice: PRACTICE, region: "WA" } }],
  [4, { name: "on demand", booking: "join", attributes: { ...NONE, ...BRAND, practice: PRACTICE } }],
  [6, { name: "Dr. Whitfield or on demand", booking: "book-clinician", attributes: { npi: WHITFIELD, "visit-type": "NewPatient", ...BRAND, mode: "both", practice: PRACTICE, region: "WA" } }],
];

/** Attributes and the values that they may get; null removes the attribute. @type {readonly (readonly [number, readonly [string, readonly (string | null)[]]])[]} */
const CHANGES = [
  [5, ["npi", [WHITFIELD, LINDQVIST]]],
  [4, ["department", ["NorthlakeBallard", "NorthlakeBellevue", null]]],
  [5, ["visit-type", ["NewPatient", "FollowUp", "FluShot", "AdultPhysical", null]]],
  [3, ["mode", ["scheduled", "on-demand", "both", null]]],
  [2, ["practice", [PRACTICE, CEDARBROOK, null]]],
  [4, ["lang", ["es", "en"]]],
  [2, ["view", ["list", "strip", "month"]]],
  [2, ["days", ["1", "10"]]],
  [1, ["heading-level", ["3"]]],
];

/** Refusals that the element recognizes, by the status or by the text. */
const REFUSALS = [
  [409, "SlotUnavailable"], [409, "PatientDoubleBooked"], [409, "UnknownAppointmentConflict"], [401, "Unauthorized"],
  [400, "Patient has no links in the requested EHR system"], [404, "Patient not found"], [412, "Not on the panel"], [423, "Locked"], [400, "REGION_BUSY"],
].map(([status, error]) => ({ kind: "status", status, body: { error } }));

/** Faults of a booking call after which the page cannot know whether the booking succeeded. */
const LOST = ["drop-after", "reset-after", "hang-after", "truncate", "hang-in-body", "no-cors"].map((kind) => ({ kind }));

/**
 * Faults after which the browser may repeat the POST by itself. If the POST joins a line, the patient may then stand in line twice
 * (decision 0010).
 */
const TWICE = ["drop-after", "reset-after"];

/** Every fault of `faults/classes.json` that Acme can cause and that applies to every call. */
const ANY = classes.flatMap(({ fault, only }) => (fault && !only ? [fault.kind === "long" ? { ...fault, megabytes: 9 } : fault] : []));

const CALL = /** @type {const} */ ([
  [60, "booking"], [14, "times"], [8, "list"], [6, "save"], [6, "patient"], [3, "waits"], [3, "cancel"],
]);

/** Paths of the calls that do not book; booking calls are in `faults/calls.js`. */
export const READS = {
  list: { path: "/api/6/visits/retail/self", method: "GET", member: "id" },
  patient: { path: "/v1/patient", method: "GET", member: "patientGuid" },
  waits: { path: "/api/9/", method: "GET", member: "regionCode" },
  times: { path: "/v", method: "GET", member: "slotDateTime" },
};

/** A fault in the form that Acme takes. @param {Chance} chance @param {Booking} booking */
function fault(chance, booking) {
  const name = chance.weighted(CALL);
  const call = name === "booking" ? CALLS[booking] : CALLS[name];
  const { path, method, member } = READS[name] ?? { path: call.path, method: call.method, member: call.members.any };
  const kinds = name === "booking" ? chance.weighted([[45, LOST], [25, REFUSALS], [5, [{ kind: "delay", ms: 600 }]], [25, ANY]]) : ANY;
  const isLine = name === "booking" && booking === "join";
  const what = chance.pick(kinds.filter(({ kind }) => !isLine || !TWICE.includes(kind)));
  const change = what.change ? { member, first: chance.percent(50) } : {};
  return { path, method, ...what, ...change, times: chance.weighted([[60, 1], [15, 2], [25, 0]]) };
}

/** Kinds of disturbances, with their weights. @type {readonly (readonly [number, string])[]} */
const WAY = [
  [24, "fault"], [10, "press"], [8, "twice"], [5, "fill"], [5, "calm"], [9, "attribute"], [4, "reset"], [4, "refresh"], [8, "away"],
  [5, "reload"], [4, "leave"], [7, "token"], [5, "later"], [5, "offline"], [4, "taken"],
];
const AWAY = ["remove", "move", "replace", "another"];
const TOKENS = ["fresh", "fresh", "promised", "another's", "none", "expired", "a number", "an error"];
const LATER = [61_000, 600_000, 4_000_000, 90_000_000];

/** @param {Chance} chance @param {Booking} booking @param {number} tab @returns {Step} */
function inTheWay(chance, booking, tab) {
  const does = chance.weighted(WAY);
  const value = {
    fault: () => fault(chance, booking),
    attribute: () => {
      const [name, values] = chance.weighted(CHANGES);
      return [name, chance.pick(values)];
    },
    away: () => chance.pick(AWAY),
    token: () => chance.pick(TOKENS),
    later: () => chance.pick(LATER),
  }[does]?.();
  const pause = chance.weighted(/** @type {[number, "rest" | "none" | number][]} */ ([[50, "rest"], [35, "none"], [15, 700]]));
  return { does, tab, rolls: rolls(chance), pause: does === "fault" ? "none" : pause, value };
}

/**
 * The step that goes on with the booking.
 * @param {Chance} chance @param {number} tab @param {number} rests the chance, in percent, that the next step waits until the element is at rest
 * @returns {Step}
 */
const onward = (chance, tab, rests) => ({ does: "on", tab, rolls: rolls(chance), pause: chance.percent(rests) ? "rest" : chance.pick(["none", 200]) });

/** @param {Chance} chance */
const rolls = (chance) => [chance.draw(), chance.draw(), chance.draw()];

/**
 * Makes the plan of a sequence: first the patient goes as far as the submit, often with a fault; then anything may happen; at last the
 * faults end, and the patient goes on with the booking or presses any control.
 * @param {number} seed @returns {Plan}
 */
export function plan(seed) {
  const chance = new Chance(seed);
  const target = chance.weighted(TARGETS);
  const patient = chance.weighted([[80, "marta"], [10, "dev"], [10, "ruth"]]);
  const hasSecondTab = chance.percent(15);
  const tab = () => (hasSecondTab && chance.percent(40) ? 1 : 0);
  /** @type {Step[]} */
  const steps = [];
  for (let step = 0; step < 3; step++) {
    if (chance.percent(40)) steps.push({ does: "fault", tab: 0, rolls: rolls(chance), pause: "none", value: fault(chance, target.booking) });
    else if (chance.percent(12)) steps.push(inTheWay(chance, target.booking, 0));
    const next = onward(chance, 0, step < 2 ? 92 : 35);
    // The last of the three steps presses the button that books, sometimes twice, and often the next step does not wait for the
    // outcome.
    steps.push(step === 2 && chance.percent(15) ? { ...next, does: "twice" } : next);
  }
  for (let more = chance.between(2, 9); more > 0; more--) {
    const now = tab();
    steps.push(chance.percent(45) ? onward(chance, now, 70) : inTheWay(chance, target.booking, now));
  }
  steps.push({ does: "calm", tab: 0, rolls: rolls(chance), pause: "rest" });
  for (let more = chance.between(2, 4); more > 0; more--) {
    const now = tab();
    steps.push(chance.percent(70) ? onward(chance, now, 100) : { does: "press", tab: now, rolls: rolls(chance), pause: "rest" });
  }
  return { seed, target, patient, steps };
}
