// The line of a clinic or a clinician: the widget offers it only where the page opted in, names it in the fields that are agreed
// with DexCare (docs/attributes.md), and never mixes it up with the region's line.
import { expect, test, widget } from "../../support/fixtures.js";
import { openHost, WHITFIELD } from "../../support/journey.js";
import { acceptAndJoin, card, joins, MARTA, PRACTICE, toReview } from "../../support/on-demand.js";

const ON_DEMAND = { npi: null, "visit-type": null, mode: "on-demand", practice: PRACTICE, region: "WA", brand: "northlake" };
const DETAILS = {
  acceptedTerms: true, declaration: "self", stateLicensure: "WA", visitReason: "Rash on forearm", visitTypeName: "virtual",
  practiceId: PRACTICE, brand: "northlake", assignmentQualifiers: ["adult"], detectedLanguage: "en-US",
};
const BILL = { paymentMethod: "external-self-pay" };

/** @param {any} on @param {Record<string, string | null>} attributes @param {string} [lang] */
const open = async (on, attributes, lang) => {
  await openHost(on, { attributes: { ...ON_DEMAND, ...attributes }, token: await on.acme.token("marta"), wait: "queue", lang });
  return widget(on.page);
};

test("Marta joins the line of the Ballard clinic", async ({ page, site, acme }) => {
  const it = await open({ page, site, acme }, { department: "NorthlakeBallard", "clinic-line": "" });
  await expect(it.host.getByRole("radio", { name: /^The next clinician who is free/ })).toBeChecked();
  await expect(card(page, "By video").locator(".fat-wait")).toContainText("minutes");
  await it.host.getByRole("radio", { name: /^The line for Northlake Clinic Ballard/ }).check();
  // The wait that the widget knows is that of the region's line, so it must not show that wait for the clinic's.
  await expect(card(page, "By video")).toContainText("You will see the wait in this line once you are in it.");
  await expect(card(page, "By video")).not.toContainText("minutes");
  await toReview(page);
  await expect(it.host.getByText("The line for Northlake Clinic Ballard", { exact: true })).toBeVisible();
  await acceptAndJoin(page);
  await it.reaches("booked");
  await expect(it.host.getByText("The line for Northlake Clinic Ballard", { exact: true })).toBeVisible();
  const [join, ...more] = await joins(acme);
  expect(more).toEqual([]);
  expect(join.body).toEqual({
    patient: MARTA,
    billingInfo: BILL,
    visitDetails: { ...DETAILS, scheduledDepartment: { scheduledDepartmentId: "100210", scheduledEhr: "org.northlake.epic.main" } },
  });
});

test("Marta joins Dr. Whitfield's line, sent under the agreed key", async ({ page, site, acme }) => {
  const it = await open({ page, site, acme }, { npi: WHITFIELD, "clinician-line": "preferredProvider" });
  await it.host.getByRole("radio", { name: /^The line for Dana Whitfield, MD/ }).check();
  await toReview(page);
  await expect(it.host.getByText("The line for Dana Whitfield, MD", { exact: true })).toBeVisible();
  await acceptAndJoin(page);
  await it.reaches("booked");
  const [join, ...more] = await joins(acme);
  expect(more).toEqual([]);
  expect(join.body).toEqual({
    patient: MARTA,
    billingInfo: BILL,
    visitDetails: DETAILS,
    additionalDetails: [{ key: "preferredProvider", value: WHITFIELD }],
  });
});

test("joining the general line beside Dr. Whitfield's sends nothing about her", async ({ page, site, acme }) => {
  const it = await open({ page, site, acme }, { npi: WHITFIELD, "clinician-line": "preferredProvider" });
  await expect(it.host.getByRole("radio", { name: /^The line for Dana Whitfield, MD/ })).not.toBeChecked();
  await toReview(page);
  await acceptAndJoin(page);
  await it.reaches("booked");
  expect((await joins(acme)).map(({ body }) => body)).toEqual([{ patient: MARTA, billingInfo: BILL, visitDetails: DETAILS }]);
});

for (const [name, attributes] of /** @type {const} */ ([
  ["a clinician", { npi: WHITFIELD, "clinic-line": "" }],
  ["a clinic", { department: "NorthlakeBallard", "clinician-line": "preferredProvider" }],
  ["a practice alone", { "clinic-line": "", "clinician-line": "preferredProvider" }],
])) {
  test(`no clinic's or clinician's line is offered unless the page opts in: ${name}`, async ({ page, site, acme }) => {
    const it = await open({ page, site, acme }, attributes);
    await expect(it.button("Join by video")).toBeVisible();
    await expect(it.host.getByText("Which line?")).toHaveCount(0);
  });
}

test("a line whose owner cannot be read is not offered", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 503/);
  await acme.fault({ path: "/v1/providers/", kind: "status", status: 503, times: 0 });
  const it = await open({ page, site, acme }, { npi: WHITFIELD, "clinician-line": "preferredProvider" });
  await expect(it.button("Join by video")).toBeVisible();
  await expect(it.host.getByText("Which line?")).toHaveCount(0);
});

test("the lines in Spanish", async ({ page, site, acme }) => {
  const it = await open({ page, site, acme }, { department: "NorthlakeBallard", "clinic-line": "" }, "es");
  await it.host.getByRole("radio", { name: /^La fila de Northlake Clinic Ballard/ }).check();
  await expect(card(page, "Por video")).toContainText("Verá la espera de esta fila cuando esté en ella.");
  await expect(it.host.getByRole("radio", { name: /^El primer profesional médico disponible/ })).not.toBeChecked();
});
