// `loading="lazy"`: the element loads nothing until it is near the screen, however a visitor gets there. Also the order in which
// elements load that are not lazy.
import { putLoader } from "../support/bundle.js";
import { expect, test, widget } from "../support/fixtures.js";

const LOADER = '<script type="module" src="/widget/find-a-time.js"></script>';
const lazy = (more = "") => `<find-a-time npi="1234567893" loading="lazy"${more}><a href="tel:+12065550100">Call 206-555-0100</a></find-a-time>`;
/** Five times the height of the tests' window: far below the screen. */
const FAR = '<div style="height: 4500px">About our clinic</div>';

test.beforeEach(({ site }) => putLoader(site));

/** The release's files that were requested, without the script. @param {import("../support/site.js").Site} site */
const read = (site) => site.requests.map(({ path }) => path).filter((path) => path.startsWith("/widget/") && !path.endsWith(".js"));

/** Waits until the script has run and the browser has had time to report what is near the screen. @param {import("@playwright/test").Page} page */
async function settled(page) {
  await page.waitForFunction(() => customElements.get("find-a-time"));
  // Two frames, since the observer reports after the first.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));
  await page.waitForLoadState("networkidle");
}

/** Opens a page with a lazy element below five screens of text. */
async function openFar({ page, site }, body = FAR + lazy()) {
  await page.goto(site.page({ body, head: LOADER }));
  await settled(page);
  expect(read(site)).toEqual([]);
  expect(await widget(page).state()).toBe("loading");
}

test("far below the screen nothing is loaded and the fallback is visible; scrolled near, times are shown", async ({ page, site }) => {
  await openFar({ page, site });
  await expect(page.getByRole("link", { name: "Call 206-555-0100" })).toBeVisible();
  // Near the screen, but still below it.
  await page.evaluate(() => scrollTo(0, 4500 - innerHeight * 2));
  await widget(page).reaches("times");
  expect(await widget(page).host.evaluate((element) => element.getBoundingClientRect().top > innerHeight)).toBe(true);
  expect(await widget(page).codes()).toEqual([]);
});

test("on the screen the element loads at once, also written LAZY", async ({ page, site }) => {
  await page.goto(site.page({ body: lazy().replace("lazy", " LAZY "), head: LOADER }));
  await widget(page).reaches("times");
});

test("in a hidden part of the page the element waits until that part is shown", async ({ page, site }) => {
  await openFar({ page, site }, `<details><summary>Book a visit</summary>${lazy()}</details>`);
  await page.getByText("Book a visit").click();
  await widget(page).reaches("times");
});

test("inside a scrolling box the element loads when it is scrolled into view there", async ({ page, site }) => {
  await openFar({ page, site }, `<div id="list" style="height: 300px; overflow: auto">${FAR}${lazy()}</div>`);
  await page.locator("#list").evaluate((list) => void (list.scrollTop = 4500));
  await widget(page).reaches("times");
});

test("in a browser without IntersectionObserver the element loads at once", async ({ page, site }) => {
  await page.addInitScript(() => void Reflect.deleteProperty(globalThis, "IntersectionObserver"));
  await page.goto(site.page({ body: FAR + lazy(), head: LOADER }));
  await widget(page).reaches("times");
});

test("a lazy element that becomes eager loads at once, and so does one that restores a time after a sign-in", async ({ page, site }) => {
  await openFar({ page, site }, FAR + lazy() + lazy());
  await widget(page, 0).host.evaluate((element) => void (element.loading = "eager"));
  await widget(page, 0).reaches("times");
  expect(await widget(page, 1).state()).toBe("loading");
  await widget(page, 1).host.evaluate((element) => void (element.resume = "a value"));
  await widget(page, 1).reaches("times");
});

test("an element that becomes lazy after it has times keeps them", async ({ page, site }) => {
  await page.goto(site.page({ body: lazy().replace("lazy", "eager") + FAR, head: LOADER }));
  await widget(page).reaches("times");
  await page.evaluate(() => scrollTo(0, 4000));
  await widget(page).host.evaluate((element) => void (element.loading = "lazy"));
  await settled(page);
  expect(await widget(page).state()).toBe("times");
  await expect(widget(page).times).toHaveCount(1);
});

test("removed before it has loaded, the element never loads; added again, it loads when near the screen", async ({ page, site }) => {
  await openFar({ page, site });
  await page.evaluate(() => {
    const element = document.querySelector("find-a-time");
    element.remove();
    document.body[Symbol.for("kept")] = element;
    scrollTo(0, 4000);
  });
  await settled(page);
  expect(read(site)).toEqual([]);
  await page.evaluate(() => {
    scrollTo(0, 0);
    document.body.append(document.body[Symbol.for("kept")]);
  });
  await settled(page);
  expect(read(site)).toEqual([]);
  await widget(page).host.scrollIntoViewIfNeeded();
  await widget(page).reaches("times");
});

test("an element that has loaded, and is removed and added again far away, shows its fallback and waits again", async ({ page, site }) => {
  await page.goto(site.page({ body: `${lazy()}${FAR}<div id="end"></div>`, head: LOADER }));
  await widget(page).reaches("times");
  await widget(page).host.evaluate(async (element) => {
    element.remove();
    await new Promise((done) => setTimeout(done));
    document.querySelector("#end").append(element);
  });
  await settled(page);
  await expect(widget(page).times).toHaveCount(0);
  expect(await widget(page).state()).toBe("loading");
  await expect(page.getByRole("link", { name: "Call 206-555-0100" })).toBeVisible();
  await widget(page).host.scrollIntoViewIfNeeded();
  await widget(page).reaches("times");
  await expect(widget(page).times).toHaveCount(1);
  await expect(page.getByRole("link", { name: "Call 206-555-0100" })).toBeHidden();
});

test("Tab reaches the element: the focus scrolls it into view, and its times load", async ({ page, site }) => {
  await openFar({ page, site }, `<a href="#top">Home</a>${FAR}${lazy()}`);
  await page.getByRole("link", { name: "Home" }).focus();
  await page.keyboard.press("Tab");
  // The link disappears with the fallback, so the focus moves to the times.
  await widget(page).reaches("times");
  await expect(widget(page).times).toBeFocused();
});

test("the element's own focus() makes it load", async ({ page, site }) => {
  await openFar({ page, site });
  await widget(page).host.evaluate((element) => element.focus());
  await widget(page).reaches("times");
  await expect(widget(page).times).toBeFocused();
});

test("finding a name on the page scrolls to it, and the times beside it load", async ({ page, site }) => {
  await openFar({ page, site }, `${FAR}<h2>Tobias Lindqvist, MD</h2>${lazy()}`);
  expect(await page.evaluate(() => globalThis.find("Lindqvist"))).toBe(true);
  await widget(page).reaches("times");
});

test("a printed page shows the fallback of an element that has not loaded, and no empty boxes", async ({ page, site, browserName }) => {
  await openFar({ page, site });
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("link", { name: "Call 206-555-0100" })).toBeVisible();
  // Firefox's emulation of print does not affect constructed stylesheets.
  if (browserName === "chromium") await expect(widget(page).host.locator(".fat-skeleton")).toBeHidden();
  await page.emulateMedia({ media: null });
  await widget(page).host.scrollIntoViewIfNeeded();
  await widget(page).reaches("times");
});

test("on a page that is left and restored, the element loads when it is near the screen", async ({ page, site }) => {
  await openFar({ page, site });
  const before = page.url();
  await page.goto(site.page({ path: "/elsewhere.html", body: "<h1>Directions</h1>" }));
  await page.goBack();
  expect(page.url()).toBe(before);
  await settled(page);
  expect(read(site)).toEqual([]);
  await widget(page).host.scrollIntoViewIfNeeded();
  await widget(page).reaches("times");
});

test("a restored connection loads nothing for an element that waits", async ({ page, site }) => {
  await openFar({ page, site });
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await settled(page);
  expect(read(site)).toEqual([]);
});

for (const [name, prepare] of [["", () => {}], [", also without scheduler.yield", () => Object.defineProperty(globalThis, "scheduler", { value: undefined })]]) {
  test(`the elements on the screen come first, each in a task of its own${name}`, async ({ page, site }) => {
    await page.addInitScript(prepare);
    await page.addInitScript(() => {
      const order = (document[Symbol.for("order")] = []);
      addEventListener("findatime-shown", ({ target }) => order.push(/** @type {Element} */ (target).id));
      const note = (owner, method) => {
        const real = owner[method];
        owner[method] = (...given) => (order.push("pause"), real.apply(owner, given));
      };
      if (typeof globalThis.scheduler?.yield === "function") note(scheduler, "yield");
      note(globalThis, "setTimeout");
    });
    const release = site.hold("/widget/find-a-time.wasm");
    const element = (id) => `<find-a-time id="${id}" npi="1234567893"></find-a-time>`;
    const body = ["one", "two", "three"].map(element).join(FAR) + FAR;
    await page.goto(site.page({ body, head: LOADER }), { waitUntil: "domcontentloaded" });
    await page.locator("#three").scrollIntoViewIfNeeded();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    release();
    for (const nth of [0, 1, 2]) await widget(page, nth).reaches("times");
    const order = await page.evaluate(() => document[Symbol.for("order")]);
    const shown = order.filter((entry) => entry !== "pause");
    expect(shown[0]).toBe("three");
    expect(shown.toSorted()).toEqual(["one", "three", "two"]);
    for (const [nth, id] of shown.entries()) expect(order.slice(nth ? order.indexOf(shown[nth - 1]) : 0, order.indexOf(id)), `before ${id}`).toContain("pause");
  });
}

test("of several elements, those on the screen show their skeleton before the first frame, the others later; all have their fallback", async ({ page, site }) => {
  await page.addInitScript(() => {
    // The frame callback below runs after the script, before the first frame is drawn.
    const bare = (document[Symbol.for("bare")] = []);
    const define = customElements.define;
    customElements.define = function (...given) {
      define.apply(customElements, given);
      requestAnimationFrame(() => bare.push(...[...document.querySelectorAll("find-a-time")].map(({ shadowRoot }) => !shadowRoot)));
    };
  });
  const release = site.hold("/widget/find-a-time.wasm");
  const eager = lazy().replace("lazy", "eager");
  await page.goto(site.page({ body: ["<h1>Clinicians</h1>", eager, eager, FAR, eager, FAR, lazy()].join(""), head: LOADER }), { waitUntil: "domcontentloaded" });
  await page.waitForFunction(() => document[Symbol.for("bare")].length);
  expect(await page.evaluate(() => document[Symbol.for("bare")])).toEqual([false, false, true, true]);
  await expect(page.getByRole("link", { name: "Call 206-555-0100" }).filter({ visible: true })).toHaveCount(4);
  // The elements on the screen still have no times: those below do not wait for them forever.
  await expect(page.locator(".fat-skeleton").filter({ visible: true })).toHaveCount(4, { timeout: 10_000 });
  await expect(page.getByRole("link", { name: "Call 206-555-0100" }).filter({ visible: true })).toHaveCount(4);
  release();
  for (const nth of [0, 1, 2]) await widget(page, nth).reaches("times");
  expect(await widget(page, 3).state()).toBe("loading");
});

test("an element off the screen does not wait forever for one on the screen", async ({ page, site }) => {
  const release = site.hold("/widget/locales/es.txt");
  await page.goto(site.page({ body: `<div lang="es">${lazy()}</div>${FAR}${lazy().replace("lazy", "eager")}`, head: LOADER }));
  await widget(page, 1).reaches("times");
  expect(await widget(page, 0).state()).toBe("loading");
  release();
  await widget(page, 0).reaches("times");
});
