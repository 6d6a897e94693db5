// A page that offers several ways to be seen: how soon each is, which is the soonest, and switching between them.
import { expect, test, widget } from "../../support/fixtures.js";
import { DOCTOR, openHost, WHITFIELD } from "../../support/journey.js";
import { acceptAndJoin, joins, PRACTICE } from "../../support/on-demand.js";
import { readAttribute, readText } from "../../support/values.js";

const BOTH = { mode: "both", npi: WHITFIELD, near: "98107", practice: PRACTICE, region: "WA", "visit-type": "NewPatient" };
const way = (page, name) => widget(page).host.locator("label", { has: page.getByRole("radio", { name }) });

test("a clinician, anyone near and virtual care are offered beside each other, the soonest marked", async ({ page, site, acme }) => {
  await acme.setRegion({ region: "WA", state: "open", wait: 540 });
  await openHost({ page, site, acme }, { attributes: BOTH });
  const it = widget(page);
  await expect(it.host.getByRole("group", { name: "How would you like to be seen?" }).getByRole("radio")).toHaveCount(3);
  // The first time is shown in the clinic's time zone, as in the list of times; the patient's own, New York's, is three hours ahead.
  const first = await readAttribute(it.times.first(), "aria-label");
  const [clock] = first.split(", ");
  await expect(way(page, /^Dana Whitfield, MD/)).toHaveText(`Dana Whitfield, MDToday, ${clock}`);
  await expect(way(page, /^Any clinician near you/)).toContainText(/Today, \d+:\d\d [AP]M$/);
  await expect(way(page, /^Video or phone now/)).toHaveText("Video or phone now5 to 10 minutes · soonest");
  await expect(it.host.getByText("soonest")).toHaveCount(1);
});

test("in Spanish", async ({ page, site, acme }) => {
  await acme.setRegion({ region: "WA", state: "open", wait: 540 });
  await openHost({ page, site, acme }, { attributes: BOTH, lang: "es" });
  await expect(way(page, /^Cualquier profesional médico cerca de usted/)).toContainText(/Hoy, /);
  await expect(way(page, /^Video o teléfono ahora/)).toHaveText("Video o teléfono ahoraDe 5 a 10 minutos · la opción más rápida");
});

test("when nobody can be seen now, the soonest is a time", async ({ page, site, acme }) => {
  await acme.setRegion({ region: "WA", state: "unstaffed" });
  await openHost({ page, site, acme }, { attributes: BOTH });
  await expect(way(page, /^Video or phone now/)).toHaveText("Video or phone now");
  await expect(way(page, /soonest/)).toContainText("Today");
});

test("an unknown wait has no number, and a single number is not marked as the soonest", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { ...BOTH, near: null, region: null } });
  await expect(way(page, /^Video or phone now/)).toHaveText("Video or phone now");
  await expect(way(page, /^Dana Whitfield, MD/)).toContainText("Today");
  await expect(widget(page).host.getByText("soonest")).toHaveCount(0);
});

test("switching from one way to another keeps the focus, the names and what was entered", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: BOTH, token: await acme.token("marta") });
  const it = widget(page);
  const named = await readText(way(page, /^Dana Whitfield, MD/));
  await it.times.first().click();
  await it.reaches("patient");
  await it.field("Reason for the visit").fill("Rash on forearm");
  await it.button("Back").click();
  await it.reaches("times");
  await it.host.getByRole("radio", { name: /^Video or phone now/ }).check();
  await it.reaches("queue");
  await expect(it.host.getByRole("radio", { name: /^Video or phone now/ })).toBeFocused();
  // The clinician's name and first time are still there.
  await expect(way(page, /^Dana Whitfield, MD/)).toHaveText(named.replace(" · soonest", ""));
  await it.button("Join by video").click();
  await it.reaches("patient");
  await expect(it.field("Reason for the visit")).toHaveValue("Rash on forearm");
  await it.host.getByRole("radio", { name: "Pay later by bill" }).check();
  await it.button("Continue").click();
  await it.reaches("review");
  await acceptAndJoin(page);
  await it.reaches("booked");
  const [{ body }] = await joins(acme);
  expect(body.visitDetails).toMatchObject({ visitReason: "Rash on forearm", visitTypeName: "virtual" });
  // The line that is offered beside a clinician's times is the region's, so the request to join the line does not name the clinician.
  expect(JSON.stringify(body)).not.toContain(WHITFIELD);
});

test("arrow keys switch between the ways", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { ...BOTH, near: null } });
  const it = widget(page);
  await it.host.getByRole("radio", { name: /^Dana Whitfield, MD/ }).focus();
  await page.keyboard.press("ArrowDown");
  await it.reaches("queue");
  await expect(it.host.getByRole("radio", { name: /^Video or phone now/ })).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await it.reaches("times");
  await expect(it.host.getByRole("radio", { name: /^Dana Whitfield, MD/ })).toBeFocused();
});

test("if the clinician's times cannot be read, the other ways remain", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 503/);
  await acme.fault({ path: "/v4/providers/", kind: "status", status: 503, times: 0 });
  await openHost({ page, site, acme }, { attributes: { ...BOTH, near: null }, wait: "unavailable" });
  const it = widget(page);
  await it.host.getByRole("radio", { name: /^Video or phone now/ }).check();
  await it.reaches("queue");
  await expect(it.button("Join by video")).toBeVisible();
});

test("the doctor's page of the preview offers all three", async ({ page, site, acme: _ }) => {
  await page.goto(site.origin + DOCTOR);
  const it = widget(page);
  await it.times.first().waitFor();
  await expect(it.host.getByRole("group", { name: "How would you like to be seen?" }).getByRole("radio")).toHaveCount(3);
  await it.host.getByRole("radio", { name: /^Any clinician near you/ }).check();
  await it.reaches("times");
  await it.times.first().waitFor();
  await it.host.getByRole("radio", { name: /^Video or phone now/ }).check();
  await it.reaches("queue");
  await expect(it.button("Join by phone")).toBeVisible();
});

test("a page with one way asks nothing", async ({ page, site, acme }) => {
  await openHost({ page, site, acme });
  await expect(widget(page).host.getByText("How would you like to be seen?")).toHaveCount(0);
});
