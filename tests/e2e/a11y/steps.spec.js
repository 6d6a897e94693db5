// Runs axe and IBM's accessibility checker on every step of a booking on Dr. Whitfield's page and on the flu-shot page, in English
// with the light color scheme and in Spanish with the dark one. Also on the snippet builder's page and on the page that ends a sign-in.
import { axe, expect, test, widget } from "../../support/fixtures.js";
import { DOCTOR, FLU, openHost } from "../../support/journey.js";
import { walkIn, walkOff, walkOn } from "../../support/walk.js";

test("both engines look inside the widget", async ({ page, site, acme }) => {
  await openHost({ page, site, acme });
  expect(await axe(page)).toEqual([]);
  await widget(page).host.evaluate((element) => element.shadowRoot.querySelector(".fat-root").append(document.createElement("button")));
  const found = await axe(page);
  expect(found).toContainEqual(expect.stringMatching(/^button-name: /));
  expect(found).toContainEqual(expect.stringMatching(/^ibm /));
});

for (const [lang, colorScheme] of /** @type {const} */ ([["en", "light"], ["es", "dark"]])) {
  test.describe(`in ${lang}, ${colorScheme}`, () => {
    test.use({ colorScheme });

    for (const [page_, path] of /** @type {const} */ ([["Dr. Whitfield's page", DOCTOR], ["the flu-shot page", FLU]])) {
      for (const [part, walk, steps] of /** @type {const} */ ([["choosing and the form", walkIn, 6], ["record, review, taken, booked", walkOn, 6], ["what goes wrong", walkOff, 3]])) {
        test(`${page_}: ${part}`, async ({ page, site, acme, watch }) => {
          watch.allowConsole(/status of \d/);
          const violations = {};
          await walk({ page, site, acme }, path, lang, async (step) => void (violations[step] = await axe(page)));
          expect(Object.keys(violations)).toHaveLength(steps);
          expect(Object.fromEntries(Object.entries(violations).filter(([, found]) => found.length))).toEqual({});
        });
      }
    }
  });
}

for (const [name, path] of [["the standalone page", "/preview/index.html"], ["the page that ends a sign-in", "/preview/callback.html"]]) {
  test(`${name}, in English and Spanish`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(/Scripts may close only the windows/);
    expect(acme.api, "the pages point to it").toMatch(/^http/);
    for (const lang of ["en", "es"]) {
      // The callback page closes itself; browsers allow that only in a window that a script opened, so here the page stays open.
      await page.goto(`${site.origin}${path}?lang=${lang}&state=${lang}.x`);
      if (path.includes("index")) await widget(page).reaches("times");
      expect(await axe(page), lang).toEqual([]);
    }
  });
}
