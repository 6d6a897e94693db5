// Checks every step of an on-demand visit: axe finds nothing, and nothing scrolls sideways on the smallest phone.
import { axe, expect, test, widget } from "../../support/fixtures.js";
import { acceptAndJoin, lookAgain, payWith, VIRTUAL, WORDS } from "../../support/on-demand.js";

/** Goes from the empty question for the patient's state to a canceled visit, and calls `visit` at every screen. */
async function walk({ page, site, acme }, lang, visit) {
  const [it, words] = [widget(page), WORDS[lang]];
  await page.goto(`${site.origin}${VIRTUAL}?lang=${lang}`);
  await it.reaches("queue");
  await visit("1-queue");
  for (const region of ["OR", "ID", "MT", "AK", "WY", "WA"]) {
    await it.field(words.region).selectOption(region);
    await it.host.locator(".fat-offer").first().waitFor();
    await visit(`2-${region}`);
  }
  const token = await acme.token("marta");
  await page.evaluate((token) => void (document.querySelector("find-a-time").getToken = () => token), token);
  await it.button(words.video).click();
  await it.reaches("patient");
  await it.field(words.reason).fill("Rash on forearm");
  await payWith(page, { lang, coupon: "NORTH25" });
  await visit("3-patient");
  await it.button(words.goOn).click();
  await it.reaches("review");
  await it.button(words.join).click();
  await visit("4-review");
  await acceptAndJoin(page, lang);
  await it.reaches("booked");
  await lookAgain(page, acme);
  await it.host.locator(".fat-wait").waitFor();
  await visit("5-waiting");
  await it.button(lang === "en" ? "Leave the line" : "Salir de la fila").click();
  await it.host.getByRole("radio").first().waitFor();
  await visit("6-leaving");
  await it.button(lang === "en" ? "Leave and cancel the visit" : "Salir y cancelar la consulta").click();
  await it.button(lang === "en" ? "See the wait now" : "Ver la espera actual").waitFor();
  await visit("7-left");
}

for (const [lang, colorScheme, width] of /** @type {const} */ ([["en", "light", 320], ["es", "dark", 320], ["en", "dark", 1280]])) {
  test.describe(`in ${lang}, ${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 } });

    test("every step", async ({ page, site, acme }) => {
      test.setTimeout(120_000);
      const wrong = {};
      let steps = 0;
      await walk({ page, site, acme }, lang, async (step) => {
        steps += 1;
        const found = await axe(page);
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (sideways > 0) found.push(`${sideways} px sideways`);
        if (found.length) wrong[step] = found;
        const folder = process.env.FAT_SHOTS;
        if (folder) await page.locator("find-a-time").screenshot({ path: `${folder}/on-demand-${lang}-${colorScheme}-${width}-${step}.png` });
      });
      expect(steps).toBe(12);
      expect(wrong).toEqual({});
    });
  });
}
