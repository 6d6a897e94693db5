// The health system's own rule for email addresses, a regular expression: it is applied, and one that the browser cannot use changes
// nothing for the patient.
import { expect, test, widget } from "../../support/fixtures.js";
import { fillForm, openHost, RUTH } from "../../support/journey.js";

/** Fills the form for Ruth, who has no record, where the system's rule is `emailValidationRegex`. */
async function fillWithRule({ page, site, acme, watch }, emailValidationRegex) {
  watch.allowConsole(/status of 404/);
  await acme.fault({ path: "/v1/validationConfigs", kind: "status", status: 200, body: { emailValidationRegex }, times: 0 });
  await openHost({ page, site, acme }, { token: await acme.token("ruth") });
  const it = widget(page);
  await it.times.first().click();
  await it.reaches("patient");
  await fillForm(page, RUTH, "September", "Female");
  await it.button("Continue").click();
  return it;
}

test("an email that the system's rule refuses is named at its field", async ({ page, site, acme, watch }) => {
  const it = await fillWithRule({ page, site, acme, watch }, "[a-z.]+@northlake\\.example");
  await expect(it.alert).toContainText("Enter an email like name@example.com.");
  await expect(it.field("Email")).toBeFocused();
  await it.field("Email").fill("ruth.lind@northlake.example");
  await it.button("Continue").click();
  await it.reaches("review");
});

for (const [what, rule] of [
  ["that is no regular expression", "("],
  ["with the classes of Unicode", "[\\p{L}\\d._%+-]+@[\\p{L}\\d.-]+\\.\\p{L}{2,}"],
  ["in the dialect of another language", "\\A[a-z.]+@[a-z.]+\\z"],
  ["with an escape that the browser does not know", "[a-z.\\_]+\\@[a-z.]+"],
  // Browsers compile an expression when they first apply it, and some refuse this one only then.
  ["that is too large for a browser", "W".repeat(40_000)],
]) {
  test(`a rule ${what} keeps nobody from booking`, async ({ page, site, acme, watch }) => {
    const it = await fillWithRule({ page, site, acme, watch }, rule);
    await it.reaches("review");
    expect(await it.codes()).not.toContain("panic");
  });
}
