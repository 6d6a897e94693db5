// The requests of the journeys, as Acme received them.
import { expect, setNow, test, widget } from "../../support/fixtures.js";
import { chooseAndSignIn, DOCTOR, FLU, openHost } from "../../support/journey.js";

/** The calls of these journeys that need a token: the API reference marks them JWT. */
const WITH_TOKEN = [/^GET \/v1\/patient$/, /^POST \/v1\/patient\/self$/, /^POST \/api\/7\/visits\/providerbooking$/, /^POST \/api\/6\/visits\/retail$/, /^GET \/api\/6\/visits\/retail\/self$/];
const isWithToken = ({ method, path }) => WITH_TOKEN.some((call) => call.test(`${method} ${path}`));

/** The widget's requests, without those to the identity provider. @param {import("../../support/acme.js").Acme} acme */
const received = async (acme) => (await acme.requests()).filter(({ host }) => host !== "idp");

/** @param {any[]} requests @param {string} product */
function expectDecent(requests, product) {
  for (const request of requests) {
    const name = `${request.method} ${request.path}`;
    expect(request.query.product, `product of ${name}`).toEqual([product]);
    if (request.method === "OPTIONS") continue;
    expect(request.headers.includes("authorization"), `${name} carries a token`).toBe(isWithToken(request));
    expect(request.headers, name).not.toContain("referer");
    expect(request.headers, name).not.toContain("cookie");
  }
  const asked = requests.filter(({ method }) => method === "OPTIONS").map(({ path }) => path);
  const mayAsk = requests.filter(isWithToken).map(({ path }) => path);
  expect(asked.filter((path) => !mayAsk.includes(path)), "public reads that caused a preflight").toEqual([]);
}

/** @param {any[]} requests @returns {Record<string, number>} the number of requests for each call in `WITH_TOKEN` */
function carried(requests) {
  const calls = requests.filter(isWithToken).map(({ method, path }) => `${method} ${path}`);
  return Object.fromEntries([...new Set(calls)].map((call) => [call, calls.filter((other) => other === call).length]));
}

test("Marta's visit with Dr. Whitfield: product on each request, the token only where it belongs", async ({ page, site, acme, watch }) => {
  await page.goto(site.origin + DOCTOR);
  const it = widget(page);
  await chooseAndSignIn(page, /^10:50 AM, Tuesday, December 8/, "marta");
  await it.field("Reason for the visit").fill("Sore throat since Sunday");
  await it.button("Continue").click();
  await it.button("Book this visit").click();
  await it.reaches("booked");
  const requests = await received(acme);
  expectDecent(requests, "findadoctor");
  expect(carried(requests)).toEqual({ "GET /v1/patient": 1, "POST /api/7/visits/providerbooking": 1 });
  // API and Visit hosts get only their own calls, and no other host gets any.
  expect(requests.filter(({ host, path }) => (host === "visits") !== path.startsWith("/api/"))).toEqual([]);
  expect(watch.origins().sort()).toEqual([site.origin, acme.api, acme.visits].sort());
});

test("Marta's flu shot: product on each request, the token only where it belongs", async ({ page, site, acme, watch }) => {
  await page.goto(site.origin + FLU);
  const it = widget(page);
  await chooseAndSignIn(page, /^10:00 AM, Monday, December 7/, "marta");
  await it.field("Reason for the visit").fill("Yearly flu shot");
  await it.button("Continue").click();
  // A press does not wait for the list of visits; wait here, so that the list is among the requests.
  await expect.poll(async () => (await received(acme)).some(({ method, path }) => method === "GET" && path.endsWith("/self"))).toBe(true);
  await it.button("Book this visit").click();
  await it.reaches("booked");
  const requests = await received(acme);
  expectDecent(requests, "flushot");
  expect(carried(requests)).toEqual({ "GET /v1/patient": 1, "GET /api/6/visits/retail/self": 1, "POST /api/6/visits/retail": 1 });
  expect(watch.origins().sort()).toEqual([site.origin, acme.api, acme.visits].sort());
});

// Compares the requests in the order in which the page sends them. They may use separate connections, so Acme may receive the
// second one first.
for (const [what, attributes, path, query] of /** @type {const} */ ([
  ["a clinic's times are", { npi: null, department: "NorthlakeBallard", "visit-type": "FluShot" }, "/v2/departments/NorthlakeBallard/timeslots", { visitTypeName: "FluShot" }],
  // Two weeks are 14 days: `startDate` and `endDate` are both included.
  ["a clinician's next two weeks are", {}, "/v4/providers/1234567893/timeslots", { startDate: "2026-12-07", endDate: "2026-12-20", visitType: "NewPatient" }],
])) {
  test(`with the visit type given, ${what} the first request`, async ({ page, site, acme }) => {
    const sent = [];
    page.on("request", (request) => request.url().startsWith(acme.api) && sent.push(new URL(request.url())));
    await openHost({ page, site, acme }, { attributes });
    expect([sent[0].pathname, Object.fromEntries(sent[0].searchParams)]).toEqual([path, { ...query, product: "test-page" }]);
  });
}

test("a key and a domain go as headers, only where the page sets them", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { "api-key": "acme-key", domain: "northlake.example" } });
  const reads = (await acme.requests()).filter(({ method }) => method === "GET");
  expect(reads.length).toBeGreaterThan(2);
  // Requests still under way would be counted for the next page.
  await page.waitForLoadState("networkidle");
  for (const { headers, path } of reads) expect(headers, path).toEqual(expect.arrayContaining(["x-api-key", "domain"]));
  await acme.forgetRequests();
  await openHost({ page, site, acme });
  for (const { headers, path, method } of await acme.requests()) {
    expect(method, path).toBe("GET");
    expect(headers.filter((name) => ["x-api-key", "domain", "content-type", "authorization"].includes(name)), path).toEqual([]);
  }
});

test("nothing is kept: no storage, no cookie, no new name on the window", async ({ page, site, acme }) => {
  const names = () => page.evaluate(() => Object.getOwnPropertyNames(window).sort());
  await page.goto(site.page({ body: "<main><h1>Empty</h1></main>" }));
  const before = await names();
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  await widget(page).times.first().click();
  await widget(page).reaches("patient");
  expect((await names()).filter((name) => !before.includes(name) && !name.startsWith("__pw"))).toEqual([]);
  const kept = await page.evaluate(async () => [
    localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length, (await caches.keys()).length,
  ]);
  expect(kept).toEqual([0, 0, "", 0, 0]);
});

test("a read cancelled before it started leaves nothing behind: an answer is not used for longer than its minute", async ({ page, site, acme }) => {
  await openHost({ page, site, acme });
  const slots = async () => (await acme.requests()).filter(({ path }) => path === "/v4/providers/1234986739/timeslots").length;
  // In one task, so that the read that the attribute starts is cancelled before it has run.
  await widget(page).host.evaluate((element) => {
    element.npi = "1234986739";
    element.reset();
  });
  await expect(widget(page).times.first()).toHaveAccessibleName(/Tobias Lindqvist/);
  await page.waitForLoadState("networkidle");
  const first = await slots();
  expect(first).toBeGreaterThan(0);
  await setNow(page, acme, "2026-12-07T17:01:30Z");
  await page.evaluate(() => document.querySelector("main").append(document.querySelector("find-a-time").cloneNode(true)));
  await expect(widget(page, 1).times.first()).toHaveAccessibleName(/Tobias Lindqvist/);
  await expect.poll(slots, { message: "asked anew after a minute" }).toBe(2 * first);
});

test("the device's clock moves forward by an hour while times are read: they are requested again, and arrive", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/503|Failed to load resource|Cross-Origin/);
  await openHost({ page, site, acme });
  let attempts = 0;
  await page.route("**/v4/providers/1234986739/timeslots**", async (route) => {
    attempts++;
    if (attempts > 1) return route.fallback();
    await setNow(page, acme, "2026-12-07T18:00:00Z");
    return route.fulfill({ status: 503, headers: { "access-control-allow-origin": "*" } });
  });
  await widget(page).host.evaluate((element) => void (element.npi = "1234986739"));
  await expect(widget(page).times.first()).toHaveAccessibleName(/Tobias Lindqvist/);
  expect(attempts).toBeGreaterThan(1);
});

for (const [what, status] of /** @type {const} */ ([
  ["a success", 200],
  ["an error of the server", 503],
])) {
  test(`a body of more than 8 MB (${what}) is read once, and reported as too long`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(/status of 503/);
    await openHost({ page, site, acme });
    let asked = 0;
    const body = JSON.stringify({ scheduleDays: [], padding: "x".repeat(9 * 1024 * 1024) });
    await page.route(/1234986739\/timeslots/, async (route) => {
      asked++;
      await route.fulfill({ status, body, contentType: "application/json", headers: { "access-control-allow-origin": "*" } });
    });
    await widget(page).host.evaluate((element) => void (element.npi = "1234986739"));
    await widget(page).reaches("unavailable");
    await expect(page.getByRole("link", { name: "206-555-0142" }).first()).toBeVisible();
    const words = status === 200 ? "Something went wrong on our side." : "The clinic’s system is busy.";
    await expect(widget(page).alert).toContainText(words);
    await page.waitForTimeout(1500);
    expect(asked).toBe(1);
    const found = await widget(page).host.evaluate((element) => element.diagnostics.map(({ level, code, message }) => `${level} ${code} ${message}`));
    expect(found).toEqual([`error answer-too-long ${acme.api} sent an answer of more than 8 MB, which is not read.`]);
  });
}
