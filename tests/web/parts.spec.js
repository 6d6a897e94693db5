// How the loader fetches the later part of the wasm that books: when, how often, and what it does when the part does not arrive. The
// fake glue (tests/support/fake-glue.js) stands in for the wasm: a press on its time needs the part, and it counts each run of the part.
import { expect, strictPolicy, test, widget } from "../support/fixtures.js";
import { Site } from "../support/site.js";
import { part, putLoader } from "../support/bundle.js";

const LOADER = '<script type="module" src="/widget/find-a-time.js"></script>';
const ELEMENT = '<find-a-time npi="1234567893"><a href="tel:+12065550100">Call 206-555-0100</a></find-a-time>';
const PART = "/widget/find-a-time-errand.wasm";

test.beforeEach(({ site }) => putLoader(site, { hasPart: true }));

/** Browsers print every failed fetch. */
const expectLoadErrors = (watch) => watch.allowConsole(/Failed to load resource|integrity|cross-origin request|NetworkError/i);

/** `neverIdle` keeps the page from ever being idle; `savingData` turns `connection.saveData` on. Call them before the page is opened. */
const neverIdle = (page) => page.addInitScript(() => void (globalThis.requestIdleCallback = () => 0));
const savingData = (page) => page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));

/** What the fake wasm of one element has recorded: the loader's calls, and how each press ended. */
const calls = (page, nth = 0) => widget(page, nth).host.evaluate((element) => element.shadowRoot.querySelector(".fat-root").fake.calls);
const opened = (page, nth) => expect.poll(() => calls(page, nth)).toContain("opened");
const refused = (page, times = 1) => expect.poll(() => calls(page)).toEqual(Array(times).fill("not opened"));
const runs = (page) => page.evaluate(() => Number(document.documentElement.dataset.partRan ?? 0));
/** Level, code and file of each element's diagnostics. @returns {Promise<string[][]>} */
const reported = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("find-a-time")].map((element) => element.diagnostics.map(({ level, code, message }) => `${level} ${code} ${message.split(" ")[0]}`)),
  );
/** Waits long enough for everything that earlier steps have started to take effect. */
const settle = (page) => page.waitForTimeout(400);

/** @param {any} on @param {string} [body] */
async function open({ page, site }, body = ELEMENT, more = {}) {
  await page.goto(site.page({ body, head: LOADER, ...more }));
  await widget(page).reaches("times");
}

test("once the page is idle the part is fetched, once for fifty elements, and run once", async ({ page, site }) => {
  await open({ page, site }, ELEMENT.repeat(50));
  await expect.poll(() => runs(page)).toBe(1);
  expect(site.requests.filter(({ path }) => path === PART).map(({ method, headers }) => [method, headers.cookie, headers.referer])).toEqual([["GET", undefined, undefined]]);
  await widget(page, 3).times.click();
  await widget(page, 49).times.click();
  await opened(page, 49);
  expect([site.count(PART), await runs(page)]).toEqual([1, 1]);
  expect((await reported(page)).flat()).toEqual([]);
});

test("before the page is idle nothing is fetched, and no sooner than the times are there", async ({ page, site }) => {
  await neverIdle(page);
  await open({ page, site });
  await settle(page);
  expect(site.count(PART)).toBe(0);
  await widget(page).times.click();
  await opened(page);
  expect([site.count(PART), await runs(page)]).toEqual([1, 1]);
});

for (const [what, reach] of /** @type {const} */ ([
  ["a pointer", (page) => widget(page).times.hover()],
  ["the focus", (page) => page.keyboard.press("Tab")],
  ["`focus()`", (page) => widget(page).host.evaluate((element) => element.focus())],
])) {
  test(`${what} on a time has the part fetched before the page is idle`, async ({ page, site }) => {
    await neverIdle(page);
    await open({ page, site }, `${ELEMENT}<p>Our clinic</p>`);
    await page.getByText("Our clinic").hover();
    await settle(page);
    expect(site.count(PART)).toBe(0);
    await reach(page);
    await expect.poll(() => runs(page)).toBe(1);
    expect(await calls(page)).not.toContain("opened");
  });
}

test("with the browser's data saver on, the part is fetched on a press only", async ({ page, site }) => {
  await savingData(page);
  await open({ page, site });
  await widget(page).times.hover();
  await widget(page).times.focus();
  await settle(page);
  expect(site.count(PART)).toBe(0);
  await widget(page).times.click();
  await opened(page);
  expect(site.count(PART)).toBe(1);
});

test("in a browser without `requestIdleCallback` it is fetched all the same", async ({ page, site }) => {
  await page.addInitScript(() => void Reflect.deleteProperty(globalThis, "requestIdleCallback"));
  await open({ page, site });
  await expect.poll(() => runs(page)).toBe(1);
});

test("the part is fetched from where the first part came from", async ({ page, site, watch }) => {
  const cdn = await Site.start(undefined);
  cdn.headers = { "access-control-allow-origin": "*" };
  watch.allowOrigin(cdn.origin);
  await putLoader(cdn, { folder: "/v1", hasPart: true });
  await open({ page, site }, ELEMENT.replace("npi", `assets="${cdn.origin}/v1" npi`));
  await expect.poll(() => runs(page)).toBe(1);
  expect([cdn.count("/v1/find-a-time-errand.wasm"), site.count("errand")]).toEqual([1, 0]);
  await cdn.stop();
});

test("a prefetch that fails is reported once, and a press requests the part again", async ({ page, site, watch }) => {
  expectLoadErrors(watch);
  site.take(PART);
  await open({ page, site }, ELEMENT.repeat(3));
  await expect.poll(() => reported(page)).toEqual([["error asset-missing find-a-time-errand.wasm"], [], []]);
  expect(await widget(page).state()).toBe("times");
  const before = site.count(PART);
  await widget(page).times.hover();
  await settle(page);
  expect(site.count(PART), "reaching a time does not ask again").toBe(before);
  site.put(PART, { body: part() });
  await widget(page).times.click();
  await opened(page);
  expect(await runs(page)).toBe(1);
});

for (const [what, entry, code] of [
  ["404", undefined, "asset-missing"],
  ["503", { status: 503, body: "" }, "asset-missing"],
  ["a page", { body: "<!doctype html><title>Our clinics</title>", type: "text/html" }, "asset-missing"],
  ["a dropped connection", { drop: true }, "asset-unreachable"],
  ["one byte more", { body: part("!") }, "asset-integrity"],
  ["the part of another release", { body: part("of another release") }, "asset-integrity"],
]) {
  test(`${what}: reported once on the element that was pressed, never run, and the next press requests the part again`, async ({ page, site, watch }) => {
    expectLoadErrors(watch);
    await neverIdle(page);
    if (entry) site.put(PART, entry);
    else site.take(PART);
    await open({ page, site }, ELEMENT.repeat(3));
    await widget(page, 1).times.click();
    await expect.poll(() => calls(page, 1)).toEqual(["not opened"]);
    const report = [[], [`error ${code} find-a-time-errand.wasm`], []];
    expect(await reported(page)).toEqual(report);
    const before = site.count(PART);
    await widget(page, 1).times.click();
    await expect.poll(() => calls(page, 1)).toEqual(["not opened", "not opened"]);
    expect(site.count(PART)).toBeGreaterThan(before);
    expect(await reported(page), "said once").toEqual(report);
    expect(await runs(page)).toBe(0);

    site.put(PART, { body: part() });
    await widget(page, 1).times.click();
    await opened(page, 1);
    expect(await runs(page)).toBe(1);
  });
}

test("a part that cannot be compiled is reported as broken", async ({ page, site }) => {
  await putLoader(site, { hasPart: true, partHash: "" });
  site.put(PART, { body: "not wasm" });
  await neverIdle(page);
  await open({ page, site });
  await widget(page).times.click();
  await refused(page);
  expect(await reported(page)).toEqual([["error asset-broken find-a-time-errand.wasm"]]);
});

test("two presses while the part loads: one request, and both continue", async ({ page, site }) => {
  await neverIdle(page);
  const release = site.hold(PART);
  await open({ page, site }, ELEMENT.repeat(2));
  for (const nth of [0, 1]) await widget(page, nth).times.click();
  await settle(page);
  expect([await calls(page, 0), await calls(page, 1)]).toEqual([[], []]);
  release();
  for (const nth of [0, 1]) await opened(page, nth);
  expect([site.count(PART), await runs(page)]).toEqual([1, 1]);
});

test("a press during a prefetch waits for the prefetch", async ({ page, site }) => {
  const release = site.hold(PART);
  await open({ page, site });
  await expect.poll(() => site.count(PART)).toBe(1);
  await widget(page).times.click();
  release();
  await opened(page);
  expect(site.count(PART)).toBe(1);
});

test("a panic while the part loads: the part is not run, and nothing is called back", async ({ page, site }) => {
  const release = site.hold(PART);
  await open({ page, site });
  await expect.poll(() => site.count(PART)).toBe(1);
  await widget(page).times.click();
  await widget(page).host.evaluate((element) => {
    try {
      element.shadowRoot.querySelector(".fat-root").fake.trap();
    } catch {
      // In the real widget, the exception ends in the listener or timer that called the wasm.
    }
  });
  await widget(page).reaches("unavailable");
  release();
  await settle(page);
  expect(await widget(page).codes()).toEqual(["panic"]);
  expect(await page.evaluate(() => [document.documentElement.dataset.partRan, document.documentElement.dataset.calledAfterPanic])).toEqual([undefined, undefined]);
  await expect(page.getByRole("link", { name: "Call 206-555-0100" })).toBeVisible();
});

test("an element removed while it waits gets no more calls, and one that is added again opens", async ({ page, site }) => {
  await neverIdle(page);
  const release = site.hold(PART);
  await open({ page, site }, ELEMENT.repeat(2));
  await widget(page).times.click();
  await page.evaluate(async () => {
    const element = document.querySelector("find-a-time");
    element.remove();
    await new Promise((done) => requestAnimationFrame(done));
    document.body.append(element);
  });
  await widget(page, 1).reaches("times");
  release();
  await expect.poll(() => runs(page)).toBe(1);
  await widget(page, 1).times.click();
  await opened(page, 1);
  expect(site.count(PART)).toBe(1);
});

test("under the strict policy the part is added without a violation", async ({ page, site, watch }) => {
  await open({ page, site }, ELEMENT, { headers: { "content-security-policy": strictPolicy() } });
  await expect.poll(() => runs(page)).toBe(1);
  expect(watch.found()).toEqual([]);
});

test("a getToken promise that rejects while the part loads is no error of the page", async ({ page, site, watch }) => {
  await neverIdle(page);
  const release = site.hold(PART);
  await open({ page, site });
  await widget(page).host.evaluate((element) => (element.getToken = () => Promise.reject(new Error("the sign-in was closed"))));
  await widget(page).times.click();
  await settle(page);
  expect(watch.found()).toEqual([]);
  release();
  await opened(page);
});
