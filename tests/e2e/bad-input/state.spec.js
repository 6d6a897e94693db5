// The field for the state in an address: patients choose from a list, also by keyboard. If the record has a state that the list
// lacks, the widget keeps it.
import { expect, test, widget } from "../../support/fixtures.js";
import { fillForm, openHost, RUTH, toReview } from "../../support/journey.js";

test("Ruth types the first letters of her state, and it is chosen", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 404/);
  await openHost({ page, site, acme }, { token: await acme.token("ruth") });
  const it = widget(page);
  await it.times.first().click();
  await it.reaches("patient");
  const { State: _, ...others } = RUTH;
  await fillForm(page, others, "September", "Female");
  await it.button("Continue").click();
  const state = it.field("State");
  await expect(state).toBeFocused();
  await expect(state).toHaveAccessibleDescription("Choose a state.");
  await page.keyboard.type("washi");
  await expect(state.locator("option:checked")).toHaveText("Washington");
  await expect(it.host.getByText("Choose a state.")).toHaveCount(0);
  await it.button("Continue").click();
  await it.reaches("review");
  await expect(it.host.getByText("412 Shorewood Dr, Seattle, WA 98177")).toBeVisible();
});

test("Marta's record has an address in Ontario: it stays, and the list offers it", async ({ page, site, acme }) => {
  await acme.fault({ path: "/v1/patient", method: "GET", kind: "change", change: "texts", texts: ["ON"], member: "state", times: 0 });
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await toReview(page);
  await expect(it.host.getByText(/88 Pine St.*Seattle, ON 98101/)).toBeVisible();
  await it.button(/^Change.*Contact/).click();
  await expect(it.field("State")).toHaveValue("ON");
  await expect(it.field("State").locator("option", { hasText: /^ON$/ })).toHaveCount(1);
  await it.field("State").selectOption("Washington");
  await it.button("Continue").click();
  await it.reaches("review");
  await expect(it.host.getByText(/88 Pine St.*Seattle, WA 98101/)).toBeVisible();
});
