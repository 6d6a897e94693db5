// Tests the fixtures themselves: the seed world, the stopped clock, the empty log, and a watch that reports what it should.
import { axe, expect, NOW, setNow, test } from "../support/fixtures.js";
import { Watch } from "../support/watch.js";

test("Acme and the page have the same time, and both clocks are stopped until a test moves them", async ({ page, site, acme }) => {
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

test("tokens are issued without the sign-in page, and a fault happens once", async ({ acme }) => {
  expect((await acme.token("marta")).split(".")).toHaveLength(3);
  await acme.fault({ path: "/.well-known/", kind: "status", status: 503 });
  const ask = async () => (await fetch(`${acme.api}/.well-known/jwks.json`)).status;
  expect([await ask(), await ask()]).toEqual([503, 200]);
});

test("axe finds what is wrong, and nothing on a plain page", async ({ page, site }) => {
  await page.goto(site.page({ body: '<main><h1>Good</h1><button>Choose</button></main>' }));
  expect(await axe(page)).toEqual([]);
  await page.goto(site.page({ body: '<main><h1>Bad</h1><button></button></main>' }));
  expect((await axe(page)).filter((line) => !line.startsWith("ibm "))).toEqual([expect.stringContaining("button-name")]);
});

test("the watch reports errors, rejections, console output, violations and requests to other hosts", async ({ browser, site, acme }) => {
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

test("the watch reports personal data in addresses: what was typed, what Acme knows, and what looks personal", async ({ browser, site, acme }) => {
  const context = await browser.newContext();
  const watch = new Watch();
  watch.allowOrigin(site.origin);
  await watch.begin(context);
  for (const patient of await acme.patients()) watch.addresses.keepOutPatient(patient);
  const token = await acme.token("marta");
  watch.addresses.keepOut("a token", token);
  const page = await context.newPage();
  watch.allowConsole(/404/);
  await page.goto(site.page({ body: "<main><textarea></textarea><input autocomplete='family-name'><input autocomplete='postal-code'></main>" }));
  await page.locator("textarea").fill("Sore throat");
  await page.locator("[autocomplete=family-name]").fill("Quandrike");
  await page.locator("[autocomplete=postal-code]").fill("98107");
  const bad = [
    ["a reason", "/a?reason=sore+throat"], ["a name", "/b/Quandrike"], ["a name", "/c?who=Marta"], ["a birth date", "/d?born=1979-02-11"],
    ["an email", "/e?to=martaokafor%40example.com"], ["a phone number", "/f/(206)%20555-0188"], ["a street", "/g?at=88%20Pine%20St"],
    ["a token", `/h?t=${token}`], ["a location finer than two decimals", "/i?lat=47.6062"],
    ["the id of a patient's record", "/j/7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11"],
  ];
  const good = [
    "/near?zip=98107&radius=30", "/near?lat=47.61&lng=-122.33", "/times?startDate=2026-12-07", "/at?t=2026-12-07T17:00:00.000Z",
    "/visits/4f8a2d60-3c8c-4f5e-9e02-6b0c2d7f1a90", "/?v=1.2.345.6",
  ];
  await page.evaluate((paths) => Promise.all(paths.map((path) => fetch(path))), [...bad.map(([, path]) => path), ...good]);
  expect(watch.found().sort()).toEqual(bad.map(([what, path]) => `${what} in the address ${site.origin}${path}`).sort());
  await context.close();
});

test("the watch keeps out every entry of the element: an insured child's, the card's, answers and birth dates, but no search", async ({ browser, site }) => {
  const context = await browser.newContext();
  const watch = new Watch();
  watch.allowOrigin(site.origin);
  watch.allowConsole(/404/);
  await watch.begin(context);
  const page = await context.newPage();
  const names = ["patient-given", "insured-family", "patient-line2", "insured-city", "insured-zip", "ssn", "member", "coupon", "insurer-name", "question-0", "place"];
  const fields = [...names, "patient-birth-day", "patient-birth-year"].map((name) => `<input type=text name=${name}>`).join("");
  await page.goto(site.page({ body: "<main><find-a-time></find-a-time></main>" }));
  await page.locator("find-a-time").evaluate((element, fields) => {
    element.attachShadow({ mode: "open" }).innerHTML = `${fields}<select name=patient-birth-month><option value=6>June</select>`;
  }, fields);
  const enter = (name, value) => page.locator(`input[name=${name}]`).fill(value);
  const values = ["Quandrike", "Plimsor", "Attic 4b", "Wexleyham", "98177", "4821", "CX883120", "NORTH25", "Ottermere", "On Sundays", "98107"];
  for (const [place, name] of names.entries()) await enter(name, values[place]);
  await page.locator("select").selectOption("6");
  await enter("patient-birth-day", "3");
  await enter("patient-birth-year", "2017");
  const bad = [
    ["a name", "/a?q=Quandrike"], ["a name", "/b/plimsor"], ["what was typed as “line2”", "/c/attic-4b"], ["what was typed as “city”", "/d?at=Wexleyham"],
    ["what was typed as “zip”", "/e?zip=98177"], ["what was typed as “member”", "/f/cx883120"], ["what was typed as “coupon”", "/g?code=NORTH25"],
    ["what was typed as “insurer-name”", "/h/ottermere"], ["what was typed as “question-0”", "/i?a=on%20sundays"], ["a birth date", "/j/06-03-2017"],
  ];
  const good = ["/near?zip=98107", "/visits/4821", "/api/v2/coupon/NORTH25/verify?product=a"];
  await page.evaluate((paths) => Promise.all(paths.map((path) => fetch(path))), [...bad.map(([, path]) => path), ...good]);
  expect(watch.found().sort()).toEqual(bad.map(([what, path]) => `${what} in the address ${site.origin}${path}`).sort());
  await context.close();
});
