// A script that does not find its files: a bundler moved it, it was copied without them or put beside another release's files, or
// the server sends wrong types. The owner reads one diagnostic that says what to do, and patients still have the page's phone.
import { expect, test, widget } from "../support/fixtures.js";
import { PACKS, putLoader, script, WASM } from "../support/bundle.js";

const at = (path) => `<script type="module" src="${path}"></script>`;
const element = (assets = "") => `<find-a-time npi="1234567893"${assets && ` assets="${assets}"`}><a href="tel:+12065550100">Call 206-555-0100</a></find-a-time>`;
const OTHER_WASM = Uint8Array.from([...WASM, 0, 1, 0]);

/** Browsers print every failed fetch. */
const expectLoadErrors = (watch) => watch.allowConsole(/Failed to load resource|integrity|NetworkError/i);

/** @param {import("@playwright/test").Page} page @param {number} [nth] */
async function onlyPhone(page, nth = 0) {
  await widget(page, nth).reaches("unavailable");
  await expect(page.getByRole("link", { name: "Call 206-555-0100" }).nth(nth)).toBeVisible();
  await expect(widget(page, nth).times).toHaveCount(0);
}

/** @param {import("@playwright/test").Page} page @param {number} [nth] */
const told = (page, nth = 0) => widget(page, nth).host.evaluate((it) => it.diagnostics);

/** The one diagnostic, which names both remedies. @param {RegExp} why */
const away = (why) => [{ code: "files-away", level: "error", message: expect.stringMatching(why), mend: expect.stringMatching(/bundler carry the files along.*`npx find-a-time copy FOLDER`.*`assets`/) }];

/** Addresses from which the release's files were fetched, without the HEAD requests that find out why one did not load. @param {import("../support/site.js").Site} site */
const fetched = (site) => site.requests.filter(({ method, path }) => method === "GET" && /\.(wasm|txt)$/.test(path)).map(({ path }) => path);

/** The script after a bundler has replaced `import.meta.url` without copying the files. @param {string} url as an expression */
const moved = async (url) => (await script()).replaceAll("import.meta.url", url);

test("a script without its files reports once that a bundler may have moved it, requests no file twice, and keeps the phone", async ({ page, site, watch }) => {
  expectLoadErrors(watch);
  site.put("/app/chunk.js", await script());
  await page.goto(site.page({ body: element().repeat(2), head: at("/app/chunk.js") }));
  for (const nth of [0, 1]) {
    await onlyPhone(page, nth);
    expect(await told(page, nth)).toEqual(away(/answered 404/));
  }
  expect(fetched(site).sort()).toEqual(["/app/find-a-time.wasm", "/app/locales/en.txt"]);
});

test("a server that answers every address with its start page is recognized as not having the files", async ({ page, site, watch }) => {
  expectLoadErrors(watch);
  site.put("/app/chunk.js", await script());
  for (const file of ["find-a-time.wasm", "locales/en.txt"]) site.put(`/app/${file}`, { body: "<!doctype html><title>Our clinics</title>", type: "text/html" });
  await page.goto(site.page({ body: element(), head: at("/app/chunk.js") }));
  await onlyPhone(page);
  expect(await told(page)).toEqual(away(/answered with a page/));
  expect(fetched(site).sort()).toEqual(["/app/find-a-time.wasm", "/app/locales/en.txt"]);
});

for (const [what, url] of [
  ["with the address of a file on the developer's machine", '"file:///home/ana/site/node_modules/find-a-time/find-a-time.js"'],
  ["that is no module any more", "undefined"],
]) {
  test(`a script ${what} reports that and requests nothing; with \`assets\` it works`, async ({ page, site }) => {
    site.put("/app.js", await moved(url));
    await page.goto(site.page({ body: element(), head: at("/app.js") }));
    await onlyPhone(page);
    expect(await told(page)).toEqual(away(/a bundler has put the script elsewhere/));
    expect(fetched(site)).toEqual([]);

    await putLoader(site, { folder: "/copied" });
    await widget(page).host.evaluate((it) => void (it.assets = "/copied"));
    await widget(page).reaches("times");
    await expect(widget(page).times).toHaveCSS("min-height", "44px");
    expect(fetched(site).sort()).toEqual(["/copied/find-a-time.wasm", "/copied/locales/en.txt"]);
  });
}

test("an element that the page appends, and gives `assets` in the same task, loads the files of that folder", async ({ page, site, watch }) => {
  expectLoadErrors(watch);
  site.put("/app/chunk.js", await script());
  await putLoader(site, { folder: "/copied" });
  await page.goto(site.page({ body: "<main></main>", head: at("/app/chunk.js") }));
  await page.waitForFunction(() => customElements.get("find-a-time"));
  await page.evaluate((html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    document.querySelector("main").append(template.content);
    document.querySelector("find-a-time").assets = "/copied";
  }, element());
  await widget(page).reaches("times");
  await expect(widget(page).times).toHaveCSS("min-height", "44px");
  await expect(page.getByRole("link", { name: "Call 206-555-0100" })).toBeHidden();
});

test("under a base path the files are found beside the script, and in `assets` with the path in front; without it, the diagnostic says what to set", async ({ page, site, watch }) => {
  expectLoadErrors(watch);
  await putLoader(site, { folder: "/clinic/app" });
  await page.goto(site.page({ path: "/clinic/page.html", body: element(), head: at("./app/find-a-time.js") }));
  await widget(page).reaches("times");
  await page.goto(site.page({ path: "/clinic/page.html", body: element("app"), head: at("/clinic/app/find-a-time.js") }));
  await widget(page).reaches("times");
  await page.goto(site.page({ path: "/clinic/page.html", body: element("/app"), head: at("/clinic/app/find-a-time.js") }));
  await onlyPhone(page);
  expect(await told(page)).toEqual(away(/answered 404/));
});

test("a CDN that serves words and wasm with types of its own: times are there, and the wasm's type is named", async ({ page, site }) => {
  await putLoader(site);
  site.put("/widget/find-a-time.wasm", { body: WASM, type: "application/octet-stream" });
  for (const type of ["application/octet-stream", "application/json", "text/plain"]) {
    site.put("/widget/locales/en.txt", { body: JSON.stringify(PACKS.en), type });
    await page.goto(site.page({ body: element(), head: at("/widget/find-a-time.js") }));
    await widget(page).reaches("times");
    expect(await told(page)).toEqual([{ code: "asset-mime", level: "warning", message: "find-a-time.wasm is served as application/octet-stream.", mend: "Serve it as application/wasm." }]);
  }
});

test("the files of an older release beside a newer script: both versions are named, with the command to run again, and no broken widget is shown", async ({ page, site, watch }) => {
  expectLoadErrors(watch);
  site.put("/app.js", await script());
  await putLoader(site, { folder: "/copied" });
  site.put("/copied/find-a-time.wasm", { body: OTHER_WASM });
  site.put("/copied/integrity.json", JSON.stringify({ version: "1.2.2", files: { "find-a-time.js": "sha384-abc" } }));
  await page.goto(site.page({ body: element("/copied"), head: at("/app.js") }));
  await onlyPhone(page);
  const [, last, ...more] = await told(page);
  expect(last).toEqual({ code: "version-mismatch", level: "error", message: "The files are of version 1.2.2, the script of version 1.2.3.", mend: expect.stringContaining("`npx find-a-time copy` once more") });
  expect(more).toEqual([]);
});

test("a copy of the same version with another wasm: the diagnostic names the file and says to copy again", async ({ page, site, watch }) => {
  expectLoadErrors(watch);
  site.put("/app.js", await script());
  await putLoader(site, { folder: "/copied" });
  site.put("/copied/find-a-time.wasm", { body: OTHER_WASM });
  site.put("/copied/integrity.json", JSON.stringify({ version: "1.2.3", files: {} }));
  await page.goto(site.page({ body: element("/copied"), head: at("/app.js") }));
  await onlyPhone(page);
  expect((await told(page)).at(-1)).toMatchObject({ code: "asset-integrity", level: "error", message: expect.stringContaining("find-a-time.wasm"), mend: expect.stringContaining("`npx find-a-time copy`") });
});
