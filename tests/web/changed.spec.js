// One byte changed in the files of `cargo xtask dist`, and mixed releases: the page's phone stays visible, and whatever code still
// runs reports a diagnostic. The files are real, but there is no API: to see that the wasm does not run, none is needed.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, widget } from "../support/fixtures.js";

const DIST = process.env.FAT_DIST ?? "";
/** No server is there: browsers block this port. The script sends its first reads before it knows that the wasm is the wrong one. */
const API = "http://127.0.0.1:9";
const ELEMENT = `<find-a-time api="${API}" npi="1234567893" product="test-page"><a href="tel:+12065550100">Call 206-555-0100</a></find-a-time>`;

test.skip(!existsSync(join(DIST, "find-a-time.js")), "FAT_DIST names no folder with find-a-time.js; `cargo xtask dist` writes one");

test.beforeEach(({ watch }) => {
  watch.allowOrigin(API);
  watch.allowConsole(/ERR_UNSAFE_PORT|Cross-Origin Request Blocked[^]*127\.0\.0\.1:9/);
});

/** A file as it was built. @param {string} name */
const built = (name) => readFileSync(join(DIST, name));
const sri = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
/** The same file with one bit changed, in the middle. @param {Buffer} bytes */
function damaged(bytes) {
  const copy = Buffer.from(bytes);
  copy[copy.length >> 1] ^= 1;
  return copy;
}
/** The script's tag with the script's integrity hash. */
const pinned = () => `<script type="module" src="/find-a-time.js" integrity="${sri(built("find-a-time.js"))}" crossorigin></script>`;
const phone = (page) => page.getByRole("link", { name: "Call 206-555-0100" });

/** @param {import("@playwright/test").Page} page @returns {Promise<string[]>} level, code and file of each finding */
const found = (page) =>
  widget(page).host.evaluate((element) => element.diagnostics.map(({ level, code, message }) => `${level} ${code} ${message.split(" ")[0]}`));

test("one byte of the wasm changed: the fallback, and `asset-integrity`", async ({ page, site, watch }) => {
  watch.allowConsole(/integrity/i);
  site.put("/find-a-time.wasm", { body: damaged(built("find-a-time.wasm")) });
  await page.goto(site.page({ head: pinned(), body: ELEMENT }));
  await widget(page).reaches("unavailable");
  await expect(phone(page)).toBeVisible();
  expect(await found(page)).toEqual(["warning asset-integrity find-a-time.wasm", "error asset-integrity find-a-time.wasm"]);
});

test("one byte of the script changed: the browser blocks the script, and the fallback stays as the page wrote it", async ({ page, site, watch }) => {
  watch.allowConsole(/integrity/i);
  const tag = pinned();
  site.put("/find-a-time.js", { body: damaged(built("find-a-time.js")) });
  // Wait for the load event, by which a module has run or never will.
  await page.goto(site.page({ head: tag, body: ELEMENT }));
  await expect.poll(() => site.count("/find-a-time.js")).toBeGreaterThan(0);
  await expect(phone(page)).toBeVisible();
  expect(await page.evaluate(() => [!!customElements.get("find-a-time"), !!document.querySelector("find-a-time").shadowRoot])).toEqual([false, false]);
  expect(site.count(".wasm")).toBe(0);
});

test("one byte of the words changed: the fallback, since no wrong word may be shown", async ({ page, site, watch }) => {
  watch.allowConsole(/integrity/i);
  site.put("/locales/en.txt", { body: damaged(built("locales/en.txt")) });
  await page.goto(site.page({ head: pinned(), body: ELEMENT }));
  await widget(page).reaches("unavailable");
  await expect(phone(page)).toBeVisible();
  expect(await found(page)).toContain("error asset-integrity locales/en.txt");
});

test("the script of another release beside this wasm: `asset-integrity` says to publish one release together", async ({ page, site, watch }) => {
  watch.allowConsole(/integrity/i);
  const other = built("find-a-time.js").toString().replaceAll(sri(built("find-a-time.wasm")), sri(Buffer.from("another release's wasm")));
  expect(other).not.toBe(built("find-a-time.js").toString());
  site.put("/find-a-time.js", other);
  await page.goto(site.page({ head: '<script type="module" src="/find-a-time.js"></script>', body: ELEMENT }));
  await widget(page).reaches("unavailable");
  await expect(phone(page)).toBeVisible();
  const [, last] = await widget(page).host.evaluate((element) => element.diagnostics);
  expect(last).toMatchObject({ code: "asset-integrity", level: "error", mend: expect.stringContaining("one release together") });
});

test("if no hash catches a half-updated release, the wasm's version does", async ({ page, site }) => {
  const script = built("find-a-time.js").toString();
  const [, version] = script.match(/"(\d+\.\d+\.\d+)"/) ?? [];
  expect(version, "the script knows its version").toBeDefined();
  site.put("/find-a-time.js", script.replaceAll(`"${version}"`, '"99.0.0"'));
  await page.goto(site.page({ head: '<script type="module" src="/find-a-time.js"></script>', body: ELEMENT }));
  await widget(page).reaches("unavailable");
  await expect(phone(page)).toBeVisible();
  const told = await widget(page).host.evaluate((element) => element.diagnostics);
  expect(told.map(({ code }) => code)).toEqual(["version-mismatch"]);
  expect(told[0].message).toContain(version);
  expect(told[0].message).toContain("99.0.0");
});
