// A host that does not answer: the patient reads plain words, and the diagnostic names the host and possible reasons.
import { expect, test, widget } from "../../support/fixtures.js";
import { openHost } from "../../support/journey.js";

const NOTHING_READ = /Failed to load resource|CORS|cross-origin/i;
/** @param {import("@playwright/test").Page} page */
const told = (page) => widget(page).host.evaluate((element) => element.diagnostics.map(({ code, level, message }) => `${level} ${code} ${message}`));

test("an API host that does not allow the page's origin is named once, with CORS as a reason", async ({ page, site, acme, watch }) => {
  watch.allowConsole(NOTHING_READ);
  await acme.cors("off");
  await openHost({ page, site, acme }, { wait: "unavailable" });
  await expect(page.getByRole("link", { name: "206-555-0142" })).toBeVisible();
  expect(await told(page)).toEqual([expect.stringMatching(`^error host-unreachable api: no answer from ${acme.api} .*CORS`)]);
  await widget(page).host.evaluate((element) => element.refresh());
  await widget(page).reaches("loading");
  await widget(page).reaches("unavailable");
  expect(await widget(page).codes(), "said already").toEqual(["host-unreachable"]);
});

test("a Visit host that cannot be reached is reported as the Visit host, not as the API host", async ({ page, site, acme, watch }) => {
  watch.allowConsole(NOTHING_READ);
  watch.allowOrigin("http://127.0.0.1:9");
  const attributes = { npi: null, "visit-type": null, practice: "c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33", visits: "http://127.0.0.1:9" };
  await openHost({ page, site, acme }, { attributes, wait: "unavailable" });
  expect(await told(page)).toEqual([expect.stringMatching("^error host-unreachable visits: no answer from http://127.0.0.1:9 ")]);
});

test("a practice without a Visit host: the diagnostic names the missing attribute, not a silent host", async ({ page, site, acme }) => {
  const attributes = { npi: null, "visit-type": null, practice: "c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33", visits: null };
  await openHost({ page, site, acme }, { attributes, wait: "unavailable" });
  expect(await told(page)).toEqual(["error needs-attribute practice needs visits, which is missing or cannot be used"]);
});

for (const status of [401, 403]) {
  test(`a host that wants a key (${status}): the diagnostic says what to ask for`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(NOTHING_READ);
    await acme.fault({ path: "/v4/providers/", kind: "status", status, times: 0 });
    await openHost({ page, site, acme }, { wait: "unavailable" });
    const found = (await widget(page).host.evaluate((element) => element.diagnostics)).filter(({ code }) => code === "host-refused");
    expect(found).toEqual([
      { code: "host-refused", level: "error", message: `api: ${acme.api} refused a request that needs no sign-in (${status})`, mend: expect.stringContaining("api-key") },
    ]);
  });
}

test("a rejected token is not reported as a fault of the host", async ({ page, site, acme, watch }) => {
  watch.allowConsole(NOTHING_READ);
  await acme.fault({ path: "/v1/patient", kind: "status", status: 401, times: 0 });
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  await widget(page).times.first().click();
  await expect(widget(page).button("Sign in")).toBeVisible();
  expect(await widget(page).codes()).toEqual([]);
});
