// A Playwright reporter that writes a table of what was found with the marks and without them: one row for each recorder, setting and
// journey.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { requireValue } from "../support/values.js";

/** @typedef {{ recorder: string, version: string, setting: string, journey: string, marked: boolean, found: string[], browser: string }} Run */

/** @param {string[][]} rows @returns {string} a Markdown table, its columns as wide as they need */
function table([head, ...rows]) {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  return [line(head), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...rows.map(line)].join("\n");
}

/** The text of a cell: what the runs found, for each browser if the browsers found different things. @param {Run[]} runs */
function cell(runs) {
  if (!runs.length) return "not run";
  const all = runs.map(({ browser, found }) => [browser, found.length ? found.join(", ") : "0"]);
  if (all.every(([, text]) => text === all[0][1])) return all[0][1];
  return all.map(([browser, text]) => `${browser}: ${text}`).join("; ");
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
    const project = test.parent.project()?.name ?? "";
    for (const { type, description } of annotations) {
      if (type !== "recorder") continue;
      const run = JSON.parse(requireValue(description, "description of the run"));
      this.#runs.set(project + test.title, { ...run, browser: project.replace(/.*-/, "") });
    }
  }

  onEnd() {
    const runs = [...this.#runs.values()];
    if (!runs.length) return;
    const rows = new Map();
    for (const { recorder, version, setting, journey } of runs) rows.set([recorder, setting, journey].join(), { recorder: `${recorder} ${version}`, setting, journey });
    const body = [...rows].sort().map(([key, { recorder, setting, journey }]) => {
      const mine = (marked) => runs.filter((run) => run.marked === marked && [run.recorder, run.setting, run.journey].join() === key).sort((a, b) => a.browser.localeCompare(b.browser));
      return [recorder, setting, journey, cell(mine(true)), cell(mine(false))];
    });
    const text = table([["Recorder", "Settings", "Journey", "Found with the marks", "Found without the marks"], ...body]);
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, `${text}\n`);
    console.log(`\n${text}`);
  }
}
