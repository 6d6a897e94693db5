// A list of fifty clinicians with lazy elements: times load only near the screen, and before the patient sees the element.
import { axe, expect, test, widget } from "../../support/fixtures.js";
import { asked, bookIn, giving, repeated, SCRIPT, tag } from "../../support/host-page.js";
import { focused } from "../../support/journey.js";

const FIFTY = 50;
/** A clinician who offers one of these visit types is on the list, with the first of them. */
const VISITS = ["NewPatient", "Illness", "FluShot"];

/** @param {import("../../support/acme.js").Acme} acme @returns {Promise<{ npi: string, name: string, visitType: string }[]>} */
async function clinicians(acme) {
  const { clinicians } = await acme.world();
  const some = clinicians.flatMap(({ npi, name, visitTypes }) => {
    const visitType = VISITS.find((type) => visitTypes.includes(type));
    return visitType ? [{ npi, name, visitType }] : [];
  });
  return Array.from({ length: FIFTY }, (_, place) => some[place % some.length]);
}

/** Opens a page like a health system's: a list of fifty clinicians, each with a lazy element. */
async function openList({ page, site, acme }, more = {}) {
  const list = await clinicians(acme);
  const cards = list.map(({ npi, name, visitType }) => `<article><h2>${name}</h2>${tag(acme, { npi, "visit-type": visitType, days: "1", loading: "lazy", ...more })}</article>`);
  const head = `${SCRIPT}<style>body { margin: 0 } article { padding: 16px } find-a-time { display: block; min-block-size: 50rem }</style>`;
  await page.goto(site.page({ head, body: `<h1>Our clinicians</h1>${cards.join("")}`, script: giving(await acme.token("marta")) }));
  return list;
}

/** The clinicians whose times were requested. @param {import("../../support/acme.js").Acme} acme */
const askedFor = async (acme) => [...new Set((await asked(acme)).flatMap((request) => request.match(/providers\/(\d+)\/timeslots/)?.[1] ?? []))];

/** The names on the cards that are on the screen and whose element is still loading. @param {import("@playwright/test").Page} page @returns {Promise<string[]>} */
const empty = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("article")]
      .filter((card) => card.getBoundingClientRect().bottom > 80 && card.getBoundingClientRect().top < innerHeight - 80)
      .filter((card) => card.querySelector("find-a-time").state === "loading")
      .map((card) => card.querySelector("h2").textContent));

test("before any scrolling, times are requested only for the clinicians near the screen", async ({ page, site, acme }) => {
  const list = await openList({ page, site, acme });
  await widget(page).reaches("times");
  await page.waitForLoadState("networkidle");
  const near = await askedFor(acme);
  // A card is about 900 px high: one or two are on the screen, and two within a screen and a half below it.
  expect(near.length).toBeGreaterThanOrEqual(2);
  expect(near.length).toBeLessThanOrEqual(4);
  expect(near.sort()).toEqual(list.slice(0, near.length).map(({ npi }) => npi).sort());
  expect(await widget(page, FIFTY - 1).state()).toBe("loading");
  await expect(widget(page, FIFTY - 1).host.getByRole("link", { name: "206-555-0142" }), "its fallback stands there").toBeVisible();
});

test("a patient who scrolls down the list sees no empty element, and books with the last clinician", async ({ page, site, acme }) => {
  test.slow();
  await openList({ page, site, acme });
  await widget(page).reaches("times");
  await page.mouse.move(600, 450);
  const seen = new Set();
  for (let step = 0; step < 130; step++) {
    await page.mouse.wheel(0, 400);
    // Wait a fifth of a second after each 400 px, which is as fast as a flick scrolls.
    await page.evaluate(() => new Promise((done) => setTimeout(done, 200)));
    for (const name of await empty(page)) seen.add(name);
    if (await page.evaluate(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 2)) break;
  }
  expect([...seen], "clinicians whose place was seen empty").toEqual([]);
  expect(repeated(await asked(acme))).toEqual([]);
  const last = widget(page, FIFTY - 1);
  await last.reaches("times");
  for (const file of ["find-a-time.wasm", "locales/en.txt"]) expect(site.count(file), file).toBe(1);
  await bookIn(page, /^\d+:\d\d [AP]M, /, { nth: FIFTY - 1 });
  expect(await acme.visitsBooked()).toHaveLength(1);
});

test("the keyboard focus on the last clinician's phone moves to the times that replace it", async ({ page, site, acme }) => {
  const list = await openList({ page, site, acme });
  await widget(page).reaches("times");
  const last = widget(page, FIFTY - 1);
  await last.host.getByRole("link", { name: "206-555-0142" }).focus();
  await last.reaches("times");
  await expect.poll(() => page.evaluate(() => [...document.querySelectorAll("find-a-time")].findIndex((element) => element === document.activeElement))).toBe(FIFTY - 1);
  expect(await focused(page)).not.toBe("");
  for (let press = 0; press < 5 && !(await focused(page)).includes(list[FIFTY - 1].name); press++) await page.keyboard.press("Tab");
  expect(await focused(page), "a time of the last clinician").toMatch(/^\d+:\d\d [AP]M, /);
});

test("a wrong value is reported, and the element is read at once", async ({ page, site, acme }) => {
  await page.goto(site.page({ head: SCRIPT, body: `<div style="height: 5000px">About us</div>${tag(acme, { npi: "1234567893", "visit-type": "NewPatient", loading: "soon" })}` }));
  await widget(page).reaches("times");
  expect(await widget(page).host.evaluate((element) => element.diagnostics.map(({ code, message, mend }) => `${code}: ${message}; ${mend}`))).toEqual([expect.stringMatching(/^bad-attribute: loading: got "soon"; .*eager or lazy/)]);
});

test("the preview's long list: fifty places, times in the first, words in both languages", async ({ page, site, acme }) => {
  await acme.clock();
  await page.goto(`${site.origin}/preview/doctors.html?lang=es`);
  await expect(page.locator("find-a-time")).toHaveCount(FIFTY);
  await widget(page).reaches("times");
  await expect(page.getByRole("region", { name: "Dana Whitfield Pacientes nuevos" })).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect((await askedFor(acme)).length).toBeLessThanOrEqual(4);
  expect(await axe(page)).toEqual([]);
});
