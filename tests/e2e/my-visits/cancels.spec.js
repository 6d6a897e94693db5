// A patient looks at "My visits" and cancels one with one of the health system's reasons.
import { axe, expect, test, widget } from "../../support/fixtures.js";
import { BALLARD, bookByPhone, firstHeard, openHost, published, toReview } from "../../support/journey.js";

const FLU = { npi: null, department: BALLARD.urlName, "visit-type": "FluShot", brand: "northlake" };
const CANCEL = "/api/6/visits/retail/cancel/";
const WORDS = {
  en: { reason: "Reason for the visit", goOn: "Continue", book: "Book this visit" },
  es: { reason: "Motivo de la cita", goOn: "Continuar", book: "Reservar esta cita" },
};

/** Books a flu shot as Marta, and returns at the confirmation. @returns {Promise<any>} the visit */
async function booked({ page, site, acme }, lang = "en", attributes = {}) {
  await openHost({ page, site, acme }, { attributes: { ...FLU, ...attributes }, token: await acme.token("marta"), lang });
  const it = widget(page);
  await toReview(page, { time: /^10:00/, words: WORDS[lang] });
  await it.button(WORDS[lang].book).click();
  await it.reaches("booked");
  await acme.forgetRequests();
  return (await acme.visitsBooked())[0];
}

test("Marta cancels the flu shot that she has just booked", async ({ page, site, acme }) => {
  const visit = await booked({ page, site, acme });
  const it = widget(page);
  await it.button("See or cancel my visits").click();
  await it.reaches("visits");
  await expect(it.heading).toHaveText("My visits");
  await expect(it.heading).toBeFocused();
  const card = it.host.getByRole("listitem");
  await expect(card).toHaveCount(1);
  for (const told of ["Monday, December 7, 2026", "10:00 AM, Pacific Time", "Northlake Clinic Ballard", "1450 NW Market St, Suite 2, Seattle, WA 98107"]) {
    await expect(card.getByText(told, { exact: true })).toBeVisible();
  }
  await expect(it.host.getByText(/^This list shows only visits booked with a clinic\./)).toBeVisible();
  await it.button("Cancel this visit, Monday, December 7").click();
  const reasons = it.host.getByRole("group", { name: "Why do you want to cancel?" });
  await expect(reasons.getByRole("radio").first()).toBeFocused();
  const told = (await acme.requests()).find(({ path }) => path.startsWith("/api/7/visits/retail/cancel/reasons/"));
  expect(told).toMatchObject({ method: "GET", path: "/api/7/visits/retail/cancel/reasons/northlake", status: 200 });

  // Without a reason nothing is sent.
  await it.button("Cancel this visit").click();
  await expect(it.host.getByText("Choose a reason.")).toBeVisible();
  expect((await acme.visitsBooked())[0].cancelled).toBeNull();
  await reasons.getByRole("radio", { name: "I booked the wrong time" }).check();
  await it.button("Cancel this visit").click();
  const done = it.host.getByRole("heading", { name: "Your visit is canceled" });
  await expect(done).toBeFocused();
  await expect(it.alert).toContainText("Monday, December 7, 2026, 10:00 AM, Pacific Time");
  await expect(it.host.getByText("You have no clinic visits coming up.")).toBeVisible();
  const sent = (await acme.requests()).filter(({ method, path }) => method === "POST" && path.startsWith(CANCEL));
  const code = "wrongTime";
  expect(sent.map(({ path, query, body, status }) => ({ path, query, body, status }))).toEqual([
    { path: CANCEL + visit.visitId, query: { product: ["test-page"] }, body: { reason: code }, status: 200 },
  ]);
  expect((await acme.visitsBooked())[0].cancelled.reason).toBe(code);
  const { detail } = await firstHeard(page, "cancelled");
  expect(detail, "nothing about the visit").toEqual({ version: 1, product: "test-page" });
  // Back leads to the times, not to the confirmation of the cancelled visit.
  await it.button("Back").click();
  await it.reaches("times");
});

test('with event-details="full" the page hears which visit was cancelled', async ({ page, site, acme }) => {
  const { visitId } = await booked({ page, site, acme }, "en", { "event-details": "full" });
  const it = widget(page);
  await it.button("See or cancel my visits").click();
  await it.button("Cancel this visit, Monday, December 7").click();
  await it.host.getByRole("radio", { name: "I booked the wrong time" }).check();
  await it.button("Cancel this visit").click();
  await expect(it.host.getByRole("heading", { name: "Your visit is canceled" })).toBeFocused();
  const { detail } = await firstHeard(page, "cancelled");
  expect(detail).toEqual({ version: 1, product: "test-page", visitId });
});

test("somebody who keeps the visit is back where they were, and nothing is sent", async ({ page, site, acme }) => {
  await booked({ page, site, acme });
  const it = widget(page);
  await it.button("See or cancel my visits").click();
  await it.button("Cancel this visit, Monday, December 7").click();
  await it.button("Keep this visit").click();
  await expect(it.button("Cancel this visit, Monday, December 7")).toBeFocused();
  await it.button("Back").click();
  await it.reaches("booked");
  await expect(it.heading).toHaveText("Your visit is booked");
  expect((await acme.requests()).filter(({ method }) => method === "POST")).toEqual([]);
});

test("a cancel without an answer has an unknown outcome: the list is read again, and nothing is sent twice", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/ERR_|Failed to load|Cross-Origin Request|CORS/);
  await booked({ page, site, acme });
  const it = widget(page);
  await it.button("See or cancel my visits").click();
  await it.button("Cancel this visit, Monday, December 7").click();
  await it.host.getByRole("radio", { name: "Other" }).check();
  await acme.fault({ path: CANCEL, method: "POST", kind: "truncate" });
  await it.button("Cancel this visit").click();
  await expect(it.host.getByRole("heading", { name: "Your visit is canceled" })).toBeFocused();
  expect((await acme.visitsBooked())[0].cancelled).not.toBeNull();
  expect((await acme.requests()).filter(({ method, path }) => method === "POST" && path.startsWith(CANCEL))).toHaveLength(1);
});

test("a cancel that failed with the visit still there says to call", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 5\d\d/);
  await booked({ page, site, acme });
  const it = widget(page);
  await it.button("See or cancel my visits").click();
  await it.button("Cancel this visit, Monday, December 7").click();
  await it.host.getByRole("radio", { name: "Other" }).check();
  await acme.fault({ path: CANCEL, method: "POST", kind: "status", status: 500 });
  await it.button("Cancel this visit").click();
  await expect(it.alert).toContainText("We asked to cancel your visit, but got no clear answer. It may still be booked. Call the clinic to check.");
  await expect(it.alert).toBeFocused();
  await expect(it.alert.getByRole("link", { name: "206-555-0142" })).toBeVisible();
  expect((await acme.visitsBooked())[0].cancelled).toBeNull();
});

test("a cancel that the system refuses: the patient reads that the visit is still booked", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 4\d\d/);
  await booked({ page, site, acme });
  const it = widget(page);
  await it.button("See or cancel my visits").click();
  await it.button("Cancel this visit, Monday, December 7").click();
  await it.host.getByRole("radio", { name: "Other" }).check();
  await acme.fault({ path: CANCEL, method: "POST", kind: "status", status: 400 });
  await it.button("Cancel this visit").click();
  await expect(it.alert).toContainText("We could not cancel this visit. It is still booked.");
  await expect(it.host).not.toContainText("Nothing is booked");
  await expect(it.alert).toBeFocused();
  expect(await axe(page)).toEqual([]);
});

for (const [status, told] of /** @type {const} */ ([
  [500, "It may still be booked. Call the clinic to check."],
  [400, "We could not cancel this visit. It is still booked."],
])) {
  test(`a cancel that is answered ${status} on another clinic's page says to call the visit's clinic`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(/status of [45]00/);
    const token = await acme.token("marta");
    const [slot] = await published(acme, { urlName: "NorthlakeBellevue", visitType: "FluShot" });
    await bookByPhone(acme, token, slot);
    await openHost({ page, site, acme }, { attributes: FLU, token });
    const it = widget(page);
    await it.button("My visits").click();
    await it.reaches("visits");
    await expect(it.host.getByRole("listitem").getByText("Northlake Clinic Bellevue", { exact: true })).toBeVisible();
    await it.button(/^Cancel this visit, /).click();
    await it.host.getByRole("radio", { name: "Other" }).check();
    await acme.fault({ path: CANCEL, method: "POST", kind: "status", status });
    await it.button("Cancel this visit").click();
    await expect(it.alert).toContainText(told);
    await expect(it.alert.getByRole("link")).toHaveText("425-555-0117");
  });
}

test("without the reasons there is the phone", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 5\d\d/);
  await booked({ page, site, acme });
  const it = widget(page);
  await acme.fault({ path: "/api/7/visits/retail/cancel/reasons/", kind: "status", status: 503, times: 0 });
  await it.button("See or cancel my visits").click();
  await it.button("Cancel this visit, Monday, December 7").click();
  await expect(it.alert).toContainText("We could not cancel this visit. It is still booked.");
  await expect(it.alert.getByRole("link", { name: "206-555-0142" })).toBeVisible();
});

test("from the times: Dev signs in to see that nothing is booked", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: FLU, script: 'document.querySelector("find-a-time").getToken = () => document.body.token ?? null;' });
  const it = widget(page);
  await it.button("My visits").click();
  await it.reaches("sign-in");
  await expect(it.heading).toHaveText("Sign in to see your visits");
  await expect(it.host.getByText("Sign in so that we can find your visits.").first()).toBeVisible();
  expect(await axe(page)).toEqual([]);
  await page.evaluate((token) => void (document.body.token = token), await acme.token("dev"));
  await it.button("Sign in").click();
  await it.reaches("visits");
  await expect(it.host.getByText("You have no clinic visits coming up.")).toBeVisible();
  expect(await axe(page)).toEqual([]);
  await it.button("Back").click();
  await it.reaches("times");
});

test("a page that cannot sign anybody in offers no visits", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: FLU });
  const it = widget(page);
  await it.times.first().waitFor();
  await expect(it.button("My visits")).toHaveCount(0);
});

test("visits that cannot be read: a message, and the patient can read them again", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 503/);
  await booked({ page, site, acme });
  const it = widget(page);
  await acme.fault({ path: "/api/6/visits/retail/self", kind: "status", status: 503, times: 9 });
  await it.button("See or cancel my visits").click();
  await expect(it.alert).toContainText("The clinic’s system is busy. Try again in a minute.");
  await acme.clearFaults();
  await it.button("Try again").click();
  await expect(it.host.getByRole("listitem")).toHaveCount(1);
});

test("in Spanish, to the end", async ({ page, site, acme }) => {
  await booked({ page, site, acme }, "es");
  const it = widget(page);
  await it.button("Ver o cancelar mis citas").click();
  await expect(it.heading).toHaveText("Mis citas");
  await expect(it.host.getByText("Lunes, 7 de diciembre de 2026")).toBeVisible();
  expect(await axe(page)).toEqual([]);
  await it.button("Cancelar esta cita, lunes, 7 de diciembre").click();
  await expect(it.host.getByRole("group", { name: "¿Por qué quiere cancelar?" })).toBeVisible();
  await it.host.getByRole("radio").first().check();
  expect(await axe(page)).toEqual([]);
  await it.button("Cancelar esta cita").click();
  await expect(it.host.getByRole("heading", { name: "Su cita está cancelada" })).toBeFocused();
  expect(await axe(page)).toEqual([]);
});
