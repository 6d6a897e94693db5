// Tests the widget in browsers of a few years ago, which old phones and computers keep: it looks as in a browser of today, and
// a patient can book a visit.
import { expect, NOW, rests, test, widget } from "../support/fixtures.js";
import { booked, giving, SCRIPT, tag } from "../support/host-page.js";
import { find, launch, openPage, picture, reaches, VERSIONS } from "./engine.js";
import { FORM, looks, TIMES } from "./looks.js";

const TUESDAY = "10:50 AM, Tuesday, December 8";
/** Styles as an owner writes them after reading docs/theming.md. */
const OWN = "--findatime-accent: light-dark(#7a1fa2, rgb(225, 168, 245)); --findatime-on-accent: light-dark(#fff, #2d0a3d); --findatime-border: #777;";

/** @type {Record<string, { style: string, device?: "dark", versions?: string[] }>} */
const PAGES = {
  "a light page on a dark phone": { style: "", device: "dark" },
  "a page that follows a dark phone": { style: ":root { color-scheme: light dark }", device: "dark" },
  "a dark element on a light page": { style: "find-a-time { color-scheme: dark }", versions: ["112"] },
  "a light page with colours of its own": { style: `find-a-time { ${OWN} }`, versions: ["112"] },
  "a dark page with colours of its own": { style: `:root { color-scheme: dark } find-a-time { ${OWN} }` },
};
/**
 * The version without `color-mix()`. In it the script makes tints from the default colors even if the page sets its own, so a
 * chosen option has another background than in a browser of today.
 */
const WITHOUT_MIX = "103";

for (const version of VERSIONS) {
  test.describe(`Chromium ${version}`, () => {
    /** @type {import("puppeteer-core").Browser} */
    let browser;
    test.beforeAll(async () => void (browser = await launch(version)));
    test.afterAll(() => browser.close());

    /** @type {import("puppeteer-core").Page} */
    let old;
    /** @type {string[]} */
    let wrong;
    test.beforeEach(async () => void ({ page: old, wrong } = await openPage(browser, NOW)));
    test.afterEach(async () => {
      await old.close();
      expect(wrong).toEqual([]);
    });

    /** The address of a page with the widget. @param {{ site: any, acme: any }} on @param {string} style */
    const hostPage = async ({ site, acme }, style) =>
      site.page({ head: `${SCRIPT}<style>body { font-family: sans-serif } ${style}</style>`, body: `<h1>Dr. Dana Whitfield</h1>${tag(acme)}`, script: giving(await acme.token("marta")) });

    for (const [name, { style, device, versions }] of Object.entries(PAGES)) {
      if (versions && !versions.includes(version)) continue;
      test(`times, fields and the primary button on ${name} look as in a browser of today`, async ({ page, site, acme }) => {
        const address = await hostPage({ site, acme }, style);
        if (device) {
          await page.emulateMedia({ colorScheme: device });
          await old.emulateMediaFeatures([{ name: "prefers-color-scheme", value: device }]);
        }
        await Promise.all([page.goto(address), old.goto(address)]);
        const it = widget(page);
        await it.button(TUESDAY).waitFor();
        const time = await find(old, "button", TUESDAY);
        const today = await looks(page, TIMES);
        expect(Object.keys(today)).toEqual(expect.arrayContaining(TIMES));
        // A colour transition may still run in the old browser, so the comparison is repeated.
        await expect.poll(() => looks(old, TIMES)).toEqual(today);

        // Open the form, and press "Continue" so that it marks the missing entries.
        await Promise.all([it.button(TUESDAY).click(), time.click()]);
        await Promise.all([it.reaches("patient"), reaches(old, "patient")]);
        await Promise.all([it.button("Continue").click(), find(old, "button", "Continue").then((button) => button.click())]);
        await Promise.all([it.alert.first().waitFor(), find(old, '[part~="alert"]')]);
        // Moving the pointers away from the buttons starts colour transitions. In today's browser `rests` waits until they end.
        await Promise.all([rests(page), old.mouse.move(2, 2)]);
        const form = await looks(page, FORM);
        expect(Object.keys(form)).toEqual(expect.arrayContaining(['[part~="field"]', '[part~="button-primary"]', '[part~="summary"]', '[part~="alert"]']));
        if (version === WITHOUT_MIX && style.includes(OWN)) form[".fat-choice-text"]["background-color"] = /** @type {any} */ (expect.any(String));
        await expect.poll(() => looks(old, FORM)).toEqual(form);
      });
    }

    test("Marta books a visit", async ({ site, acme }) => {
      await old.setViewport({ width: 390, height: 844 });
      await old.goto(await hostPage({ site, acme }, ""));
      const time = await find(old, "button", TUESDAY);
      await old.screenshot({ path: picture(`times-${version}.png`) });
      await time.click();
      await reaches(old, "patient");
      await (await find(old, "textarea")).type("Sore throat since Sunday");
      await old.screenshot({ path: picture(`form-${version}.png`), fullPage: true });
      await (await find(old, "button", "Continue")).click();
      await reaches(old, "review");
      await (await find(old, "button", "Book this visit")).click();
      await reaches(old, "booked");
      await find(old, "h2", "Your visit is booked");
      expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
      expect(await old.evaluate(() => document.querySelector("find-a-time").diagnostics)).toEqual([]);
    });

    test("the colours follow when the page turns dark, also while the widget is hidden", async ({ site, acme }) => {
      await old.goto(await hostPage({ site, acme }, ""));
      await find(old, "button", TUESDAY);
      const ground = async () => (await looks(old, []))["[part~=container]"]["background-color"];
      const turn = (/** @type {string} */ scheme) => old.evaluate((scheme) => void (document.documentElement.style.colorScheme = scheme), scheme);
      const hide = (/** @type {boolean} */ isHidden) => old.evaluate((isHidden) => void (document.querySelector("find-a-time").hidden = isHidden), isHidden);
      expect(await ground()).toBe("255 255 255");
      await turn("dark");
      await expect.poll(ground).toBe("22 25 29");
      await old.screenshot({ path: picture(`dark-${version}.png`) });
      await hide(true);
      await turn("light");
      await hide(false);
      await expect.poll(ground).toBe("255 255 255");
    });
  });
}
