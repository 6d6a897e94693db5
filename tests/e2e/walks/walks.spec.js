// Plays sequences of presses, faults and acts of the page, drawn from seeds. One press makes at most one visit, nothing is sent
// after an accepted or unknown answer, and the patient reads the truth. `cargo xtask test walks` plays a thousand in each
// browser and writes target/walks.json; the plain test command plays twenty, ten in Firefox. FAT_SEED=n plays one.
import { expect, test as base } from "../../support/fixtures.js";
import { plan } from "./plan.js";
import { broken, intentsOf, knownUntruths } from "./promises.js";
import { Walk } from "./walk.js";

const [SEEDS, SAMPLE, BATCH] = [1_000, 20, 10];

/** The console lines that are allowed: what browsers print about a failed request, and the sequences' own reports. */
const OF_BROWSERS = /Failed to load resource|net::ERR_|Cross-Origin Request Blocked|blocked by CORS policy|NetworkError|\u2063walk:/;

const test = base.extend({
  // In Chromium the back-forward cache may keep a page that was left, as in browsers that people use. In Firefox the cache is off:
  // when a page is restored a second time, Playwright no longer reaches it.
  launchOptions: [
    async ({ launchOptions, browserName }, use) => {
      const kept = { ignoreDefaultArgs: ["--disable-back-forward-cache"] };
      await use({ ...launchOptions, ...(browserName === "chromium" ? kept : { firefoxUserPrefs: { "browser.sessionhistory.max_total_viewers": 0 } }) });
    },
    { scope: "worker" },
  ],
});

/** @param {number} seed @param {import("./walk.js").Seen} seen @param {string[]} flaws @param {number} milliseconds */
function summary(seed, seen, flaws, milliseconds) {
  const intents = intentsOf(seen);
  const posts = seen.intents.flatMap(({ posts }) => posts);
  return {
    seed,
    target: seen.plan.target.name,
    steps: seen.steps.length,
    outcomes: intents.map(({ ends, isCut }) => (ends.length ? [ends[0].name, ends[0].reason].filter(Boolean).join(" ") : isCut ? "the page was left" : "none")),
    sent: intents.reduce((sum, { sends }) => sum + sends.length, 0),
    received: posts.length,
    faults: posts.map(({ fault }) => fault).filter(Boolean),
    restored: seen.reports.filter(({ what }) => what === "restored").length,
    visits: seen.intents.reduce((sum, { visits }) => sum + visits.length, 0),
    doubleBookings: seen.intents.filter(({ openVisits }) => openVisits > 1).length,
    broken: flaws,
    known: knownUntruths(seen),
    milliseconds,
  };
}

/** @param {number} from @param {number} to */
function walks(from, to, tag = /** @type {string[]} */ ([])) {
  test(from === to ? `seed ${from}: one visit for each press, and the truth` : `seeds ${from} to ${to}: one visit for each press, and the truth`, { tag }, async ({ browser, site, acme, watch }, info) => {
    test.setTimeout((to - from + 2) * 30_000);
    watch.allowConsole(OF_BROWSERS);
    watch.allowOrigin("https://elsewhere.example");
    const failures = [];
    let pressed = 0;
    for (let seed = from; seed <= to; seed++) {
      const begun = Date.now();
      const walk = new Walk({ browser, site, acme, watch }, plan(seed));
      const flaws = await walk.run().then(broken, (error) => [`the sequence broke off: ${error.message.split("\n")[0]}`]);
      const { seen } = walk;
      info.annotations.push({ type: "walk", description: JSON.stringify(summary(seed, seen, flaws, Date.now() - begun)) });
      pressed += Number(seen.reports.some(({ kind }) => kind === "submit"));
      if (flaws.length) failures.push(`seed ${seed} (${seen.plan.target.name}, ${seen.plan.patient}):\n  ${flaws.join("\n  ")}\n  steps:\n    ${seen.steps.join("\n    ")}`);
      if (from === to) console.log([...seen.steps, JSON.stringify(seen.reports), JSON.stringify(seen.intents)].join("\n"));
    }
    expect(failures, "sequences that broke a promise").toEqual([]);
    if (from !== to) expect(pressed, "sequences that came to press the button").toBeGreaterThanOrEqual((to - from + 1) * 0.3);
  });
}

if (process.env.FAT_SEED) walks(Number(process.env.FAT_SEED), Number(process.env.FAT_SEED));
else for (let from = 1; from <= SEEDS; from += BATCH) walks(from, from + BATCH - 1, from > SAMPLE ? ["@exhaustive"] : from > BATCH ? ["@one-engine"] : []);
