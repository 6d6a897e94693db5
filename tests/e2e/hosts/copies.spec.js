// Elements that are morphed, copied, or moved into another document and back.
import { expect, test, widget } from "../../support/fixtures.js";
import { bookIn, booked, DOCTOR, FLU, giving, review, SCRIPT, tag, TUESDAY } from "../../support/host-page.js";
import { library } from "./libraries.js";

/** @param {any} on @param {string} [head] @param {string} [more] */
async function open({ page, site, acme }, head = "", more = "") {
  await page.goto(site.page({ head: head + SCRIPT, body: `<h1>Clinic</h1><div id="place">${tag(acme, DOCTOR)}</div>${more}`, script: giving(await acme.token("marta")) }));
  await widget(page).reaches("times");
}

/** @param {import("@playwright/test").Page} page @param {string} html */
const morph = (page, html) => page.evaluate((html) => void /** @type {any} */ (window).Idiomorph.morph(document.querySelector("#place"), html, { morphStyle: "innerHTML" }), html);

test("idiomorph, the same page: the element and what was typed stay", async ({ page, site, acme }) => {
  await open({ page, site, acme }, library(site, "idiomorph"));
  await review(page, TUESDAY);
  await morph(page, `<p>Open 9 to 5</p>${tag(acme, DOCTOR)}`);
  await expect(page.getByText("Open 9 to 5")).toBeVisible();
  expect(await widget(page).state()).toBe("review");
  await expect(widget(page).host.getByText("Sore throat since Sunday")).toBeVisible();
});

test("idiomorph, another clinic: the same element shows its times, with the booking's outcome above them", async ({ page, site, acme }) => {
  await open({ page, site, acme }, library(site, "idiomorph"));
  await bookIn(page, TUESDAY);
  await morph(page, tag(acme, FLU));
  const it = widget(page);
  await it.reaches("times");
  await expect(it.times.first()).toHaveAccessibleName(/Monday, December 7/);
  await expect(it.host.locator(".fat-outcomes")).toContainText("Your visit on Tuesday, December 8 is booked.");
});

test("a copy of an element in mid-journey begins at the times, and the original is unchanged", async ({ page, site, acme }) => {
  await open({ page, site, acme });
  await review(page, TUESDAY);
  await page.evaluate(() => {
    const first = document.querySelector("find-a-time");
    document.body.append(first.cloneNode(true));
  });
  await widget(page, 1).reaches("times");
  await expect(widget(page, 1).times.first()).toBeVisible();
  expect(await widget(page).state()).toBe("review");
});

test("moved into another document and back, the element shows times and books", async ({ page, site, acme, watch }) => {
  await open({ page, site, acme }, "", '<iframe srcdoc="<!doctype html><title>A frame</title><body></body>" title="A frame"></iframe>');
  // The frame's document comes from `srcdoc`, so its address has the origin “null”.
  watch.allowOrigin("null");
  await page.evaluate(async () => {
    const element = document.querySelector("find-a-time");
    const { contentDocument: inner } = document.querySelector("iframe");
    inner.body.append(inner.adoptNode(element));
    await new Promise((done) => setTimeout(done));
    document.querySelector("#place").append(document.adoptNode(element));
  });
  const it = widget(page);
  await it.reaches("times");
  const outline = await it.times.first().evaluate((button) => getComputedStyle(button).borderTopStyle);
  expect(outline, "with its style").toBe("solid");
  await bookIn(page, TUESDAY);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
});
