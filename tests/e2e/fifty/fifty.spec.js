// A list of fifty elements for twenty clinicians: each part of the wasm is loaded once, each list of times read once, and
// nothing on the page moves.
import { expect, test, widget } from "../../support/fixtures.js";
import { asked, bookIn, giving, repeated, SCRIPT, tag } from "../../support/host-page.js";
import { published } from "../../support/journey.js";

const FIFTY = 50;
const TWENTY = 20;
/**
 * The height that the page reserves for each element: enough for one open day and the link to the visits, in a box at least 720 px wide.
 * The tallest element here needs 788 px.
 */
const ONE_DAY = "50rem";

/** Records layout shifts on the page and inside its widgets, from before the first paint. Chromium only. @param {import("@playwright/test").Page} page */
const watchShifts = (page) =>
  page.addInitScript(() => {
    const shifts = (document[Symbol.for("shifts")] = []);
    if (!PerformanceObserver.supportedEntryTypes.includes("layout-shift")) return;
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of /** @type {any[]} */ (list.getEntries())) {
        // For a node in a shadow root, the browser gives no `node`.
        const moved = sources.map(({ node, previousRect, currentRect }) => `${node?.nodeName ?? "inside"} ${previousRect.y} to ${currentRect.y}`);
        if (!hadRecentInput) shifts.push(`${value}: ${moved}`);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
const shifts = (page) => page.evaluate(() => document[Symbol.for("shifts")]);

/** Twenty clinicians who have times, each with a visit type that they offer and the first of their times. @param {import("../../support/acme.js").Acme} acme */
async function clinicians(acme) {
  const { clinicians } = await acme.world();
  const some = [];
  for (const { npi, name, visitTypes } of clinicians) {
    const visitType = visitTypes.find((type) => ["NewPatient", "Illness", "FluShot"].includes(type));
    if (!visitType || some.length === TWENTY) continue;
    const times = await published(acme, { npi, visitType, to: "2026-12-20" });
    const [first] = times.map(({ slotDateTime }) => slotDateTime).sort((a, b) => Date.parse(a) - Date.parse(b));
    // Leave out clinicians without times in the next two weeks.
    if (first) some.push({ npi, name, visitType, first });
  }
  return some;
}

/** A slot's start as the widget words it, in the clinic's time zone: “10:50 AM, Tuesday, December 8” for `2026-12-08T10:50:00-08:00`. @param {string} slot */
function spoken(slot) {
  const [date, clock] = [new Date(`${slot.slice(0, 10)}T12:00:00Z`), new Date(`1970-01-01T${slot.slice(11, 19)}Z`)];
  const format = (what, options) => what.toLocaleString("en-US", { ...options, timeZone: "UTC" });
  return `${format(clock, { hour: "numeric", minute: "2-digit" })}, ${format(date, { weekday: "long", month: "long", day: "numeric" })}`;
}

const FOR_LISTS = `find-a-time { content-visibility: auto; contain-intrinsic-block-size: auto ${ONE_DAY}; padding: 8px }`;
for (const [how, style] of [["", ""], [" in the style for long lists", FOR_LISTS]]) test(`fifty elements, twenty clinicians${how}: each part of the wasm loads once, nothing is requested twice, each element has its own times, nothing moves`, async ({ page, site, acme }) => {
  test.slow();
  const staff = await clinicians(acme);
  expect(new Set(staff.map(({ npi }) => npi)).size).toBe(TWENTY);
  await watchShifts(page);
  await page.addInitScript(() => {
    const counts = (document[Symbol.for("wasm")] = {});
    for (const name of ["instantiate", "compile", "instantiateStreaming", "compileStreaming"]) {
      const real = WebAssembly[name];
      WebAssembly[name] = function (...given) {
        counts[name] = (counts[name] ?? 0) + 1;
        return real.apply(WebAssembly, given);
      };
    }
  });
  const head = `${SCRIPT}<style>body { margin: 0 } article { padding: 16px } find-a-time { display: block; min-block-size: ${ONE_DAY} } ${style}</style>`;
  const list = Array.from({ length: FIFTY }, (_, place) => staff[place % TWENTY]);
  const body = `<h1>Our clinicians</h1>${list.map(({ npi, name, visitType }) => `<article><h2>${name}</h2>${tag(acme, { npi, "visit-type": visitType, days: "1" })}</article>`).join("")}`;
  const script = `${giving(await acme.token("marta"))}
    // Records in each frame where the cards begin, also for browsers that report no layout shifts.
    const tops = () => [...document.querySelectorAll("article")].map((card) => Math.round(card.getBoundingClientRect().top + scrollY)).join();
    const seen = (document[Symbol.for("tops")] = new Set());
    const look = () => { seen.add(tops()); requestAnimationFrame(look); };
    look();`;
  await page.goto(site.page({ head, body, script }));
  for (const [nth, { name, first }] of list.entries()) {
    const it = widget(page, nth);
    await expect(it.times.first(), name).toBeVisible({ timeout: 20_000 });
    await expect(it.times.first()).toHaveAccessibleName(new RegExp(`^${spoken(first)}, ${name}, `));
    await expect(it.host.getByText(name).first()).toBeVisible();
  }
  // The part that books loads by itself once the page is idle.
  await expect.poll(() => page.evaluate(() => document[Symbol.for("wasm")])).toEqual({ instantiate: 3 });
  for (const file of ["find-a-time.wasm", "find-a-time-errand.wasm", "find-a-time-shared.wasm", "locales/en.txt"]) expect(site.count(file), file).toBe(1);
  const requests = await asked(acme);
  expect(repeated(requests)).toEqual([]);
  expect(new Set(requests.filter((request) => request.includes("/timeslots")).map((request) => request.match(/providers\/(\d+)/)?.[1])).size).toBe(TWENTY);
  expect(await shifts(page)).toEqual([]);
  expect(await page.evaluate(() => document[Symbol.for("tops")].size), "arrangements of the page over time").toBe(1);

  // Any element can book: here the last.
  await bookIn(page, new RegExp(`^${spoken(list[FIFTY - 1].first)}`), { nth: FIFTY - 1 });
  expect(await acme.visitsBooked()).toHaveLength(1);
});

test("space is reserved for names and clinics that arrive after the times: nothing moves inside the elements either", async ({ page, site, acme, browserName }) => {
  test.skip(browserName === "firefox", "it does not tell of layout shifts");
  await acme.fault({ path: "/v1/providers", kind: "delay", ms: 700, times: 0 });
  await acme.fault({ path: "/v4/departments", kind: "delay", ms: 900, times: 0 });
  await watchShifts(page);
  const head = `${SCRIPT}<style>find-a-time { display: block; min-block-size: max(40rem, 100svh) }</style>`;
  await page.goto(site.page({ head, body: `<h1>Times</h1>${tag(acme)}` }));
  const it = widget(page);
  await expect(it.times.first()).toBeVisible();
  await expect(it.host.getByText("Dana Whitfield, MD", { exact: true }), "the times are there before her name").toHaveCount(0);
  await expect(it.host.getByText("Dana Whitfield, MD", { exact: true })).toBeVisible();
  await expect(it.host.getByText("Northlake Clinic Ballard").first()).toBeVisible();
  expect(await shifts(page)).toEqual([]);
});

test("ten open days are longer than any screen: with a screen's height reserved, nothing on screen moves", async ({ page, site, acme, browserName }) => {
  test.skip(browserName === "firefox", "it does not tell of layout shifts");
  await page.setViewportSize({ width: 375, height: 800 });
  await watchShifts(page);
  const head = `${SCRIPT}<style>find-a-time { display: block; min-block-size: max(40rem, 100svh) }</style>`;
  await page.goto(site.page({ head, body: `<h1>Dr. Dana Whitfield</h1>${tag(acme)}<footer><p>Northlake Health, since 1931</p></footer>` }));
  await expect(widget(page).host.locator('[part~="day"]')).toHaveCount(10);
  await expect(widget(page).host.locator(".fat-list")).toHaveAttribute("aria-busy", "false");
  expect(await widget(page).host.evaluate((element) => element.getBoundingClientRect().height)).toBeGreaterThan(1600);
  expect(await shifts(page)).toEqual([]);
});
