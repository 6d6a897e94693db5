// Runs the benchmark; `cargo xtask bench` builds what it needs, sets the variables and calls it.
//
//   FAT_ACME     the acme binary                 FAT_DECODE  folder of the decode bench's wasm
//   FAT_RELEASE  folder of the finished release  FAT_DOCS    folder for performance.md and performance.svg
//
//   node bench.js [--rounds N] [--json FILE] [FILTER]    FILTER: part of the names of the suites to run
import { mkdir, writeFile } from "node:fs/promises";
import { cpus, release, totalmem, type } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { Acme } from "../support/acme.js";
import { putFiles, putPages } from "./contenders.js";
import { picture } from "./picture.js";
import { launch } from "./profiles.js";
import { LONG, LONG_ROUNDS, report, ROUNDS } from "./report.js";
import { Files } from "./server.js";
import * as decode from "./suites/decode.js";
import * as lighthouse from "./suites/lighthouse.js";
import * as load from "./suites/load.js";
import * as many from "./suites/many.js";
import * as mounts from "./suites/mounts.js";
import * as slots from "./suites/slots.js";

/**
 * What the `run` function of each suite gets.
 * @typedef {{ browser: import("playwright-core").Browser, files: Files, acme: Acme, rounds: number, say: (line: string) => void }} Tools
 */

/** The suites in the order of the report. */
export const SUITES = { load, lighthouse, many, slots, decode, mounts };

const { values, positionals } = parseArgs({ allowPositionals: true, options: { rounds: { type: "string", default: String(ROUNDS) }, json: { type: "string" } } });
const rounds = Number(values.rounds);
const [filter = ""] = positionals;
const suites = Object.entries(SUITES).filter(([name]) => name.includes(filter));
if (!suites.length) {
  console.error(`error: no suite has "${filter}" in its name; the suites are ${Object.keys(SUITES).join(", ")}`);
  process.exit(1);
}

const [acme, files, browser] = await Promise.all([Acme.start(), Files.start(), launch()]);
/** @type {Record<string, any>} */
const results = {};
try {
  await putFiles(files);
  putPages(files, acme);
  const say = (/** @type {string} */ line) => console.log(`    ${line}`);
  for (const [name, { run }] of suites) results[name] = await run({ browser, files, acme, rounds: LONG.includes(name) ? Math.min(rounds, LONG_ROUNDS) : rounds, say });
} finally {
  await Promise.all([browser.close(), files.stop(), acme.stop()]);
}

const [{ model }] = cpus();
const run = {
  date: new Date().toISOString().slice(0, 10),
  machine: { processor: model.trim(), cores: cpus().length, memory: `${Math.round(totalmem() / 2 ** 30)} GB`, system: `${type()} ${release()}`, browser: `Chromium ${browser.version()}` },
  rounds,
  results,
};
/** @param {string} path @param {string} text */
async function write(path, text) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  console.log(`written: ${path}`);
}
if (values.json) await write(values.json, `${JSON.stringify(run, undefined, 2)}\n`);
const text = report(run);
if (suites.length === Object.keys(SUITES).length && rounds >= ROUNDS && process.env.FAT_DOCS) {
  await write(join(process.env.FAT_DOCS, "performance.md"), text);
  await write(join(process.env.FAT_DOCS, "performance.svg"), picture(results.load));
} else {
  console.log(`\n${text}\ndocs/performance.md is written by a run of all suites with at least ${ROUNDS} rounds.`);
}
