// What the script requests and creates before there is an element.
import { expect, test, widget } from "../support/fixtures.js";
import { putLoader } from "../support/bundle.js";

const LOADER = '<script type="module" src="/widget/find-a-time.js"></script>';
const ELEMENT = '<find-a-time npi="1234567893"><a href="tel:+12065550100">Call 206-555-0100</a></find-a-time>';
const WASM = "/widget/find-a-time.wasm";

test.beforeEach(({ site }) => putLoader(site));

/** Records the order in which the page requests files and creates the roots of elements. @param {import("@playwright/test").Page} page */
const noteOrder = (page) =>
  page.addInitScript(() => {
    const order = (document[Symbol.for("order")] = []);
    const { fetch } = window;
    window.fetch = (url, init) => (order.push(String(url).replace(/.*\//, "")), fetch(url, init));
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (init) {
      order.push("element");
      return attachShadow.call(this, init);
    };
  });
const order = (page) => page.evaluate(() => document[Symbol.for("order")]);

test("the wasm is requested before the element is created, and once", async ({ page, site }) => {
  await noteOrder(page);
  await page.goto(site.page({ body: ELEMENT.repeat(2), head: LOADER }));
  await widget(page, 1).reaches("times");
  expect((await order(page)).slice(0, 3)).toEqual(["find-a-time.wasm", "element", "en.txt"]);
  expect(site.count(".wasm")).toBe(1);
});

test("a `div` that becomes an element is enough, and `assets` names the folder", async ({ page, site }) => {
  await putLoader(site, { folder: "/elsewhere" });
  await page.goto(site.page({ body: '<div data-find-a-time data-npi="1234567893" data-assets="/elsewhere">Call</div>', head: LOADER }));
  await expect.poll(() => site.requests.map(({ path }) => path)).toContain("/elsewhere/find-a-time.wasm");
  await page.goto(site.page({ body: ELEMENT.replace("npi", 'assets=" /elsewhere " npi'), head: LOADER }));
  await widget(page).reaches("times");
  expect(site.count(WASM)).toBe(0);
});

test("a page without an element, or with only a lazy one far below, loads no wasm until it needs it", async ({ page, site }) => {
  await noteOrder(page);
  await page.goto(site.page({ body: "<h1>Clinic</h1>", head: LOADER }));
  await page.waitForLoadState("networkidle");
  expect(await order(page)).toEqual([]);
  await page.evaluate((html) => document.body.insertAdjacentHTML("beforeend", html), ELEMENT);
  await widget(page).reaches("times");
  const lazy = ELEMENT.replace("npi", 'loading="LAZY" npi');
  await page.goto(site.page({ body: `<div style="height: 4000px">About us</div>${lazy}`, head: LOADER }));
  await page.waitForLoadState("networkidle");
  expect(await order(page)).toEqual(["element"]);
  // On the screen, a lazy element loads as early as an eager one.
  await page.goto(site.page({ body: lazy, head: LOADER }));
  await widget(page).reaches("times");
  expect((await order(page))[0]).not.toBe("element");
});

test("the first Intl objects are created while the wasm loads, in the language that will be used", async ({ page, site }) => {
  site.put(WASM, { hang: true });
  await page.addInitScript(() => {
    const made = (document[Symbol.for("made")] = []);
    for (const name of ["DateTimeFormat", "NumberFormat"]) {
      Intl[name] = new Proxy(Intl[name], { construct: (real, given, target) => (made.push(`${name} ${given[0]}`), Reflect.construct(real, given, target)) });
    }
  });
  await page.goto(site.page({ body: ELEMENT.repeat(3), head: LOADER, lang: "es-MX" }), { waitUntil: "domcontentloaded" });
  await expect.poll(() => page.evaluate(() => document[Symbol.for("made")])).toEqual(["NumberFormat es-MX", "DateTimeFormat es-MX"]);
});
