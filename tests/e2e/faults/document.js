// A Playwright reporter that writes the outcome of every fault as JSON and, once all cases have passed in both browsers, as the
// table of docs/reliability.md. A run of some cases (`cargo xtask test faults FILTER`) updates only these cases in the JSON.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { CALLS } from "./calls.js";
import { CASES, classes } from "./cases.js";

/** @typedef {{ id: string, call: string, mode: string, outcome: string, sent: number, atSocket: number, milliseconds: number, browser: string, holds: boolean }} Run */

const BEGIN = "<!-- The table: written by `cargo xtask test faults`. -->";
const END = "<!-- The end of the table. -->";

/** Outcomes in the document's words. @type {Record<string, string>} */
const WORDS = {
  times: "times shown",
  unavailable: "phone, and “Try again”",
  "booked, booked": "booked",
  "unconfirmed, unconfirmed": "not known: “Do not book again. Call.”",
  "review, failed network": "nothing booked, entries kept",
  "review, failed server": "nothing booked, entries kept",
  "review, failed rejected": "nothing booked, entries kept",
  "review, failed contract": "nothing booked, entries kept",
  "sign-in, failed signed-out": "nothing booked, sign in again",
  "sign-in, You were signed out to keep you safe": "sign in again",
  "taken, conflict slot-taken": "other times offered",
  "taken, conflict refused": "refused: other times offered, with the reason",
  "queue, conflict refused": "not in line, entries kept",
  "visits, Your visit is canceled": "cancelled",
  "visits, We could not cancel this visit": "still booked",
  "visits, We asked to cancel your visit, but got no clear answer": "not known: “It may still be booked. Call.”",
};

/** @param {Run} run */
const keyOf = ({ id, call, mode, browser }) => [id, call, mode, browser].join();

/** @param {Run[]} runs */
const outcomes = (runs) => [...new Set(runs.map(({ outcome }) => WORDS[outcome] ?? outcome))].join(" or ") || "–";

/** The table: a row for each class and a column for each call. @param {Run[]} runs */
function table(runs) {
  const calls = Object.entries(CALLS);
  const cell = (/** @type {string} */ id, /** @type {string} */ call) => {
    const of = (/** @type {string} */ mode) => outcomes(runs.filter((run) => run.id === id && run.call === call && run.mode === mode));
    const [once, always] = [of("once"), of("always")];
    return once === always ? once : `once: ${once}; always: ${always}`;
  };
  const rows = classes.map(({ id, name }) => [id, name, ...calls.map(([call]) => cell(id, call))]);
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(" | ")} |`;
  return [line(["", "What goes wrong", ...calls.map(([, { name }]) => name)]), line(["---", "---", ...calls.map(() => "---")]), ...rows.map(line)].join("\n");
}

/** @param {Run[]} runs */
function summary(runs) {
  const slowest = (/** @type {string} */ method) =>
    Math.max(...runs.filter(({ call }) => CALLS[call].method === method).map(({ milliseconds }) => milliseconds)) / 1000;
  const repeated = runs.filter(({ call, atSocket, sent }) => CALLS[call].method === "POST" && atSocket > sent);
  const browsers = [...new Set(repeated.map(({ browser }) => browser[0].toUpperCase() + browser.slice(1)))].sort().join(" and ");
  return [
    `${runs.length} cases: ${classes.length} classes × ${Object.keys(CALLS).length} calls, where the class applies, × once and always × ${new Set(runs.map(({ browser }) => browser)).size} browsers. ${runs.filter(({ holds }) => holds).length} end in their named state.`,
    `The longest read took ${slowest("GET").toFixed(1)} s until its named state, the longest call that books or saves ${slowest("POST").toFixed(1)} s.`,
    repeated.length ? `The page sent each of these calls once. In ${repeated.length} cases ${browsers} repeated it by itself, after a kept connection had closed without a byte.` : "",
  ].filter(Boolean).join("\n");
}

export default class {
  /** @type {Map<string, Run>} */
  #runs = new Map();
  /** @type {string} */
  file;
  /** @type {string | undefined} */
  document;

  /** @param {{ file: string, document?: string }} options */
  constructor({ file, document }) {
    this.file = file;
    this.document = document;
  }

  /** @param {import("@playwright/test/reporter").TestCase} test @param {import("@playwright/test/reporter").TestResult} result */
  onTestEnd(test, { status, annotations }) {
    const project = test.parent.project()?.name ?? "";
    for (const { type, description } of annotations) {
      if (type !== "fault" || !description) continue;
      const run = { ...JSON.parse(description), browser: project.replace(/.*-/, ""), holds: status === "passed" };
      this.#runs.set(keyOf(run), run);
    }
  }

  /** Reads the runs that are already in the file, without those of cases that no longer exist. @returns {Run[]} */
  #before() {
    if (!existsSync(this.file)) return [];
    const known = new Set(CASES.map(({ id, call, mode }) => [id, call, mode].join()));
    return JSON.parse(readFileSync(this.file, "utf8")).filter((/** @type {Run} */ { id, call, mode }) => known.has([id, call, mode].join()));
  }

  onEnd() {
    if (!this.#runs.size) return;
    for (const run of this.#before()) {
      if (!this.#runs.has(keyOf(run))) this.#runs.set(keyOf(run), run);
    }
    const runs = [...this.#runs.values()].sort((a, b) => `${a.call} ${a.id} ${a.mode} ${a.browser}`.localeCompare(`${b.call} ${b.id} ${b.mode} ${b.browser}`));
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, `${JSON.stringify(runs, null, 1)}\n`);
    console.log(`\n${summary(runs)}`);
    if (!this.document || runs.length !== 2 * CASES.length || !runs.every(({ holds }) => holds)) return;
    const text = readFileSync(this.document, "utf8");
    const [before, after] = [text.indexOf(BEGIN), text.indexOf(END)];
    if (before < 0 || after < before) throw new Error(`${this.document} has no place for the table`);
    writeFileSync(this.document, `${text.slice(0, before + BEGIN.length)}\n\n${summary(runs)}\n\n${table(runs)}\n\n${text.slice(after)}`);
  }
}
