// The phone beside "Call the clinic" is the clinic's that the patient has picked or chosen, or none.
import { expect, test, widget } from "../../support/fixtures.js";
import { openHost } from "../../support/journey.js";

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
