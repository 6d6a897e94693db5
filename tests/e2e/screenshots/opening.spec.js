// Pictures of "One moment", loading and failed: narrow and wide, light and dark, in both languages. Written to the folder FAT_SHOTS.
import { expect, test, widget } from "../../support/fixtures.js";
import { DOCTOR } from "../../support/journey.js";
import { expectFailed, expectLoadErrors, expectOpening, neverIdle, PART } from "../../support/parts.js";

const folder = process.env.FAT_SHOTS;

for (const width of /** @type {const} */ ([375, 1280])) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    for (const lang of /** @type {const} */ (["en", "es"])) {
      test.describe(`${width} px, ${colorScheme}, ${lang}`, () => {
        test.use({ colorScheme, viewport: { width, height: width === 375 ? 812 : 900 } });

        test("One moment", async ({ page, site, acme, watch }) => {
          expectLoadErrors(watch);
          // The preview page prints the element's diagnostics.
          watch.allowConsole(/find-a-time: asset-missing/);
          expect(acme.api, "the pages point to it").toMatch(/^http/);
          await neverIdle(page);
          const release = site.hold(PART);
          await page.goto(`${site.origin}${DOCTOR}?lang=${lang}`);
          const host = page.locator("find-a-time");
          const picture = async (state) => {
            await host.screenshot({ path: `${folder}/opening-${width}-${colorScheme}-${lang}-${state}.png` });
            expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), "scrolls sideways").toBeLessThanOrEqual(0);
          };
          await page.evaluate(() => void (document.querySelector("find-a-time").getToken = () => null));
          await widget(page).times.first().click();
          await expectOpening(page, { lang });
          await picture("loading");
          site.put(PART, { status: 503, body: "" });
          release();
          await expectFailed(page, { lang });
          await picture("failed");
        });
      });
    }
  }
}
