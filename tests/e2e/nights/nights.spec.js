// The nights when clocks change, at a clinic in Chicago that never closes, seen from New York: in the autumn one hour comes twice, in the
// spring one is missing. The world of Acme's seed 29 has times in both nights.
import { expect, setNow, test as base, widget } from "../../support/fixtures.js";
import { Acme } from "../../support/acme.js";
import { openHost, toReview } from "../../support/journey.js";

const test = base.extend({
  workerAcme: [
    async ({}, use) => {
      const acme = await Acme.start(["--seed", "29"]);
      await use(acme);
      await acme.stop();
    },
    { scope: "worker" },
  ],
});

const LOOP = { npi: null, department: "CedarbrookLoop", "visit-type": "Illness" };

/** Opens the clinic's times on the evening before. @param {{ page: import("@playwright/test").Page, site: import("../../support/site.js").Site, acme: Acme }} on @param {string} now @param {string} [lang] */
async function onTheEvening({ page, site, acme }, now, lang) {
  await setNow(page, acme, now);
  await openHost({ page, site, acme }, { attributes: LOOP, token: await acme.token("marta"), lang });
  return widget(page);
}

test("the clocks go back: half past one is there twice, each with its zone, and Marta books the second", async ({ page, site, acme }) => {
  const it = await onTheEvening({ page, site, acme }, "2026-11-01T00:00:00Z");
  await expect(it.button(/^1:30 AM CDT, Sunday, November 1/)).toHaveCount(1);
  await expect(it.button(/^1:30 AM CST, Sunday, November 1/)).toHaveCount(1);
  await toReview(page, { time: /^1:30 AM CST, Sunday, November 1/ });
  await expect(it.host.getByText(/^1:30 AM CST/)).toBeVisible();
  await it.button("Book this visit").click();
  await it.reaches("booked");
  await expect(it.host.getByText(/^1:30 AM CST/)).toBeVisible();
  expect((await acme.visitsBooked()).map(({ slot }) => slot.slotDateTime)).toEqual(["2026-11-01T01:30:00-06:00"]);
});

test("the clocks go forward: no time between two and three, and Marta books the one after", async ({ page, site, acme }) => {
  const it = await onTheEvening({ page, site, acme }, "2027-03-14T00:00:00Z", "es");
  await expect(it.button(/^2:.* 14 de marzo/)).toHaveCount(0);
  await toReview(page, { time: /^3:50.*domingo, 14 de marzo/, words: { reason: "Motivo de la cita", goOn: "Continuar" } });
  await it.button("Reservar esta cita").click();
  await it.reaches("booked");
  expect((await acme.visitsBooked()).map(({ slot }) => slot.slotDateTime)).toEqual(["2027-03-14T03:50:00-05:00"]);
});
