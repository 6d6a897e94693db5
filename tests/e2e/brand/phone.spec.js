// The phone beside "Call the clinic" is the clinic's that the patient has picked or chosen, or none.
import { expect, test, widget } from "../../support/fixtures.js";
import { openHost } from "../../support/journey.js";

for (const [help, seen] of /** @type {const} */ ([["", "206-555-0100"], ['<p slot="help">Ask at 206-555-0111.</p>', "Ask at 206-555-0111."]])) {
  test(`a picked clinic whose phone is not known: ${help ? "the page's help" : "the page's own phone"} on every step`, async ({ page, site, acme }) => {
    await acme.fault({ path: "/v4/departments", kind: "change", change: "texts", texts: [""], member: "phone", times: 0 });
    await openHost({ page, site, acme }, {
      attributes: { npi: null, brand: "northlake", "visit-type": "Illness" },
      token: await acme.token("marta"),
      inside: `<p>Call <a href="tel:+12065550100">206-555-0100</a></p>${help}`,
    });
    const it = widget(page);
    await it.button("See times at Northlake Clinic Bellevue").click();
    await it.reaches("times");
    const text = page.getByText(seen);
    await expect(text).toBeVisible();
    await it.times.first().click();
    await it.reaches("patient");
    await expect(text).toBeVisible();
    await expect(page.getByText("206-555-0100")).toBeVisible({ visible: !help });
  });
}

test("a picked clinic without a time of the visit type: its own phone", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { npi: null, brand: "northlake", "visit-type": null } });
  const it = widget(page);
  await it.button("See times at Northlake Clinic Bellevue").click();
  await expect(it.heading).toHaveText("Choose a time");
  await expect(it.host.locator('[part~="help"]').getByRole("link")).toHaveText("425-555-0117");
  await acme.fault({ path: "/v2/departments/", kind: "status", status: 200, body: { timeslots: [] }, times: 0 });
  await it.host.getByRole("radio", { name: "Flu shot" }).check();
  await expect(it.alert.getByRole("link")).toHaveText("425-555-0117");
  await expect(it.host.locator('[part~="help"]').getByRole("link")).toHaveText("425-555-0117");
});
