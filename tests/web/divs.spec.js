// `<div data-find-a-time>`, for editors that remove the element's own tag.
import { putLoader } from "../support/bundle.js";
import { expect, test, widget } from "../support/fixtures.js";

const LOADER = '<script type="module" src="/widget/find-a-time.js"></script>';
const PHONE = '<p>Call <a href="tel:+12065550100">206-555-0100</a></p>';
const div = (more = "", inside = PHONE) => `<div data-find-a-time data-npi="1234567893"${more}>${inside}</div>`;

test.beforeEach(({ site }) => putLoader(site));

const open = async ({ page, site }, body, head = LOADER) => {
  await page.goto(site.page({ body, head }));
  await page.waitForFunction(() => customElements.get("find-a-time"));
};
/** The attributes of every element. @param {import("@playwright/test").Page} page */
const attributes = (page) => page.locator("find-a-time").evaluateAll((all) => all.map((element) => Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]))));
/** Changes the page and waits until the script's observer has been called. @param {import("@playwright/test").Page} page @param {(argument: any) => void} change @param {unknown} [argument] */
const change = (page, change, argument) => page.evaluate(`(async () => { (${change})(${JSON.stringify(argument) ?? ""}); await new Promise((done) => setTimeout(done)); })()`);

test("a div gets an element with its attributes, and the fallback moves into it", async ({ page, site }) => {
  await open({ page, site }, div(' data-visit-type="NewPatient" data-heading-level="3" data-interpreter data-id="cms-4711" data-mce-bogus="1" class="block"'));
  await widget(page).reaches("times");
  expect(await attributes(page)).toEqual([{ npi: "1234567893", "visit-type": "NewPatient", "heading-level": "3", interpreter: "" }]);
  expect(await page.locator("[data-find-a-time]").evaluate((element) => [...element.childNodes].map(({ nodeName }) => nodeName))).toEqual(["FIND-A-TIME"]);
  await expect(page.locator("find-a-time > p > a")).toHaveText("206-555-0100");
  await expect(page.locator("[data-find-a-time]")).toHaveAttribute("data-id", "cms-4711");
  expect(await widget(page).codes()).toEqual([]);
});

test("the wasm is requested as early as with the element's own tag, and not if the div is lazy and far below", async ({ page, site }) => {
  const order = () => page.evaluate(() => document[Symbol.for("order")]);
  await page.addInitScript(() => {
    const order = (document[Symbol.for("order")] = []);
    const { fetch } = globalThis;
    globalThis.fetch = (/** @type {[any]} */ ...given) => (order.push("fetch"), fetch(...given));
    const { createElement } = Document.prototype;
    Document.prototype.createElement = function (/** @type {[any]} */ ...given) {
      if (given[0] === "find-a-time") order.push("element");
      return createElement.apply(this, given);
    };
  });
  await open({ page, site }, div());
  await widget(page).reaches("times");
  expect((await order())[0]).toBe("fetch");
  await open({ page, site }, `<div style="height: 4000px">About us</div>${div(' data-loading="lazy"')}`);
  await page.waitForLoadState("networkidle");
  expect(await order()).toEqual(["element"]);
});

test("a div that is added later gets an element: alone, inside other content, or when it gets the attribute", async ({ page, site }) => {
  await open({ page, site }, '<main></main><div id="late" data-npi="1235186800">Call us</div>');
  await change(page, (html) => document.querySelector("main").insertAdjacentHTML("beforeend", html), div());
  await change(page, (html) => document.querySelector("main").insertAdjacentHTML("beforeend", `<section><p>Book here</p>${html}</section>`), div());
  await change(page, () => document.querySelector("#late").setAttribute("data-find-a-time", ""));
  for (const nth of [0, 1, 2]) await widget(page, nth).reaches("times");
  expect((await attributes(page)).map(({ npi }) => npi)).toEqual(["1234567893", "1234567893", "1235186800"]);
});

test("a data- attribute that is changed, added or removed changes the element; the page's own attributes on the element stay", async ({ page, site }) => {
  await open({ page, site }, div(' data-visit-type="NewPatient"'));
  await widget(page).reaches("times");
  await widget(page).host.evaluate((element) => element.setAttribute("product", "from-the-page"));
  await change(page, () => {
    const { dataset } = document.querySelector("[data-find-a-time]");
    dataset.npi = "1235186800";
    dataset.headingLevel = "4";
    dataset.id = "cms-4712";
    delete dataset.visitType;
  });
  expect(await attributes(page)).toEqual([{ npi: "1235186800", "heading-level": "4", product: "from-the-page" }]);
  await expect.poll(() => widget(page).host.evaluate((element) => element.shadowRoot.querySelector(".fat-root").fake.npi)).toBe("1235186800");
});

test("a div that contains an element, or is inside a div or an element, gets none", async ({ page, site }) => {
  const inside = '<find-a-time npi="1235186800"></find-a-time>';
  await open({ page, site }, div("", `<p>Book here</p>${inside}`) + div("", `<p>Or call</p>${div()}`) + `<find-a-time npi="1568400103">${div()}</find-a-time>`);
  for (const nth of [0, 1, 2]) await widget(page, nth).reaches("times");
  expect((await attributes(page)).map(({ npi }) => npi)).toEqual(["1235186800", "1234567893", "1568400103"]);
  expect(await page.evaluate(() => [...document.querySelectorAll("[data-find-a-time]")].map((one) => one.parentElement.localName))).toEqual(["body", "body", "find-a-time", "find-a-time"]);
});

test("a div that is removed and added again keeps its element; a div from new HTML gets a new one", async ({ page, site }) => {
  await open({ page, site }, `<main>${div()}</main>`);
  await widget(page).reaches("times");
  const same = await page.evaluate(async () => {
    const [one, element] = [document.querySelector("[data-find-a-time]"), document.querySelector("find-a-time")];
    one.remove();
    await new Promise((done) => setTimeout(done));
    document.body.append(one);
    await new Promise((done) => setTimeout(done));
    one.dataset.npi = "1235186800";
    await new Promise((done) => setTimeout(done));
    return [document.querySelectorAll("find-a-time").length, document.querySelector("find-a-time") === element, element.getAttribute("npi")];
  });
  expect(same).toEqual([1, true, "1235186800"]);
  await widget(page).reaches("times");
  await change(page, (html) => void (document.body.innerHTML = html), div());
  await widget(page).reaches("times");
  await expect(page.locator("find-a-time")).toHaveCount(1);
});

test("divs in an editable part of the page get no element", async ({ page, site }) => {
  await open({ page, site }, `<div contenteditable="true">${div()}</div>`);
  await change(page, (html) => document.querySelector("[contenteditable]").insertAdjacentHTML("beforeend", html), div());
  await expect(page.locator("find-a-time")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "206-555-0100" })).toHaveCount(2);
});

test("fifty divs get an element each", async ({ page, site }) => {
  await open({ page, site }, div().repeat(50));
  await widget(page, 49).reaches("times");
  await expect(page.locator("[data-find-a-time] > find-a-time")).toHaveCount(50);
  for (const file of ["find-a-time.wasm", "locales/en.txt"]) expect(site.count(file), file).toBe(1);
});

test("a script that runs while the page is still read waits for the fallback", async ({ page, site }) => {
  await page.addInitScript(() => {
    // As an `async` script may run: when the div has begun and its content has not arrived yet.
    new MutationObserver((_, observer) => {
      if (!document.querySelector("[data-find-a-time]")) return;
      observer.disconnect();
      document[Symbol.for("readyState")] = document.readyState;
      void import("/widget/find-a-time.js");
    }).observe(document, { subtree: true, childList: true });
  });
  let release = () => {};
  const held = new Promise((done) => (release = () => done(undefined)));
  await page.route("**/slow.js", async (route) => {
    await held;
    await route.fulfill({ body: "", contentType: "text/javascript" });
  });
  const body = div("", `<p>Call</p><script src="/slow.js"></script><p id="last">or write</p>`);
  await page.goto(site.page({ body }), { waitUntil: "commit" });
  await page.waitForFunction(() => customElements.get("find-a-time"));
  expect(await page.evaluate(() => document[Symbol.for("readyState")])).toBe("loading");
  await expect(page.locator("find-a-time")).toHaveCount(0);
  release();
  await widget(page).reaches("times");
  await expect(page.locator("find-a-time > #last")).toHaveCount(1);
});

test("a page that has replaced MutationObserver keeps its fallback", async ({ page, site }) => {
  await page.addInitScript(() => void (/** @type {any} */ (globalThis).MutationObserver = class {}));
  await page.goto(site.page({ body: div(), head: LOADER }));
  await expect.poll(() => page.evaluate(() => !!customElements.get("find-a-time"))).toBe(true);
  await expect(page.getByRole("link", { name: "206-555-0100" })).toBeVisible();
});
