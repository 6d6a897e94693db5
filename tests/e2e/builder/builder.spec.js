// The builder: what it shows when a list cannot be read, which hosts get a token, colours, the keyboard, Spanish.
import { axe, expect, test, widget } from "../../support/fixtures.js";
import { block, openBuilder, reading } from "../../support/builder.js";
import { signInAt } from "../../support/journey.js";
import { readText } from "../../support/values.js";

/** The note beside a control. */
const note = (page, name) => page.locator(`[data-note="${name}"]`);
const where = (page) => page.locator("summary", { hasText: "Where it points" });

test("names with quotes and brackets stay inside their attribute", async ({ page, site, acme }) => {
  expect(acme.api).toBeTruthy();
  await openBuilder({ page, site });
  await page.getByLabel("Name of this use case").fill('"><img src=x onerror="alert(1)">&amp;');
  await page.getByLabel("Phone, for when booking is not possible").fill("206-555-0142 <b>desk</b>");
  const text = await readText(block(page, "page"));
  await page.goto(site.page({ body: text.slice(text.indexOf("<find-a-time")) }));
  const read = await page.evaluate(() => ({
    product: document.querySelector("find-a-time").getAttribute("product"), phone: document.querySelector("a").textContent,
    names: [...document.body.querySelectorAll("*")].map(({ localName }) => localName),
  }));
  expect(read).toEqual({ product: '"><img src=x onerror="alert(1)">&amp;', phone: "206-555-0142 <b>desk</b>", names: ["find-a-time", "p", "a"] });
});

test("a host that is down is named, and the values can be typed", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 503/);
  await acme.fault({ path: "/v", kind: "status", status: 503, times: 0 });
  await openBuilder({ page, site });
  await expect(reading(page)).toHaveText(`${new URL(acme.api).host} answered with an error (503). Type the values instead.`);
  const clinic = page.getByLabel("Clinic (its urlName)");
  await expect(clinic).toHaveValue("NorthlakeBallard");
  await clinic.fill("NorthlakeBellevue");
  await expect(block(page, "page")).toContainText('department="NorthlakeBellevue"');
  await acme.clearFaults();
  await where(page).click();
  await page.getByRole("button", { name: "Read the lists again" }).click();
  await expect(reading(page)).toContainText("clinics read from");
  await expect(page.getByLabel("Clinic", { exact: true })).toHaveValue("NorthlakeBellevue");
});

test("a host that does not allow this site is named as unreachable", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/CORS|Cross-Origin|ERR_FAILED|Failed to load/i);
  await acme.cors("off");
  await openBuilder({ page, site });
  await expect(reading(page)).toContainText(`${new URL(acme.api).host} could not be reached from this page`);
});

test("a test tier that is typed in: its address is checked first, the tag says so, and no token goes to a host not known", async ({ page, site, acme, watch }) => {
  // The element reports `test-tier`, as it should.
  watch.allowConsole(/test-tier: tier is uat/);
  const elsewhere = "https://api.uat.example.org";
  const asked = [];
  watch.allowOrigin(elsewhere);
  await page.route(`${elsewhere}/**`, (route) => {
    asked.push(route.request());
    return route.fulfill({ headers: { "access-control-allow-origin": "*" }, json: [] });
  });
  await openBuilder({ page, site });
  await widget(page).reaches("times");
  const popup = page.waitForEvent("popup");
  await page.getByRole("button", { name: "Sign in" }).first().click();
  await signInAt(await popup, "marta");
  await where(page).click();
  const api = page.getByLabel("API host");
  await api.fill("http://api.uat.example.org");
  await expect(api).toHaveAttribute("aria-invalid", "true");
  await expect(note(page, "api")).toHaveText("Use https. http is only for your own computer.");
  await expect(block(page, "page")).toBeHidden();
  await api.blur();
  expect(asked).toEqual([]);
  await api.fill(elsewhere);
  await page.getByLabel("Tier", { exact: true }).selectOption({ label: "UAT, a test system" });
  await expect(page.getByText("Signing in is off here, so that no token goes there.")).toBeVisible();
  await expect(block(page, "page")).toContainText('tier="uat"');
  await expect(block(page, "policy")).toContainText(elsewhere);
  expect(await widget(page).host.evaluate((element) => element.getToken)).toBeNull();
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  for (const request of asked) expect(Object.keys(request.headers())).not.toContain("authorization");
  // The last character is typed: Firefox fires no `change` event for a value that only a script filled in.
  await api.fill(acme.api.slice(0, -1));
  await api.pressSequentially(acme.api.slice(-1));
  await api.press("Tab");
  // The other host had no clinics, so the builder has none chosen. Until the editor chooses one, the element in the preview keeps
  // the other host.
  await page.getByLabel("Clinic", { exact: true }).selectOption({ label: "Northlake Clinic Ballard" });
  await expect(page.getByText("Signing in is off here, so that no token goes there.")).toBeHidden();
  await widget(page).reaches("times");
  expect(await widget(page).host.evaluate((element) => typeof element.getToken), "it is this preview's own host again").toBe("function");
});

test("typed colors: their contrast is described, the preview uses them, and the snippet holds them", async ({ page, site, acme }) => {
  expect(acme.api).toBeTruthy();
  await openBuilder({ page, site });
  await page.getByText("3. How it looks and behaves").click();
  await page.getByLabel("Look", { exact: true }).selectOption({ label: "Your own colors" });
  const verdicts = page.locator("[data-contrast]");
  await expect(verdicts.getByText("Accent on Surface: 6.66 : 1, passes AA")).toBeVisible();
  await page.getByLabel("Accent", { exact: true }).fill("#e0a000");
  await expect(verdicts.getByText("Accent on Surface: 2.28 : 1, fails AA (needs 4.5 : 1)")).toBeVisible();
  await expect(verdicts.getByText("Text on accent on Accent: 2.28 : 1, fails AA (needs 4.5 : 1)")).toBeVisible();
  await page.getByLabel("Accent", { exact: true }).fill("7a1fa2");
  await expect(verdicts.getByText("fails")).toHaveCount(0);
  await expect(widget(page).host).toHaveCSS("--findatime-accent", "#7a1fa2");
  await expect(block(page, "page")).toContainText("--findatime-accent: #7a1fa2;");
  await page.getByLabel("Accent", { exact: true }).fill("purple");
  await expect(verdicts.getByText("Write each color as #")).toBeVisible();
  await expect(block(page, "page"), "what cannot be read is not handed out").toContainText("--findatime-accent: #7a1fa2;");
});

test("by keyboard alone: choose, copy, and hear that it is copied", async ({ page, site, acme, browserName }) => {
  expect(acme.api).toBeTruthy();
  if (browserName === "chromium") await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await openBuilder({ page, site });
  await page.getByRole("radio", { name: /A clinic, or flu shots/ }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: /Near a place/ })).toBeChecked();
  await page.keyboard.press("Tab");
  // By then the element in the preview may have a field with the same label.
  await expect(page.getByLabel("ZIP code", { exact: true }).and(page.locator("[data-control]"))).toBeFocused();
  await page.keyboard.type("98107");
  await page.keyboard.press("Tab");
  await expect(block(page, "page")).toContainText('near="98107"');
  const copy = page.getByRole("button", { name: "Copy" }).first();
  for (let presses = 0; presses < 200 && !(await copy.evaluate((it) => it === document.activeElement)); presses += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "The snippet: copied." })).toBeVisible();
  if (browserName === "chromium") {
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await readText(block(page, "page")));
  }
});

test("the page names what is still missing instead of showing a snippet", async ({ page, site, acme }) => {
  expect(acme.api).toBeTruthy();
  await openBuilder({ page, site });
  await page.getByRole("radio", { name: /A clinician’s profile/ }).check();
  await page.getByLabel("Phone, for when booking is not possible").fill("");
  await expect(page.getByText("Still needed: a clinician, a phone number.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy" })).toHaveCount(0);
});

test("without integrity.json no release can be pinned, and the page says so", async ({ page, site, acme, watch }) => {
  expect(acme.api).toBeTruthy();
  watch.allowConsole(/status of 404/);
  site.put("/integrity.json", { status: 404 });
  await openBuilder({ page, site });
  await expect(page.getByRole("radio", { name: /held by its hash/ })).toBeDisabled();
  await expect(note(page, "release")).toContainText("integrity.json could not be read here");
  await expect(block(page, "page")).toContainText(`<script type="module" src="${site.origin}/find-a-time.js"></script>`);
});

test("in Spanish, also when the language is changed on the page, and every choice from the address stays", async ({ page, site, acme }) => {
  expect(acme.api).toBeTruthy();
  await openBuilder({ page, site }, "?npi=1234567893&days=3&practice=c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33&mode=both&region=WA");
  await expect(block(page, "page")).toContainText('days="3"');
  await page.getByRole("link", { name: "Español" }).click();
  await expect(page.getByRole("heading", { name: "Ponga las citas en su página" })).toBeVisible();
  await expect(reading(page)).toContainText("clínicas leídas de");
  await expect(page.getByLabel("Tipo de cita", { exact: true }).getByRole("option").first()).toHaveText("Cualquiera: elige el paciente");
  await expect(block(page, "page")).toContainText("Para pedir una cita, llame al");
  for (const kept of ['npi="1234567893"', 'practice="c0a8f6a1', 'mode="both"', 'region="WA"', 'days="3"']) await expect(block(page, "page")).toContainText(kept);
  await page.getByRole("link", { name: "English" }).click();
  await expect(reading(page)).toContainText("clinics read from");
});

for (const [lang, colorScheme, width] of /** @type {const} */ ([["en", "light", 1280], ["es", "dark", 320]])) {
  test.describe(`in ${lang}, ${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 } });

    test("with everything open it has no accessibility violation, and nothing scrolls sideways", async ({ page, site, acme }) => {
      expect(acme.api).toBeTruthy();
      await openBuilder({ page, site }, `?lang=${lang}`);
      await widget(page).reaches("times");
      await page.evaluate(() => document.querySelectorAll("[data-builder] details").forEach((one) => (one.open = true)));
      await page.locator("[data-look]").selectOption("own");
      await page.locator('[data-colour="accent"]').fill("#e0a000");
      for (const kind of ["clinician", "virtual", "both", "clinic"]) {
        await page.locator(`[name="kind"][value="${kind}"]`).check();
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), kind).toBeLessThanOrEqual(0);
      }
      // The accent above has too little contrast, but that is the editor's choice: check the builder with an accent that passes.
      await page.locator('[data-colour="accent"]').fill("#0b5cad");
      await widget(page).reaches("times");
      expect(await axe(page)).toEqual([]);
    });
  });
}
