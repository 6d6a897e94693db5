// The release on another origin, pinned by `integrity`, on a page whose policy allows only that origin, the hosts and its own scripts.
import { createHash } from "node:crypto";
import { expect, test as base, widget } from "../../support/fixtures.js";
import { bookIn, booked, giving, tag, TUESDAY } from "../../support/host-page.js";
import { built } from "../../support/parts.js";
import { Site } from "../../support/site.js";

const hash = `sha384-${createHash("sha384").update(built("find-a-time.js")).digest("base64")}`;

const test = base.extend(/** @type {import("@playwright/test").Fixtures<{ cdn: Site }, {}, import("../../support/fixtures.js").TestFixtures, import("../../support/fixtures.js").WorkerFixtures>} */ ({
  cdn: async ({ watch }, use) => {
    const cdn = await Site.start(process.env.FAT_DIST);
    cdn.headers = { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" };
    watch.allowOrigin(cdn.origin);
    await use(cdn);
    await cdn.stop();
  },
}));

/** The policy of a page that also allows its own scripts. */
const policy = (cdn, acme) =>
  `default-src 'none'; script-src 'self' ${cdn.origin} 'wasm-unsafe-eval'; connect-src ${cdn.origin} ${acme.api} ${acme.visits}; img-src data:;` +
  " base-uri 'none'; object-src 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
const pinned = (cdn, integrity = hash) => `<script type="module" src="${cdn.origin}/find-a-time.js" integrity="${integrity}" crossorigin></script>`;
const phone = (page) => page.getByRole("link", { name: "206-555-0142" }).first();

test("from a CDN, pinned, on a page that isolates itself: a visit is booked", async ({ page, site, acme, cdn, watch }) => {
  const headers = { "content-security-policy": policy(cdn, acme), "cross-origin-embedder-policy": "require-corp", "cross-origin-opener-policy": "same-origin-allow-popups" };
  await page.goto(site.page({ head: pinned(cdn), body: tag(acme), script: giving(await acme.token("marta")), headers }));
  await widget(page).reaches("times");
  await expect(widget(page).times.first()).toHaveCSS("min-height", "48px");
  await bookIn(page, TUESDAY);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
  expect(await widget(page).codes()).toEqual([]);
  expect(watch.found()).toEqual([]);
  // The requests carry no cookies, and no address of the page where the patient is.
  for (const { path, headers } of cdn.requests.filter(({ path }) => !path.endsWith(".js"))) expect([headers.cookie, headers.referer], path).toEqual([undefined, undefined]);
  expect(site.requests.map(({ path }) => path).filter((path) => !path.startsWith("/page"))).toEqual([]);
});

test("another hash than the script's: the browser blocks the script, and the phone stays visible", async ({ page, site, acme, cdn, watch }) => {
  watch.allowConsole(/integrity/i);
  await page.goto(site.page({ head: pinned(cdn, `sha384-${"A".repeat(64)}`), body: tag(acme), headers: { "content-security-policy": policy(cdn, acme) } }));
  await expect.poll(() => cdn.count("find-a-time.js")).toBeGreaterThan(0);
  await expect(phone(page)).toBeVisible();
  expect(await page.evaluate(() => !!customElements.get("find-a-time"))).toBe(false);
  expect(cdn.count(".wasm")).toBe(0);
});

test("a CDN that sends no CORS header: the phone stays visible", async ({ page, site, acme, cdn, watch }) => {
  watch.allowConsole(/CORS|cross-origin|Failed to load|ERR_FAILED|source URI|Loading module/i);
  cdn.headers = {};
  await page.goto(site.page({ head: pinned(cdn), body: tag(acme), headers: { "content-security-policy": policy(cdn, acme) } }));
  await expect.poll(() => cdn.count("find-a-time.js")).toBeGreaterThan(0);
  await expect(phone(page)).toBeVisible();
  expect(await page.evaluate(() => !!customElements.get("find-a-time"))).toBe(false);
});
