// Pictures of every step on Dr. Whitfield's page and on the flu-shot page: narrow and wide, light and dark. Written to the folder
// FAT_SHOTS.
import { expect, test } from "../../support/fixtures.js";
import { DOCTOR, FLU } from "../../support/journey.js";
import { walkIn, walkOff, walkOn } from "../../support/walk.js";

const folder = process.env.FAT_SHOTS;

for (const width of /** @type {const} */ ([375, 1280])) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    for (const [name, path] of /** @type {const} */ ([["doctor", DOCTOR], ["flu", FLU]])) {
      test.describe(`${name}, ${width} px, ${colorScheme}`, () => {
        test.use({ colorScheme, viewport: { width, height: width === 375 ? 812 : 900 } });

        for (const [part, walk] of /** @type {const} */ ([["in", walkIn], ["on", walkOn], ["off", walkOff]])) {
          test(part, async ({ page, site, acme, watch }) => {
            test.setTimeout(120_000);
            watch.allowConsole(/status of \d/);
            await walk({ page, site, acme }, path, "en", async (step) => {
              const picture = `${folder}/${name}-${width}-${colorScheme}-${step}.png`;
              const host = page.locator("find-a-time");
              // The first step with the whole page, the other steps without it.
              await (step === "1-times" ? page.screenshot({ path: picture, fullPage: true }) : host.screenshot({ path: picture }));
              const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
              expect(sideways, `${step} scrolls sideways`).toBeLessThanOrEqual(0);
            });
          });
        }
      });
    }
  }
}
