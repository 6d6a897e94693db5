// Whole journeys on a page that a browser's translator rewrites all along: at every step the same lines stand there, in the
// same order, as without a translator; so it is when the page changes its language at that step, and changes it back.
import { expect, test, widget } from "../../support/fixtures.js";
import { linesOf, translate, turn, untranslated } from "../../support/translator.js";
import { wordsOf } from "../../support/walk.js";
import { JOURNEYS } from "./journeys.js";

/** The live region speaks once a text has held for 600 ms: longer than that. */
const A_MOMENT = 700;
const OTHER = /** @type {const} */ ({ en: "es", es: "en" });

/** Everything has come, and the live region has spoken. @param {import("@playwright/test").Page} page */
async function rests(page) {
  let before = "";
  await expect.poll(async () => before === (before = (await linesOf(page)).join("\n")), { intervals: [50] }).toBe(true);
  await page.clock.runFor(A_MOMENT);
}

/**
 * Goes through a journey in one language. @returns what stands there at each step: in the page's language, in the other one,
 * and in its own again
 * @param {import("./journeys.js").On} on @param {import("./journeys.js").Journey} journey @param {boolean} [isTranslated]
 */
async function walk(on, { open, steps }, isTranslated = false) {
  const { page, acme, lang } = on;
  await acme.reset();
  await open(on);
  /** @type {Record<string, Record<string, string[]>>} */
  const seen = {};
  const look = async (/** @type {string} */ step, /** @type {string} */ name) => {
    await rests(page);
    seen[step][name] = await linesOf(page);
    if (isTranslated) expect(await untranslated(page), `${step}, ${name}`).toEqual([]);
  };
  for (const { name, act, state, shows } of steps) {
    await test.step(name, async () => {
      seen[name] = {};
      await act?.(on);
      if (state) await widget(page).reaches(state);
      await shows?.(on).waitFor();
      await look(name, lang);
      await turn(page, OTHER[lang]);
      await look(name, OTHER[lang]);
      await turn(page, lang);
      await look(name, `${lang} again`);
    });
  }
  expect(await widget(page).codes()).toEqual([]);
  return seen;
}

for (const [name, journey] of Object.entries(JOURNEYS)) {
  for (const lang of /** @type {const} */ (["en", "es"])) {
    test(`${name} (${lang})`, async ({ page, site, acme, watch }) => {
      test.slow();
      if (journey.provoked) watch.allowConsole(journey.provoked);
      const on = { page, site, acme, lang, words: wordsOf(lang) };
      const plain = await walk(on, journey);
      await translate(page);
      const translated = await walk(on, journey, true);
      for (const step of Object.keys(plain)) expect(translated[step], step).toEqual(plain[step]);
    });
  }
}

for (const [name, journey] of Object.entries(JOURNEYS)) {
  test(`${name}: a change of language leaves nothing behind`, { tag: "@one-engine" }, async ({ page, site, acme, watch }) => {
    test.slow();
    if (journey.provoked) watch.allowConsole(journey.provoked);
    const [english, spanish] = [await walk({ page, site, acme, lang: "en", words: wordsOf("en") }, journey), await walk({ page, site, acme, lang: "es", words: wordsOf("es") }, journey)];
    // What was said in the language before has been heard.
    const shown = (/** @type {string[]} */ lines) => lines.filter((line) => !line.startsWith("status:"));
    for (const step of Object.keys(english)) {
      expect(shown(english[step].es), `${step}, turned Spanish`).toEqual(shown(spanish[step].es));
      expect(shown(spanish[step].en), `${step}, turned English`).toEqual(shown(english[step].en));
    }
  });
}
