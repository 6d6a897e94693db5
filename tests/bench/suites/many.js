// Many elements on one page: a list of clinicians with an element for each.
import { elements, SCRIPT } from "../contenders.js";
import { CPU_ONLY, freshContext, memory, throttledPage } from "../profiles.js";
import { figures, inTurn } from "../stats.js";
import { kilobytes, milliseconds, ratio, table } from "../text.js";
import { readBench } from "../visit.js";

const FOR_LISTS = "find-a-time { content-visibility: auto; contain-intrinsic-block-size: auto 50rem; padding: 8px }";
/** The measured pages: the number of elements, whether they are lazy, and, if set, the style for lists that docs/embedding.md recommends. */
const PAGES = [
  { name: "1", number: 1, style: "" },
  { name: "10", number: 10, style: "" },
  { name: "50", number: 50, style: "" },
  { name: "50, with the style for lists", number: 50, style: FOR_LISTS },
  { name: "50, `loading=\"lazy\"`", number: 50, style: "", isLazy: true },
  { name: "50, `loading=\"lazy\"`, with the style for lists", number: 50, style: FOR_LISTS, isLazy: true },
];
/** The number of different clinicians; further elements repeat them. */
const CLINICIANS = 20;

/** Clinicians who have times, as attributes of a tag. @param {import("../../support/acme.js").Acme} acme @returns {Promise<Record<string, string>[]>} */
async function tags(acme) {
  const { clinicians } = await acme.world();
  const list = [];
  for (const { npi, visitTypes } of clinicians) {
    const visitType = visitTypes.find((/** @type {string} */ type) => ["NewPatient", "Illness", "FluShot"].includes(type));
    if (!visitType) continue;
    const query = new URLSearchParams({ startDate: "2026-12-07", endDate: "2026-12-20", visitType, product: "bench" });
    const { scheduleDays } = await (await fetch(`${acme.api}/v4/providers/${npi}/timeslots?${query}`)).json();
    if (scheduleDays.some((/** @type {any} */ { timeSlots }) => timeSlots.length)) list.push({ npi, "visit-type": visitType, days: "1" });
    if (list.length === CLINICIANS) break;
  }
  return list;
}

/** @param {import("../bench.js").Tools} tools */
export async function run({ browser, files, acme, rounds, say }) {
  const some = await tags(acme);
  for (const [at, { number, style, isLazy }] of PAGES.entries()) {
    const head = style ? `${SCRIPT}<style>${style}</style>` : SCRIPT;
    const tags = Array.from({ length: number }, (_, nth) => ({ ...some[nth % some.length], ...(isLazy && { loading: "lazy" }) }));
    files.put(`/many-${at}.html`, elements(acme, tags, head));
  }
  /** @type {Record<string, any[]>} */
  const samples = {};
  for (let round = 0; round < rounds; round++) {
    say(`many: round ${round + 1} of ${rounds}`);
    for (const [at, { name, number, isLazy }] of inTurn([...PAGES.entries()], round)) {
      const context = await freshContext(browser);
      // Recording the words of so many times at each change would cost the page time.
      await context.addInitScript(() => void (document[Symbol.for("bench")].words = false));
      const { page, session } = await throttledPage(context, CPU_ONLY);
      await page.goto(`${files.origin}/many-${at}.html`, { waitUntil: "commit" });
      const isDone = (/** @type {number} */ number) => (number ? document[Symbol.for("bench")].widgets[number] : document[Symbol.for("bench")].screen);
      await page.waitForFunction(isDone, isLazy ? 0 : number, { polling: 250, timeout: 90_000 });
      await page.waitForTimeout(500);
      const { widgets, screen, tasks, instantiations } = await readBench(page);
      const asked = await page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => name.includes("/timeslots")).length);
      const { sum } = await memory(page, session);
      const longest = Math.max(0, ...tasks.map((/** @type {[number, number]} */ [, length]) => length));
      (samples[name] ??= []).push({ screen, all: widgets[number] ?? 0, longest, asked, instantiations, memory: sum });
      await context.close();
    }
  }
  return Object.fromEntries(PAGES.map(({ name }) => [name, figures(samples[name])]));
}

/** @param {Awaited<ReturnType<typeof run>>} results */
export function section(results) {
  const one = results[PAGES[0].name];
  const rows = PAGES.map(({ name, number, isLazy }) => {
    const { screen, all, longest, asked, instantiations, memory } = results[name];
    const further = number > 1 ? kilobytes((memory.median - one.memory.median) / (number - 1)) : "";
    return [name, milliseconds(screen), ratio(screen, one.screen), isLazy ? "" : milliseconds(all), milliseconds(longest), asked.median, further, instantiations.median];
  });
  return [
    "## Many elements on one page",
    `A list of clinicians with an element for each (${CLINICIANS} clinicians, one open day each), on the ${CPU_ONLY.title}. Each part of the wasm is started once a page, and equal reads are sent once. "Longest task" is the longest time for which the page could not answer a touch. The style for lists is the one in [embedding.md](embedding.md#long-lists): the browser then does not lay out what is far from the screen. Lazy elements are read as the visitor scrolls; "Lists of times read" counts those before that.`,
    table(["Elements", "Those on the screen have times", "× one", "All have times", "Longest task", "Lists of times read", "Memory for each further element", "Parts of the wasm started"], rows),
  ].join("\n\n");
}
