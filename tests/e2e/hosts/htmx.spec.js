// htmx: fragments are put into the page and taken out again.
import { expect, test, widget } from "../../support/fixtures.js";
import { bookIn, booked, DOCTOR, FLU, review, SCRIPT, tag, TUESDAY } from "../../support/host-page.js";
import { everyToken, library } from "./libraries.js";

// htmx inserts a style for its loading indicator unless the page switches that off.
const QUIET = '<meta name="htmx-config" content=\'{"includeIndicatorStyles":false}\'>';

/** @param {any} on @param {string} body */
async function open({ page, site, acme }, body) {
  site.put("/token.js", everyToken(await acme.token("marta")));
  site.put("/doctor.part.html", `<h2>Dr. Whitfield</h2>${tag(acme, DOCTOR)}`);
  site.put("/flu.part.html", `<h2>Flu shots</h2>${tag(acme, FLU)}`);
  await page.goto(site.page({ head: QUIET + library(site, "htmx") + `<script src="/token.js"></script>${SCRIPT}`, body }));
}

const BUTTONS = `<h1>Clinic</h1>
<button hx-get="/doctor.part.html" hx-target="#place">Dr. Whitfield</button>
<button hx-get="/flu.part.html" hx-target="#place">Flu shots</button><div id="place"></div>`;

test("an element in a fragment shows its times and books; the next fragment takes its place", async ({ page, site, acme }) => {
  await open({ page, site, acme }, BUTTONS);
  const it = widget(page);
  await page.getByRole("button", { name: "Dr. Whitfield", exact: true }).click();
  await it.reaches("times");
  await bookIn(page, TUESDAY);
  await page.getByRole("button", { name: "Flu shots", exact: true }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Flu shots" })).toBeVisible();
  await it.reaches("times");
  await expect(page.locator("find-a-time")).toHaveCount(1);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
});

test("swapping a fragment beside the element does not disturb an unfinished booking", async ({ page, site, acme }) => {
  await open({ page, site, acme }, `<h1>Clinic</h1><button hx-get="/hours.part.html" hx-target="#hours">Hours</button><div id="hours"></div>${tag(acme, DOCTOR)}`);
  site.put("/hours.part.html", "<p>Open 9 to 5</p>");
  const it = widget(page);
  await it.reaches("times");
  await review(page, TUESDAY);
  await page.getByRole("button", { name: "Hours" }).click();
  await expect(page.getByText("Open 9 to 5")).toBeVisible();
  expect(await it.state()).toBe("review");
  await expect(it.host.getByText("Sore throat since Sunday")).toBeVisible();
});
