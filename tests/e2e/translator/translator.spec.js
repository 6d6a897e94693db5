// Whole journeys on a page that a browser's translator rewrites all along: at every step the same lines stand there, in the
// same order, as without a translator; so it is when the page changes its language at that step, and changes it back.
import { expect, test, widget } from "../../support/fixtures.js";
import { linesOf, translate, turn, untranslated } from "../../support/translator.js";
import { wordsOf } from "../../support/walk.js";
import { JOURNEYS, walk } from "../../support/whole-journeys.js";

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
 * What stands there at each step of a journey: in the page's language, in the other one, and in its own again.
 * @param {import("../../support/whole-journeys.js").On} on @param {import("../../support/whole-journeys.js").Journey} journey @param {boolean} [isTranslated]
 */
async function linesOfEach(on, journey, isTranslated = false) {
  const { page, acme, lang } = on;
  await acme.reset();
  /** @type {Record<string, Record<string, string[]>>} */
  const seen = {};
  const look = async (/** @type {string} */ step, /** @type {string} */ name) => {
    await rests(page);
    seen[step][name] = await linesOf(page);
    if (isTranslated) expect(await untranslated(page), `${step}, ${name}`).toEqual([]);
  };
  await walk(on, journey, async (step) => {
    seen[step] = {};
    await look(step, lang);
    await turn(page, OTHER[lang]);
    await look(step, OTHER[lang]);
    await turn(page, lang);
    await look(step, `${lang} again`);
  });
  expect(await widget(page).codes()).toEqual([]);
  return seen;
}

for (const [name, journey] of Object.entries(JOURNEYS)) {
  for (const lang of /** @type {const} */ (["en", "es"])) {
    // At each step the page turns to the other language too.
    test(`${name} (${lang})`, { tag: lang === "en" ? [] : "@one-engine" }, async ({ page, site, acme, watch }) => {
      test.slow();
      if (journey.provoked) watch.allowConsole(journey.provoked);
      const on = { page, site, acme, lang, words: wordsOf(lang) };
      const plain = await linesOfEach(on, journey);
      await translate(page);
      const translated = await linesOfEach(on, journey, true);
      for (const step of Object.keys(plain)) expect(translated[step], step).toEqual(plain[step]);
    });
  }
}

for (const [name, journey] of Object.entries(JOURNEYS)) {
  test(`${name}: a change of language leaves nothing behind`, { tag: "@one-engine" }, async ({ page, site, acme, watch }) => {
    test.slow();
    if (journey.provoked) watch.allowConsole(journey.provoked);
    const [english, spanish] = [await linesOfEach({ page, site, acme, lang: "en", words: wordsOf("en") }, journey), await linesOfEach({ page, site, acme, lang: "es", words: wordsOf("es") }, journey)];
    // What was said in the language before has been heard.
    const shown = (/** @type {string[]} */ lines) => lines.filter((line) => !line.startsWith("status:"));
    for (const step of Object.keys(english)) {
      expect(shown(english[step].es), `${step}, turned Spanish`).toEqual(shown(spanish[step].es));
      expect(shown(spanish[step].en), `${step}, turned English`).toEqual(shown(english[step].en));
    }
  });
}
