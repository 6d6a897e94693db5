// Composes the text of docs/performance.md.
import * as decode from "./suites/decode.js";
import * as lighthouse from "./suites/lighthouse.js";
import * as load from "./suites/load.js";
import * as many from "./suites/many.js";
import * as mounts from "./suites/mounts.js";
import * as slots from "./suites/slots.js";

/** @type {Record<string, { section: (result: any) => string }>} */
const SUITES = { load, lighthouse, many, slots, decode, mounts };

/** The number of rounds for a published report; fewer are for trying out. */
export const ROUNDS = 15;
/** Suites with long rounds, which have at most `LONG_ROUNDS`. */
export const LONG = ["lighthouse", "many", "slots"];
export const LONG_ROUNDS = 5;

/** @param {Record<string, any>} load */
function inShort(load) {
  const { tag, hints, react } = load["phone first"];
  const seconds = (/** @type {import("./stats.js").Figure} */ { median }) => `${(median / 1000).toFixed(1)} s`;
  return `In short: on a mid-range phone with a slow connection the first times are on screen after ${seconds(tag.first)}, ${tag.ratio.median.toFixed(2)} × as long as hand-written JavaScript takes; with preload hints after ${seconds(hints.first)}, ${hints.ratio.median.toFixed(2)} ×. React takes ${react.ratio.median.toFixed(2)} ×.`;
}

/** @param {{ date: string, machine: Record<string, string | number>, rounds: number, results: Record<string, any> }} run */
export function report({ date, machine, rounds, results }) {
  const sections = Object.entries(results).map(([name, result]) => SUITES[name].section(result));
  return `${[
    "# Performance",
    `What a patient waits for, measured by \`cargo xtask bench\`, which writes this page. Figures of one run compare with each other; figures of two machines, or of two days, do not. So look at the ratios.`,
    ...("load" in results ? [inShort(results.load), "![Bars: the time until the first time can be pressed, and until all are shown, for each page on each connection.](performance.svg)"] : []),
    `Measured on ${date}: ${machine.browser} on ${machine.processor} (${machine.cores} cores, ${machine.memory}, ${machine.system}), ${rounds === 1 ? "1 round" : `${rounds} rounds`}, each with an empty cache; ${Math.min(rounds, LONG_ROUNDS)} for Lighthouse, for many elements and for ten thousand times, which take longer. Figures are medians; in brackets, the middle half of the rounds.${rounds < ROUNDS ? ` **So few rounds are a trial: do not rely on these figures.**` : ""}`,
    ...sections,
    `## How it is measured

The browser is Chromium, headless, with its own throttling of network and processor. The window is a phone's, 390 × 844. Pages, scripts and wasm come from one local server: brotli at its best, cached for a year but for the page itself. The API is Acme on the same machine, uncompressed, its clock standing still, so that each run shows the same times.

The three pages to compare with are in \`tests/bench/peers/\`: small, as a developer would write them, built by esbuild as for production. They show times and nothing else: no filters, no sign-in, no booking, no fallback, no retries. The element can do all that, and its download says so.

The second visit finds the files in the cache of the same browser profile; compiled code is not kept there. The browser's throttling delays each request by the connection's latency and shares its bandwidth; it does not play TCP's slow start or lost packets.`,
  ].join("\n\n")}\n`;
}
