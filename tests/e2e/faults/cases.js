// Makes cases from the table of fault classes: class × call × once or always, with the outcomes that each may have.
import { readFileSync } from "node:fs";
import { CALLS } from "./calls.js";

/**
 * @typedef {{ id: string, name: string, like: string, fault?: Record<string, any>, route?: string, key?: boolean, only?: string[] }} Fault
 * @typedef {{ id: string, call: string, fault: Fault, mode: "once" | "always", expected: string[], isSample: boolean }} Case
 */

/** @type {{ classes: Fault[], outcomes: Record<string, Record<string, string | [string, string]>> }} */
const { classes, outcomes } = JSON.parse(readFileSync(new URL("classes.json", import.meta.url), "utf8"));

export { classes };

const MODES = /** @type {const} */ (["once", "always"]);

/** The outcomes that a case may have; more than one where it depends on the browser. @param {Fault} fault @param {string} call @param {0 | 1} mode */
function expectation({ like }, call, mode) {
  const cell = outcomes[like]?.[call];
  const text = Array.isArray(cell) ? cell[mode] : cell;
  if (!text) throw new Error(`classes.json does not say what ${like} comes to when ${call} meets it`);
  return text.split(" | ");
}

/** @type {Case[]} */
export const CASES = classes.flatMap((fault, row) => {
  const calls = Object.keys(CALLS).filter((call) => !fault.only || fault.only.includes(call));
  const cases = calls.flatMap((call) =>
    MODES.map((mode, at) => ({ id: fault.id, call, fault, mode, expected: expectation(fault, call, /** @type {0 | 1} */ (at)), isSample: false })));
  // The sample has one case of each class, each with another call, so that the sample covers all calls.
  cases[(row * 5) % cases.length].isSample = true;
  return cases;
});
