// The marks by which session recorders skip the element's content: on every direct child of its shadow root, from the first
// moment, and on nothing of the page.
import { ATTRIBUTES, CLASSES } from "../../embed/marks.js";
import { expect, test, widget } from "../support/fixtures.js";
import { putLoader } from "../support/bundle.js";

const LOADER = '<script type="module" src="/widget/find-a-time.js"></script>';
const ELEMENT = '<main><find-a-time npi="1234567893"><p class="own">Call us</p></find-a-time></main>';

test.beforeEach(({ site }) => putLoader(site));

/** The marks that each child of the shadow root lacks. @param {import("@playwright/test").Locator} host @returns {Promise<string[][]>} a list for each child */
const missing = (host) =>
  host.evaluate(
    (element, [classes, attributes]) =>
      [...element.shadowRoot.children].map((child) => [
        ...classes.filter((name) => !child.classList.contains(name)),
        ...Object.entries(attributes).filter(([name, value]) => child.getAttribute(name) !== value).map(([name]) => name),
      ]),
    /** @type {const} */ ([CLASSES, ATTRIBUTES]),
  );

test("container, fallback and doctor panel carry every mark", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  const { host, reaches } = widget(page);
  await reaches("times");
  expect(await missing(host)).toEqual([[], []]);
  await host.evaluate((element) => element.toggleAttribute("doctor", true));
  expect(await missing(host)).toEqual([[], [], []]);
});

test("the marks are there as soon as the element is in the page", async ({ page, site }) => {
  await page.goto(site.page({ body: "<main></main>", head: LOADER }));
  await page.waitForFunction(() => customElements.get("find-a-time"));
  const names = await page.evaluate(() => [...document.querySelector("main").appendChild(document.createElement("find-a-time")).shadowRoot.children].map((child) => child.className));
  expect(names).toHaveLength(2);
  for (const name of names) expect(name.split(" ")).toEqual(expect.arrayContaining(CLASSES));
});

test("the page's element and what is between its tags stay as the page wrote them", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await widget(page).reaches("times");
  expect(await page.locator("main").evaluate((main) => main.innerHTML)).toBe(ELEMENT.replace(/<\/?main>/g, ""));
});

test("no attribute removes a mark", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  const { host, reaches } = widget(page);
  await reaches("times");
  await host.evaluate((element) => {
    // Without `assets`, which would make the element look for its words elsewhere.
    for (const name of element.constructor.observedAttributes) if (name !== "assets") element.setAttribute(name, "false");
    element.lang = "es";
  });
  await expect.poll(() => host.evaluate((element) => element.shadowRoot.firstElementChild.lang)).toBe("es");
  expect(await missing(host)).toEqual(Array(await host.evaluate((element) => element.shadowRoot.childElementCount)).fill([]));
});
