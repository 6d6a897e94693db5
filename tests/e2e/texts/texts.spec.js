// Puts hostile texts into every member of every answer that the element reads: nothing runs, only text is drawn, no link leads to a
// place that it must not, and no invisible characters are shown. `cargo xtask test hostile` tries each of the 200 texts at each
// member; the plain test command tries a sample.
import { expect, strictPolicy, test, widget } from "../../support/fixtures.js";
import { JOURNEYS, walk } from "./journeys.js";
import { flaws, hearAlerts, lookAt } from "./look.js";
import { Answers, decides, DECIDES, Pairs } from "./members.js";
import { LONE_SURROGATE, PAYLOADS } from "./payloads.js";

const TEXTS = PAYLOADS.map(({ text }) => text);
/** The number of rounds in the exhaustive run: all, unless FAT_TIMES asks for fewer. */
const ROUNDS = Number(process.env.FAT_TIMES ?? TEXTS.length);
/** As many harmless texts as hostile ones, to find out what the element draws with harmless texts. */
const HARMLESS = PAYLOADS.map((_, nth) => `Harmless ${nth} text`);
/** What browsers print about a refused request, and about an address made from a hostile id: Acme refuses one that is too long without CORS. */
const OF_BROWSERS = /Failed to load resource|NetworkError|Access to fetch at/;

/** @typedef {import("./journeys.js").On} On */

/** Resets Acme, and sets the journey's own faults. @param {import("../../support/acme.js").Acme} acme @param {import("./journeys.js").Journey} journey */
async function prepare(acme, { faults = [] }) {
  await acme.reset();
  for (const fault of faults) await acme.fault(fault);
}

/** Resets Acme, and changes the texts in one answer or in all. @param {On} on @param {import("./journeys.js").Journey} journey @param {object} fault */
async function begin({ acme, site }, journey, fault, isStrict = false) {
  await prepare(acme, journey);
  // The element books with the changed name and address that it has read, which are not those of Acme's record.
  await acme.comparison("off");
  await acme.fault({ path: "/", kind: "change", change: "texts", times: 0, ...fault });
  site.headers = isStrict ? { "content-security-policy": strictPolicy(`${acme.api} ${acme.visits}`) } : {};
}

/** A fault that puts texts into the members that are only shown, starting with `texts[from]`. @param {string[]} texts @param {number} from */
const shown = (texts, from) => ({ texts, from, except: DECIDES });

test("there are 200 different hostile texts", () => {
  expect(PAYLOADS).toHaveLength(200);
  expect(new Set(TEXTS).size).toBe(200);
  expect(new Set(PAYLOADS.map(({ name }) => name)).size).toBe(200);
});

/**
 * Goes through a journey with hostile texts at every member that is only shown.
 * @param {On} on @param {import("./journeys.js").Journey} journey @param {number} from
 * @param {Map<string, import("./look.js").Look>} plain the looks at each step with harmless texts
 * @returns {Promise<Set<string>>} names of the texts that were seen
 */
async function walkHostile(on, journey, from, plain) {
  // Every second time under the strict policy, which would block a script and report it.
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
    // Without a timeout of its own, one press that never succeeds would wait for as long as the whole test may take.
    page.setDefaultTimeout(15_000);
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

/** Checks that the element reaches a state from which a patient can continue, and has sent at most one booking. @param {On} on @param {string} what */
async function expectNamedState({ page, acme }, what) {
  const it = widget(page);
  await expect.soft.poll(async () => ["loading", "sending"].includes(await it.state()), { message: `${what}: a state that stays`, timeout: 20_000 }).toBe(false);
  // With a select the patient chooses a region, among others.
  const wayOn = page.locator('find-a-time a[href^="tel:"]:visible, find-a-time button:visible, find-a-time select:enabled:visible');
  expect.soft(await wayOn.count(), `${what}: a way on`).toBeGreaterThan(0);
  expect.soft((await it.codes()).filter((code) => ["panic", "internal"].includes(code)), what).toEqual([]);
  expect.soft((await acme.visitsBooked()).length, `${what}: visits booked`).toBeLessThanOrEqual(1);
}

/** Goes through a journey in which one answer is entirely hostile. @param {On} on @param {import("./journeys.js").Journey} journey @param {{ method: string, path: string }} answer @param {object} fault */
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

/** For the plain test command: a journey, and an answer that it needs. @type {Record<string, [method: string, path: string]>} */
const SAMPLE = {
  "with a clinician, whose time is taken once": ["GET", "/v4/providers/"],
  "at a clinic, and cancelled": ["GET", "/v1/patient"],
  "on demand, and left again": ["POST", "/api/9/visits"],
};

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

/** Each answer with texts, and the journey that uses most of it. @type {Record<string, keyof typeof JOURNEYS>} */
const ANSWERS = {
  "GET /v1/providers/{id}": "with a clinician, whose time is taken once",
  "GET /v4/providers/{id}/timeslots": "with a clinician, whose time is taken once",
  "GET /v1/validationConfigs": "with a clinician, whose time is taken once",
  "POST /api/7/visits/providerbooking": "with a clinician of v5",
  "GET /v4/departments/{id}/departmentInfo": "at a clinic, and cancelled",
  "GET /v2/departments/{id}/timeslots": "at a clinic, and cancelled",
  "GET /v1/patient": "at a clinic, and cancelled",
  "GET /api/v2/brand/northlake/insuranceissuers": "at a clinic, and cancelled",
  "POST /api/6/visits/retail": "at a clinic, and cancelled",
  "GET /api/6/visits/retail/self": "at a clinic, and cancelled",
  "GET /api/7/visits/retail/cancel/reasons/northlake": "at a clinic, and cancelled",
  "POST /api/6/visits/retail/cancel/{id}": "at a clinic, and cancelled",
  "POST /v1/patient/self": "for a new patient",
  "POST /v1/patient/other": "for a dependant",
  "GET /api/9/practices/{id}": "on demand, and left again",
  "GET /api/9/regions/waittimes": "on demand, and left again",
  "POST /api/9/visits": "on demand, and left again",
  "GET /v2/blisseyconfigs": "on demand, and left again",
  "POST /v1/visits/{id}/patient-cancel-video": "on demand, and left again",
  "GET /v1/availability/slots": "around a place",
  "GET /v4/departments": "among a brand's clinics",
  "GET /v5/providers/{id}/timeslots": "with a clinician of v5",
};

/** Plays a journey with harmless answers, and returns the answers that have texts. @param {On} on @param {import("./journeys.js").Journey} journey */
async function census(on, journey) {
  const answers = new Answers(on.page, [on.acme.api, on.acme.visits]);
  await prepare(on.acme, journey);
  await walk(on, journey, async () => {}, true);
  const heard = await answers.heard();
  answers.end();
  return new Map([...heard].filter(([, paths]) => paths.size));
}

for (const [name, journey] of Object.entries(JOURNEYS)) {
  test(`${name}: the list of answers has each answer of this journey`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(OF_BROWSERS);
    const known = new Set(Object.keys(ANSWERS));
    expect([...(await census({ page, site, acme }, journey)).keys()].filter((endpoint) => !known.has(endpoint))).toEqual([]);
  });
}

for (const [endpoint, name] of Object.entries(ANSWERS)) {
  test(`${endpoint}: each hostile text at each member of the answer ends in a named state`, { tag: "@exhaustive" }, async ({ page, site, acme, watch }, info) => {
    test.setTimeout(60_000 + ROUNDS * 30_000);
    watch.allowConsole(OF_BROWSERS);
    await hearAlerts(page);
    const on = { page, site, acme };
    const journey = JOURNEYS[name];
    const paths = (await census(on, journey)).get(endpoint);
    if (!paths) throw new Error(`the journey "${name}" has no ${endpoint}`);
    const [method, whole] = endpoint.split(" ");
    const answer = { method, path: whole.split("{id}")[0] };
    const pairs = new Pairs();
    // A list has several texts for each member, so all texts have been used after a few rounds.
    for (let from = 0; from < ROUNDS && (from === 0 || pairs.missing().length); from++) {
      const answers = new Answers(page, [acme.api, acme.visits]);
      await walkSpoiled(on, journey, answer, { texts: TEXTS, from });
      const heard = await answers.heard();
      answers.end();
      pairs.add(new Map([[endpoint, heard.get(endpoint) ?? new Map()]]));
    }
    if (ROUNDS >= TEXTS.length) expect.soft(pairs.missing(), "payloads that a member has not had").toEqual([]);
    // Change one member at a time: when all are hostile, the widget may reject the answer at the first, and never read the others.
    const members = new Set([...paths.keys()].filter(decides).map((path) => path.split(".").at(-1)?.replaceAll("[]", "")));
    for (const member of members) for (let from = 0; from < ROUNDS; from += 20) await walkSpoiled(on, journey, answer, { texts: TEXTS, from, member });
    info.annotations.push({ type: "pairs", description: `${pairs.members} members, ${pairs.count} pairs; ${members.size} members alone` });
  });
}

test("POST /api/7/visits/providerbooking, refused: each hostile text as its error ends in a named state", { tag: "@exhaustive" }, async ({ page, site, acme, watch }) => {
  test.setTimeout(60_000 + ROUNDS * 30_000);
  watch.allowConsole(OF_BROWSERS);
  await hearAlerts(page);
  const journey = JOURNEYS["with a clinician, whose time is taken once"];
  const answer = { method: "POST", path: "/api/7/visits/providerbooking" };
  for (let from = 0; from < ROUNDS; from++) {
    const faults = (journey.faults ?? []).map((fault) => ({ ...fault, body: { error: TEXTS[from] } }));
    await walkSpoiled({ page, site, acme }, { ...journey, faults }, answer, { texts: TEXTS, from });
  }
});
