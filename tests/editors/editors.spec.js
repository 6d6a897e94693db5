// Saves the element's tag, and the `div` that replaces the tag, in editors and sanitizers, puts what they keep on a page, and books a
// visit there if they keep the `div`.
import { execFile } from "node:child_process";
import { expect, test, widget } from "../support/fixtures.js";
import { attributes, booked, bookIn, DOCTOR, PHONE, SCRIPT, tag, TUESDAY } from "../support/host-page.js";
import { EDITORS } from "./editors.js";

/**
 * The `div` from which the script makes the element, for editors that remove unknown tags.
 * @param {import("../support/acme.js").Acme} acme
 */
const div = (acme) => `<div data-find-a-time${Object.entries(attributes(acme, DOCTOR)).map(([name, value]) => ` data-${name}="${value}"`).join("")}>${PHONE}</div>`;
const hasPhp = () => new Promise((known) => execFile("php", ["--version"], (error) => known(!error)));

for (const [name, { save, keepsDiv, needsPhp }] of Object.entries(EDITORS)) {
  test.describe(name, () => {
    test.beforeEach(async ({ watch }) => {
      test.skip(!!needsPhp && !(await hasPhp()), "install PHP (Debian: apt-get install php-cli)");
      // Messages of the editors about themselves.
      watch.allowConsole(/tinymce|ckeditor|sandbox/i);
    });

    test("of the element's own tag only the fallback remains", async ({ page, site, acme }) => {
      const left = await save({ page, site }, `<p>Dr. Dana Whitfield</p>${tag(acme)}`);
      expect(left).not.toContain("find-a-time");
      await page.goto(site.page({ head: SCRIPT, body: left }));
      await expect(page.getByRole("link", { name: "206-555-0142" })).toBeVisible();
    });

    if (!keepsDiv) {
      test("of the div, too, only the fallback remains", async ({ page, site, acme }) => {
        const left = await save({ page, site }, `<p>Dr. Dana Whitfield</p>${div(acme)}`);
        expect(left).not.toContain("data-");
        await page.goto(site.page({ head: SCRIPT, body: left }));
        await expect(page.getByRole("link", { name: "206-555-0142" })).toBeVisible();
        await expect(page.locator("find-a-time")).toHaveCount(0);
      });
      return;
    }

    test("Marta books in the div, whose sign-in the page answers", async ({ page, site, acme }) => {
      const left = await save({ page, site }, `<p>Dr. Dana Whitfield</p>${div(acme)}`);
      const script = `document.addEventListener("findatime-signin", (event) => {
        event.preventDefault();
        event.detail.respondWith(${JSON.stringify(await acme.token("marta"))});
      });`;
      await page.goto(site.page({ head: SCRIPT, body: left, script }));
      await bookIn(page, TUESDAY);
      expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
      expect(await widget(page).codes()).toEqual([]);
      await expect(page.locator("[data-find-a-time] > find-a-time")).toHaveCount(1);
    });
  });
}
