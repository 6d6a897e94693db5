// How Lighthouse rates a landing page with the element: the preview's flu-shot page, with the hints.
import { freePort, NOW } from "../../support/acme.js";
import { putFluShot } from "../flu-shot.js";
import { launch } from "../profiles.js";
import { figures } from "../stats.js";
import { milliseconds, table } from "../text.js";

const TITLES = { performance: "Performance", accessibility: "Accessibility", "best-practices": "Best practices", seo: "SEO" };
/** The goal of each category; SEO is shown without a goal. @type {Record<string, number>} */
const GOALS = { performance: 95, accessibility: 100, "best-practices": 100 };

/** Fails unless the page shows times without throttling. @param {import("playwright-core").Browser} browser @param {string} address */
async function expectTimes(browser, address) {
  const page = await browser.newPage({ locale: "en-US" });
  await page.goto(address);
  await page.locator('find-a-time [part~="slot"]').first().waitFor();
  await page.close();
}

/** @param {import("../bench.js").Tools} tools */
export async function run({ browser, files, acme, rounds, say }) {
  // Imported here, so that other suites run without the package.
  const { audit } = await import("../lighthouse/audit.js");
  const address = await putFluShot(files, acme);
  // Lighthouse measures the page without the benchmark's scripts, so the page has the machine's clock, and Acme gets the same.
  await acme.clock({ now: new Date().toISOString(), frozen: false });
  /** @type {Awaited<ReturnType<typeof audit>>[]} */
  const runs = [];
  try {
    await expectTimes(browser, address);
    for (let round = 0; round < rounds; round++) {
      say(`lighthouse: round ${round + 1} of ${rounds}`);
      // A new browser for each round, since an earlier round would have warmed it up.
      const port = await freePort();
      const own = await launch([`--remote-debugging-port=${port}`]);
      runs.push(await audit(address, port).finally(() => own.close()));
    }
  } finally {
    await acme.clock({ now: NOW, frozen: true });
  }
  const [{ version, connection, screen }] = runs;
  // An audit that fails in some rounds is listed with the number of rounds.
  const failed = new Map();
  for (const { category, id, counts } of runs.flatMap(({ failed }) => failed)) {
    const before = failed.get(id);
    failed.set(id, { category, id, counts, rounds: (before?.rounds ?? 0) + 1 });
  }
  return {
    version,
    connection,
    screen,
    /** CSS selectors of the largest contentful paints. */
    largest: [...new Set(runs.map(({ largest }) => largest))],
    rounds,
    scores: figures(runs.map(({ scores }) => scores)),
    metrics: figures(runs.map(({ metrics }) => metrics)),
    speed: figures(runs.map(({ speed }) => ({ speed }))).speed,
    failed: [...failed.values()],
    runs,
  };
}

/** @param {import("../stats.js").Figure} figure */
function score(figure) {
  const [median, low, high] = [figure.median, figure.low, figure.high].map((value) => Number(value.toFixed(1)));
  return `${median}${low === high ? "" : ` (${low}–${high})`}`;
}

/** @param {Awaited<ReturnType<typeof run>>} results */
export function section({ version, connection, screen, largest, rounds, scores, metrics, speed, failed }) {
  const { rttMs, throughputKbps, cpuSlowdownMultiplier } = connection;
  const audits = failed.map(({ category, id, counts, rounds: times }) =>
    `- \`${id}\` (${TITLES[category]}${counts ? "" : "; does not count for the score"}${times < rounds ? `; in ${times} of ${rounds} rounds` : ""})`);
  return [
    "## Lighthouse",
    `Lighthouse ${version} with its mobile preset (a window of ${screen.width} × ${screen.height}), on the preview's flu-shot page: a whole landing page with a header, pictures and texts, and in it a clinic's times, with the tag and the hints that the preview's page "For your page" writes. Lighthouse only simulates the connection: it loads the page at full speed and calculates how long a phone would have taken (${rttMs} ms, ${(throughputKbps / 1024).toFixed(1)} Mbit/s, ${cpuSlowdownMultiplier} × slower processor). So its figures do not compare with those of the other tables. The page has the machine's own clock, and Acme's clock runs with it. Figures are medians of ${rounds === 1 ? "1 run" : `${rounds} runs`}, each in a browser of its own; in brackets, the middle half.`,
    table(["Category", "Score", "Goal"], Object.entries(TITLES).map(([name, title]) => [title, score(scores[name]), GOALS[name] ?? ""])),
    table(
      ["First contentful paint", "Largest contentful paint", "Total blocking time", "Cumulative layout shift", "Speed index"],
      [[
        milliseconds(metrics["first-contentful-paint"]),
        milliseconds(metrics["largest-contentful-paint"]),
        milliseconds(metrics["total-blocking-time"]),
        metrics["cumulative-layout-shift"].median.toFixed(3),
        milliseconds(metrics["speed-index"]),
      ]],
    ),
    `The largest contentful paint is ${largest.map((selector) => `\`${selector}\``).join(" or ")}. Lighthouse's own benchmark of this machine says ${Math.round(speed.median)}; a fast desktop computer has 1500 to 2000, and Lighthouse multiplies the processor's time by ${cpuSlowdownMultiplier} on every machine.`,
    audits.length ? `Audits of accessibility, best practices and SEO without the full score:\n\n${audits.join("\n")}` : "Every audit of accessibility, best practices and SEO has the full score.",
  ].join("\n\n");
}
