// A patient whose record has a gender that the call for records cannot write.
import { expect, test, widget } from "../../support/fixtures.js";
import { ends, openHost, toReview } from "../../support/journey.js";

test("Robin, nonbinary, books at a clinic of another EHR system, whose record then says \"other\"", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, {
    attributes: { npi: null, department: "CedarbrookLoop", "visit-type": "FluShot" },
    token: await acme.token("robin"),
  });
  await toReview(page);
  await widget(page).button("Book this visit").click();
  await widget(page).reaches("booked");
  expect(await ends(page)).toEqual([["booked", undefined]]);
  const [saved] = (await acme.requests()).filter(({ method, path }) => method === "POST" && path === "/v1/patient/self");
  expect(saved).toMatchObject({ status: 200, body: { gender: "other" } });
});
