// A part of the wasm that does not load: the patient sees a message, the phone and "Try again", the choice is kept, and the page's
// owner gets one diagnostic. A part of another release never runs.
import { expect, test, widget } from "../../support/fixtures.js";
import { booked, confirm, giving, SCRIPT, tag, TUESDAY } from "../../support/host-page.js";
import { listen, openHost, WHITFIELD } from "../../support/journey.js";
import { lieAboutBodies } from "../../support/panics.js";
import { asked, built, countInstances, damaged, errors, expectFailed, expectLoadErrors, expectOpening, give, instances, neverIdle, open, PART, WITHIN_THE_CLICK, writes } from "../../support/parts.js";
import { wordsOf } from "../../support/walk.js";

const EN = wordsOf("en");
const settle = (page) => page.waitForTimeout(400);
const said = (page) => widget(page).host.locator('[part~="status"]');

for (const [what, entry, code] of [
  ["answers 404", { status: 404, body: "" }, "asset-missing"],
  ["answers 503", { status: 503, body: "" }, "asset-missing"],
  ["drops the connection", { drop: true }, "asset-unreachable"],
]) {
  test(`the server ${what}: one diagnostic, "Try again" keeps the time and the token, and a visit is booked`, async ({ page, site, acme, watch }) => {
    test.slow();
    expectLoadErrors(watch);
    site.put(PART, entry);
    await open({ page, site, acme }, { many: 2 });
    const it = widget(page);
    await it.button(TUESDAY).click();
    await expectOpening(page);
    await give(page, await acme.token("marta"));
    await expectFailed(page);
    await expect(said(page)).toHaveText(`${EN["opening.failed"]} Nothing is booked.`);
    await expect(it.heading).toBeFocused();
    expect(await it.state()).toBe("times");
    expect(await errors(page)).toEqual([code]);
    expect(await it.codes()).toEqual([code]);

    await it.button("Try again").click();
    await expect(it.heading).toBeFocused();
    await expectFailed(page);
    expect(await errors(page), "said once").toEqual([code]);

    site.take(PART);
    await it.button("Try again").click();
    await it.reaches("patient");
    await expect(it.heading).toBeFocused();
    expect(await asked(page)).toEqual([WITHIN_THE_CLICK]);
    await it.field("Reason for the visit").fill("Sore throat");
    await it.button("Continue").click();
    await it.reaches("review");
    await it.button("Book this visit").click();
    await give(page, await acme.token("marta"));
    await it.reaches("booked");
    expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
  });
}

test("“My visits” cannot be loaded: a patient who has a visit does not read that nothing is booked", async ({ page, site, acme, watch }) => {
  expectLoadErrors(watch);
  site.put(PART, { status: 404, body: "" });
  await open({ page, site, acme });
  await widget(page).button("My visits").click();
  await expectFailed(page);
  await expect(widget(page).host).not.toContainText("Nothing is booked");
});

for (const [what, bytes] of /** @type {const} */ ([
  ["one byte changed in the part", () => damaged(built("find-a-time-errand.wasm"))],
  ["the first part in the later one's place", () => built("find-a-time.wasm")],
  ["the part cut in the middle", () => built("find-a-time-errand.wasm").subarray(0, 90_000)],
])) {
  test(`${what}: rejected and never run; a message and the phone, and nothing is sent`, async ({ page, site, acme, watch }) => {
    expectLoadErrors(watch);
    site.put(PART, { body: bytes(), type: "application/wasm" });
    await countInstances(page);
    await open({ page, site, acme }, { script: giving(await acme.token("marta")) });
    await widget(page).button(TUESDAY).click();
    await expectFailed(page);
    expect(await errors(page)).toEqual(["asset-integrity"]);
    const [told] = await widget(page).host.evaluate((element) => element.diagnostics);
    expect(told).toMatchObject({ level: "error", message: expect.stringContaining("find-a-time-errand.wasm"), mend: expect.stringContaining("one release together") });
    expect(await instances(page), "only the first part was instantiated").toBe(1);
    expect(await writes(acme)).toEqual([]);
    expect(await widget(page).state()).toBe("times");

    await widget(page).button("Back").click();
    await expect(widget(page).times.first()).toBeVisible();
    site.take(PART);
    await widget(page).button(TUESDAY).click();
    await widget(page).reaches("patient");
  });
}

test("another release's script rejects this part by its hash", async ({ page, site, acme, watch }) => {
  expectLoadErrors(watch);
  await neverIdle(page);
  const script = built("find-a-time.js").toString();
  const { "find-a-time-errand.wasm": hash } = JSON.parse(built("integrity.json").toString()).files;
  const other = script.replaceAll(hash, `sha384-${"A".repeat(64)}`);
  expect(other).not.toBe(script);
  site.put("/find-a-time.js", other);
  await page.goto(site.page({ head: SCRIPT, body: tag(acme), script: giving(await acme.token("marta")) }));
  await widget(page).button(TUESDAY).click();
  await expectFailed(page);
  expect(await errors(page)).toEqual(["asset-integrity"]);
  expect(await writes(acme)).toEqual([]);
});

test("a prefetch that fails shows the patient nothing, and the press requests the part again", async ({ page, site, acme, watch }) => {
  expectLoadErrors(watch);
  site.put(PART, { status: 503, body: "" });
  await listen(page);
  await page.goto(site.page({ head: SCRIPT, body: tag(acme).repeat(2), script: giving(await acme.token("marta")) }));
  await widget(page, 1).reaches("times");
  await expect.poll(() => errors(page)).toEqual(["asset-missing"]);
  await expect(widget(page).alert).toHaveCount(0);
  await expect(widget(page).times.first()).toBeVisible();
  expect(await widget(page).state()).toBe("times");
  site.take(PART);
  await widget(page).button(TUESDAY).click();
  await widget(page).reaches("patient");
  expect(await errors(page)).toEqual(["asset-missing"]);
});

test("an attempt that fails after Back shows nothing", async ({ page, site, acme, watch }) => {
  expectLoadErrors(watch);
  const release = site.hold(PART);
  await open({ page, site, acme });
  const it = widget(page);
  await it.button(TUESDAY).click();
  await it.button("Back").click();
  site.put(PART, { status: 503, body: "" });
  release();
  await expect.poll(() => errors(page)).toEqual(["asset-missing"]);
  await settle(page);
  await expect(it.alert).toHaveCount(0);
  await expect(it.heading).toHaveText(EN["choosing.heading"]);
  expect(await it.state()).toBe("times");
});

test("Back and another press while the first attempt fails: one message, and “Try again” continues with the later press", async ({ page, site, acme, watch }) => {
  expectLoadErrors(watch);
  const release = site.hold(PART);
  await open({ page, site, acme });
  const it = widget(page);
  await it.button(TUESDAY).click();
  await it.button("Back").click();
  await it.times.first().click();
  site.put(PART, { status: 503, body: "" });
  release();
  await expectFailed(page);
  await settle(page);
  await expectFailed(page);
  site.take(PART);
  await it.button("Try again").click();
  await it.reaches("sign-in");
  await give(page, await acme.token("marta"));
  await it.reaches("patient");
  await expect(it.host.getByText("Monday, December 7, 2026").first()).toBeVisible();
});

test("a panic while the part is on its way: the fallback, one diagnostic, and the part is not added", async ({ page, site, acme }) => {
  const release = site.hold(PART);
  await open({ page, site, acme }, { many: 2 });
  await widget(page).button(TUESDAY).click();
  await expectOpening(page);
  await page.evaluate(lieAboutBodies);
  await page.evaluate(() => {
    document.querySelectorAll("find-a-time")[1].refresh();
  });
  for (const nth of [0, 1]) await widget(page, nth).reaches("unavailable");
  await page.evaluate(() => void document[Symbol.for("asked")].forEach(({ give }) => give("a token that came late")));
  release();
  await settle(page);
  for (const nth of [0, 1]) expect(await widget(page, nth).codes()).toEqual(["panic"]);
  await expect(page.getByRole("link", { name: "206-555-0142" }).first()).toBeVisible();
  await expect(widget(page).host.getByText(EN["opening.heading"])).toHaveCount(0);
});

test.describe("a page the patient came back to after signing in", () => {
  const resume = Buffer.from(["t1", "1796662800", "p", "2026-12-08T10:50:00-08:00", "org.northlake.epic.main", "100210", WHITFIELD, "NewPatient"].join("\n")).toString("hex");
  const back = async (on) => openHost(on, { attributes: { resume, brand: "northlake" }, token: await on.acme.token("marta"), wait: null });

  test("with the part withheld: \"One moment\" once the times are known, and the form when the part arrives", async ({ page, site, acme }) => {
    const release = site.hold(PART);
    await back({ page, site, acme });
    const it = widget(page);
    await it.reaches("times");
    await expect(it.heading).toHaveText(EN["opening.heading"]);
    await expect(it.button("Back")).toBeVisible();
    release();
    await it.reaches("patient");
    await expect(it.host.getByText("Tuesday, December 8, 2026")).toBeVisible();
  });

  test("with the part withheld, Back: the times, and nothing happens later by itself", async ({ page, site, acme }) => {
    const release = site.hold(PART);
    await back({ page, site, acme });
    const it = widget(page);
    await it.reaches("times");
    await it.button("Back").click();
    await expect(it.heading).toHaveText(EN["choosing.heading"]);
    release();
    await settle(page);
    expect(await it.state()).toBe("times");
    // Nor does a change of the attributes bring back the chosen time.
    await it.host.evaluate((element) => void (element.days = 3));
    await settle(page);
    expect(await it.state()).toBe("times");
    await it.button(TUESDAY).click();
    await it.reaches("patient");
  });

  test("with a part that fails: the times, with a message to choose again, and a press requests the part again", async ({ page, site, acme, watch }) => {
    expectLoadErrors(watch);
    site.put(PART, { status: 503, body: "" });
    await back({ page, site, acme });
    const it = widget(page);
    await it.reaches("times");
    await expect(it.alert).toHaveText(EN["resume.lost"]);
    await expect(it.times.first()).toBeVisible();
    expect(await errors(page)).toEqual(["asset-missing"]);
    site.take(PART);
    await it.button(TUESDAY).click();
    await it.reaches("patient");
    await it.field("Reason for the visit").fill("Sore throat");
    await it.button("Continue").click();
    await it.reaches("review");
    await confirm(page);
    expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
  });

  test("other attributes take effect while the part loads, and the chosen time is restored all the same", async ({ page, site, acme }) => {
    const release = site.hold(PART);
    await back({ page, site, acme });
    const it = widget(page);
    await it.reaches("times");
    await it.host.evaluate((element) => void (element.days = 3));
    await settle(page);
    release();
    await it.reaches("patient");
    await expect(it.host.getByText("Tuesday, December 8, 2026")).toBeVisible();
  });
});
