// Turbo: pages swapped without a load, a cache of copied pages, and a refresh that morphs.
import { expect, test, widget } from "../../support/fixtures.js";
import { bookIn, booked, DOCTOR, FLU, review, SCRIPT, tag, TUESDAY } from "../../support/host-page.js";
import { everyToken, library } from "./libraries.js";

/** Opens the first of two pages, each with an element and a link to the other. @param {any} on @param {string} [head] */
async function pages({ page, site, acme }, head = "") {
  const all = library(site, "turbo") + `<script src="/token.js"></script>${head}${SCRIPT}`;
  site.put("/token.js", everyToken(await acme.token("marta")));
  site.page({ path: "/flu.html", head: all, body: `<h1>Flu shots</h1><a href="/doctor.html">Dr. Whitfield</a>${tag(acme, FLU)}` });
  await page.goto(site.page({ path: "/doctor.html", head: all, body: `<h1>Dr. Whitfield</h1><a href="/flu.html">Flu shots</a>${tag(acme, DOCTOR)}` }));
  await widget(page).reaches("times");
}

/** @param {import("@playwright/test").Page} page @param {string} link @param {string} heading */
async function visit(page, link, heading) {
  await page.getByRole("link", { name: link }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
}

test("from page to page and back: each element has its own times, and the restored one books", async ({ page, site, acme }) => {
  await pages({ page, site, acme });
  const it = widget(page);
  await visit(page, "Flu shots", "Flu shots");
  await expect(it.times.first()).toHaveAccessibleName(/Monday, December 7/);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dr. Whitfield");
  await expect(page.locator("find-a-time")).toHaveCount(1);
  await it.reaches("times");
  await bookIn(page, TUESDAY);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
});

test("away after a booking and back through the cache: the copy shows the booked visit, which is booked once", async ({ page, site, acme }) => {
  await pages({ page, site, acme });
  await bookIn(page, TUESDAY);
  await visit(page, "Flu shots", "Flu shots");
  await page.goBack();
  const it = widget(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dr. Whitfield");
  await expect(page.locator("find-a-time")).toHaveCount(1);
  await it.reaches("booked");
  await it.button("Book another visit").click();
  await it.reaches("times");
  await expect(it.times.first()).toBeVisible();
  await expect(it.button(TUESDAY), "it is taken now").toHaveCount(0);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
});

test("a refresh that morphs keeps an unfinished booking, and a confirmation", async ({ page, site, acme }) => {
  await pages({ page, site, acme }, '<meta name="turbo-refresh-method" content="morph"><meta name="turbo-refresh-scroll" content="preserve">');
  const it = widget(page);
  await review(page, TUESDAY);
  const refresh = async () => {
    const rendered = page.evaluate(() => new Promise((done) => document.addEventListener("turbo:render", () => done(undefined), { once: true })));
    await page.evaluate(() => /** @type {any} */ (window).Turbo.visit(location.href, { action: "replace" }));
    await rendered;
  };
  await refresh();
  expect(await it.state()).toBe("review");
  await expect(it.host.getByText("Sore throat since Sunday")).toBeVisible();
  await it.button("Book this visit").click();
  await it.reaches("booked");
  await refresh();
  expect(await it.state()).toBe("booked");
  await expect(page.locator("find-a-time > p")).toHaveCount(1);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
});
