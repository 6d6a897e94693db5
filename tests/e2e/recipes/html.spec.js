// The recipe for plain HTML: its blocks, assembled as it says, make a page on which a visit is booked.
import { blocks, filledIn, session } from "../../recipes/document.js";
import { expect, test, widget } from "../../support/fixtures.js";
import { bookIn, booked, TUESDAY } from "../../support/host-page.js";

test("the recipe's blocks, pasted in their order, book a visit, and the page gets the event", async ({ page, site, acme }) => {
  const parts = blocks("html.md", "html").map((block) => filledIn(block, { acme, assets: site.origin }));
  expect(parts.length, "head, element, sign-in, events").toBe(4);
  const [head, element, signIn, events] = parts;
  const before = session(await acme.token("marta"));
  await page.goto(site.page({ head: head + before, body: `<h1>Dr. Dana Whitfield</h1>${element}${signIn}${events}` }));
  await widget(page).reaches("times");
  await expect(page.locator("find-a-time > p"), "the phone makes room for the times").toBeHidden();
  await bookIn(page, TUESDAY);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
  await expect(page.locator("#booked")).toHaveText("Booked by findadoctor");
  expect(await widget(page).codes()).toEqual([]);
});

test("with a hash that is not the script's the phone stays visible", async ({ page, site, acme, watch }) => {
  // The browser blocks the script, and may warn that the files it preloaded are unused.
  watch.allowConsole(/integrity|preload/i);
  const [head, element] = blocks("html.md", "html").map((block) => filledIn(block, { acme, assets: site.origin }));
  await page.goto(site.page({ head: head.replace(/sha384-[^"]{4}/, "sha384-AAAA"), body: element }));
  await expect(page.getByRole("link", { name: "206-555-0142" })).toBeVisible();
  expect(await page.evaluate(() => customElements.get("find-a-time") === undefined)).toBe(true);
  expect(await acme.requests()).toEqual([]);
});
