// The script sends the first public reads while the wasm downloads, and the widget uses their answers.
import { expect, setNow, test, widget } from "../../support/fixtures.js";
import { abortedReads, holdWasm } from "../../support/held.js";
import { asked, DOCTOR, FLU, repeated, SCRIPT, tag } from "../../support/host-page.js";

const LINDQVIST = "1234986739";
const SLOTS = "/v4/providers/1234567893/timeslots";
const PROVIDER = "/v1/providers/1234567893";
const LIKE_A_FAILURE = /Failed to load resource|ERR_|NetworkError|CORS|cross-origin/i;

/** Paths of the requests that Acme received; with the method unless it is GET. @param {import("../../support/acme.js").Acme} acme @returns {Promise<string[]>} */
const paths = async (acme) => (await acme.requests()).map(({ method, path }) => (method === "GET" ? path : `${method} ${path}`));

/** Opens a page with these tags while holding the wasm back. @param {any} on @param {string} body @returns {Promise<() => void>} releases the wasm */
async function openHeld({ page, site }, body) {
  const release = await holdWasm(page);
  await page.goto(site.page({ head: SCRIPT, body: `<h1>Clinic</h1>${body}` }), { waitUntil: "domcontentloaded" });
  return release;
}

for (const [what, attributes, wanted] of /** @type {const} */ ([
  ["a clinician's times and name", DOCTOR, [PROVIDER, SLOTS]],
  ["a clinic's times and name", FLU, ["/v2/departments/NorthlakeBallard/timeslots", "/v4/departments/NorthlakeBallard/departmentInfo"]],
  ["without a visit type, a clinician's name", { npi: "1234567893" }, [PROVIDER]],
])) {
  test(`${what} are read before the wasm is there, and not again after`, async ({ page, site, acme }) => {
    const release = await openHeld({ page, site }, tag(acme, attributes));
    await expect.poll(async () => (await paths(acme)).sort()).toEqual(wanted);
    for (const { headers, query } of await acme.requests()) {
      expect(query.product).toEqual(["test-page"]);
      expect(headers.filter((name) => ["cookie", "referer", "authorization", "content-type"].includes(name))).toEqual([]);
    }
    expect(await widget(page).state()).toBe("loading");
    release();
    await widget(page).reaches("times");
    await page.waitForLoadState("networkidle");
    expect(repeated(await asked(acme))).toEqual([]);
    expect(await widget(page).codes()).toEqual([]);
  });
}

test("elements that ask for the same share what is read ahead, and a moved one keeps it", async ({ page, site, acme }) => {
  const release = await openHeld({ page, site }, `<section></section>${tag(acme)}${tag(acme)}${tag(acme, FLU)}`);
  await expect.poll(async () => (await paths(acme)).length).toBe(4);
  await page.evaluate(() => document.querySelector("section").append(document.querySelector("find-a-time")));
  release();
  for (const nth of [0, 1, 2]) await widget(page, nth).reaches("times");
  await page.waitForLoadState("networkidle");
  expect(repeated(await asked(acme))).toEqual([]);
});

test("a lazy element on the screen is read ahead as well, one far below it is not", async ({ page, site, acme }) => {
  const release = await openHeld({ page, site }, `${tag(acme, { ...DOCTOR, loading: "lazy" })}<div style="height: 5000px"></div>${tag(acme, { ...FLU, loading: "lazy" })}`);
  await expect.poll(async () => (await paths(acme)).sort()).toEqual([PROVIDER, SLOTS]);
  release();
  await widget(page).reaches("times");
  await page.waitForLoadState("networkidle");
  expect(repeated(await asked(acme))).toEqual([]);
  expect(await widget(page, 1).state()).toBe("loading");
});

test("of several elements only those on the screen are read ahead", async ({ page, site, acme }) => {
  const release = await openHeld({ page, site }, `${tag(acme)}<div style="height: 5000px"></div>${tag(acme, FLU)}`);
  await expect.poll(async () => (await paths(acme)).sort()).toEqual([PROVIDER, SLOTS]);
  release();
  for (const nth of [0, 1]) await widget(page, nth).reaches("times");
  await page.waitForLoadState("networkidle");
  expect(repeated(await asked(acme))).toEqual([]);
});

test("an attribute that changes before the wasm is there: the earlier reads are aborted, and the new ones sent", async ({ page, site, acme, watch }) => {
  watch.allowConsole(LIKE_A_FAILURE);
  await acme.fault({ path: "/v4/providers/1234567893/", kind: "hang", times: 0 });
  const aborted = abortedReads(page, acme);
  const release = await openHeld({ page, site }, tag(acme));
  await expect.poll(() => paths(acme)).toContain(SLOTS);
  await page.evaluate((npi) => void (document.querySelector("find-a-time").npi = npi), LINDQVIST);
  await expect.poll(() => paths(acme)).toContain(`/v4/providers/${LINDQVIST}/timeslots`);
  await expect.poll(() => aborted).toContain(SLOTS);
  release();
  await expect(widget(page).times.first()).toHaveAccessibleName(/Tobias Lindqvist/);
  await page.waitForLoadState("networkidle");
  expect(repeated(await asked(acme))).toEqual([]);
});

for (const [why, attributes] of /** @type {const} */ ([
  ["with a key, which needs a preflight", { ...DOCTOR, "api-key": "acme-key" }],
  ["with a domain, which needs a preflight", { ...DOCTOR, domain: "northlake.example" }],
  ["for an NPI whose check digit is wrong", { ...DOCTOR, npi: "1234567890" }],
  ["from an API address that the widget refuses", { ...DOCTOR, api: "http://api.care.example.org" }],
])) {
  test(`nothing is read ahead ${why}`, async ({ page, site, acme }) => {
    const release = await openHeld({ page, site }, tag(acme, attributes));
    await expect.poll(() => site.count("/locales/")).toBe(1);
    await page.waitForTimeout(300);
    expect(await paths(acme)).toEqual([]);
    release();
    await widget(page).reaches("api" in attributes || attributes.npi !== DOCTOR.npi ? "unavailable" : "times");
  });
}

for (const [what, fault, state, slots, words] of /** @type {const} */ ([
  ["fails once", { kind: "status", status: 500 }, "times", 2],
  ["fails each time", { kind: "status", status: 500, times: 0 }, "unavailable", 3, "The clinic’s system is busy."],
  ["is broken off once", { kind: "truncate" }, "times", 2],
  ["hangs once", { kind: "hang" }, "times", 2],
  ["is a page of HTML", { kind: "html", status: 200, body: "<html>", times: 0 }, "unavailable", 1, "Something went wrong on our side."],
  ["is refused", { kind: "status", status: 404, times: 0 }, "unavailable", 1],
])) {
  test(`a read ahead that ${what} counts as the widget's first attempt`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(new RegExp(`${LIKE_A_FAILURE.source}|status of`, "i"));
    await acme.fault({ path: SLOTS, ...fault });
    const release = await openHeld({ page, site }, tag(acme));
    await expect.poll(() => paths(acme)).toContain(SLOTS);
    release();
    await widget(page).reaches(state);
    if (words) await expect(widget(page).alert).toContainText(words);
    if (state === "unavailable") await expect(page.getByRole("link", { name: "206-555-0142" }).first()).toBeVisible();
    const first = (await acme.requests()).filter(({ path, query }) => path === SLOTS && query.startDate[0] === "2026-12-07");
    expect(first).toHaveLength(slots);
  });
}

test("an answer of more than 8 MB that came before the wasm is reported once, and not requested again", async ({ page, site, acme }) => {
  let sent = 0;
  const body = JSON.stringify({ scheduleDays: [], padding: "x".repeat(9 * 1024 * 1024) });
  await page.route(/1234567893\/timeslots/, async (route) => {
    sent++;
    await route.fulfill({ status: 200, body, contentType: "application/json", headers: { "access-control-allow-origin": "*" } });
  });
  const release = await openHeld({ page, site }, tag(acme));
  await expect.poll(() => widget(page).codes()).toEqual(["answer-too-long"]);
  release();
  await widget(page).reaches("unavailable");
  await page.waitForTimeout(1500);
  expect([sent, await widget(page).codes()]).toEqual([1, ["answer-too-long"]]);
});

test("a wasm that does not load: the early reads are aborted, and sent again with the next attempt", async ({ page, site, acme, watch }) => {
  watch.allowConsole(new RegExp(`${LIKE_A_FAILURE.source}|integrity`, "i"));
  await acme.fault({ path: SLOTS, kind: "hang" });
  const aborted = abortedReads(page, acme);
  site.put("/find-a-time.wasm", { status: 404, body: "" });
  await page.goto(site.page({ head: SCRIPT, body: tag(acme) }));
  await widget(page).reaches("unavailable");
  await expect.poll(() => aborted).toEqual([SLOTS]);
  site.take("/find-a-time.wasm");
  await widget(page).host.evaluate((element) => element.refresh());
  await widget(page).reaches("times");
});

test("an element removed before the wasm is there aborts its reads", async ({ page, site, acme, watch }) => {
  watch.allowConsole(LIKE_A_FAILURE);
  await acme.fault({ path: SLOTS, kind: "hang" });
  const aborted = abortedReads(page, acme);
  await openHeld({ page, site }, tag(acme));
  await expect.poll(() => paths(acme)).toContain(SLOTS);
  await page.evaluate(() => document.querySelector("find-a-time").remove());
  await expect.poll(() => aborted).toEqual([SLOTS]);
});

test("an answer that is older than a minute when the wasm comes is requested again", async ({ page, site, acme }) => {
  const release = await openHeld({ page, site }, tag(acme));
  await expect.poll(async () => (await paths(acme)).sort()).toEqual([PROVIDER, SLOTS]);
  await setNow(page, acme, "2026-12-07T17:01:01Z");
  release();
  await widget(page).reaches("times");
  expect(repeated(await asked(acme)).map((request) => request.split(" ")[1]).sort()).toEqual([PROVIDER, SLOTS]);
});

test.describe("midnight passes while the wasm is on its way", () => {
  // 23:59:59 in New York, the browser's zone.
  test.use({ frozenAt: "2026-12-08T04:59:59Z" });
  test("the times are those from the new day on", async ({ page, site, acme }) => {
    await acme.clock({ now: "2026-12-08T04:59:59Z", frozen: true });
    const release = await openHeld({ page, site }, tag(acme));
    await expect.poll(async () => (await paths(acme)).sort()).toEqual([PROVIDER, SLOTS]);
    await setNow(page, acme, "2026-12-08T05:00:01Z");
    release();
    await widget(page).reaches("times");
    const days = async () => (await acme.requests()).filter(({ path }) => path === SLOTS).map(({ query }) => query.startDate[0]);
    // At the clinic in Seattle it is still the 7th, so the widget also requests that day, once it knows the clinic's zone.
    await expect.poll(async () => (await days()).slice(0, 3)).toEqual(["2026-12-07", "2026-12-08", "2026-12-07"]);
    expect(repeated(await asked(acme))).toEqual([]);
  });
});
