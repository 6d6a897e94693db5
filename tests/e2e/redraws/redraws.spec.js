// A change redraws only what depends on it: counts mutations in the shadow root, and checks that other nodes stay the same objects.
import { expect, test, widget } from "../../support/fixtures.js";
import { BALLARD, focused, openHost } from "../../support/journey.js";
import { lookAgain, openPractice } from "../../support/on-demand.js";
import { redraws, watchRedraws } from "../../support/redraws.js";

test("a filter redraws the days and its own group, not the page", async ({ page, site, acme }) => {
  await openHost({ page, site, acme });
  const it = widget(page);
  await it.button(/^Filters|^Narrow/).or(it.host.locator(".fat-filters > button")).first().click();
  const tick = it.host.locator('.fat-filters input[type="checkbox"]').first();
  await expect(tick).toBeVisible();
  await watchRedraws(page, [".fat-intro", ".fat-zone", ".fat-help", ".fat-filters fieldset"]);
  const days = await it.host.locator(".fat-day").count();
  await tick.check();
  await expect(it.host.locator(".fat-filters > button")).toContainText("1");
  const { mutations, lost, where } = await redraws(page);
  console.log("filter:", mutations, where.join("; "));
  expect(lost).toEqual([]);
  // Each day that is added or removed is one mutation. The rest is the button, the count, the foot, and the
  // list, which is busy while more days are read.
  expect(mutations).toBeLessThanOrEqual(2 * days + 12);
  expect(where.filter((place) => !/fat-(day|list|filters|panel|row|button|strong|foot|time|quiet|part-name|link)/.test(place))).toEqual([]);
});

test("opening a day redraws that day", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { npi: null, department: BALLARD.urlName, "visit-type": "FluShot" } });
  const it = widget(page);
  const more = it.host.locator(".fat-day > .fat-link").first();
  await expect(more).toBeVisible();
  const day = it.host.locator(".fat-day").filter({ has: page.locator(":scope > .fat-link") }).first();
  const before = await day.locator('[part~="slot"]').count();
  const others = await it.host.locator(".fat-day").count();
  expect(others).toBeGreaterThan(1);
  await page.evaluate(() => {
    const root = document.querySelector("find-a-time").shadowRoot;
    for (const day of root.querySelectorAll(".fat-day")) if (!day.querySelector(":scope > .fat-link")) day.setAttribute("data-other", "");
    root.querySelector(".fat-day:has(> .fat-link)").setAttribute("data-opened", "");
  });
  await watchRedraws(page, [".fat-intro", ".fat-filters", ".fat-foot", "[data-opened] > h3"]);
  await more.click();
  await expect.poll(() => it.host.locator("[data-opened] [part~=\"slot\"]").count()).toBeGreaterThan(before);
  const added = (await it.host.locator("[data-opened] [part~=\"slot\"]").count()) - before;
  const { mutations, lost } = await redraws(page);
  console.log("day:", mutations, "for", added, "times");
  expect(lost).toEqual([]);
  // One mutation for each time that is added, and a few for the rows, the headings and the removed button.
  expect(mutations).toBeLessThanOrEqual(added + 12);
  const elsewhere = await page.evaluate(() => {
    const { records } = window[Symbol.for("redraws")];
    return records.filter(({ target }) => target instanceof Element && !target.closest("[data-opened]") && !target.matches(".fat-said, .fat-said *")).length;
  });
  expect(elsewhere, "nothing but the opened day").toBe(0);
  // The first of the added times has the focus.
  expect(await focused(page)).not.toBe("");
});

test("a keystroke redraws nothing, and leaving a field redraws that field", async ({ page, site, acme, watch }) => {
  // Ruth has no record yet, so the read answers 404.
  watch.allowConsole(/status of 404/);
  await openHost({ page, site, acme }, { token: await acme.token("ruth") });
  const it = widget(page);
  await it.times.first().click();
  await it.reaches("patient");
  const email = it.field("Email");
  await email.fill("");
  await watchRedraws(page, [".fat-when", "[part~=heading]", ".fat-form fieldset", "#reason"]);
  await email.pressSequentially("not-an-address");
  const typed = await redraws(page);
  console.log("keystrokes:", typed.mutations);
  expect(typed.mutations).toBe(0);
  await it.field("Phone").focus();
  await expect(it.host.locator("#email-flaw")).toBeVisible();
  const left = await redraws(page);
  console.log("field left:", left.mutations, left.where.join("; "));
  expect(left.lost).toEqual([]);
  expect(left.mutations).toBeLessThanOrEqual(6);
  await expect(it.field("Phone")).toBeFocused();
  await expect(email).toHaveValue("not-an-address");
});

test("a tick of the waits redraws the wait lines", async ({ page, site, acme }) => {
  await acme.setRegion({ region: "WA", state: "open", wait: 540 });
  await openPractice({ page, site, acme }, {});
  const it = widget(page);
  await expect(it.host.locator(".fat-offer .fat-wait").first()).toContainText("5 to 10 minutes");
  await watchRedraws(page, [".fat-intro", ".fat-field", ".fat-offer > button", ".fat-offer-name"]);
  await acme.setRegion({ region: "WA", state: "open", wait: 1500 });
  await lookAgain(page, acme, "2026-12-07T17:14:00Z");
  await expect(it.host.locator(".fat-offer .fat-wait").first()).toHaveText("25 to 30 minutes as of 12:14 PM");
  const { mutations, lost, where } = await redraws(page);
  console.log("tick:", mutations, where.join("; "));
  expect(lost).toEqual([]);
  // Two mutations for each wait, by video and by phone: the estimate, and the time of the estimate.
  expect(mutations).toBeLessThanOrEqual(4);
});

test("a text that a page translator replaced is still changed", async ({ page, site, acme }) => {
  await acme.setRegion({ region: "WA", state: "open", wait: 540 });
  await openPractice({ page, site, acme }, {});
  const wait = widget(page).host.locator(".fat-offer .fat-wait").first();
  await expect(wait).toContainText("5 to 10 minutes");
  await wait.evaluate((line) => {
    for (const span of line.querySelectorAll("span")) {
      const font = document.createElement("font");
      font.append(...span.childNodes);
      span.append(font);
    }
  });
  await acme.setRegion({ region: "WA", state: "open", wait: 1500 });
  await lookAgain(page, acme, "2026-12-07T17:14:00Z");
  await expect(wait).toHaveText("25 to 30 minutes as of 12:14 PM");
});

test("a removed element listens to nothing, and one that is added again starts over", async ({ page, site, acme }) => {
  await openHost({ page, site, acme });
  const it = widget(page);
  await expect(it.times.first()).toBeVisible();
  const [kept, now] = await page.evaluate(async () => {
    const element = document.querySelector("find-a-time");
    const old = element.shadowRoot.querySelector('[part~="slot"]');
    const parent = /** @type {HTMLElement} */ (element.parentElement);
    element.remove();
    await new Promise((done) => setTimeout(done, 50));
    old.click();
    parent.append(element);
    return [old.isConnected, element.state];
  });
  expect(kept).toBe(false);
  expect(now).not.toBe("patient");
  await it.reaches("times");
  await expect(it.times.first()).toBeVisible();
});
