// A sign-in that leaves the page: the chosen time is restored when the patient comes back, from a value without personal data.
import { axe, expect, test, setNow, widget } from "../../support/fixtures.js";
import { heard, listen, openHost, WHITFIELD } from "../../support/journey.js";
import { readAttribute } from "../../support/values.js";

const PAGE = "/preview/resume.html";
const TUESDAY = /^10:50 AM, Tuesday, December 8, Dana Whitfield, MD/;
const FORGED = 1796662800;

/** Encodes a value of the `resume` attribute as the widget does. @param {...string} fields */
const forge = (...fields) => Buffer.from(fields.join("\n")).toString("hex");
const time = (at, department = "100210", npi = WHITFIELD, made = FORGED) =>
  forge("t1", String(made), "p", at, "org.northlake.epic.main", department, npi, "NewPatient");

/** Opens a host page with this `resume` value, as after a sign-in. */
const back = (on, resume, more = {}) => openHost(on, { attributes: { resume, brand: "northlake" }, wait: null, ...more });

test("Marta chooses a time, leaves to sign in, and continues where she was", async ({ page, site, acme }) => {
  const addresses = [];
  page.on("request", (request) => addresses.push(request.url()));
  await listen(page);
  await page.goto(site.origin + PAGE);
  const it = widget(page);
  await it.button(TUESDAY).click();
  await page.getByLabel("User name").fill("marta");
  await page.getByLabel("Password").fill("acme");
  // However long the patient takes to sign in, the widget looks up the chosen time again: forget the earlier requests.
  await acme.forgetRequests();
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${site.origin}${PAGE}`);
  await it.reaches("patient");
  for (const told of ["Tuesday, December 8, 2026", "10:50 AM, Pacific Time"]) {
    await expect(it.host.getByText(told)).toBeVisible();
  }
  await expect(it.host.getByText("Marta Okafor")).toBeVisible();
  const looked = (await acme.requests()).filter(({ path, query }) => path.endsWith("/timeslots") && query.startDate?.[0] === "2026-12-08");
  expect(looked.length, "the time is looked up again").toBeGreaterThan(0);

  const resume = await readAttribute(it.host, "resume");
  expect(resume).toMatch(/^[0-9a-f]+$/);
  const fields = Buffer.from(resume, "hex").toString().split("\n");
  expect(fields, "the choice and when it was made; nothing of a person").toEqual([
    "t1", "1796662800", "p", "2026-12-08T10:50:00-08:00", "org.northlake.epic.main", "100210", WHITFIELD, "NewPatient",
  ]);
  expect(addresses.filter((address) => address.includes(resume)), "in no address").toEqual([]);
  expect(JSON.stringify(await acme.requests())).not.toContain(resume);
  expect(page.url()).toBe(site.origin + PAGE);

  await it.field("Reason for the visit").fill("Sore throat");
  await it.button("Continue").click();
  await it.button("Book this visit").click();
  await it.reaches("booked");
  const [visit, ...more] = await acme.visitsBooked();
  expect(more).toEqual([]);
  expect(visit).toMatchObject({ patient: "marta", product: "patientportal", slot: { slotDateTime: "2026-12-08T10:50:00-08:00", npi: WHITFIELD } });
});

test("in Spanish the page comes back in Spanish", async ({ page, site, acme }) => {
  expect(acme.api).toMatch(/^http/);
  await page.goto(`${site.origin}${PAGE}?lang=es`);
  const it = widget(page);
  await it.button(/^10:50.*martes, 8 de diciembre/).click();
  await page.getByLabel("User name").fill("marta");
  await page.getByLabel("Password").fill("acme");
  await page.getByRole("button", { name: "Sign in" }).click();
  await it.reaches("patient");
  await expect(it.heading).toHaveText("¿Quién viene a la cita?");
});

test("a time that somebody else took meanwhile: a message, with the nearest times", async ({ page, site, acme }) => {
  await acme.take({ npi: WHITFIELD, departmentId: "100210", slotDateTime: "2026-12-08T10:50:00-08:00" });
  await back({ page, site, acme }, time("2026-12-08T10:50:00-08:00"), { token: await acme.token("marta") });
  const it = widget(page);
  await it.reaches("taken");
  await expect(it.times).toHaveCount(3);
});

for (const [what, resume] of [
  ["malformed", "not-what-was-given-out"],
  ["cut in the middle", time("2026-12-08T10:50:00-08:00").slice(0, 40)],
  ["older than half an hour", time("2026-12-08T10:50:00-08:00", "100210", WHITFIELD, FORGED - 1801)],
  ["from the future", time("2026-12-08T10:50:00-08:00", "100210", WHITFIELD, FORGED + 3600)],
]) {
  test(`a value that is ${what}: a message to choose again`, async ({ page, site, acme }) => {
    await back({ page, site, acme }, resume, { token: await acme.token("marta") });
    const it = widget(page);
    await it.reaches("times");
    await expect(it.alert).toHaveText("We could not bring back the time that you had chosen. Please choose again.");
    expect(await axe(page)).toEqual([]);
    await it.button(TUESDAY).click();
    await it.reaches("patient");
    await it.button("Change the time").click();
    await it.reaches("times");
    await expect(it.alert, "said once").toHaveCount(0);
  });
}

test("a page left open for more than half an hour passes a value that is too old by then", async ({ page, site, acme }) => {
  await page.goto(site.origin + PAGE);
  const it = widget(page);
  await it.button(TUESDAY).click();
  await page.getByLabel("User name").fill("marta");
  await page.getByLabel("Password").fill("acme");
  await setNow(page, acme, "2026-12-07T17:31:00Z");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${site.origin}${PAGE}`);
  await it.reaches("times");
  await expect(it.alert).toContainText("We could not bring back the time that you had chosen. Please choose again.");
});

test("a forged value for a clinic that nobody knows chooses nothing", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 404/);
  const resume = forge("t1", String(FORGED), "d", "2026-12-08T10:50:00-08:00", "org.nowhere", "1", WHITFIELD, "NewPatient");
  await back({ page, site, acme }, resume, { token: await acme.token("marta") });
  const it = widget(page);
  await expect(it.times.first()).toBeVisible();
  await expect(it.host.getByText("We could not bring back the time that you had chosen. Please choose again.")).toBeVisible();
  expect(await it.state()).toBe("times");
  expect(await acme.visitsBooked()).toEqual([]);
});

test("a forged value for a time in the past chooses nothing", async ({ page, site, acme }) => {
  await back({ page, site, acme }, time("2026-12-01T10:50:00-08:00"), { token: await acme.token("marta") });
  const it = widget(page);
  await expect(it.times.first()).toBeVisible();
  expect(["times", "taken"]).toContain(await it.state());
  expect(await acme.visitsBooked()).toEqual([]);
});

test("the widget waits for a promise of a token that the page passes to the event", async ({ page, site, acme }) => {
  const token = await acme.token("marta");
  const script = `
    document.querySelector("find-a-time").getToken = () => null;
    document.addEventListener("findatime-signin", ({ detail }) => detail.respondWith(new Promise((give) => (document.body.give = give))));`;
  await openHost({ page, site, acme }, { script });
  const it = widget(page);
  await it.button(TUESDAY).click();
  await it.reaches("sign-in");
  await expect(it.host.getByText("Waiting for you to sign in.").first()).toBeVisible();
  await expect(it.button("Sign in")).toHaveCount(0);
  await page.evaluate((token) => document.body.give(token), token);
  await it.reaches("patient");
});

test("a page that prevents the event shows its own sign-in, and calls signedIn() when it is done", async ({ page, site, acme }) => {
  const script = `
    document.querySelector("find-a-time").getToken = () => document.body.token ?? null;
    document.addEventListener("findatime-signin", (event) => event.preventDefault());`;
  await openHost({ page, site, acme }, { script });
  const it = widget(page);
  await it.button(TUESDAY).click();
  await it.reaches("sign-in");
  await expect(it.host.getByText("Waiting for you to sign in.").first()).toBeVisible();
  await expect(it.button("Sign in")).toHaveCount(0);
  await page.evaluate((token) => {
    document.body.token = token;
    document.querySelector("find-a-time").signedIn();
  }, await acme.token("marta"));
  await it.reaches("patient");
  const asked = (await heard(page)).filter(({ name }) => name === "signin");
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ cancelable: true, composed: true, bubbles: true });
});
