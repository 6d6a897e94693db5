// A Playwright reporter that prints a table of what works, one row for each set-up and each way to serve it, and writes the rows to a JSON file.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** @typedef {{ setUp: string, mode: string, held: Record<string, boolean> }} Row */

/** @param {string[][]} rows @returns {string} a Markdown table, its columns as wide as they need */
function table([head, ...rows]) {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  return [line(head), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...rows.map(line)].join("\n");
}

export default class {
  /** @type {Map<string, Row>} */
  #rows = new Map();

  /** @param {{ file: string }} options */
  constructor({ file }) {
    this.file = file;
  }

  /** @param {import("@playwright/test/reporter").TestCase} test @param {import("@playwright/test/reporter").TestResult} result */
  onTestEnd(test, { annotations, status }) {
    const of = (type) => annotations.findLast((one) => one.type === type)?.description;
    const held = of("held");
    if (!of("set-up") || !of("mode")) return;
    const row = { setUp: of("set-up"), mode: of("mode"), held: held ? JSON.parse(held) : {}, passed: status === "passed" };
    this.#rows.set(test.id, row);
  }

  onEnd() {
    const rows = [...this.#rows.values()];
    if (!rows.length) return;
    const columns = ["times", "style", "Spanish", "booking", "clean console"];
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, `${JSON.stringify(rows, null, 2)}\n`);
    console.log(`\n${table([["Set-up", "Served by", ...columns], ...rows.map(({ setUp, mode, held }) => [setUp, mode, ...columns.map((column) => (held[column] ? "yes" : "no"))])])}`);
  }
}
