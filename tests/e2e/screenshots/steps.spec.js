// Pictures of every step of both pages, narrow and wide, by day and by night, in the folder FAT_SHOTS.
import { expect, test } from "../../support/fixtures.js";
import { DOCTOR, FLU } from "../../support/journey.js";
import { walkIn, walkOff, walkOn } from "../../support/walk.js";

const folder = process.env.FAT_SHOTS;

for (const width of [375, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const [name, path] of [["doctor", DOCTOR], ["flu", FLU]]) {
      test.describe(`${name}, ${width} px, ${colorScheme}`, () => {
        test.use({ colorScheme, viewport: { width, height: width === 375 ? 812 : 900 } });

        for (const [part, walk] of [["in", walkIn], ["on", walkOn], ["off", walkOff]]) {
          test(part, async ({ page, site, acme, watch }) => {
            test.setTimeout(120_000);
            watch.allowConsole(/status of \d/);
            await walk({ page, site, acme }, path, "en", async (step) => {
              const picture = `${folder}/${name}-${width}-${colorScheme}-${step}.png`;
              const host = page.locator("find-a-time");
              // The first view as the patient has it; the other steps without the page around them.
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
