// Uses the machine's own browsers (nothing is downloaded), found on PATH: `chromium` and `firefox-esr`. If PATH has
// `chromium-headless-shell`, that is used instead of `chromium`: the same engine without a window opens a page in less than half the time.
//
//   FAT_REPORT  file for the JSON report      FAT_DIST  folder written by `cargo xtask dist`
//   FAT_ACME    the acme binary (all but `web`)   FAT_SHOTS  folder for pictures of every step; without it none are taken
//   FAT_RELEASE  the finished release's folder (the benchmark's pages)      FAT_APPS  folder of the built apps
//   FAT_REPORTER  the binary `dexcare-report`
//   FAT_FAULTS  file for the outcome of each fault      FAT_RELIABILITY  the document with the table of outcomes
//   FAT_TIMES  number of rounds of the exhaustive tests, for a shorter run; without it, all their rounds
//   FAT_WALKS   file for the outcome of each sequence      FAT_SEED  the only sequence of `e2e/walks` to play
//   FAT_SET_UPS  file for what works in each bundler and framework of `apps`
//   FAT_WHOLE   if set, Firefox also runs the files of `ONE_ENGINE` and the tests tagged @one-engine, and no headless shell is used
//   FAT_RECORDERS  file for the table of what session recorders recorded
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { defineConfig } from "@playwright/test";

/** @param {string[]} names the first one on PATH is used */
function onPath(...names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // Not in this folder.
      }
    }
  }
  return undefined;
}

const chromium = {
  browserName: /** @type {const} */ ("chromium"),
  launchOptions: {
    executablePath: onPath(...(process.env.FAT_WHOLE ? [] : ["chromium-headless-shell"]), "chromium", "chromium-browser"),
    args: [
      "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync",
    ],
  },
};
const firefox = { browserName: /** @type {const} */ ("firefox"), channel: "moz-firefox", launchOptions: { executablePath: onPath("firefox-esr", "firefox") } };

/**
 * The files whose tests run in Chromium only, unless `cargo xtask test whole` runs them in Firefox too: what they test is decided by the
 * wasm, which does the same in any engine, or they are among the slowest. A single test of another file has the tag @one-engine instead.
 */
const ONE_ENGINE = process.env.FAT_WHOLE
  ? []
  : [
      "texts/**", "hostile/builtins.spec.js", "hostile/panics.spec.js", "hostile/prototypes.spec.js", "walks/finds.spec.js", "orders/**",
      "bad-input/attributes.spec.js", "bad-input/entries.spec.js", "builder/text.spec.js", "builder/builder.spec.js", "builder/books.spec.js",
      "taken/reasons.spec.js", "taken/refused.spec.js", "taken/token.spec.js", "taken/troubled.spec.js", "taken/stays-itself.spec.js",
      "payment/insurance.spec.js", "payment/on-demand.spec.js", "on-demand/coupons.spec.js", "on-demand/reads.spec.js", "on-demand/waiting.spec.js",
      "on-demand/waits.spec.js", "on-demand/ways.spec.js", "near/results.spec.js", "near/books.spec.js", "near/doors.spec.js", "hand-off/near.spec.js",
      "after-submit/same-day.spec.js", "translator/**", "questions/**", "my-visits/cancels.spec.js", "lines/**", "replaced/**", "sign-in/answers.spec.js",
      "themes/**", "react/**", "vue/**", "parts/changed.spec.js", "parts/ways.spec.js", "caregiver/entries.spec.js", "moved/**",
      "panic/outcomes.spec.js", "brand/**", "v5/**", "reporting/**",
    ].map((path) => `**/${path}`);
const HOSTILE = ["**/texts/*.spec.js", "**/hostile/*.spec.js"];

/** A reporter that is used only if a variable is set. @param {string | undefined} variable @param {[name: string, options: object]} reporter @returns {[string, object][]} */
const when = (variable, ...reporter) => (variable ? [reporter] : []);

/** @type {import("@playwright/test").PlaywrightTestConfig<{ frozenAt: string | null }>} */
const config = {
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  // A shared machine may stall a browser for seconds: on CI a failed test is retried once, and the report names it.
  retries: process.env.CI ? 1 : 0,
  workers: 2,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  outputDir: "../target/test-results",
  reporter: [
    ["line"],
    ...when(process.env.FAT_REPORT, "json", { outputFile: process.env.FAT_REPORT }),
    ...when(process.env.FAT_FAULTS, "./e2e/faults/document.js", { file: process.env.FAT_FAULTS, document: process.env.FAT_RELIABILITY }),
    ...when(process.env.FAT_WALKS, "./e2e/walks/record.js", { file: process.env.FAT_WALKS }),
    ...when(process.env.FAT_SET_UPS, "./apps/table.js", { file: process.env.FAT_SET_UPS }),
    ...when(process.env.FAT_RECORDERS, "./recorders/table.js", { file: process.env.FAT_RECORDERS }),
  ],
  use: {
    locale: "en-US",
    // No clinic in the tests has this time zone, so that a test fails if the widget mixes up the zones of clinic and browser.
    timezoneId: "America/New_York",
    viewport: { width: 1280, height: 900 },
  },
  projects: [
    // `cargo xtask test faults` runs every class of fault at every call; the e2e projects below run one case of each class.
    { name: "faults-chromium", testDir: "e2e/faults", use: chromium },
    { name: "faults-firefox", testDir: "e2e/faults", use: firefox },
    // `cargo xtask test hostile` puts every hostile text into every member of an answer, and makes the wasm panic at every call into it;
    // the e2e projects below run a sample.
    { name: "hostile-chromium", testDir: "e2e", testMatch: HOSTILE, use: chromium },
    { name: "hostile-firefox", testDir: "e2e", testMatch: HOSTILE, use: firefox },
    // `cargo xtask test walks` runs a thousand sequences drawn from seeds; of the e2e projects below, Chromium runs twenty and Firefox ten.
    { name: "walks-chromium", testDir: "e2e/walks", use: chromium },
    { name: "walks-firefox", testDir: "e2e/walks", use: firefox },
    // The loader does not depend on the date: its tests use the browser's own clock and timers.
    { name: "web-chromium", testDir: "web", use: { ...chromium, frozenAt: null } },
    { name: "web-firefox", testDir: "web", use: { ...firefox, frozenAt: null } },
    // The tests in screenshots/ run only if FAT_SHOTS is set, and only in Chromium. One engine is enough for axe, which reads the document, and for
    // WordPress, which generates it.
    { name: "e2e-chromium", testDir: "e2e", grepInvert: /@exhaustive/, testIgnore: process.env.FAT_SHOTS ? [] : ["**/screenshots/**"], use: chromium },
    {
      name: "e2e-firefox", testDir: "e2e", grepInvert: process.env.FAT_WHOLE ? /@exhaustive/ : /@exhaustive|@one-engine/,
      testIgnore: ["**/screenshots/**", "**/a11y/**", "**/recipes/wordpress.spec.js", ...ONE_ENGINE], use: firefox,
    },
    // The npm package in bundlers and frameworks: `cargo xtask test apps` runs all of them, `e2e` two.
    { name: "apps-chromium", testDir: "apps", testMatch: "*.spec.js", use: chromium },
    { name: "e2e-apps-chromium", testDir: "apps", testMatch: "*.spec.js", grep: /apps\.spec\.js (webpack|esbuild) /, use: chromium },
    // Session recorders beside the element: `e2e` runs a sample, `cargo xtask test recorders` (at the end of this list) all of them.
    { name: "e2e-recorders-chromium", testDir: "recorders", grep: /@sample/, use: chromium },
    { name: "e2e-recorders-firefox", testDir: "recorders", grep: /@sample/, use: firefox },
    // Tests what editors keep of the element's markup; one engine is enough.
    { name: "e2e-editors-chromium", testDir: "editors", use: chromium },
    // Checks, without measuring, that the benchmark's pages show the same times.
    { name: "e2e-bench-chromium", testDir: "bench" },
    // Compares browsers of a few years ago with today's.
    { name: "old-chromium", testDir: "old", use: chromium },
    { name: "recorders-chromium", testDir: "recorders", use: chromium },
    { name: "recorders-firefox", testDir: "recorders", use: firefox },
  ],
};

export default defineConfig(config);
