// Changes while the widget is on the page: attributes, languages, filters; also many widgets, moving and removing them.
import { expect, NOW, setNow, test, widget } from "../../support/fixtures.js";
import { heard, openHost, published, WHITFIELD } from "../../support/journey.js";

const set = (page, attributes) =>
  page.evaluate((attributes) => {
    for (const [name, value] of Object.entries(attributes)) document.querySelector("find-a-time").setAttribute(name, value);
  }, attributes);

test("another npi: another clinician's times, without a reload", async ({ page, site, acme }) => {
  await openHost({ page, site, acme });
  const it = widget(page);
  await expect(it.times.first()).toHaveAccessibleName(/Dana Whitfield/);
  const { npi } = (await acme.world()).clinicians.find((clinician) => JSON.stringify(clinician).includes("Lindqvist"));
  await set(page, { npi });
  await expect(it.times.first()).toHaveAccessibleName(/Tobias Lindqvist/);
  await expect(it.host.getByText("Dana Whitfield")).toHaveCount(0);
});

test("another visit type, as an attribute and as a property", async ({ page, site, acme }) => {
  await openHost({ page, site, acme });
  const it = widget(page);
  await expect(it.times.first()).toHaveAccessibleName(/30 minutes$/);
  await set(page, { "visit-type": "FollowUp" });
  await expect(it.times.first()).toHaveAccessibleName(/20 minutes$/);
  await page.evaluate(() => void (document.querySelector("find-a-time").visitType = "FluShot"));
  await expect(it.times.first()).toHaveAccessibleName(/10 minutes$/);
});

test("the page turns Spanish: the words change, what was chosen stays", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await it.button(/^10:50 AM, Tuesday, December 8/).click();
  await it.reaches("patient");
  await it.field("Reason for the visit").fill("Sore throat");
  await page.evaluate(() => void (document.documentElement.lang = "es"));
  await expect(it.heading).toHaveText("¿Quién viene a la cita?");
  await expect(it.field("Motivo de la cita")).toHaveValue("Sore throat");
  await expect(it.host.getByText("martes, 8 de diciembre de 2026")).toBeVisible();
});

test("the page turns Spanish on the patient step: the focus stays on the page's own button", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await it.times.first().click();
  await it.reaches("patient");
  await page.evaluate(() => document.querySelector("main").insertAdjacentHTML("beforeend", "<button>Español</button>"));
  const button = page.getByRole("button", { name: "Español" });
  await button.focus();
  await page.evaluate(() => void (document.documentElement.lang = "es"));
  await expect(it.heading).toHaveText("¿Quién viene a la cita?");
  // Two frames, in which the element would move the focus to its heading.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));
  await expect(button).toBeFocused();
});

test("filters by weekday and part of day, and the live region says the remaining number at once", async ({ page, site, acme }) => {
  const slots = await published(acme, { npi: WHITFIELD, visitType: "NewPatient", to: "2026-12-21" });
  const afternoons = slots.filter(({ slotDateTime }) => new Date(slotDateTime.slice(0, 10)).getUTCDay() === 2 && Number(slotDateTime.slice(11, 13)) >= 12);
  await openHost({ page, site, acme }, { attributes: { "max-days": "14" } });
  const it = widget(page);
  await it.button("Filter times").click();
  const panel = it.host.locator('[part~="filters"]');
  await expect(panel.getByText(`${slots.length} times on`)).toBeVisible();
  await it.host.getByRole("checkbox", { name: "Tuesday" }).check();
  await it.host.getByRole("checkbox", { name: "Afternoon" }).check();
  await expect(panel.getByText(new RegExp(`^${afternoons.length} times? on`))).toBeVisible();
  await expect(it.times).toHaveCount(afternoons.length);
  for (const name of await it.times.evaluateAll((all) => all.map((time) => time.getAttribute("aria-label")))) expect(name).toMatch(/ PM, Tuesday/);
  await expect(it.button("Filter times (2 chosen)")).toHaveAttribute("aria-expanded", "true");
  await it.button("Clear filters").click();
  await expect(panel.getByText(`${slots.length} times on`)).toBeVisible();
  await expect(it.host.getByRole("button", { name: "Filter times", exact: true })).toBeFocused();
});

test("a filter by clinic, where a clinician works at two", async ({ page, site, acme }) => {
  await openHost({ page, site, acme });
  const it = widget(page);
  await it.button("Filter times").click();
  await it.host.getByRole("checkbox", { name: "Northlake Clinic Bellevue" }).check();
  const names = await it.times.evaluateAll((all) => all.map((time) => time.getAttribute("aria-label")));
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !name.includes("Thursday")), "Thursdays, on which she is in Bellevue").toEqual([]);
});

test("a filter that leaves nothing offers to clear it", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { "max-days": "14" } });
  const it = widget(page);
  await it.button("Filter times").click();
  // On Thursdays Dr. Whitfield works in Bellevue.
  await it.host.getByRole("checkbox", { name: "Thursday" }).check();
  await it.host.getByRole("checkbox", { name: "Northlake Clinic Ballard" }).check();
  await expect(it.times).toHaveCount(0);
  await expect(it.alert).toContainText("No times match your filters.");
  await it.alert.getByRole("button", { name: "Clear filters" }).click();
  await expect(it.times.nth(5)).toBeVisible();
});

test("twelve widgets on one page request nothing twice", async ({ page, site, acme }) => {
  const tag = (product) => `<find-a-time api="${acme.api}" visits="${acme.visits}" product="${product}" npi="${WHITFIELD}" visit-type="NewPatient"></find-a-time>`;
  await page.goto(site.page({ body: `<main><h1>Twelve</h1>${tag("test-page").repeat(12)}</main>`, head: '<script type="module" src="/find-a-time.js"></script>' }));
  for (let nth = 0; nth < 12; nth += 1) await expect(widget(page, nth).times.first()).toBeVisible();
  const asked = (await acme.requests()).map(({ path, query }) => `${path} ${JSON.stringify(query)}`);
  expect(asked.length).toBeGreaterThan(1);
  expect(asked.filter((request, place) => asked.indexOf(request) !== place)).toEqual([]);
  for (const file of ["find-a-time.wasm", "locales/en.txt"]) expect(site.count(file), file).toBe(1);
});

test("moved while its times are being read, the element shows them; nothing is requested twice", async ({ page, site, acme }) => {
  await acme.fault({ path: "/v4/providers", kind: "delay", ms: 700, times: 0 });
  await openHost({ page, site, acme }, { wait: "loading" });
  await expect.poll(async () => (await acme.requests()).length + site.count("find-a-time.wasm")).toBeGreaterThan(0);
  await page.evaluate(() => {
    const place = document.body.appendChild(document.createElement("section"));
    place.append(document.querySelector("find-a-time"));
  });
  await widget(page).reaches("times");
  await expect(page.locator("section find-a-time")).toHaveCount(1);
  const asked = (await acme.requests()).map(({ path, query }) => `${path} ${JSON.stringify(query)}`);
  expect(asked.filter((request, place) => asked.indexOf(request) !== place)).toEqual([]);
});

test("moved at the patient step, the element keeps what was typed", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await it.times.first().click();
  await it.reaches("patient");
  await it.field("Reason for the visit").fill("Sore throat");
  await page.evaluate(() => document.body.prepend(document.querySelector("find-a-time")));
  await expect(it.field("Reason for the visit")).toHaveValue("Sore throat");
  expect(await it.state()).toBe("patient");
});

test("removed while its times are being read, the element sends nothing more; added again, it starts over", async ({ page, site, acme }) => {
  await acme.fault({ path: "/v4/providers", kind: "delay", ms: 900 });
  await openHost({ page, site, acme }, { wait: null });
  await expect.poll(async () => (await acme.requests()).some(({ path }) => path.startsWith("/v4/providers")) || site.count("find-a-time.wasm") > 0).toBe(true);
  await page.evaluate(() => {
    const element = document.querySelector("find-a-time");
    element.remove();
    document[Symbol.for("kept")] = element;
  });
  await acme.clearFaults();
  await page.evaluate(() => document.querySelector("main").append(document[Symbol.for("kept")]));
  await widget(page).reaches("times");
  await expect(widget(page).times.first()).toBeVisible();
  await expect.poll(async () => (await heard(page)).filter(({ name }) => name === "shown").length).toBe(1);
});

test("reset() forgets every entry", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await it.times.first().click();
  await it.reaches("patient");
  await it.field("Reason for the visit").fill("Something private");
  await page.evaluate(() => document.querySelector("find-a-time").reset());
  await it.reaches("times");
  await it.times.first().click();
  await it.reaches("patient");
  await expect(it.field("Reason for the visit")).toHaveValue("");
});

test("the times of a page left open are read again when the page becomes visible", async ({ page, site, acme }) => {
  await openHost({ page, site, acme });
  const it = widget(page);
  await expect(it.button(/^1:00 PM, Monday, December 7/)).toBeVisible();
  await setNow(page, acme, new Date(Date.parse(NOW) + 5 * 3_600_000).toISOString());
  // When the page becomes visible, the widget reads the times again, but not while another read is running, and it may still be
  // reading later days. So dispatch the event until it has an effect.
  await expect(async () => {
    await page.evaluate(() => void document.dispatchEvent(new Event("visibilitychange")));
    await expect(it.button(/^1:00 PM, Monday, December 7/), "it has passed").toHaveCount(0, { timeout: 1000 });
  }).toPass({ timeout: 10_000 });
  await expect(it.times.first()).toBeVisible();
});

test("focus(options) passes preventScroll to the control inside", async ({ page, site, acme }) => {
  await openHost({ page, site, acme });
  await expect(widget(page).times.first()).toBeVisible();
  const focused = (options) =>
    widget(page).host.evaluate(async (element, options) => {
      element.style.marginTop = "3000px";
      scrollTo(0, 0);
      element.shadowRoot.activeElement?.blur();
      element.focus(options);
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return [scrollY > 0, element.shadowRoot.activeElement !== null];
    }, options);
  expect(await focused({ preventScroll: true })).toEqual([false, true]);
  expect(await focused(undefined)).toEqual([true, true]);
});

test("English on a right-to-left page runs left to right; the page's own help keeps the page's direction", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { lang: "ar", script: 'document.documentElement.dir = "rtl";', inside: '<p slot="help">اتصل بنا <a href="tel:+12065550142">206-555-0142</a></p>' });
  await expect(widget(page).times.first()).toBeVisible();
  const runs = () =>
    widget(page).host.evaluate((element) => {
      const direction = (inner) => getComputedStyle(inner).direction;
      const container = element.shadowRoot.querySelector(".fat");
      return [container.lang, container.dir, direction(element.shadowRoot.querySelector('[part~="heading"]')), direction(element.querySelector("p"))];
    });
  expect(await runs()).toEqual(["en", "ltr", "ltr", "rtl"]);
  await page.evaluate(() => void (document.documentElement.lang = "es"));
  await expect.poll(runs).toEqual(["es", "ltr", "ltr", "rtl"]);
});
