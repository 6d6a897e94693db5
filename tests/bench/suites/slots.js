// What an interaction costs in an element with ten thousand slots.
import { CLINICIAN, elements, TAG } from "../contenders.js";
import { CPU_ONLY, freshContext, throttledPage } from "../profiles.js";
import { ManySlots } from "../server.js";
import { figures } from "../stats.js";
import { milliseconds, table } from "../text.js";
import { readBench } from "../visit.js";

const SLOTS = 10_000;
/** How many milliseconds to wait after a touch: long enough for the next frame, even on the slower processor. */
const AFTERWARDS = 1_500;

const TITLES = {
  load: "From the page to the first time",
  "open a day": "A day with hundreds of times is opened",
  "open the filters": "The filters are opened",
  "choose a filter": "A filter is chosen",
  language: "The page's language changes",
};

/** @param {import("../bench.js").Tools} tools */
export async function run({ browser, files, acme, rounds, say }) {
  const many = await ManySlots.start(acme.api, SLOTS, { ...CLINICIAN, first: "2026-12-07" });
  files.put("/slots.html", elements({ ...acme, api: many.api }, [TAG]));
  /** @type {Record<string, number>[]} */
  const times = [];
  /** @type {Record<string, number>[]} */
  const shifts = [];
  for (let round = 0; round < rounds; round++) {
    say(`slots: round ${round + 1} of ${rounds}`);
    const context = await freshContext(browser);
    // Recording the words of thousands of times at each change would cost the page time.
    await context.addInitScript(() => void (document[Symbol.for("bench")].words = false));
    const { page } = await throttledPage(context, CPU_ONLY);
    await page.goto(`${files.origin}/slots.html`, { waitUntil: "commit" });
    await page.waitForFunction(() => document[Symbol.for("bench")].changes.length > 0, undefined, { polling: 250, timeout: 90_000 });
    await page.waitForTimeout(AFTERWARDS);
    const { changes } = await readBench(page);
    /** @type {Record<string, number>} */
    const time = { load: changes[0][0] };
    /** @type {Record<string, number>} */
    const shift = {};
    const widget = page.locator("find-a-time");
    /** @param {string} what @param {() => Promise<number | void>} act returns its duration, or nothing if the event's own duration counts */
    const measure = async (what, act) => {
      const before = await readBench(page);
      const own = await act();
      await page.waitForTimeout(AFTERWARDS);
      const { events, shifts } = await readBench(page);
      const lengths = events.slice(before.events.length).map((/** @type {[string, number]} */ [, length]) => length);
      time[what] = typeof own === "number" ? own : Math.max(0, ...lengths);
      shift[what] = shifts.slice(before.shifts.length).reduce((/** @type {number} */ sum, /** @type {[number, number]} */ [, value]) => sum + value, 0);
    };
    const press = async (/** @type {import("playwright-core").Locator} */ locator) => {
      await locator.scrollIntoViewIfNeeded();
      await locator.click();
    };
    await measure("open a day", () => press(widget.locator("button.fat-link", { hasText: /more times/ }).first()));
    await measure("open the filters", () => press(widget.locator("button[aria-expanded]", { hasText: "Filter times" })));
    await measure("choose a filter", () => press(widget.locator('[part~="filters"] label').filter({ hasText: "Morning" }).first()));
    // Switch there and back first, so that both languages' words have been downloaded.
    for (const lang of ["es", "en"]) await page.evaluate(speak, lang);
    await measure("language", () => page.evaluate(speak, "es"));
    times.push(time);
    shifts.push(shift);
    await context.close();
  }
  await many.stop();
  return { times: figures(times), shifts: figures(shifts) };
}

/** Changes the page's language; returns the milliseconds until the next frame with the heading in that language. Runs in the page. @param {string} lang @returns {Promise<number>} */
function speak(lang) {
  const heading = () => document.querySelector("find-a-time")?.shadowRoot?.querySelector("h2")?.textContent;
  return new Promise((done) => {
    const before = heading();
    const start = performance.now();
    document.documentElement.lang = lang;
    const look = () => {
      if (heading() === before) return requestAnimationFrame(look);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(performance.now() - start);
      port2.postMessage(0);
    };
    requestAnimationFrame(look);
  });
}

/** @param {Awaited<ReturnType<typeof run>>} results */
export function section({ times, shifts }) {
  const rows = Object.entries(TITLES).map(([name, title]) => [title, milliseconds(times[name]), shifts[name] ? shifts[name].median.toFixed(3) : ""]);
  return [
    "## Ten thousand times in one element",
    `A clinician with ${SLOTS.toLocaleString("en")} slots in fourteen days, on the ${CPU_ONLY.title}: more than any real one, to see what grows. Each figure is from the touch to the next frame on screen, as browsers count it for "interaction to next paint" (below 200 ms feels immediate). "Moved" is what jumped without the patient having caused it.`,
    table(["What the patient does", "Until the next frame", "Moved"], rows),
  ].join("\n\n");
}
