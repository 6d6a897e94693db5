// Alpine: attributes bound to a page's data, elements that a condition shows and hides, and a list of elements.
import { expect, test, widget } from "../../support/fixtures.js";
import { attributes, bookIn, booked, DOCTOR, FLU, SCRIPT, TUESDAY } from "../../support/host-page.js";
import { everyToken, library } from "./libraries.js";

/** @param {any} on @param {string} body */
async function open({ page, site, acme }, body) {
  site.put("/token.js", everyToken(await acme.token("marta")));
  await page.goto(site.page({ head: `<script src="/token.js"></script>${SCRIPT}${library(site, "alpine", "defer")}`, body }));
}

/** A tag with attributes bound to an object of the page's data. @param {any} acme @param {string} name */
const bound = (acme, name) => `<find-a-time x-bind="${name}" api="${acme.api}" visits="${acme.visits}" product="test-page"><p>Call <a href="tel:+12065550142">206-555-0142</a></p></find-a-time>`;
const data = (value) => JSON.stringify(value).replaceAll('"', "&quot;");

test("bound attributes: another choice shows other times, and the visit is booked", async ({ page, site, acme }) => {
  const [doctor, flu] = [{ ...DOCTOR, department: null }, { ...FLU, npi: null }];
  await open({ page, site, acme }, `<h1>Clinic</h1><div x-data="{ it: ${data(flu)}, doctor: ${data(doctor)} }">
<button @click="it = doctor">Dr. Whitfield</button><find-a-time :npi="it.npi" :department="it.department" :visit-type="it['visit-type']"
api="${acme.api}" visits="${acme.visits}" product="test-page"><p>Call 206-555-0142</p></find-a-time></div>`);
  const it = widget(page);
  await it.reaches("times");
  await expect(it.times.first()).toHaveAccessibleName(/Monday, December 7/);
  await page.getByRole("button", { name: "Dr. Whitfield", exact: true }).click();
  await expect(it.button(TUESDAY).first()).toBeVisible();
  await bookIn(page, TUESDAY);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
  expect(await it.codes()).toEqual([]);
});

test("shown and hidden by a condition: the element has its times whenever it is shown", async ({ page, site, acme }) => {
  await open({ page, site, acme }, `<h1>Clinic</h1><div x-data="{ open: false, what: ${data(attributes(acme))} }"><button @click="open = !open">Book a visit</button>
<template x-if="open"><div>${bound(acme, "what")}</div></template></div>`);
  const toggle = page.getByRole("button", { name: "Book a visit", exact: true });
  for (let times = 0; times < 3; times++) {
    await toggle.click();
    await widget(page).reaches("times");
    await expect(widget(page).times.first()).toBeVisible();
    await toggle.click();
    await expect(page.locator("find-a-time")).toHaveCount(0);
  }
});

test("sorting a list moves its elements, and a patient's unfinished booking stays", async ({ page, site, acme }) => {
  await open({ page, site, acme }, `<h1>Clinic</h1><div x-data="{ list: [${data({ key: 1, ...DOCTOR })}, ${data({ key: 2, ...FLU })}] }"><button @click="list = list.slice().reverse()">Sort</button>
<template x-for="it in list" :key="it.key"><section><find-a-time :npi="it.npi" :department="it.department" :visit-type="it['visit-type']"
api="${acme.api}" visits="${acme.visits}" product="test-page"><p>Call 206-555-0142</p></find-a-time></section></template></div>`);
  for (const nth of [0, 1]) await widget(page, nth).reaches("times");
  await widget(page).button(TUESDAY).first().click();
  await widget(page).reaches("patient");
  await widget(page).field("Reason for the visit").fill("Sore throat since Sunday");
  await page.getByRole("button", { name: "Sort" }).click();
  await widget(page, 1).reaches("patient");
  await widget(page).reaches("times");
  await expect(widget(page, 1).field("Reason for the visit")).toHaveValue("Sore throat since Sunday");
});
