// The wasm part that does more than list times of the page's own clinicians and clinics: fetched together with the first part if
// the page needs it, otherwise when a pointer reaches the filters or they are opened.
import { expect, test, widget } from "../../support/fixtures.js";
import { DOCTOR, SCRIPT, tag, TUESDAY } from "../../support/host-page.js";
import { built, damaged, errors, expectLoadErrors, neverIdle, saveData, WAYS } from "../../support/parts.js";
import { wordsOf } from "../../support/walk.js";

const EN = wordsOf("en");
const settle = (page) => page.waitForTimeout(400);
const NEAR = { npi: null, "visit-type": "FluShot", near: "98107" };

/** @param {any} on @param {Record<string, string | null>} [attributes] @param {string} [lang] */
async function open({ page, site, acme }, attributes = DOCTOR, lang = "en") {
  await neverIdle(page);
  await page.goto(site.page({ head: SCRIPT, body: `<h1>Northlake Health</h1>${tag(acme, attributes)}`, lang }));
}

test("a page's own times need no second part", async ({ page, site, acme }) => {
  await open({ page, site, acme });
  await widget(page).button(TUESDAY).hover();
  await settle(page);
  expect(site.count(WAYS)).toBe(0);
});

test("a page that searches around a place fetches the part beside the first one, once", async ({ page, site, acme }) => {
  const release = site.hold("/find-a-time.wasm");
  await open({ page, site, acme }, NEAR);
  await expect.poll(() => site.count(WAYS), "asked for while the first part is still on its way").toBe(1);
  release();
  await widget(page).reaches("times");
  await expect(widget(page).times.first()).toBeVisible();
  expect(site.count(WAYS)).toBe(1);
  expect(await errors(page)).toEqual([]);
});

test("until the part is there the patient sees that times are loading; nothing is read meanwhile", async ({ page, site, acme }) => {
  const release = site.hold(WAYS);
  await open({ page, site, acme }, NEAR);
  await settle(page);
  expect(await widget(page).state()).toBe("loading");
  expect((await acme.requests()).filter(({ path }) => path.includes("availability"))).toEqual([]);
  release();
  await expect(widget(page).times.first()).toBeVisible();
});

for (const [what, entry, code] of [
  ["answers 404", { status: 404, body: "" }, "asset-missing"],
  ["sends one changed byte", { body: damaged(built("find-a-time-ways.wasm")), type: "application/wasm" }, "asset-integrity"],
  ["sends another part in its place", { body: built("find-a-time-errand.wasm"), type: "application/wasm" }, "asset-integrity"],
]) {
  test(`the server ${what}: the phone, one diagnostic, and "Try again" has the times`, async ({ page, site, acme, watch }) => {
    expectLoadErrors(watch);
    site.put(WAYS, entry);
    await open({ page, site, acme }, NEAR);
    await widget(page).reaches("unavailable");
    await expect(widget(page).alert).toBeVisible();
    expect(await errors(page)).toEqual([code]);
    site.take(WAYS);
    await widget(page).button("Try again").click();
    await expect(widget(page).times.first()).toBeVisible();
  });
}

test("a page that changes from a clinician to a place waits for the part and shows the times around the place", async ({ page, site, acme }) => {
  await open({ page, site, acme });
  await widget(page).reaches("times");
  const release = site.hold(WAYS);
  await widget(page).host.evaluate((element) => {
    element.removeAttribute("npi");
    element.setAttribute("near", "98107");
    element.setAttribute("visit-type", "FluShot");
  });
  await expect.poll(() => widget(page).state()).toBe("loading");
  await expect.poll(() => site.count(WAYS)).toBe(1);
  release();
  await widget(page).reaches("times");
  await expect(widget(page).times.first()).toBeVisible();
});

test("the filters: hovering over them fetches the part, a press shows them", async ({ page, site, acme }) => {
  await open({ page, site, acme });
  const toggle = widget(page).button(EN.filters);
  await toggle.hover();
  await expect.poll(() => site.count(WAYS)).toBe(1);
  await toggle.click();
  await expect(widget(page).host.getByRole("group", { name: EN["filters.weekday"] })).toBeVisible();
  expect(site.count(WAYS)).toBe(1);
});

test("with the browser's data saver on, the filters are fetched on a press", async ({ page, site, acme }) => {
  await saveData(page);
  await open({ page, site, acme });
  const toggle = widget(page).button(EN.filters);
  await toggle.hover();
  await settle(page);
  expect(site.count(WAYS)).toBe(0);
  await toggle.click();
  await expect(widget(page).host.getByRole("group", { name: EN["filters.weekday"] })).toBeVisible();
});

for (const lang of ["en", "es"]) {
  test(`slow filters say so, and filters that fail to load show "Try again" and the phone, in ${lang}`, async ({ page, site, acme, watch }) => {
    expectLoadErrors(watch);
    const words = wordsOf(lang);
    const release = site.hold(WAYS);
    await open({ page, site, acme }, DOCTOR, lang);
    const it = widget(page);
    const toggle = it.button(words.filters);
    await toggle.click();
    await expect(toggle).toHaveAttribute("aria-expanded", "true");
    await expect(it.host.getByText(words["opening.heading"])).toBeVisible();
    await expect(it.times.first()).toBeVisible();
    site.put(WAYS, { status: 404, body: "" });
    release();
    await expect(it.alert).toContainText(words["filters.failed"]);
    await expect(it.host.locator('[part~="status"]')).toHaveText(words["filters.failed"]);
    expect(await errors(page)).toEqual(["asset-missing"]);
    site.take(WAYS);
    await it.button(words.retry).click();
    await expect(toggle).toBeFocused();
    await expect(it.host.getByRole("group", { name: words["filters.weekday"] })).toBeVisible();
    await expect(it.alert).toHaveCount(0);
    await expect(toggle).toHaveAttribute("aria-expanded", "true");
  });
}
