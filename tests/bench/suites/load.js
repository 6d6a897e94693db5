// How long a patient waits for the first times: the element beside hand-written JavaScript, Preact and React.
import { CONTENDERS, TITLES } from "../contenders.js";
import { freshContext, PHONE, SLOW_3G } from "../profiles.js";
import { figure, figures, inTurn } from "../stats.js";
import { kilobytes, milliseconds, table, times } from "../text.js";
import { shownWords, visit } from "../visit.js";

/** On a second visit the files are in the browser's cache. */
const VISITS = /** @type {const} */ (["first", "second"]);
/** @type {{ name: string, title: string, profile: import("../profiles.js").Profile, visits: readonly string[] }[]} */
const SCENES = [
  { name: "phone", title: PHONE.title, profile: PHONE, visits: VISITS },
  { name: "slow-3g", title: SLOW_3G.title, profile: SLOW_3G, visits: ["first"] },
];

/** The words that all pages show; fails unless they are the same. @param {import("../bench.js").Tools} tools */
export async function sameWords({ browser, files }) {
  const words = new Map();
  for (const name of CONTENDERS) words.set(name, await shownWords(browser, `${files.origin}/${name}.html`));
  const [[, expected]] = words;
  const other = [...words].find(([, text]) => text !== expected);
  if (other) throw new Error(`${TITLES[other[0]]} does not show the same times as ${TITLES.plain}:\n${other[1]}\n\nexpected:\n${expected}`);
  return expected;
}

/** @param {any[]} visits of one page, one for each round @param {any[]} plain of the hand-written page in the same rounds */
function summary(visits, plain) {
  return {
    ...figures(visits.map(({ first, all, blocked, longest, shifted }) => ({ first, all, blocked, longest, shifted }))),
    // Compare the pages within each round: if another program slows the machine down for a while, it slows both pages down.
    ratio: figure(visits.map(({ first }, round) => first / plain[round].first)),
    memory: figures(visits.map(({ memory }) => memory)),
    bytes: figures(visits.map(({ bytes }) => bytes)),
    rounds: visits.map(({ first, all }) => ({ first, all })),
  };
}

/** @param {import("../bench.js").Tools} tools */
export async function run({ browser, files, rounds, say }) {
  const expected = await sameWords(/** @type {any} */ ({ browser, files }));
  /** @type {Record<string, any>} */
  const results = {};
  for (const { name: scene, profile, visits } of SCENES) {
    /** @type {Record<string, any[]>} */
    const samples = {};
    for (let round = 0; round < rounds; round++) {
      say(`load: ${scene}, round ${round + 1} of ${rounds}`);
      for (const contender of inTurn(CONTENDERS, round)) {
        const context = await freshContext(browser);
        for (const which of visits) {
          const figures = await visit(context, profile, `${files.origin}/${contender}.html`, expected);
          (samples[`${which} ${contender}`] ??= []).push(figures);
        }
        await context.close();
      }
    }
    for (const which of visits) {
      results[`${scene} ${which}`] = Object.fromEntries(CONTENDERS.map((name) => [name, summary(samples[`${which} ${name}`], samples[`${which} plain`])]));
    }
  }
  return results;
}

/** @param {Awaited<ReturnType<typeof run>>} results */
export function section(results) {
  const scenes = SCENES.flatMap(({ name, title, visits }) =>
    visits.map((which) => ({ title: `${title}; ${which === "first" ? "first visit, nothing in the cache" : "second visit, files in the cache"}`, result: results[`${name} ${which}`] })));
  const tables = scenes.map(({ title, result }) => {
    const rows = CONTENDERS.map((name) => {
      const { first, ratio, all, blocked, longest, shifted, memory, bytes } = result[name];
      const sum = Object.values(bytes).reduce((/** @type {number} */ sum, /** @type {any} */ { median }) => sum + median, 0);
      return [TITLES[name], milliseconds(first), times(ratio), milliseconds(all), milliseconds(blocked), longest.median ? milliseconds(longest) : "under 50 ms", shifted.median.toFixed(3), kilobytes(sum), kilobytes(memory.sum.median)];
    });
    return `### ${title}\n\n${table(["Page", "First time", "×", "All times", "Blocked", "Longest task", "Moved", "Downloaded", "Memory"], rows)}`;
  });
  return [
    "## How long until times are on screen",
    `Each page shows the same clinician's times, read from the same Acme: ten open days with clinics and times, in the page's language. The pages take turns in one run. "×" is the first time against hand-written JavaScript in the same round.`,
    `- **First time**: from the moment the patient follows the link until one time can be pressed.
- **All times**: until every time, clinic and name of the first ten days is there.
- **Blocked**: how long the page could not answer a touch, altogether: of each task the time beyond 50 ms (total blocking time).
- **Longest task**: the longest time for which the page could not answer a touch.
- **Moved**: how much of what the patient was reading jumped (cumulative layout shift; below 0.1 is good, 0 is best).
- **Downloaded**: everything over the network, the page and the answers of the API included.
- **Memory**: what the page keeps once it is at rest, the wasm's memory included.`,
    ...tables,
    "### What was downloaded on the first visit",
    downloads(results["phone first"]),
  ].join("\n\n");
}

/** @param {Record<string, any>} result */
function downloads(result) {
  const names = [...new Set(CONTENDERS.flatMap((name) => Object.keys(result[name].bytes)))].filter((name) => !name.endsWith(".html")).sort();
  const cell = (/** @type {any} */ bytes) => (bytes?.median ? kilobytes(bytes.median) : "");
  return table(["File or read", ...CONTENDERS.map((name) => TITLES[name])], names.map((file) => [file, ...CONTENDERS.map((name) => cell(result[name].bytes[file]))]));
}
