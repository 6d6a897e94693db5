// Runs axe on "One moment", the screen that waits for the wasm part that a press needs: while the part loads, and after it
// failed to load, in each language and colour scheme.
import { axe, expect, test, widget } from "../../support/fixtures.js";
import { expectFailed, expectLoadErrors, expectOpening, open, PART } from "../../support/parts.js";

for (const lang of /** @type {const} */ (["en", "es"])) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    test.describe(`in ${lang}, ${colorScheme}`, () => {
      test.use({ colorScheme });

      test("“One moment”, while it loads and after it failed", async ({ page, site, acme, watch }) => {
        expectLoadErrors(watch);
        const release = site.hold(PART);
        await open({ page, site, acme }, { lang });
        await widget(page).times.first().click();
        await expectOpening(page, { lang });
        expect(await axe(page)).toEqual([]);
        site.put(PART, { status: 503, body: "" });
        release();
        await expectFailed(page, { lang });
        expect(await axe(page)).toEqual([]);
      });
    });
  }
}
