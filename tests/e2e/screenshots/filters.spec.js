// Pictures of the filters while their panel loads, after it failed to load, and open: narrow and wide, light and dark, in both
// languages. Written to the folder FAT_SHOTS.
import { expect, test, widget } from "../../support/fixtures.js";
import { SCRIPT, tag } from "../../support/host-page.js";
import { expectLoadErrors, neverIdle, WAYS } from "../../support/parts.js";
import { wordsOf } from "../../support/walk.js";

const folder = process.env.FAT_SHOTS;

for (const width of /** @type {const} */ ([375, 1280])) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    for (const lang of /** @type {const} */ (["en", "es"])) {
      test.describe(`${width} px, ${colorScheme}, ${lang}`, () => {
        test.use({ colorScheme, viewport: { width, height: width === 375 ? 812 : 900 } });

        test("the filters", async ({ page, site, acme, watch }) => {
          expectLoadErrors(watch);
          watch.allowConsole(/find-a-time: asset-missing/);
          const words = wordsOf(lang);
          await neverIdle(page);
          const release = site.hold(WAYS);
          await page.goto(site.page({ head: SCRIPT, body: `<h1>Clinic</h1>${tag(acme)}`, lang }));
          const it = widget(page);
          const picture = async (state) => {
            await it.host.screenshot({ path: `${folder}/filters-${width}-${colorScheme}-${lang}-${state}.png` });
            expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), "scrolls sideways").toBeLessThanOrEqual(0);
          };
          await it.button(words.filters).click();
          await expect(it.host.getByText(words["opening.heading"]).first()).toBeVisible();
          await picture("loading");
          site.put(WAYS, { status: 503, body: "" });
          release();
          await expect(it.alert).toContainText(words["filters.failed"]);
          await picture("failed");
          site.take(WAYS);
          await it.button(words.retry).click();
          await expect(it.host.getByRole("group", { name: words["filters.weekday"] })).toBeVisible();
          await picture("there");
        });
      });
    }
  }
}
