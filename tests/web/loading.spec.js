// What the loader does when a file is missing, is another release's, or comes late.
import { expect, strictPolicy, test, widget } from "../support/fixtures.js";
import { Site } from "../support/site.js";
import { PACKS, putLoader, script, WASM } from "../support/bundle.js";

const LOADER = '<script type="module" src="/widget/find-a-time.js"></script>';
const ELEMENT = '<find-a-time npi="1234567893"><a href="tel:+12065550100">Call 206-555-0100</a></find-a-time>';

test.beforeEach(({ site }) => putLoader(site));

/** What a patient must see after every failed load. */
async function fallbackAlone(page) {
  await widget(page).reaches("unavailable");
  await expect(page.getByRole("link", { name: "Call 206-555-0100" })).toBeVisible();
  await expect(page.locator(".fat-skeleton")).toBeHidden();
  await expect(page.locator(".fat-root > *")).toHaveCount(0);
}

/** Browsers print every failed fetch. */
const expectLoadErrors = (watch) => watch.allowConsole(/Failed to load resource|integrity|cross-origin request|NetworkError/i);

test("fifty elements share one wasm, which brings the stylesheet, and one pack", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT.repeat(50), head: LOADER }));
  await expect(widget(page).host.page().locator('button[part~="slot"]')).toHaveCount(50);
  expect([site.count(".wasm"), site.count(".css"), site.count("/locales/")]).toEqual([1, 0, 1]);
  const sheets = await page.evaluate(() => {
    const all = [...document.querySelectorAll("find-a-time")].map((e) => e.shadowRoot.adoptedStyleSheets);
    return [new Set(all.flat()).size, Math.max(...all.map((own) => own.length))];
  });
  expect(sheets).toEqual([1, 1]);
  await expect(widget(page).times.first()).toHaveCSS("min-height", "44px");
});

test("files are requested without a referrer, and with the cookies that the page's own script gets: another origin gets none", async ({ page, site, context, watch }) => {
  const cdn = await Site.start(undefined);
  cdn.headers = { "access-control-allow-origin": "*" };
  watch.allowOrigin(cdn.origin);
  await putLoader(cdn);
  // Cookies do not depend on the port, so the browser has this one for both origins.
  await context.addCookies([{ name: "session", value: "of-the-host", url: site.origin }]);
  for (const [files, assets, cookie] of /** @type {const} */ ([
    [site, "", "session=of-the-host"],
    [cdn, `assets="${cdn.origin}/widget" `, undefined],
  ])) {
    await page.goto(site.page({ body: ELEMENT.replace("npi", `${assets}npi`), head: LOADER }));
    await widget(page).reaches("times");
    const late = files.requests.filter(({ path }) => /wasm|txt/.test(path));
    expect(late).toHaveLength(2);
    for (const { headers } of late) expect([headers.cookie, headers.referer]).toEqual([cookie, undefined]);
  }
  await cdn.stop();
});

test("a missing wasm leaves the fallback, and the next element tries again for all", async ({ page, site, watch }) => {
  expectLoadErrors(watch);
  site.take("/widget/find-a-time.wasm");
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await fallbackAlone(page);
  expect(await widget(page).host.evaluate((e) => e.diagnostics)).toEqual([
    { code: "asset-missing", level: "error", message: expect.stringContaining("find-a-time.wasm"), mend: expect.stringContaining("assets") },
  ]);
  expect(await widget(page).host.evaluate((e) => e.diagnostics[0].message)).toContain("404");

  await putLoader(site);
  await page.evaluate(() => document.body.append(document.createElement("find-a-time")));
  await widget(page, 1).reaches("times");
  await widget(page, 0).reaches("times");
});

for (const [how, again] of [
  ["refresh()", () => document.querySelector("find-a-time").refresh()],
  ["coming back online", () => void dispatchEvent(new Event("online"))],
]) {
  test(`a wasm that failed is tried again on ${how}`, async ({ page, site, watch }) => {
    expectLoadErrors(watch);
    site.put("/widget/find-a-time.wasm", { status: 503, body: "" });
    await page.goto(site.page({ body: ELEMENT, head: LOADER }));
    await fallbackAlone(page);
    site.put("/widget/find-a-time.wasm", { body: WASM });
    await page.evaluate(again);
    await widget(page).reaches("times");
    await expect(page.getByRole("link", { name: "Call 206-555-0100" })).toBeHidden();
  });
}

test("a dropped connection is tried again after a second, behind skeleton and fallback", async ({ page, site, watch }) => {
  expectLoadErrors(watch);
  site.put("/widget/find-a-time.wasm", { drop: true });
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await expect.poll(() => widget(page).codes()).toEqual(["asset-unreachable"]);
  expect(await widget(page).host.evaluate((e) => [e.state, e.diagnostics[0].level])).toEqual(["loading", "warning"]);
  await expect(page.locator(".fat-skeleton")).toBeVisible();
  site.put("/widget/find-a-time.wasm", { body: WASM });
  await widget(page).reaches("times");
});

test("after three dropped connections the loader gives up and reports it", async ({ page, site, watch }) => {
  expectLoadErrors(watch);
  site.put("/widget/find-a-time.wasm", { drop: true });
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await fallbackAlone(page);
  const told = await widget(page).host.evaluate((e) => e.diagnostics.map(({ code, level }) => `${level} ${code}`));
  expect(told).toEqual(["warning asset-unreachable", "warning asset-unreachable", "error asset-unreachable"]);
});

test("a download that breaks off twice, although the file is in place, is tried a third time", async ({ page, site, watch }) => {
  expectLoadErrors(watch);
  site.put("/widget/find-a-time.wasm", { drop: true });
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await expect.poll(() => widget(page).codes()).toEqual(["asset-unreachable"]);
  // From here on HEAD is answered and the body is not, as on a connection that dies under load.
  site.put("/widget/find-a-time.wasm", { body: WASM, dropBody: true });
  await expect.poll(() => widget(page).codes()).toEqual(["asset-unreachable", "asset-integrity"]);
  site.put("/widget/find-a-time.wasm", { body: WASM });
  await widget(page).reaches("times");
});

test("another build's wasm is rejected by its hash", async ({ page, site, watch }) => {
  expectLoadErrors(watch);
  site.put("/widget/find-a-time.wasm", { body: Uint8Array.from([...WASM, 0, 1, 0]) });
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await fallbackAlone(page);
  const told = await widget(page).host.evaluate((e) => e.diagnostics.map(({ code, level }) => `${level} ${code}`));
  expect(told).toEqual(["warning asset-integrity", "error asset-integrity"]);
});

for (const [file, changed, more] of /** @type {const} */ ([
  ["locales/es.txt", JSON.stringify({ ...PACKS.es, choose: "Llame al 555-0199" }), { times: true, shows: "Choose a time" }],
  ["locales/en.txt", JSON.stringify({ ...PACKS.en, choose: "Call 555-0199" }), { times: false }],
])) {
  test(`${file} of another build is rejected by its hash${more.times ? ", and the times are there without it" : ""}`, async ({ page, site, watch }) => {
    expectLoadErrors(watch);
    site.put(`/widget/${file}`, changed);
    await page.goto(site.page({ body: ELEMENT, head: LOADER, lang: file.includes("es.") ? "es" : "en" }));
    if (more.times) {
      await widget(page).reaches("times");
      await expect(widget(page).times).toHaveText([more.shows]);
    } else {
      await fallbackAlone(page);
    }
    const told = await widget(page).host.evaluate((e) => e.diagnostics.map(({ code, level, message }) => `${level} ${code} ${message.split(" ")[0]}`));
    // The loader fetches a file with a wrong hash once more before it reports an error, so a warning comes first.
    expect(told.slice(0, 2)).toEqual([`warning asset-integrity ${file}`, `error asset-integrity ${file}`]);
  });
}

test("a file of the previous release in the browser's cache is requested once more, bypassing the cache", async ({ page, site, watch }) => {
  expectLoadErrors(watch);
  const old = { body: Uint8Array.from([...WASM, 0, 1, 0]), headers: { "cache-control": "public, max-age=3600" } };
  site.put("/widget/find-a-time.wasm", old);
  await page.goto(site.page({ body: "<h1>The day before</h1>" }));
  await page.evaluate(() => fetch("/widget/find-a-time.wasm", { credentials: "same-origin" }).then((answer) => answer.arrayBuffer()).then(() => {}));
  await putLoader(site);
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await widget(page).reaches("times");
  expect(await widget(page).codes()).toEqual(["asset-integrity"]);
  expect(await widget(page).host.evaluate((e) => e.diagnostics[0].level)).toBe("warning");
});

test("a page served instead of the wasm is reported as a missing file", async ({ page, site, watch }) => {
  expectLoadErrors(watch);
  site.put("/widget/find-a-time.wasm", { body: "<!doctype html><title>Our clinics</title>", type: "text/html" });
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await fallbackAlone(page);
  expect(await widget(page).codes()).toEqual(["asset-missing"]);
});

test("a wasm that cannot be compiled is reported as broken", async ({ page, site }) => {
  site.put("/widget/find-a-time.js", await script({ hash: "" }));
  site.put("/widget/find-a-time.wasm", { body: "not wasm" });
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await fallbackAlone(page);
  expect(await widget(page).codes()).toEqual(["asset-broken"]);
});

test("a wasm of another version is rejected", async ({ page, site }) => {
  await putLoader(site, { wasmVersion: "1.2.2" });
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await fallbackAlone(page);
  expect(await widget(page).codes()).toEqual(["version-mismatch"]);
});

test("a wrong MIME type is reported and does no harm", async ({ page, site }) => {
  site.put("/widget/find-a-time.wasm", { body: WASM, type: "application/octet-stream" });
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await widget(page).reaches("times");
  expect(await widget(page).codes()).toEqual(["asset-mime"]);
});

test("a wasm that hangs: only the fallback is visible after 18 seconds", async ({ page, site }) => {
  site.put("/widget/find-a-time.wasm", { hang: true });
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await expect(page.locator(".fat-skeleton")).toBeVisible();
  await fallbackAlone(page);
  expect(await widget(page).codes()).toEqual(["slow"]);
});

test("`assets` names another folder, on another origin too", async ({ page, site, watch }) => {
  const cdn = await Site.start(undefined);
  cdn.headers = { "access-control-allow-origin": "*" };
  watch.allowOrigin(cdn.origin);
  await putLoader(cdn, { folder: "/find-a-time/v1" });
  await page.goto(site.page({ body: ELEMENT.replace("npi", `assets="${cdn.origin}/find-a-time/v1" npi`), head: LOADER }));
  await widget(page).reaches("times");
  expect(cdn.requests.map(({ path }) => path).sort()).toEqual([
    "/find-a-time/v1/find-a-time.wasm", "/find-a-time/v1/locales/en.txt",
  ]);
  expect(site.requests.map(({ path }) => path)).toEqual(["/page.html", "/widget/find-a-time.js"]);
  await cdn.stop();
});

test("another origin that sends no CORS header is reported", async ({ page, site, watch }) => {
  expectLoadErrors(watch);
  watch.allowConsole(/CORS/i);
  const cdn = await Site.start(undefined);
  watch.allowOrigin(cdn.origin);
  await putLoader(cdn);
  await page.goto(site.page({ body: ELEMENT.replace("npi", `assets="${cdn.origin}/widget" npi`), head: LOADER }));
  await fallbackAlone(page);
  const told = await widget(page).host.evaluate((e) => e.diagnostics);
  expect(told.filter(({ level }) => level === "error").map(({ code, mend }) => code + mend)).toContainEqual(
    expect.stringMatching(/^asset-unreachable.*Access-Control-Allow-Origin/),
  );
  await cdn.stop();
});

test("an `assets` that is no address is reported, and the script's folder used", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT.replace("npi", 'assets="data:text/plain,x" npi'), head: LOADER }));
  await widget(page).reaches("times");
  expect(await widget(page).codes()).toEqual(["assets-invalid"]);
});

test("under the strict policy the loader runs without a violation", async ({ page, site, watch }) => {
  const headers = { "content-security-policy": strictPolicy() };
  await page.goto(site.page({ body: ELEMENT.repeat(2), head: LOADER, headers }));
  await widget(page, 1).reaches("times");
  expect(await widget(page).codes()).toEqual([]);
  await expect(widget(page).times).toHaveCSS("min-height", "44px");
  expect(watch.found()).toEqual([]);
});

test("a policy that allows no wasm is reported", async ({ page, site, watch }) => {
  watch.allowViolations();
  const headers = { "content-security-policy": strictPolicy().replace(" 'wasm-unsafe-eval'", "") };
  await page.goto(site.page({ body: ELEMENT, head: LOADER, headers }));
  await fallbackAlone(page);
  const told = await widget(page).host.evaluate((e) => e.diagnostics);
  expect(told).toEqual([{ code: "csp", level: "error", message: expect.stringContaining("script-src"), mend: expect.stringContaining("'wasm-unsafe-eval'") }]);
});

test("a policy that allows no fetch is reported, once", async ({ page, site, watch }) => {
  watch.allowViolations();
  expectLoadErrors(watch);
  const headers = { "content-security-policy": strictPolicy().replace("connect-src 'self'", "connect-src 'none'") };
  await page.goto(site.page({ body: ELEMENT, head: LOADER, headers }));
  await fallbackAlone(page);
  const told = await widget(page).host.evaluate((e) => e.diagnostics);
  expect(told).toEqual([{ code: "csp", level: "error", message: expect.stringContaining("connect-src"), mend: `Add ${site.origin} to connect-src.` }]);
});

test("a policy that blocks the API is reported", async ({ page, site, watch }) => {
  watch.allowViolations();
  expectLoadErrors(watch);
  const headers = { "content-security-policy": strictPolicy() };
  await page.goto(site.page({ body: ELEMENT.replace("npi", 'api="http://127.0.0.1:9" npi'), head: LOADER, headers }));
  await widget(page).reaches("times");
  await page.evaluate(() => fetch("http://127.0.0.1:9/api/9/departments?brand=northlake").catch(() => {}));
  await expect.poll(() => widget(page).codes()).toEqual(["csp"]);
  expect(await widget(page).host.evaluate((e) => e.diagnostics[0].mend)).toBe("Add http://127.0.0.1:9 to connect-src.");
  watch.allowOrigin("http://127.0.0.1:9");
});

test("a refused request of another script in the same bundle is reported by its origin alone", async ({ page, site, watch }) => {
  watch.allowViolations();
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await widget(page).reaches("times");
  await page.evaluate(() => {
    const sourceFile = new URL("/widget/find-a-time.js", location.href).href;
    const blockedURI = "https://x.example/p?mail=a@b";
    const [documentURI, effectiveDirective, disposition] = [location.href, "img-src", /** @type {const} */ ("enforce")];
    const what = { documentURI, effectiveDirective, violatedDirective: effectiveDirective, originalPolicy: "", disposition, statusCode: 200 };
    document.dispatchEvent(new SecurityPolicyViolationEvent("securitypolicyviolation", { ...what, blockedURI, sourceFile }));
  });
  const told = await widget(page).host.evaluate((e) => e.diagnostics);
  expect(told).toEqual([{ code: "csp", level: "error", message: expect.stringContaining("https://x.example"), mend: expect.any(String) }]);
  expect(JSON.stringify(told)).not.toContain("mail=");
});

test("a browser without WebAssembly keeps the fallback", async ({ page, site }) => {
  await page.addInitScript(() => void Reflect.deleteProperty(globalThis, "WebAssembly"));
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await fallbackAlone(page);
  expect(await widget(page).codes()).toEqual(["no-webassembly"]);
});
