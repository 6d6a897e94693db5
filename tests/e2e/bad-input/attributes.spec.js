// Mistakes in the attributes that a page's owner sets: the element reports a diagnostic for each, and never shows an empty page.
import { expect, test, widget } from "../../support/fixtures.js";
import { heard, openHost, WHITFIELD } from "../../support/journey.js";

/** The page's phone number, which must be visible whenever there are no times. @param {import("@playwright/test").Page} page */
const expectPhone = (page) => expect(page.locator("find-a-time > p").getByRole("link", { name: "206-555-0142" })).toBeVisible();

/** The diagnostics with all their fields. @param {import("@playwright/test").Page} page */
const told = async (page) =>
  (await heard(page)).filter(({ name }) => name === "diagnostic").map(({ detail }) => ({ code: detail.code, level: detail.level, message: detail.message, mend: detail.mend }));

for (const { what, attributes, code, level = "error", message, mend } of [
  { what: "api is missing", attributes: { api: null }, code: "api-missing", message: "api is missing", mend: "Set api" },
  { what: "api is plain http on a public host", attributes: { api: "http://api.northlake.example" }, code: "bad-attribute", message: "http://api.northlake.example", mend: "https" },
  { what: "the NPI has a wrong check digit", attributes: { npi: "1234567890" }, code: "bad-attribute", message: "1234567890", mend: "check digit" },
  { what: "the NPI is a name", attributes: { npi: "Whitfield" }, code: "bad-attribute", message: "Whitfield", mend: "ten digits" },
  { what: "there is nothing to look for", attributes: { npi: null }, code: "target-missing", message: "None of npi, department", mend: "Set npi" },
]) {
  test(`${what}: a diagnostic says what to do, the patient has the phone, and no request is sent`, async ({ page, site, acme }) => {
    await openHost({ page, site, acme }, { attributes, wait: "unavailable" });
    const found = (await told(page)).find((diagnostic) => diagnostic.code === code);
    expect(found, JSON.stringify(await told(page))).toMatchObject({ level, message: expect.stringContaining(message), mend: expect.stringContaining(mend) });
    await expect(widget(page).heading).toHaveText("We cannot show times right now");
    await expectPhone(page);
    expect(await acme.requests()).toEqual([]);
  });
}

test("npi and near together: near is ignored and reported, and the times are there", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { near: "98107" } });
  await expect(widget(page).times.first()).toBeVisible();
  expect(await told(page)).toEqual([
    { code: "ignored-attribute", level: "warning", message: "near is ignored beside npi", mend: expect.any(String) },
  ]);
});

test("every malformed value takes its default, and each is named", async ({ page, site, acme }) => {
  const attributes = { days: "many", "max-days": "0", "heading-level": "7", booking: "sometimes", "event-details": "some", view: "carousel", tier: "live" };
  await openHost({ page, site, acme }, { attributes });
  await expect(widget(page).times.first()).toBeVisible();
  const messages = (await told(page)).filter(({ code }) => code === "bad-attribute").map(({ message }) => message);
  for (const [name, value] of Object.entries(attributes)) expect(messages).toContain(`${name}: got "${value}"`);
  await expect(widget(page).host.locator('[part~="day"]')).toHaveCount(10);
});

test("an unknown clinic: the patient reads plain words, and the diagnostic names the attribute", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 404/);
  await openHost({ page, site, acme }, { attributes: { npi: null, department: "NorthlakeBalard", "visit-type": "FluShot" }, wait: "unavailable" });
  await expect(widget(page).alert).toContainText("We could not find this clinic or clinician.");
  await expectPhone(page);
  await expect(widget(page).button("Try again"), "it will not be known the next time either").toHaveCount(0);
  expect(await told(page)).toEqual([
    { code: "unknown-department", level: "error", message: expect.stringContaining("NorthlakeBalard"), mend: expect.stringContaining("urlName") },
  ]);
});

test("an unknown clinician: the same", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 404/);
  await openHost({ page, site, acme }, { attributes: { npi: "1003000126" }, wait: "unavailable" });
  await expect(widget(page).alert).toContainText("We could not find this clinic or clinician.");
  await expectPhone(page);
  expect((await told(page)).map(({ code }) => code)).toEqual(["unknown-clinician"]);
});

test("one unknown clinic beside a good one: the good one's times are there", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 404/);
  await openHost({ page, site, acme }, { attributes: { npi: null, department: "NorthlakeBalard NorthlakeBallard", "visit-type": "FluShot" } });
  await expect(widget(page).times.first()).toBeVisible();
  await expect.poll(widget(page).codes).toContain("unknown-department");
});

test("a clinic with an empty schedule: no dead end, and the phone", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { npi: null, department: "NorthlakeTempe", "visit-type": "NewPatient" }, wait: null });
  const it = widget(page);
  await expect(it.alert).toContainText(/No open times|nothing to book online/);
  await expect(page.getByRole("link", { name: /480-555-0159|206-555-0142/ }).first()).toBeVisible();
  expect(["times", "unavailable"]).toContain(await it.state());
});

test("a visit type that is not offered here: the diagnostic names it, and the patient is asked instead", async ({ page, site, acme, watch }) => {
  // The request for the look-ahead also gets a 404.
  watch.allowConsole(/status of 404/);
  await openHost({ page, site, acme }, { attributes: { "visit-type": "Surgery" } });
  const it = widget(page);
  await expect(it.host.getByRole("group", { name: "What is the visit for?" }).getByRole("radio")).toHaveCount(4);
  await expect(it.times.first()).toBeVisible();
  const found = await told(page);
  expect(found.map(({ code }) => code)).toEqual(["unknown-visit-type"]);
  expect(found[0].message).toContain("Surgery");
});

test("a visit type that is not offered beside one that is: the one that is", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 404/);
  await openHost({ page, site, acme }, { attributes: { "visit-type": "Surgery,FollowUp" } });
  await expect(widget(page).times.first()).toHaveAccessibleName(/20 minutes$/);
  expect(await widget(page).codes()).toEqual(["unknown-visit-type"]);
});

test("the page's owner sees all diagnostics on the page with `doctor`", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { npi: `${WHITFIELD} 12`, doctor: "" } });
  await expect(widget(page).host.getByText('npi: got "12"')).toBeVisible();
});

test("an attribute's diagnostic fires again only with another message, so a page that renders on it does not loop", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { days: "many", view: "carousel" } });
  await expect(widget(page).times.first()).toBeVisible();
  const messages = async () => (await told(page)).map(({ message }) => message);
  const [days, view] = ['days: got "many"', 'view: got "carousel"'];
  expect(await messages()).toEqual([days, view]);
  // Simulates a framework's component that renders at every diagnostic, since it keeps them in its state, and that sets new
  // properties at every render.
  const renders = await widget(page).host.evaluate(async (element) => {
    let renders = 0;
    const render = () => {
      if (renders++ > 100) return;
      element.getToken = () => null;
      element.questions = [];
    };
    element.addEventListener("findatime-diagnostic", render);
    render();
    await new Promise((done) => setTimeout(done, 500));
    element.removeEventListener("findatime-diagnostic", render);
    return renders;
  });
  expect(renders).toBe(1);
  const set = (value) => widget(page).host.evaluate((element, value) => void (element.days = value), value);
  await set("few");
  await expect.poll(messages).toEqual([days, view, 'days: got "few"']);
  await set("5");
  await set("few");
  await expect.poll(messages).toEqual([days, view, 'days: got "few"', 'days: got "few"']);
});
