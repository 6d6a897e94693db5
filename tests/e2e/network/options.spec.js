// What the options of `fetch` forbid: no request is redirected, takes a cookie along, or is answered from the browser's cache. For each
// option, the browser itself would otherwise do what the test looks for.
import { createServer } from "node:http";
import { expect, test, widget } from "../../support/fixtures.js";
import { openHost, toReview, WHITFIELD } from "../../support/journey.js";

const TIMES = `/v4/providers/${WHITFIELD}/timeslots`;
const BOOKING = "/api/7/visits/providerbooking";

/** Runs with a server of another origin that allows every request, preflights included. @param {(address: string, received: string[]) => Promise<void>} use */
async function withElsewhere(use) {
  /** @type {string[]} */
  const received = [];
  const server = createServer((request, response) => {
    received.push(`${request.method} ${request.url}`);
    const allow = { "access-control-allow-origin": "*", "access-control-allow-methods": "*", "access-control-allow-headers": "*, authorization" };
    response.writeHead(200, { ...allow, "content-type": "application/json" }).end("{}");
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", () => listening(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  try {
    await use(`http://127.0.0.1:${port}`, received);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

for (const status of [302, 307]) {
  test(`a read that is redirected (${status}) does not reach the other host`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(/Failed to load resource|net::ERR_|Cross-Origin|redirect/i);
    await withElsewhere(async (address, received) => {
      watch.allowOrigin(address);
      await acme.fault({ path: TIMES, kind: "status", status, headers: { location: `${address}/times` }, times: 0 });
      await openHost({ page, site, acme }, { wait: "unavailable" });
      expect((await acme.requests()).some(({ path, fault }) => path === TIMES && fault)).toBe(true);
      expect(received).toEqual([]);
    });
  });
}

// With 307 and 308 a browser sends the body again, to the other host.
for (const status of [307, 308]) {
  test(`a booking that is redirected (${status}) does not reach the other host, and nothing is sent twice`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(/Failed to load resource|net::ERR_|Cross-Origin|redirect/i);
    await withElsewhere(async (address, received) => {
      watch.allowOrigin(address);
      await openHost({ page, site, acme }, { token: await acme.token("marta") });
      await toReview(page);
      await acme.fault({ path: BOOKING, method: "POST", kind: "status", status, headers: { location: `${address}/booking` }, times: 0 });
      await widget(page).button("Book this visit").click();
      await widget(page).reaches("unconfirmed");
      expect((await acme.requests()).filter(({ method, path }) => method === "POST" && path === BOOKING)).toHaveLength(1);
      expect(received).toEqual([]);
    });
  });
}

test("a patient's record that may be cached is read again by the next page", async ({ page, site, acme }) => {
  const token = await acme.token("marta");
  const answer = await fetch(`${acme.api}/v1/patient`, { headers: { authorization: `Bearer ${token}` } });
  const headers = { "cache-control": "max-age=600" };
  await acme.fault({ path: "/v1/patient", method: "GET", kind: "status", status: 200, headers, body: await answer.json(), times: 0 });
  await acme.forgetRequests();
  for (const reads of [1, 2]) {
    await openHost({ page, site, acme }, { token });
    await widget(page).times.first().click();
    await widget(page).reaches("patient");
    await expect.poll(async () => (await acme.requests()).filter(({ method, path }) => method === "GET" && path === "/v1/patient").length).toBe(reads);
  }
});

test("requests to an API on the page's own origin carry no cookie, though the page's files do", async ({ page, site, acme, context }) => {
  // Acme's answers, from the page's own server: to another origin, a browser sends no cookies even without the option.
  await openHost({ page, site, acme });
  await page.waitForLoadState("networkidle");
  for (const { method, path, query } of await acme.requests()) {
    if (method !== "GET") continue;
    const search = new URLSearchParams(Object.entries(query).flatMap(([name, values]) => [values].flat().map((value) => [name, value])));
    site.put(decodeURIComponent(path), await (await fetch(`${acme.api}${path}?${search}`)).text());
  }
  await context.addCookies([{ name: "session", value: "of-the-page", url: site.origin }]);
  site.requests = [];
  await openHost({ page, site, acme }, { attributes: { api: site.origin } });
  const cookies = (of) => site.requests.filter(({ path }) => of(path)).map(({ headers }) => headers.cookie);
  const reads = cookies((path) => path.startsWith("/v"));
  expect(reads.length).toBeGreaterThan(1);
  expect(reads.filter(Boolean)).toEqual([]);
  expect(cookies((path) => path === "/page.html")).toEqual(["session=of-the-page"]);
});
