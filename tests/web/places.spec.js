// Tests the search for personal data that ends each browser test: it finds a text that a patient typed wherever a page could have
// put it.
import { expect, test } from "../support/fixtures.js";

const REASON = "Plimsor fever since Sunday";

/** @type {[string, string][]} the place, and the script that puts the text there */
const LEAKS = [
  ["the history's state", `history.replaceState({ reason: ${JSON.stringify(REASON)} }, "")`],
  ["the window's name", `name = ${JSON.stringify(REASON)}`],
  ["the names of performance entries", `performance.mark(${JSON.stringify(REASON)})`],
  ["the names on window", `window[${JSON.stringify(REASON)}] = 1`],
  ["the events", `document[Symbol.for("heard")] = [{ detail: { reason: ${JSON.stringify(REASON)} } }]`],
  ["the local storage", `localStorage.draft = ${JSON.stringify(REASON)}`],
  ["the session storage", `sessionStorage.draft = ${JSON.stringify(REASON)}`],
  ["the cookies", `document.cookie = "draft=" + encodeURIComponent(${JSON.stringify(REASON)})`],
  ["the element's attributes", `document.querySelector("find-a-time").setAttribute("data-draft", ${JSON.stringify(REASON)})`],
  ["what stands inside the tag", `document.querySelector("find-a-time").append(${JSON.stringify(REASON)})`],
  ["attributes inside the element", `document.querySelector("find-a-time").attachShadow({ mode: "open" }).append(Object.assign(document.createElement("p"), { title: ${JSON.stringify(REASON)} }))`],
  ["the console", `console.info(${JSON.stringify(REASON)})`],
];

for (const [place, script] of LEAKS) {
  test(`a reason in ${place} is found`, async ({ page, site, watch, context }) => {
    watch.allowConsole(/Plimsor/);
    await page.goto(site.page({ body: "<find-a-time></find-a-time>" }));
    await watch.look(context);
    expect(watch.leaks()).toEqual([]);
    watch.addresses.keepOut("a reason", REASON);
    await page.evaluate(script);
    await watch.look(context);
    expect(watch.leaks()).toEqual([`a reason in ${place}`]);
    watch.forgive();
    await page.goto("about:blank");
  });
}
