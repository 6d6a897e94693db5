// Vue with the element itself, from the npm package bundled by Vite: the element, Vue or the server's HTML may come
// first.
import { bookInApp, chooseAnotherClinician, holdScript, openApp, PHONE_LINK, underDev } from "../../support/app.js";
import { expect, test, widget } from "../../support/fixtures.js";

test("the element is defined before Vue renders it: Marta books", async ({ page, site, acme }) => {
  await openApp({ page, site, acme }, "vue", "index.html");
  await bookInApp(page, acme);
});

test("Vue renders first and the script comes later: the phone is there at once, then Marta books", async ({ page, site, acme }) => {
  const release = await holdScript(page);
  await openApp({ page, site, acme }, "vue", "late.html");
  await expect(page.getByRole("link", { name: PHONE_LINK })).toBeVisible();
  expect(await page.locator("find-a-time:not(:defined)").count()).toBe(1);
  release();
  await bookInApp(page, acme);
});

test("Vue hydrates the server's HTML: Marta books", async ({ page, site, acme }) => {
  const sent = await openApp({ page, site, acme }, "vue", "hydrated.html", { rendered: true });
  expect(sent).toMatch(/<find-a-time [^>]*npi="1234567893"[^>]*visit-type="NewPatient"/);
  await bookInApp(page, acme);
});

for (const [file, rendered] of /** @type {const} */ ([["index.html", false], ["late.html", false], ["hydrated.html", true]])) {
  test(`${file}: a render with another clinician shows other times in the same element`, async ({ page, site, acme }) => {
    await openApp({ page, site, acme }, "vue", file, { rendered });
    await chooseAnotherClinician(page);
    // The function that was set once is still set after further renders.
    await widget(page).times.first().click();
    await widget(page).reaches("patient");
  });
}

test("under Vite's development server Marta sees the widget as it is built, and books", async ({ page, acme, watch }, { project }) => {
  test.skip(project.name.endsWith("firefox"), "what differs is the server: one engine is enough, and two would share its cache");
  await underDev({ page, acme, watch }, "vue", async () => {
    await bookInApp(page, acme);
    expect(await widget(page).codes()).toEqual([]);
  });
});
