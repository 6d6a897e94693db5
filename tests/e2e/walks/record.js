// A Playwright reporter that writes the outcome of each sequence as JSON, and prints a summary of the run. A run of some sequences
// (`cargo xtask test walks FILTER`) updates only these in the file.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * @typedef {{ seed: number, browser: string, target: string, steps: number, outcomes: string[], sent: number, received: number, faults: string[], restored: number,
 *             visits: number, doubleBookings: number, broken: string[], known: string[], milliseconds: number }} Run
 */

/** The shares of sequences that must press the button, and that must meet a fault in a booking call; with less, a run proves nothing. */
const [PRESSED, STRUCK] = [0.5, 0.2];

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((sum, number) => sum + number, 0);
/** @param {string[]} names @returns {string} each with its count, most frequent first */
function counted(names) {
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([name, count]) => `${name} ${count}`).join(", ");
}

/** @param {Run[]} runs of one browser @returns {{ text: string, isEnough: boolean }} */
function summary(runs) {
  const seeds = runs.map(({ seed }) => seed);
  const pressed = runs.filter(({ outcomes }) => outcomes.length).length;
  const struck = runs.filter(({ faults }) => faults.length).length;
  const broken = runs.filter((run) => run.broken.length);
  const of = (/** @type {keyof Run} */ key) => sum(runs.map((run) => Number(run[key])));
  const text = [
    `${runs[0].browser}: ${runs.length} sequences, seeds ${Math.min(...seeds)} to ${Math.max(...seeds)}, ${of("steps")} steps, ${Math.round(of("milliseconds") / runs.length)} ms each.`,
    `${sum(runs.map(({ outcomes }) => outcomes.length))} presses of the button in ${pressed} sequences, ${of("sent")} POSTs sent by the page, ${of("received")} received by Acme, ${of("visits")} visits. ${of("restored")} pages came back whole.`,
    `Outcomes: ${counted(runs.flatMap(({ outcomes }) => outcomes))}.`,
    `Faults met by a call that books, in ${struck} sequences: ${counted(runs.flatMap(({ faults }) => faults))}.`,
    `${of("doubleBookings")} double bookings. ${broken.length} sequences broke a promise${broken.length ? `: seeds ${broken.map(({ seed }) => seed).join(", ")}` : ""}.`,
  ];
  const known = runs.filter((run) => run.known.length);
  if (known.length) text.push(`Wrong words after a repeat of the browser's own, as docs/reliability.md says: seeds ${known.map(({ seed }) => seed).join(", ")}.`);
  return { text: text.join("\n"), isEnough: pressed >= PRESSED * runs.length && struck >= STRUCK * runs.length };
}

export default class {
  /** @type {Map<string, Run>} */
  #runs = new Map();

  /** @param {{ file: string }} options */
  constructor({ file }) {
    this.file = file;
  }

  /** @param {import("@playwright/test/reporter").TestCase} test @param {import("@playwright/test/reporter").TestResult} result */
  onTestEnd(test, { annotations }) {
    const browser = (test.parent.project()?.name ?? "").replace(/.*-/, "");
    for (const { type, description } of annotations) {
      if (type !== "walk" || !description) continue;
      const run = { ...JSON.parse(description), browser };
      this.#runs.set(`${browser} ${run.seed}`, run);
    }
  }

  onEnd() {
    if (!this.#runs.size) return;
    const before = existsSync(this.file) ? JSON.parse(readFileSync(this.file, "utf8")) : [];
    const runs = [...new Map([...before.map((run) => [`${run.browser} ${run.seed}`, run]), ...this.#runs]).values()].sort((a, b) => a.browser.localeCompare(b.browser) || a.seed - b.seed);
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, `[\n${runs.map((run) => JSON.stringify(run)).join(",\n")}\n]\n`);
    const now = [...this.#runs.values()];
    const summaries = [...new Set(now.map(({ browser }) => browser))].map((browser) => summary(now.filter((run) => run.browser === browser)));
    for (const { text } of summaries) console.log(`\n${text}`);
    // With few sequences, chance may be the reason.
    if (now.length < 50 || summaries.every(({ isEnough }) => isEnough)) return;
    console.log("\nToo few sequences press the button or meet a fault there: they show nothing.");
    return { status: /** @type {const} */ ("failed") };
  }
}
