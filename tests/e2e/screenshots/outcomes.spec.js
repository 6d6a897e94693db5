// Pictures of an outcome in brief above new times, confirmed and unknown: narrow and wide, light and dark, in
// both languages. Written to the folder FAT_SHOTS.
import { expect, test, widget } from "../../support/fixtures.js";
import { DOCTOR, toReview } from "../../support/journey.js";
import { wordsOf } from "../../support/walk.js";

const folder = process.env.FAT_SHOTS;

for (const width of /** @type {const} */ ([375, 1280])) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    for (const lang of /** @type {const} */ (["en", "es"])) {
      for (const outcome of /** @type {const} */ (["booked", "unconfirmed"])) {
        test.describe(`${width} px, ${colorScheme}, ${lang}`, () => {
          test.use({ colorScheme, viewport: { width, height: width === 375 ? 812 : 900 } });

          test(outcome, async ({ page, site, acme, watch }) => {
            watch.allowConsole(/status of \d/);
            const [it, words] = [widget(page), wordsOf(lang)];
            await page.goto(`${site.origin}${DOCTOR}?lang=${lang}`);
            await it.reaches("times");
            const token = await acme.token("marta");
            await page.evaluate((token) => void (document.querySelector("find-a-time").getToken = () => token), token);
            await toReview(page, { words: { reason: words["field.reason"], goOn: words["details.go-on"] } });
            if (outcome === "unconfirmed") await acme.fault({ path: "/api/7/visits/providerbooking", kind: "status", status: 500 });
            await it.button(words["review.book"]).click();
            await it.reaches(outcome);
            await page.screenshot({ path: `${folder}/full-${outcome}-${width}-${colorScheme}-${lang}.png`, fullPage: true });
            const other = (await acme.world()).clinicians.find((clinician) => JSON.stringify(clinician).includes("Lindqvist"));
            await page.evaluate((npi) => document.querySelector("find-a-time").setAttribute("npi", npi), other.npi);
            await it.reaches("times");
            await it.times.first().waitFor();
            await page.screenshot({ path: `${folder}/brief-${outcome}-${width}-${colorScheme}-${lang}.png`, fullPage: true });
            expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
          });
        });
      }
    }
  }
}
