// Hostile texts in every member of every answer that the element reads: nothing runs, nothing is drawn but text, no link leads
// elsewhere than it may, and nothing that cannot be seen is shown. `cargo xtask test hostile` tries each of the 200 texts at each
// member; the plain test command tries a sample.
import { expect, NOW, strictPolicy, test, widget } from "../../support/fixtures.js";
import { JOURNEYS, walk } from "./journeys.js";
import { flaws, hearAlerts, lookAt } from "./look.js";
import { Answers, decides, DECIDES, Pairs } from "./members.js";
import { LONE_SURROGATE, PAYLOADS } from "./payloads.js";

const TEXTS = PAYLOADS.map(({ text }) => text);
/** How many of the exhaustive run's rounds are played: all, unless somebody wants an impression. */
const ROUNDS = Number(process.env.FAT_TIMES ?? TEXTS.length);
/** Of the same shape, and as many. */
const HARMLESS = PAYLOADS.map((_, nth) => `Harmless ${nth} text`);
/** The browser's own words about a refusal, and about an address that is made of a hostile id. */
const OF_BROWSERS = /Failed to load resource|NetworkError/;

/** @typedef {import("./journeys.js").On} On */

/** Acme at its beginning, with a fault for each answer, or for one. @param {On} on @param {import("./journeys.js").Journey} journey @param {object} fault */
async function begin({ acme, site }, { faults = [] }, fault, isStrict = false) {
  await acme.reset();
  for (const one of faults) await acme.fault(one);
  await acme.fault({ path: "/", kind: "change", change: "texts", times: 0, ...fault });
  site.headers = isStrict ? { "content-security-policy": strictPolicy(`${acme.api} ${acme.visits}`) } : {};
}

/** Texts at members that are only shown, from one of the list on. @param {string[]} texts @param {number} from */
const shown = (texts, from) => ({ texts, from, except: DECIDES });

test("there are 200 hostile texts, each another", () => {
  expect(PAYLOADS).toHaveLength(200);
  expect(new Set(TEXTS).size).toBe(200);
  expect(new Set(PAYLOADS.map(({ name }) => name)).size).toBe(200);
});

/**
 * A journey with hostile texts at every member that is only shown.
 * @param {On} on @param {import("./journeys.js").Journey} journey @param {number} from
 * @param {Map<string, import("./look.js").Look>} plain looks at each step with harmless texts
 * @returns {Promise<Set<string>>} names of the texts that were seen
 */
async function walkHostile(on, journey, from, plain) {
  // Every other time under the strict policy: there a script would be refused, and the refusal heard.
  await begin(on, journey, shown(TEXTS, from), from % 2 === 1);
  const seen = new Set();
  await walk(on, journey, async (step) => {
    const look = await lookAt(on.page);
    expect.soft(flaws(look, { plain: plain.get(step), local: [on.acme.visits] }), `${step}, texts from ${from} on`).toEqual([]);
    for (const { name, text } of PAYLOADS) if (text.length > 8 && look.text.includes(text)) seen.add(name);
  });
  return seen;
}

for (const [nth, [name, journey]] of Object.entries(JOURNEYS).entries()) {
  test(`${name}: hostile texts are drawn as text`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(OF_BROWSERS);
    await hearAlerts(page);
    const seen = await walkHostile({ page, site, acme }, journey, nth * 23, new Map());
    expect(seen.size, "texts that were seen as they are written").toBeGreaterThan(0);
  });

  test(`${name}: each hostile text at each member that is shown is drawn as text`, { tag: "@exhaustive" }, async ({ page, site, acme, watch }, info) => {
    test.setTimeout(ROUNDS * 20_000);
    watch.allowConsole(OF_BROWSERS);
    await hearAlerts(page);
    const on = { page, site, acme };
    const plain = new Map();
    await begin(on, journey, shown(HARMLESS, 0));
    await walk(on, journey, async (step) => void plain.set(step, await lookAt(page)));
    const pairs = new Pairs();
    const seen = new Set();
    for (let from = 0; from < ROUNDS; from++) {
      const answers = new Answers(page, [acme.api, acme.visits]);
      for (const text of await walkHostile(on, journey, from, plain)) seen.add(text);
      pairs.add(await answers.heard(), (path) => !decides(path));
      answers.end();
    }
    info.annotations.push({ type: "pairs", description: `${pairs.members} members, ${pairs.count} pairs, ${seen.size} texts seen as they are written` });
    if (ROUNDS >= TEXTS.length) expect(pairs.missing(), "payloads that a member has not had").toEqual([]);
  });
}

/** The element has come to something that a patient can go on from, and has sent at most one booking. @param {On} on @param {string} what */
async function expectNamedState({ page, acme }, what) {
  const it = widget(page);
  await expect.soft.poll(async () => ["loading", "sending"].includes(await it.state()), { message: `${what}: a state that stays`, timeout: 20_000 }).toBe(false);
  const wayOn = page.locator('find-a-time a[href^="tel:"]:visible, find-a-time button:visible');
  expect.soft(await wayOn.count(), `${what}: a way on`).toBeGreaterThan(0);
  expect.soft((await it.codes()).filter((code) => ["panic", "internal"].includes(code)), what).toEqual([]);
  expect.soft((await acme.visitsBooked()).length, `${what}: visits booked`).toBeLessThanOrEqual(1);
}

/** A journey of which one answer is hostile through and through. @param {On} on @param {import("./journeys.js").Journey} journey @param {{ method: string, path: string }} answer @param {object} fault */
async function walkSpoiled(on, journey, { method, path }, fault) {
  await begin(on, journey, { path, method, ...fault });
  on.page.setDefaultTimeout(2_500);
  const what = `${method} ${path}, ${JSON.stringify({ ...fault, texts: undefined })}`;
  const last = await walk(on, journey, async (step) => {
    const look = await lookAt(on.page);
    expect.soft(flaws(look, { local: [on.acme.visits] }), `${step}: ${what}`).toEqual([]);
  }, true);
  await expectNamedState(on, `${last}: ${what}`);
}

/** For the plain test command: a journey, and an answer that it cannot do without. @type {Record<string, [method: string, path: string]>} */
const SAMPLE = {
  "with a clinician, whose time is taken once": ["GET", "/v4/providers/"],
  "at a clinic, and cancelled": ["GET", "/v1/patient"],
  "on demand, and left again": ["POST", "/api/9/visits"],
};

/** Answers that some journey has been tried with already. @type {Set<string>} */
const tried = new Set();

for (const [name, [method, path]] of Object.entries(SAMPLE)) {
  test(`${name}: an answer whose ids, dates and codes are hostile ends in a named state`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(OF_BROWSERS);
    await hearAlerts(page);
    await walkSpoiled({ page, site, acme }, JOURNEYS[name], { method, path }, { texts: TEXTS, from: 31 });
  });

  test(`${name}: an answer with half a surrogate pair, which no text can hold, ends in a named state`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(OF_BROWSERS);
    await hearAlerts(page);
    await walkSpoiled({ page, site, acme }, JOURNEYS[name], { method, path }, { texts: [LONE_SURROGATE] });
  });
}

for (const [name, journey] of Object.entries(JOURNEYS)) {
  test(`${name}: each hostile text at each member of each answer ends in a named state`, { tag: "@exhaustive" }, async ({ page, site, acme, watch }, info) => {
    watch.allowConsole(OF_BROWSERS);
    await hearAlerts(page);
    const on = { page, site, acme };
    const census = new Answers(page, [acme.api, acme.visits]);
    await acme.reset();
    await walk(on, { ...journey, faults: undefined }, async () => {}, true);
    const endpoints = [...(await census.heard()).entries()].filter(([endpoint, paths]) => !tried.has(endpoint) && paths.size);
    census.end();
    test.setTimeout(60_000 + endpoints.length * ROUNDS * 15_000);
    for (const [endpoint, paths] of endpoints) {
      tried.add(endpoint);
      const [method, whole] = endpoint.split(" ");
      const answer = { method, path: whole.split("{id}")[0] };
      const pairs = new Pairs();
      // A list has many texts of a member, and is through after a few.
      for (let from = 0; from < ROUNDS && (from === 0 || pairs.missing().length); from++) {
        const answers = new Answers(page, [acme.api, acme.visits]);
        await walkSpoiled(on, journey, answer, { texts: TEXTS, from });
        const heard = await answers.heard();
        answers.end();
        pairs.add(new Map([[endpoint, heard.get(endpoint) ?? new Map()]]));
      }
      if (ROUNDS >= TEXTS.length) expect.soft(pairs.missing(), `${endpoint}: payloads that a member has not had`).toEqual([]);
      // One member at a time, so that what comes after it is read too.
      const members = new Set([...paths.keys()].filter(decides).map((path) => path.split(".").at(-1)?.replaceAll("[]", "")));
      for (const member of members) for (let from = 0; from < ROUNDS; from += 20) await walkSpoiled(on, journey, answer, { texts: TEXTS, from, member });
      info.annotations.push({ type: "pairs", description: `${endpoint}: ${pairs.members} members, ${pairs.count} pairs; ${members.size} members alone` });
    }
  });
}
