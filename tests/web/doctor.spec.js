// The `doctor` panel, as the page's owner reads it.
import { axe, expect, test, widget } from "../support/fixtures.js";
import { putLoader } from "../support/bundle.js";
import { readBox } from "../support/values.js";

const LOADER = '<script type="module" src="/widget/find-a-time.js"></script>';
const ELEMENT = '<main><h1>Our clinics</h1><find-a-time npi="1234567893" doctor><a href="tel:+12065550100">Call 206-555-0100</a></find-a-time></main>';

test.beforeEach(({ site }) => putLoader(site));

/** Reports diagnostics to the element as the widget does. @param {import("@playwright/test").Page} page @param {[string, string, string, string][]} all */
const tell = (page, all) =>
  widget(page).host.evaluate((e, told) => {
    const { bridge } = e.shadowRoot.querySelector(".fat-root").fake;
    for (const [code, level, message, mend] of told) bridge.diagnose(code, level, message, mend);
  }, all);

/** @type {[string, string, string, string][]} */
const FOUND = [
  ["product-missing", "warning", "product is missing; requests are tagged find-a-time", "Name the page's use case."],
  ["test-tier", "info", "tier is uat: bookings made here are not real", "On a live page, point api and visits to PRD and remove tier."],
  ["bad-attribute", "warning", 'days: got "many"', "days takes a whole number from 1 to 60"],
  ["host-unreachable", "error", "api: no answer from https://api.northlake.example that this page may read.", "Check the address."],
];

const panel = (page) => page.getByRole("region", { name: "Doctor" });

test("without diagnostics the panel says “nothing found”, with the version", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await widget(page).reaches("times");
  await expect(panel(page).getByRole("heading")).toHaveText("Doctor: nothing found");
  await expect(panel(page)).toContainText("find-a-time 1.2.3, for whoever looks after this page.");
  await expect(panel(page).getByRole("listitem")).toHaveCount(0);
});

test("diagnostics are listed worst first, each with its code and what to do, and counted by level", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await widget(page).reaches("times");
  await tell(page, FOUND);
  await expect(panel(page).getByRole("heading")).toHaveText("Doctor: 1 error, 2 warnings, 1 note");
  const items = panel(page).getByRole("list").getByRole("listitem");
  await expect(items).toHaveText([/^error host-unreachable/, /^warning product-missing/, /^warning bad-attribute/, /^note test-tier/]);
  await expect(items.first().locator("p")).toHaveText(["error host-unreachable", FOUND[3][2], "To fix: Check the address."]);
  expect(await widget(page).codes(), "the property keeps the order in time").toEqual(FOUND.map(([code]) => code));
});

test("a diagnostic reported three times is listed once, with “3 times”", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await widget(page).reaches("times");
  await tell(page, [FOUND[0], FOUND[2], FOUND[0], FOUND[0]]);
  await expect(panel(page).getByRole("heading")).toHaveText("Doctor: 2 warnings");
  await expect(panel(page).getByRole("listitem").first().locator("p").first()).toHaveText("warning product-missing, 3 times");
});

test("markup in an attribute's value is shown as it is written, and does nothing", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await widget(page).reaches("times");
  await tell(page, [["bad-attribute", "warning", 'npi: got "<img src=x onerror=alert(1)>"', "npi takes ten digits"]]);
  await expect(panel(page).getByText('npi: got "<img src=x onerror=alert(1)>"')).toBeVisible();
  await expect(panel(page).locator("img")).toHaveCount(0);
});

test("the panel appears and disappears with the attribute", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await widget(page).reaches("times");
  await widget(page).host.evaluate((e) => (e.doctor = false));
  await expect(panel(page)).toHaveCount(0);
  await tell(page, FOUND);
  await widget(page).host.evaluate((e) => (e.doctor = true));
  await expect(panel(page).getByRole("listitem")).toHaveCount(4);
});

test("the panel is below the fallback when not even the wasm loads", async ({ page, site, watch }) => {
  watch.allowConsole(/Failed to load resource|integrity/);
  site.take("/widget/find-a-time.wasm");
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await widget(page).reaches("unavailable");
  await expect(panel(page).getByRole("listitem")).toHaveText([/^error asset-missing.*404/]);
  const [call, box] = await Promise.all([page.getByRole("link", { name: "Call 206-555-0100" }), panel(page)].map(readBox));
  expect(box.y).toBeGreaterThanOrEqual(call.y + call.height);
});

test("a page in Arabic shows the panel in English, from left to right", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT.replace("<main>", '<main dir="rtl">'), lang: "ar", head: LOADER }));
  await widget(page).reaches("times");
  await expect(panel(page)).toHaveAttribute("lang", "en");
  await expect(panel(page)).toHaveCSS("direction", "ltr");
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport: { width: 320, height: 800 } });

    test("axe finds nothing, and at 320 px nothing scrolls sideways", async ({ page, site }) => {
      // The page sets its own colors: where only the browser paints the canvas dark, IBM's accessibility checker takes it for white.
      const colours = "<style>@media (prefers-color-scheme: dark) { body { background: #1b1b1b; color: #fff } }</style>";
      const head = `<meta name="color-scheme" content="light dark">${colours}${LOADER}`;
      await page.goto(site.page({ body: ELEMENT, head }));
      await widget(page).reaches("times");
      await tell(page, [...FOUND, ["asset-unreachable", "error", `${"find-a-time".repeat(20)}.wasm could not be loaded.`, "Open the file in a browser tab."]]);
      await expect(panel(page).getByRole("listitem")).toHaveCount(5);
      expect(await axe(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    });
  });
}
