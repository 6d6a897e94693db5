// Browsers are the machine's own (nothing is downloaded): `chromium` and `firefox-esr`, wherever PATH has them.
//
//   FAT_REPORT  file for the JSON report      FAT_DIST  folder written by `cargo xtask dist`
//   FAT_ACME    the acme binary (e2e only)        FAT_SHOTS  folder for pictures of every step; without it none are taken
//   FAT_RELEASE  the finished release's folder (the benchmark's pages)
//   FAT_FAULTS  file for what came of each fault      FAT_RELIABILITY  the document that says so
//   FAT_TIMES  how often the exhaustive tests repeat what they do; without it as often as they need
//   FAT_WALKS   file for what came of each sequence      FAT_SEED  the one sequence to play, of `e2e/walks`
//   FAT_SET_UPS  file for what held in each bundler and framework, of `apps`
//   FAT_WHOLE   plays in Firefox too what one engine is enough for
//   FAT_RECORDERS  file for the table of what session recorders took
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { defineConfig } from "@playwright/test";

/** @param {string[]} names the first that PATH has wins */
function onPath(...names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // Not here.
      }
    }
  }
  return undefined;
}

const chromium = {
  browserName: "chromium",
  launchOptions: {
    executablePath: onPath("chromium", "chromium-browser"),
    args: [
      "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync",
    ],
  },
};
const firefox = { browserName: "firefox", channel: "moz-firefox", launchOptions: { executablePath: onPath("firefox-esr", "firefox") } };

/**
 * What the wasm decides whatever the engine, and what takes longest: once is enough for the plain test command. `cargo xtask test
 * whole` plays it in Firefox too. Single tests have the tag @one-engine.
 */
const ONE_ENGINE = process.env.FAT_WHOLE
  ? []
  : [
      "texts/**", "hostile/builtins.spec.js", "hostile/panics.spec.js", "hostile/prototypes.spec.js", "walks/finds.spec.js", "orders/**",
      "bad-input/attributes.spec.js", "builder/text.spec.js", "taken/reasons.spec.js", "payment/insurance.spec.js", "on-demand/coupons.spec.js",
      "near/results.spec.js", "after-submit/same-day.spec.js", "translator/**", "on-demand/waits.spec.js", "on-demand/ways.spec.js", "near/books.spec.js",
      "payment/on-demand.spec.js", "questions/**", "taken/refused.spec.js", "my-visits/cancels.spec.js", "lines/**", "replaced/**",
    ].map((path) => `**/${path}`);
const HOSTILE = ["**/texts/*.spec.js", "**/hostile/*.spec.js"];

export default defineConfig({
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  // A shared machine may stall a browser for seconds: on CI a failed test has a second try, and the count names it.
  retries: process.env.CI ? 1 : 0,
  workers: 2,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  outputDir: "../target/test-results",
  reporter: [
    ["line"],
    ...(process.env.FAT_REPORT ? [["json", { outputFile: process.env.FAT_REPORT }]] : []),
    ...(process.env.FAT_FAULTS ? [["./e2e/faults/document.js", { file: process.env.FAT_FAULTS, document: process.env.FAT_RELIABILITY }]] : []),
    ...(process.env.FAT_WALKS ? [["./e2e/walks/record.js", { file: process.env.FAT_WALKS }]] : []),
    ...(process.env.FAT_SET_UPS ? [["./apps/table.js", { file: process.env.FAT_SET_UPS }]] : []),
    ...(process.env.FAT_RECORDERS ? [["./recorders/table.js", { file: process.env.FAT_RECORDERS }]] : []),
  ],
  use: {
    locale: "en-US",
    // Not the zone of any clinic the journeys use: a mix-up of zones shows.
    timezoneId: "America/New_York",
    viewport: { width: 1280, height: 900 },
  },
  projects: [
    // Every class of fault with every call, by a command of its own; the journeys below have one case of each class.
    { name: "faults-chromium", testDir: "e2e/faults", use: chromium },
    { name: "faults-firefox", testDir: "e2e/faults", use: firefox },
    // Every hostile text at every member of an answer, and a panic at every call into the wasm; the journeys have a sample.
    { name: "hostile-chromium", testDir: "e2e", testMatch: HOSTILE, use: chromium },
    { name: "hostile-firefox", testDir: "e2e", testMatch: HOSTILE, use: firefox },
    // A thousand sequences drawn from seeds, by a command of its own; the journeys below have twenty.
    { name: "walks-chromium", testDir: "e2e/walks", use: chromium },
    { name: "walks-firefox", testDir: "e2e/walks", use: firefox },
    // The loader knows no date: its tests run with the browser's own clock and timers.
    { name: "web-chromium", testDir: "web", use: { ...chromium, frozenAt: null } },
    { name: "web-firefox", testDir: "web", use: { ...firefox, frozenAt: null } },
    // Pictures are taken on request; axe reads the document, and WordPress makes one: for either, one engine is enough.
    { name: "e2e-chromium", testDir: "e2e", grepInvert: /@exhaustive/, testIgnore: process.env.FAT_SHOTS ? [] : ["**/screenshots/**"], use: chromium },
    {
      name: "e2e-firefox", testDir: "e2e", grepInvert: process.env.FAT_WHOLE ? /@exhaustive/ : /@exhaustive|@one-engine/,
      testIgnore: ["**/screenshots/**", "**/a11y/**", "**/recipes/wordpress.spec.js", ...ONE_ENGINE], use: firefox,
    },
    // The npm package in bundlers and frameworks: two of them with the journeys, all by a command of its own.
    { name: "apps-chromium", testDir: "apps", testMatch: "*.spec.js", use: chromium },
    { name: "e2e-apps-chromium", testDir: "apps", testMatch: "*.spec.js", grep: /apps\.spec\.js (webpack|esbuild) /, use: chromium },
    // Session recorders beside the element: a sample with the journeys, all of them by a command of their own.
    { name: "e2e-recorders-chromium", testDir: "recorders", grep: /@sample/, use: chromium },
    { name: "e2e-recorders-firefox", testDir: "recorders", grep: /@sample/, use: firefox },
    // What editors leave of the element: they need one engine.
    { name: "e2e-editors-chromium", testDir: "editors", use: chromium },
    // The benchmark's pages, without measuring: that they still show the same.
    { name: "e2e-bench-chromium", testDir: "bench" },
    // Browsers of a few years ago, beside today's.
    { name: "old-chromium", testDir: "old", use: chromium },
    { name: "recorders-chromium", testDir: "recorders", use: chromium },
    { name: "recorders-firefox", testDir: "recorders", use: firefox },
  ],
});
