// What a search shows, how filters narrow it and "farther out" widens it, and where it ends.
import { axe, expect, test, widget } from "../../support/fixtures.js";
import { device, lookAround, NEAR, searches } from "../../support/elsewhere.js";
import { openHost } from "../../support/journey.js";
import { readText, requireValue } from "../../support/values.js";

/** The live region. @param {import("@playwright/test").Page} page */
const said = (page) => widget(page).host.locator('[part~="status"]');

test("gender, specialty and new or returning narrow the search itself, and the live region says the remaining number", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { ...NEAR, near: "80302", radius: "40", "visit-type": "FollowUp" } });
  const it = widget(page);
  await it.times.first().waitFor();
  await it.button("Filter times").click();
  const left = it.host.locator('[part="filters"]').getByText(/^\d+ times on \d+ days?$/);
  await expect(it.host.locator('[aria-busy="true"]')).toHaveCount(0);
  const all = await readText(left);
  await it.host.getByRole("group", { name: "Clinician" }).getByRole("radio", { name: "A woman" }).check();
  await expect.poll(async () => (await searches(acme)).filter(({ query }) => query.gender).length).toBeGreaterThan(0);
  await it.times.first().waitFor();
  await expect(it.button("Filter times (1 chosen)")).toBeVisible();
  const [first] = (await searches(acme)).filter(({ query }) => query.gender);
  expect(first.query).toEqual({
    daysOfSlots: ["10"], postalCode: ["80302"], radius: ["40"], visitTypeNames: ["FollowUp"], gender: ["Female"], product: ["test-page"],
  });
  await it.host.getByRole("group", { name: "New or returning patient" }).getByRole("radio", { name: "Returning patient" }).check();
  await it.host.getByRole("group", { name: "Specialty" }).getByRole("radio", { name: "Family Medicine" }).check();
  await expect.poll(async () => requireValue((await searches(acme)).at(-1), "search").query.specialty).toEqual(["Family Medicine"]);
  await it.times.first().waitFor();
  await expect(said(page)).toHaveText(/^\d+ times on \d+ days?$/);
  await expect(left).not.toHaveText(all);
  const [last] = (await searches(acme)).filter(({ query }) => query.specialty && query.newOrEstablishedPatient);
  expect(last.query).toMatchObject({ gender: ["Female"], newOrEstablishedPatient: ["establishedPatient"], specialty: ["Family Medicine"] });
  await it.button("Clear filters").click();
  await expect(it.button("Filter times")).toBeFocused();
  await expect(left).toHaveText(all);
});

test("more days come page by page, from where the last one ended", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { ...NEAR, near: "98107", days: "12" } });
  const it = widget(page);
  await it.times.first().waitFor();
  const days = it.host.locator('[part~="day"]');
  await expect(days).toHaveCount(12);
  const pages = async () => (await searches(acme)).map(({ query }) => [query.daysOfSlots[0], query.startDate?.[0]]);
  const [first, second, ...more] = await pages();
  expect(first).toEqual(["10", undefined]);
  expect(second[0]).toBe("20");
  expect(second[1]).toMatch(/^2026-12-\d\d$/);
  expect(more, "no more than is to be shown").toEqual([]);
  await it.button("Show more days").click();
  await expect(days).toHaveCount(24);
  await it.button("Show more days").click();
  await expect(days).toHaveCount(36);
  const third = (await pages())[2];
  expect(third[0]).toBe("20");
  expect(third[1] > second[1]).toBe(true);
});

test("nothing near: farther out up to a hundred miles, another place, and the phone", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: NEAR });
  const it = widget(page);
  await lookAround(page, "99501");
  await expect(it.alert).toContainText("We found no open times within 30 miles.");
  await it.button("Look within 60 miles").click();
  await expect(it.host.getByText("Near 99501, within 60 miles")).toBeFocused();
  await expect(it.alert).toContainText("We found no open times within 60 miles.");
  await it.button("Look within 100 miles").click();
  await expect(it.alert).toContainText("We found no open times within 100 miles.");
  await expect(it.button(/^Look within/)).toHaveCount(0);
  expect((await searches(acme)).map(({ query }) => query.radius[0])).toEqual(["30", "60", "100"]);
  await it.button("Change the place").click();
  await expect(it.field("ZIP code or town")).toHaveValue("99501");
  await lookAround(page, "98107");
  await it.times.first().waitFor();
});

test("the search around another place fails: nobody says that there are no times, and the next try finds them", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 503/);
  await openHost({ page, site, acme }, { attributes: { ...NEAR, near: "98107" } });
  const it = widget(page);
  await it.times.first().waitFor();
  await acme.fault({ path: "/v1/availability/", kind: "status", status: 503, times: 0 });
  await it.button("Change the place").click();
  await lookAround(page, "80302");
  await expect(it.alert).toContainText("The clinic’s system is busy. Try again in a minute.", { timeout: 20_000 });
  await expect(it.host.getByText(/We found no open times/)).toHaveCount(0);
  await expect(said(page)).toHaveText("The clinic’s system is busy. Try again in a minute.");
  await acme.clearFaults();
  await it.button("Try again").click();
  await it.times.first().waitFor();
});

test("a place set by the page with no times near offers the same: farther out, another place, the phone", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { ...NEAR, near: "99501" }, wait: null });
  const it = widget(page);
  await it.reaches("unavailable");
  await it.button("Look within 60 miles").click();
  await expect(it.alert).toContainText("We found no open times within 60 miles.");
  await it.button("Change the place").click();
  await lookAround(page, "98107");
  await it.reaches("times");
  await it.times.first().waitFor();
});

for (const [name, got, asks] of /** @type {const} */ ([["radius", "0", false], ["radius", "101", false], ["radius", "far", false], ["near", "91,0", true], ["near", "47.6,-200", true], ["near", "Seattle", true]])) {
  test(`${name}="${got}" is reported to the page's owner`, async ({ page, site, acme }) => {
    await openHost({ page, site, acme }, { attributes: { ...NEAR, near: "98107", [name]: got } });
    const it = widget(page);
    const found = await it.host.evaluate((element) => element.diagnostics.filter(({ code }) => code === "bad-attribute").map(({ message }) => message));
    expect(found).toEqual([`${name}: got "${got}"`]);
    if (asks) await expect(it.field("ZIP code or town")).toBeVisible();
    else {
      await expect(it.host.getByText("Near 98107, within 30 miles")).toBeVisible();
      await it.times.first().waitFor();
      expect((await searches(acme))[0].query.radius).toEqual(["30"]);
    }
  });
}

test("a point set by the page is rounded before it is sent", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { ...NEAR, near: "47.668712, -122.376433" } });
  const it = widget(page);
  await it.times.first().waitFor();
  await expect(it.host.getByText("In this area, within 30 miles")).toBeVisible();
  expect((await searches(acme))[0].query).toMatchObject({ latitude: ["47.67"], longitude: ["-122.38"] });
});

test("in Spanish, from the question to the filters", async ({ page, site, acme }) => {
  await device(page, { code: 1 });
  await openHost({ page, site, acme }, { attributes: NEAR, lang: "es" });
  const it = widget(page);
  await expect(it.heading).toHaveText("¿Dónde quiere que le atiendan?");
  await it.button("Usar mi ubicación").click();
  const field = it.field("Código postal o ciudad");
  await expect(field).toHaveAccessibleDescription(/Su navegador no compartió su ubicación\. Puede escribir un lugar\.$/);
  expect(await axe(page)).toEqual([]);
  await lookAround(page, "98107", { label: "Código postal o ciudad", go: "Buscar horarios" });
  await expect(it.host.getByText("Cerca de 98107, a menos de 30 millas")).toBeFocused();
  await it.times.first().waitFor();
  // The day is in the middle of the name, so it is not capitalized.
  await expect(it.times.first()).toHaveAccessibleName(/^\d+:\d\d a\.m\., lunes, 7 de diciembre, .*Northlake Clinic/);
  await it.button("Filtrar horarios").click();
  for (const group of ["¿Ya es paciente?", "Profesional", "Día de la semana"]) await expect(it.host.getByRole("group", { name: group })).toBeVisible();
  expect(await axe(page)).toEqual([]);
});

test("axe finds nothing in the question, its messages, the results and an empty result", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: NEAR });
  const it = widget(page);
  expect(await axe(page), "asked").toEqual([]);
  await lookAround(page, "");
  expect(await axe(page), "flaw").toEqual([]);
  await lookAround(page, "98107");
  await it.times.first().waitFor();
  await it.button("Filter times").click();
  expect(await axe(page), "results").toEqual([]);
  await it.button("Change the place").click();
  await lookAround(page, "99501");
  await it.button("Look within 60 miles").waitFor();
  expect(await axe(page), "nothing").toEqual([]);
});
