// When and how often the wasm part that books is fetched, and what each part's bytes hold.
import { expect, test, widget } from "../../support/fixtures.js";
import { booked, bookIn, DOCTOR, giving, SCRIPT, tag, TUESDAY } from "../../support/host-page.js";
import { built, countInstances, errors, FOR_A_BOOKING, instances, neverIdle, PART, saveData, SHARED } from "../../support/parts.js";

const settle = (page) => page.waitForTimeout(400);

async function open({ page, site, acme }, body = tag(acme)) {
  await countInstances(page);
  await page.goto(site.page({ head: SCRIPT, body: `<h1>Dr. Dana Whitfield</h1>${body}<footer><p>Northlake Health</p></footer>`, script: giving(await acme.token("marta")) }));
  await widget(page).times.first().waitFor();
}

test("on an idle page the part is fetched without a press, after the times and without an error", async ({ page, site, acme }) => {
  await open({ page, site, acme });
  await expect.poll(() => instances(page)).toBe(FOR_A_BOOKING);
  expect([site.count(PART), site.count("find-a-time.wasm")]).toEqual([1, 1]);
  expect(await errors(page)).toEqual([]);
  const order = site.requests.map(({ path }) => path).filter((path) => path.endsWith(".wasm"));
  expect(order).toEqual(["/find-a-time.wasm", SHARED, PART]);
});

test("fifty widgets and a whole booking: each part once", async ({ page, site, acme }) => {
  test.slow();
  await open({ page, site, acme }, tag(acme, { ...DOCTOR, days: "1" }).repeat(50));
  await widget(page, 49).times.first().waitFor();
  await bookIn(page, /^10:00 AM|^\d+:\d+ [AP]M/, { nth: 17 });
  expect(await booked(acme)).toHaveLength(1);
  expect([site.count(PART), site.count("find-a-time.wasm"), await instances(page)]).toEqual([1, 1, FOR_A_BOOKING]);
});

for (const [what, reach] of /** @type {const} */ ([
  ["a pointer reaches a time", (page) => widget(page).button(TUESDAY).hover()],
  ["the focus reaches a time", (page) => widget(page).button(TUESDAY).focus()],
  ["a pointer reaches the patient's visits", (page) => widget(page).button("My visits").hover()],
])) {
  test(`${what}: the part is fetched before the page is idle`, async ({ page, site, acme }) => {
    await neverIdle(page);
    await open({ page, site, acme });
    await page.getByText("Northlake Health").hover();
    await settle(page);
    expect(site.count(PART)).toBe(0);
    await reach(page);
    await expect.poll(() => instances(page)).toBe(FOR_A_BOOKING);
    await widget(page).button(TUESDAY).click();
    await widget(page).reaches("patient");
    expect(site.count(PART)).toBe(1);
  });
}

test("with the browser's data saver on, nothing is fetched before the press", async ({ page, site, acme }) => {
  await saveData(page);
  await open({ page, site, acme });
  await widget(page).button(TUESDAY).hover();
  await widget(page).button(TUESDAY).focus();
  await page.waitForTimeout(3500);
  expect(site.count(PART)).toBe(0);
  await bookIn(page, TUESDAY);
  expect(site.count(PART)).toBe(1);
});

test("a page that shows no times fetches no part", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 503/);
  await acme.fault({ path: "/v", kind: "status", status: 503, times: 0 });
  await page.goto(site.page({ head: SCRIPT, body: tag(acme), script: giving(await acme.token("marta")) }));
  await widget(page).reaches("unavailable");
  await widget(page).button("Try again").hover();
  await settle(page);
  expect(site.count(PART)).toBe(0);
});

test("only the part that books can write the header that carries a token", () => {
  const [first, later] = ["find-a-time.wasm", "find-a-time-errand.wasm"].map((name) => built(name).toString("latin1"));
  expect([/authorization/i.test(first), first.includes("Bearer ")]).toEqual([false, false]);
  expect([/authorization/i.test(later), later.includes("Bearer ")]).toEqual([true, true]);
});
