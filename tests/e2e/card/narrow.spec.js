// In narrow boxes that hide overflow, nothing of the widget is cut off and no page scrolls sideways.
import { expect, test, widget } from "../../support/fixtures.js";
import { booked, confirm, cutOff, giving, SCRIPT, tag, TUESDAY } from "../../support/host-page.js";

const CARD = `<style>
  body { margin: 0 }
  .card { box-sizing: border-box; inline-size: min(360px, 100%); padding: 16px; overflow: hidden; border-radius: 12px; border: 1px solid #ccc }
  .row { display: flex; gap: 24px; padding: 16px }
  .row img { inline-size: 200px; block-size: 240px; flex: none }
  .rows { display: grid; grid-template-columns: auto 1fr; gap: 16px }
</style>`;
const PHOTO = '<img alt="Dr. Dana Whitfield" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">';

/** Books a visit, and checks at every step that nothing of the widget is cut off by the box. @param {import("@playwright/test").Page} page @param {string} box */
async function walk(page, box) {
  const it = widget(page);
  const whole = async (step) => expect(await cutOff(page, box), step).toEqual([]);
  await it.reaches("times");
  await expect(it.times.first()).toBeVisible();
  await whole("times");
  await it.button("Filter times").click();
  await whole("filters");
  await it.button(TUESDAY).click();
  await it.reaches("patient");
  await it.button("Continue").click();
  await expect(it.alert).toBeVisible();
  await whole("patient, with what is missing told");
  await it.field("Reason for the visit").fill("Sore throat since Sunday, and a cough that will not let anybody in the house sleep");
  await it.button("Continue").click();
  await it.reaches("review");
  await whole("review");
  await confirm(page);
  await whole("booked");
}

for (const [what, width, body, box] of /** @type {const} */ ([
  ["a card of 360 px that hides what is too much", 1280, (tag) => `<div class="card">${tag}</div>`, ".card"],
  ["a row of flex items, beside a photograph", 700, (tag) => `<div class="row">${PHOTO}${tag}</div>`, ".row"],
  ["a grid beside a photograph", 700, (tag) => `<div class="rows">${PHOTO}<div>${tag}</div></div>`, ".rows"],
  ["a card on a phone of 320 px", 320, (tag) => `<div class="card">${tag}</div>`, ".card"],
])) {
  test(`in ${what} no step is cut off`, async ({ page, site, acme }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(site.page({ head: SCRIPT + CARD, body: body(tag(acme)), script: giving(await acme.token("marta")) }));
    await walk(page, box);
    expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
  });
}

test("in a row of flex items on a phone of 320 px the element takes the width that the photograph leaves", async ({ page, site, acme }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await page.goto(site.page({ head: SCRIPT + CARD, body: `<div class="row" style="flex-wrap: wrap">${PHOTO}${tag(acme)}</div>` }));
  await widget(page).reaches("times");
  await expect(widget(page).times.first()).toBeVisible();
  expect(await cutOff(page, ".row")).toEqual([]);
});
