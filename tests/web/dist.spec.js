// The files of `cargo xtask dist` as they are: the script in Node and as text, and the real wasm on a page with a strict policy.
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, strictPolicy, test, widget } from "../support/fixtures.js";

const DIST = process.env.FAT_DIST ?? "";

test.skip(!existsSync(join(DIST, "find-a-time.js")), "FAT_DIST names no folder with find-a-time.js; `cargo xtask dist` writes one");

test("the built script does nothing where there is no DOM", async () => {
  const read = `await import(${JSON.stringify(pathToFileURL(join(DIST, "find-a-time.js")).href)}); process.stdout.write("quiet")`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", read]);
  // Node itself warns about a .js module in a folder without package.json.
  expect([stdout, stderr.replace(/\(node:\d+\)[^\n]*MODULE_TYPELESS[\s\S]*/, "")]).toEqual(["quiet", ""]);
});

test("nothing that ships can write markup or run text", () => {
  for (const file of readdirSync(DIST).filter((name) => name.endsWith(".js"))) {
    const found = readFileSync(join(DIST, file), "utf8").match(/\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function)/g);
    expect(found, file).toBeNull();
  }
});

test("the real widget starts under the strict policy, without a violation or a word in the console", async ({ page, site, watch }) => {
  // An API that answers each of these reads with an empty list: enough to see the wasm run, without Acme.
  const empty = { headers: { "access-control-allow-origin": "*" }, type: "application/json", body: "[]" };
  for (const path of ["/api/9/departments", "/api/9/departments/NorthlakeBallard", "/v2/departments/NorthlakeBallard/timeslots"]) site.put(path, empty);
  watch.allowConsole(/Failed to load resource/);
  const body = `<find-a-time api="${site.origin}" brand="northlake" department="NorthlakeBallard" product="test"><a href="tel:+12065550100">Call</a></find-a-time>`;
  const head = '<script type="module" src="/find-a-time.js"></script>';
  await page.goto(site.page({ body: body.repeat(2), head, headers: { "content-security-policy": strictPolicy() } }));
  for (const nth of [0, 1]) {
    const { host, state, codes } = widget(page, nth);
    // The wasm has drawn something.
    await expect(host.locator(".fat-root > *").first()).toBeAttached({ timeout: 20_000 });
    await expect.poll(state, { timeout: 30_000 }).not.toBe("loading");
    expect((await codes()).filter((code) => /^asset|^csp|^panic|^version|^internal/.test(code))).toEqual([]);
  }
  expect(await host(page)).toEqual({ styled: 0, sheets: 1 });
});

const host = (page) =>
  page.locator("find-a-time").first().evaluate((e) => ({
    styled: e.shadowRoot.querySelectorAll("style, script").length,
    sheets: e.shadowRoot.adoptedStyleSheets.length,
  }));
