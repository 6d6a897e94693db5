// A plain page with the README's snippet: only its addresses are replaced, and its hash is removed.
import { readFileSync } from "node:fs";
import { expect, test, widget } from "../../support/fixtures.js";
import { bookIn, booked, tag, TUESDAY } from "../../support/host-page.js";
import { requireValue } from "../../support/values.js";

const README = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
/** The first block of HTML that holds the element. */
const SNIPPET = [...README.matchAll(/```html\n([\s\S]*?)```/g)].map(([, block]) => block).find((block) => block.includes("<find-a-time"));

test("the README's snippet, pasted, books a visit", async ({ page, site, acme }) => {
  const pasted = requireValue(SNIPPET, "snippet in the README").replace(/ integrity="[^"]*"/g, "")
    .replace(/src="[^"]*\/find-a-time\.js"/, 'src="/find-a-time.js"')
    .replace(/\bapi="[^"]*"/, `api="${acme.api}"`)
    .replace(/\bvisits="[^"]*"/, `visits="${acme.visits}"`);
  // The page's own sign-in, as the snippet expects it.
  const session = `<script>const session = { accessToken: async () => ${JSON.stringify(await acme.token("marta"))} };</script>`;
  await page.goto(site.page({ head: session, body: `<h1>Dr. Dana Whitfield</h1>${pasted}` }));
  await widget(page).reaches("times");
  await expect(page.locator("find-a-time a[href^='tel:']").first(), "the phone makes room for the times").toBeHidden();
  await bookIn(page, TUESDAY);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
  expect(await widget(page).codes()).toEqual([]);
});

test("with scripts switched off the phone stays visible, and nothing is requested", async ({ browser, browserName, site, acme, watch }) => {
  test.skip(browserName === "firefox", "Playwright cannot switch them off in the machine's own Firefox");
  const context = await browser.newContext({ javaScriptEnabled: false });
  await watch.begin(context);
  const page = await context.newPage();
  await page.goto(site.page({ head: '<script type="module" src="/find-a-time.js"></script>', body: tag(acme) }));
  await expect(page.getByRole("link", { name: "206-555-0142" })).toBeVisible();
  expect(await acme.requests()).toEqual([]);
  await context.close();
});
