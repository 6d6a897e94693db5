// Runs axe on each form of the patient step: for someone else, with insurance, with a coupon, with the page's questions.
import { axe, expect, test, widget } from "../../support/fixtures.js";
import { openHost } from "../../support/journey.js";
import { byInsurance, FORM, forLeo, goOn, group, toPatient } from "../../support/patient-step.js";
import { openPractice, WORDS } from "../../support/on-demand.js";

const QUESTIONS = [{ question: "Any allergies?", required: true }, { question: "First visit?", choices: ["Yes", "No"], required: true }];
const ASKS = `document.querySelector("find-a-time").questions = ${JSON.stringify(QUESTIONS)};`;

for (const [lang, colorScheme] of /** @type {const} */ ([["en", "light"], ["es", "dark"]])) {
  test.describe(`in ${lang}, ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("for somebody else, by insurance, with the page's questions", async ({ page, site, acme }) => {
      await openHost({ page, site, acme }, { lang, token: await acme.token("marta"), attributes: { brand: "northlake" }, script: ASKS });
      const [it, words] = [widget(page), FORM[lang]];
      await toPatient(page);
      expect(await axe(page), "for oneself").toEqual([]);
      await it.host.getByRole("radio", { name: words.other, exact: true }).check();
      await it.host.getByRole("radio", { name: words.others, exact: true }).check();
      await expect(it.host.getByRole("radio", { name: "Yakima Orchardists' Fund" })).toHaveCount(1);
      await it.field(words.same).uncheck();
      await it.host.locator('[name="insured-me"]').uncheck();
      await it.button(words.goOn).click();
      await expect(it.alert).toBeVisible();
      expect(await axe(page), "everything that may be wrong").toEqual([]);
      await it.field(words.same).check();
      await it.host.locator('[name="insured-me"]').check();
      await forLeo(page, lang);
      await byInsurance(page, lang, { way: words.others });
      await it.host.locator("#question-1").fill("Penicillin");
      await group(page, "First visit?").getByRole("radio", { name: "No" }).check();
      expect(await axe(page), "filled in").toEqual([]);
      await goOn(page, "Cough", lang);
      expect(await axe(page), "the review").toEqual([]);
    });

    test("on demand, with a coupon and an interpreter", async ({ page, site, acme, watch }) => {
      watch.allowConsole(/status of 404/);
      await openPractice({ page, site, acme }, { lang, token: await acme.token("marta"), attributes: { interpreter: "" } });
      const it = widget(page);
      await it.button(WORDS[lang].video).click();
      await it.reaches("patient");
      await it.host.locator('[name="interpreter"]').check();
      await it.button(FORM[lang].goOn).click();
      await expect(it.alert).toBeVisible();
      expect(await axe(page), "nothing chosen").toEqual([]);
      await it.host.getByRole("radio", { name: lang === "en" ? /^Coupon/ : /^Cupón/ }).check();
      const code = it.host.locator("#coupon");
      for (const [text, wrong] of /** @type {const} */ ([["NORTH25", false], ["NORHT25", true]])) {
        await code.fill(text);
        await it.button(lang === "en" ? "Apply" : "Aplicar").click();
        await expect(code).toHaveAccessibleDescription(/\S/);
        await expect(it.host.locator("#coupon[aria-invalid]")).toHaveCount(wrong ? 1 : 0);
        expect(await axe(page), text).toEqual([]);
      }
    });
  });
}
