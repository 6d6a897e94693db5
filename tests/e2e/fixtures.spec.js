// The ground the journeys stand on: one world, one clock, one log, and a watch that does see.
import { axe, expect, NOW, setNow, test } from "../support/fixtures.js";
import { Watch } from "../support/watch.js";

test("Acme and the page tell the same time, and both stand still until a test moves them", async ({ page, site, acme }) => {
  await page.goto(site.page({ body: "<main><h1>Clock</h1></main>" }));
  const told = async () => [new Date((await acme.clock()).now).toISOString(), await page.evaluate(() => new Date().toISOString())];
  const now = new Date(NOW).toISOString();
  expect(await told()).toEqual([now, now]);
  await setNow(page, acme, "2026-12-08T01:30:00Z");
  expect(await told()).toEqual(["2026-12-08T01:30:00.000Z", "2026-12-08T01:30:00.000Z"]);
});

test("every test begins in the seed world, with an empty log and working CORS", async ({ page, site, acme }) => {
  const world = await acme.world();
  expect(world.brands).toContain("northlake");
  expect(world.clinicians.map(({ npi }) => npi)).toContain("1234567893");
  expect([await acme.requests(), await acme.visitsBooked()]).toEqual([[], []]);

  await page.goto(site.page({ body: "<main><h1>Log</h1></main>" }));
  const status = await page.evaluate((url) => fetch(url).then((answer) => answer.status), `${acme.api}/.well-known/openid-configuration`);
  expect(status).toBe(200);
  expect((await acme.requests()).map(({ host, method, status }) => [host, method, status])).toEqual([["idp", "GET", 200]]);
});

test("the preview's pages are pointed at this worker's Acme", async ({ page, site, acme }) => {
  await page.goto(site.page({ body: "<main><h1>Environment</h1></main>" }));
  const environment = await page.evaluate(() => fetch("/preview/environment.json").then((answer) => answer.json()));
  expect(environment).toMatchObject({ api: acme.api, visits: acme.visits, idp: { clientId: "find-a-time-preview" } });
});

test("tokens are had without the sign-in page, and faults strike once", async ({ acme }) => {
  expect((await acme.token("marta")).split(".")).toHaveLength(3);
  await acme.fault({ path: "/.well-known/", kind: "status", status: 503 });
  const ask = async () => (await fetch(`${acme.api}/.well-known/jwks.json`)).status;
  expect([await ask(), await ask()]).toEqual([503, 200]);
});

test("axe finds what is wrong, and nothing on a plain page", async ({ page, site }) => {
  await page.goto(site.page({ body: '<main><h1>Good</h1><button>Choose</button></main>' }));
  expect(await axe(page)).toEqual([]);
  await page.goto(site.page({ body: '<main><h1>Bad</h1><button></button></main>' }));
  expect(await axe(page)).toEqual([expect.stringContaining("button-name")]);
});

test("the watch sees errors, rejections, the console, violations and strangers", async ({ browser, site, acme }) => {
  const context = await browser.newContext();
  const watch = new Watch();
  watch.allowOrigin(site.origin);
  await watch.begin(context);
  const page = await context.newPage();
  const headers = { "content-security-policy": "img-src 'none'" };
  await page.goto(site.page({ body: "<main></main>", headers }));
  await page.evaluate((stranger) => {
    setTimeout(() => {
      throw new Error("thrown by a timer");
    });
    void Promise.reject(new Error("rejected by a promise"));
    console.log("said aloud");
    document.body.append(Object.assign(new Image(), { src: "data:image/gif;base64,R0lGODlhAQABAAAAACw=" }));
    return fetch(`${stranger}/.well-known/jwks.json`).then(() => {});
  }, acme.api);
  const seen = () => watch.found().join("\n");
  for (const part of ["thrown by a timer", "rejected by a promise", "said aloud", "violation img-src", `request to ${acme.api}`]) {
    await expect.poll(seen).toContain(part);
  }
  await context.close();
});
