// The script comes before or after the element, and the page creates the element in every possible way.
import { expect, test, widget } from "../../support/fixtures.js";
import { attributes, bookIn, booked, giving, repeated, asked, SCRIPT, tag, TUESDAY } from "../../support/host-page.js";

for (const [how, parts] of /** @type {const} */ ([
  ["stands below the element", (tag) => ({ body: `<h1>Clinic</h1>${tag}${SCRIPT}` })],
  ["is added by another script, late", (tag) => ({
    body: `<h1>Clinic</h1>${tag}`,
    script: `setTimeout(() => document.head.append(Object.assign(document.createElement("script"), { type: "module", src: "/find-a-time.js" })), 300);`,
  })],
  ["is imported by another module", (tag) => ({ body: `<h1>Clinic</h1>${tag}`, script: 'await import("/find-a-time.js");' })],
  ["is `async`", (tag) => ({ body: `<h1>Clinic</h1>${tag}`, head: SCRIPT.replace("<script", "<script async") })],
])) {
  test(`where the script ${how}, a visit is booked`, async ({ page, site, acme }) => {
    const { script = "", ...rest } = parts(tag(acme));
    await page.goto(site.page({ ...rest, script: `${giving(await acme.token("marta"))}\n${script}` }));
    await expect(page.locator("find-a-time")).toHaveCount(1);
    await widget(page).reaches("times");
    await bookIn(page, TUESDAY);
    expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
  });
}

/** Ways in which a page's script creates an element: each is a function of the tag and its attributes that adds one to `place`. */
const WAYS = {
  "createElement, attributes, then connected": (place, _tag, attributes) => {
    const element = document.createElement("find-a-time");
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    place.append(element);
  },
  "createElement, connected, then attributes": (place, _tag, attributes) => {
    const element = place.appendChild(document.createElement("find-a-time"));
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  },
  "new": (place, _tag, attributes) => {
    const element = new (/** @type {CustomElementConstructor} */ (customElements.get("find-a-time")))();
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    place.append(element);
  },
  "innerHTML": (place, tag) => void (place.innerHTML = tag),
  "innerHTML of something outside, connected after": (place, tag) => {
    const wrapper = document.createElement("div");
    wrapper.innerHTML = tag;
    place.append(wrapper);
  },
  "insertAdjacentHTML": (place, tag) => place.insertAdjacentHTML("beforeend", tag),
  "a template's content, cloned": (place, tag) => {
    const template = document.createElement("template");
    template.innerHTML = tag;
    place.append(template.content.cloneNode(true));
  },
  "a template's content, imported": (place, tag) => {
    const template = document.createElement("template");
    template.innerHTML = tag;
    place.append(document.importNode(template.content, true));
  },
  "a template's content itself": (place, tag) => {
    const template = document.createElement("template");
    template.innerHTML = tag;
    place.append(template.content);
  },
  "a clone of one that shows its times": (place) => place.append(document.querySelector("find-a-time").cloneNode(true)),
  "adopted from a parsed document": (place, tag) => {
    const other = new DOMParser().parseFromString(tag, "text/html");
    place.append(document.adoptNode(other.querySelector("find-a-time")));
  },
  "adopted from a frame": (place, tag) => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    const other = /** @type {Document} */ (frame.contentDocument);
    const inner = other.createElement("div");
    inner.innerHTML = tag;
    other.body.append(inner);
    place.append(inner.firstChild);
    frame.remove();
  },
  "a range's fragment": (place, tag) => place.append(document.createRange().createContextualFragment(tag)),
};

test("however they are created, all elements show their times and share every request", async ({ page, site, acme }) => {
  await page.goto(site.page({ head: SCRIPT, body: `<h1>Clinic</h1>${tag(acme)}` }));
  await widget(page).reaches("times");
  await expect(widget(page).times.first()).toBeVisible();
  const first = await widget(page).times.allTextContents();
  for (const make of Object.values(WAYS)) {
    const given = [tag(acme), attributes(acme)].map((value) => JSON.stringify(value));
    await page.evaluate(`{
      const place = document.body.appendChild(document.createElement("section"));
      (${make})(place, ${given});
    }`);
  }
  for (const [nth, way] of Object.keys(WAYS).entries()) {
    await widget(page, nth + 1).reaches("times");
    await expect(widget(page, nth + 1).times.first(), way).toBeVisible();
    expect(await widget(page, nth + 1).times.allTextContents(), way).toEqual(first);
    expect(await widget(page, nth + 1).codes(), way).toEqual([]);
  }
  expect(repeated(await asked(acme))).toEqual([]);
  expect(site.count("find-a-time.wasm")).toBe(1);
  // The element that was adopted from a frame, which is gone by now, can book.
  await page.evaluate(giving(await acme.token("marta")));
  await bookIn(page, TUESDAY, { nth: Object.keys(WAYS).indexOf("adopted from a frame") + 1 });
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
});
