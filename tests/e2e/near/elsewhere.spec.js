// The page changes what to look for: what the patient opened and typed for one place does not stay for another.
import { expect, test, widget } from "../../support/fixtures.js";
import { device, NEAR } from "../../support/elsewhere.js";
import { openHost } from "../../support/journey.js";

/** Sets or removes attributes of the element. @param {import("@playwright/test").Page} page @param {Record<string, string | null>} attributes */
const set = (page, attributes) =>
  page.evaluate((attributes) => {
    const element = document.querySelector("find-a-time");
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null) element.removeAttribute(name);
      else element.setAttribute(name, value);
    }
  }, attributes);

test("another place is not called the patient's own", async ({ page, site, acme }) => {
  await device(page, { latitude: 47.668712, longitude: -122.376433 });
  await openHost({ page, site, acme }, { attributes: NEAR });
  const it = widget(page);
  await it.button("Use my location").click();
  await expect(it.host.getByText("Near you, within 30 miles")).toBeVisible();
  await it.times.first().waitFor();
  await set(page, { near: "47.61,-122.20" });
  await expect(it.host.getByText(/^In this area/)).toBeVisible();
  await expect(it.host.getByText(/Near you/)).toHaveCount(0);
});

test("from a clinician with the filters open to a place: the patient is asked for it", async ({ page, site, acme }) => {
  await openHost({ page, site, acme });
  const it = widget(page);
  await it.button("Filter times").click();
  await expect(it.host.getByText("Time of day")).toBeVisible();
  await set(page, { npi: null, near: "", "visit-type": "Illness", brand: "northlake" });
  await expect(it.field("ZIP code or town")).toBeVisible();
  await it.field("ZIP code or town").fill("98107");
  await it.button("Find times").click();
  await it.times.first().waitFor();
  await expect(it.button("Filter times")).toHaveAttribute("aria-expanded", "false");
});

test("what was typed as a place is not there for the next search", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: NEAR });
  const it = widget(page);
  await it.field("ZIP code or town").fill("98107");
  await set(page, { npi: "1234567893", near: null });
  await it.times.first().waitFor();
  await set(page, { npi: null, near: "" });
  await expect(it.field("ZIP code or town")).toHaveValue("");
});
