// The patient chooses one of the health system's clinics, then a time there.
import { axe, expect, test, widget } from "../../support/fixtures.js";
import { device, lookAround } from "../../support/elsewhere.js";
import { ends, openHost, toReview } from "../../support/journey.js";

const BRAND = { npi: null, brand: "northlake", "visit-type": "Illness" };
const GO = { go: "Show the nearest" };
const names = (page) => widget(page).host.getByRole("listitem").getByRole("heading").allTextContents();

test("Marta sees each clinic's next time, picks Bellevue and books there", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: BRAND, token: await acme.token("marta") });
  const it = widget(page);
  await expect(it.heading).toHaveText("Choose a clinic");
  const card = (name) => it.host.getByRole("listitem").filter({ has: page.getByRole("heading", { name }) });
  await expect(card("Northlake Clinic Bellevue")).toContainText("320 108th Ave NE, Bellevue, WA 98004");
  await expect(card("Northlake Clinic Bellevue")).toContainText("Next open time: Wednesday, December 9, 12:00 PM");
  await expect(card("Northlake Clinic Tempe")).toContainText("No open times online right now.");
  await expect(card("Northlake Clinic Tempe").getByRole("link", { name: "480-555-0159" })).toBeVisible();
  expect((await names(page))[0], "the soonest first").toBe("Northlake Clinic Ballard");
  await it.button("See times at Northlake Clinic Bellevue").click();
  await expect(it.heading).toHaveText("Choose a time");
  await expect(it.times.first()).toHaveAccessibleName(/^12:00 PM, Wednesday, December 9/);
  await it.button("Change the clinic").click();
  await expect(it.heading).toHaveText("Choose a clinic");
  await expect(it.host.getByText("8 clinics")).toBeFocused();
  await it.button("See times at Northlake Clinic Bellevue").click();
  await toReview(page);
  await expect(it.host.getByText("Northlake Clinic Bellevue")).toBeVisible();
  await it.button("Book this visit").click();
  await it.reaches("booked");
  expect(await ends(page)).toEqual([["booked", undefined]]);
  const [visit, ...more] = await acme.visitsBooked();
  expect(more).toEqual([]);
  expect(visit).toMatchObject({ kind: "retail", patient: "marta", slot: { slotDateTime: "2026-12-09T12:00:00-08:00", visitType: "Illness" } });
  const bellevue = (await acme.world()).clinics.find(({ urlName }) => urlName === "NorthlakeBellevue");
  expect(visit.body).toEqual({
    patient: {
      identifier: "7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11",
      address: { line1: "88 Pine St", line2: "Apt 4", city: "Seattle", state: "WA", postalCode: "98101" },
      phone: "2065550188",
      email: "marta.okafor@example.com",
    },
    visitDetails: {
      ehrSystemName: "org.northlake.epic.main",
      departmentId: bellevue.departmentId,
      visitReason: "Sore throat since Sunday",
      declaration: "self",
      slotId: visit.slot.id,
      providerId: visit.body.visitDetails.providerId,
    },
    registrationModules: { documentSigning: [], billingInfo: { paymentMethod: "self" } },
  });
  expect(visit.body.visitDetails.providerId).toMatch(/^\d+$/);
});

test("the nearest first: by a town of a clinic, by a clinic's ZIP, or by the device; nobody else is asked", async ({ page, site, acme }) => {
  await device(page, { latitude: 39.7526, longitude: -104.9966 });
  await openHost({ page, site, acme }, { attributes: BRAND });
  const it = widget(page);
  await it.button("See times at Northlake Clinic Bellevue").waitFor();
  await acme.forgetRequests();
  await it.host.getByRole("radio", { name: "The nearest clinic" }).check();
  await lookAround(page, "Bellevue", GO);
  await expect(it.host.getByText("Near Bellevue")).toBeFocused();
  expect((await names(page)).slice(0, 3)).toEqual(["Northlake Clinic Bellevue", "Northlake Clinic Ballard", "Northlake Flu Shots Tacoma"]);
  await expect(it.host.getByRole("listitem").nth(1)).toContainText("9.2 miles");
  await it.button("Change the place").click();
  await lookAround(page, "85281", GO);
  await expect(it.host.getByText("Near 85281")).toBeFocused();
  expect((await names(page))[0]).toBe("Northlake Clinic Tempe");
  await it.button("Change the place").click();
  await lookAround(page, "10001", GO);
  await expect(it.field("ZIP code or town")).toHaveAccessibleDescription(/We cannot measure from that ZIP code\. Enter the name of a town, or use your location\.$/);
  await it.button("Use my location").click();
  await expect(it.host.getByText("Near you")).toBeFocused();
  expect((await names(page))[0]).toBe("Northlake Clinic Denver");
  expect(await acme.requests(), "the order is worked out here").toEqual([]);
  await it.host.getByRole("radio", { name: "The soonest time" }).check();
  expect((await names(page))[0]).toBe("Northlake Clinic Ballard");
});

for (const [lang, told] of /** @type {const} */ ([
  ["en", { unread: "We cannot show times right now", none: "No open times online right now.", incomplete: "We could not load every open time.", retry: "Try again", count: "8 clinics", next: "Next open time: " }],
  ["es", { unread: "No podemos mostrar horarios en este momento", none: "Por ahora no hay horarios en línea.", incomplete: "No pudimos cargar todos los horarios.", retry: "Volver a intentar", count: "8 clínicas", next: "Próximo horario: " }],
])) {
  test(`one clinic's times cannot be read: its card does not say that there are none, and the next try reads them (${lang})`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(/status of 503/);
    await acme.fault({ path: "/v2/departments/NorthlakeBellevue/timeslots", kind: "status", status: 503, times: 0 });
    await openHost({ page, site, acme }, { attributes: BRAND, lang });
    const it = widget(page);
    const bellevue = it.host.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Northlake Clinic Bellevue" }) });
    await expect(it.alert).toContainText(told.incomplete, { timeout: 20_000 });
    await expect(bellevue).toContainText(told.unread);
    await expect(it.host.getByText(told.none)).toHaveCount(0);
    expect(await axe(page)).toEqual([]);
    await acme.clearFaults();
    await it.button(told.retry).click();
    await expect(bellevue).toContainText(told.next);
    await expect(it.alert).toHaveCount(0);
    await expect(it.host.getByText(told.count)).toBeFocused();
  });
}

test("axe finds nothing in the list, its order by distance, and the clinic picked", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: BRAND });
  const it = widget(page);
  await it.button("See times at Northlake Clinic Bellevue").waitFor();
  expect(await axe(page), "list").toEqual([]);
  await it.host.getByRole("radio", { name: "The nearest clinic" }).check();
  expect(await axe(page), "nearest").toEqual([]);
  await it.button("See times at Northlake Clinic Bellevue").click();
  await it.times.first().waitFor();
  expect(await axe(page), "picked").toEqual([]);
});

test("an unknown brand has no clinics, and the phone stays visible", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { ...BRAND, brand: "nosuchbrand" }, wait: null });
  await widget(page).reaches("unavailable");
  await expect(page.getByRole("link", { name: "206-555-0142" })).toBeVisible();
});
