// Whole journeys on a page that a translator rewrites all the time: every step shows the same lines in the same order as without
// a translator, also after the page changes its language at that step and changes it back.
import { expect, test, widget } from "../../support/fixtures.js";
import { linesOf, translate, turn, untranslated } from "../../support/translator.js";
import { wordsOf } from "../../support/walk.js";
import { JOURNEYS, walk } from "../../support/whole-journeys.js";

/** More than the 600 ms for which a text must be unchanged before the live region says it. */
const A_MOMENT = 700;
const OTHER = /** @type {const} */ ({ en: "es", es: "en" });

/** Waits until nothing changes any more and the live region has been updated. @param {import("@playwright/test").Page} page */
async function rests(page) {
  let before = "";
  await expect.poll(async () => before === (before = (await linesOf(page)).join("\n")), { intervals: [50] }).toBe(true);
  await page.clock.runFor(A_MOMENT);
}

/**
 * The lines at each step of a journey: in the page's language, in the other language, and in the page's again.
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
    // At each step the page also switches to the other language, so one engine is enough for the second run.
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
    // Leave out the live region: it still holds what it said before the page changed its language.
    const shown = (/** @type {string[]} */ lines) => lines.filter((line) => !line.startsWith("status:"));
    for (const step of Object.keys(english)) {
      expect(shown(english[step].es), `${step}, turned Spanish`).toEqual(shown(spanish[step].es));
      expect(shown(spanish[step].en), `${step}, turned English`).toEqual(shown(english[step].en));
    }
  });
}
