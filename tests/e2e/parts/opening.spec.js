// A press before the wasm part that books has arrived: `getToken` is called within the click, the patient sees "One moment" with
// Back, and the errand continues by itself once the part is there.
import { expect, test, widget } from "../../support/fixtures.js";
import { booked, bookIn, DOCTOR, FLU, giving, TUESDAY } from "../../support/host-page.js";
import { DOCTOR as PREVIEW, focused, heard, signInAt } from "../../support/journey.js";
import { asked, countInstances, errors, expectOpening, FOR_A_BOOKING, give, instances, neverIdle, open, PART, WITHIN_THE_CLICK, writes } from "../../support/parts.js";
import { wordsOf } from "../../support/walk.js";

const EN = wordsOf("en");
/** Waits long enough that everything that an earlier step started has taken effect. */
const settle = (page) => page.waitForTimeout(400);
const said = (page, nth = 0) => widget(page, nth).host.locator('[part~="status"]');

test("pressed while the part loads: getToken is called within the click, once, and the sign-in continues with that token", async ({ page, site, acme }) => {
  const release = site.hold(PART);
  await open({ page, site, acme });
  const it = widget(page);
  await it.button(TUESDAY).click();
  expect(await asked(page)).toEqual([WITHIN_THE_CLICK]);
  await expectOpening(page);
  await expect(said(page)).toHaveText(EN["opening.text"]);
  await give(page, await acme.token("marta"));
  await settle(page);
  await expectOpening(page);
  expect(await acme.requests().then((all) => all.filter(({ path }) => /patient|visits/.test(path)).length), "nothing is asked of the patient's yet").toBe(0);

  release();
  await it.reaches("patient");
  await expect(it.heading).toBeFocused();
  await expect(it.heading).not.toHaveText(EN["opening.heading"]);
  await it.field("Reason for the visit").fill("Sore throat");
  await it.button("Continue").click();
  await it.reaches("review");
  expect(await asked(page), "getToken was called once for all of it").toHaveLength(1);
  const steps = (await heard(page)).filter(({ name }) => name === "step").map(({ detail }) => detail.to);
  expect(steps).toEqual(["loading", "times", "sign-in", "patient", "review"].filter((name) => steps.includes(name)));
  expect((await heard(page)).filter(({ name }) => name === "selected")).toHaveLength(1);
  expect(await errors(page)).toEqual([]);
  expect(site.count(PART)).toBe(1);
});

test("the sign-in's pop-up opens on the press, and the patient who signs in there continues when the part arrives", async ({ page, site, acme }) => {
  expect(acme.api, "the pages point to it").toMatch(/^http/);
  await neverIdle(page);
  const release = site.hold(PART);
  await page.goto(site.origin + PREVIEW);
  const it = widget(page);
  await it.times.first().waitFor();
  const popup = page.waitForEvent("popup");
  await it.button(TUESDAY).click();
  await expectOpening(page, { hasFocus: false });
  await signInAt(await popup, "marta");
  await expectOpening(page, { hasFocus: false });
  release();
  await it.reaches("patient");
  await expect(it.host.getByText("Marta Okafor")).toBeVisible();
  expect(page.context().pages()).toHaveLength(1);
});

for (const [what, then, state] of /** @type {const} */ ([
  ["gives no token", (page) => give(page, null), "sign-in"],
  ["rejects", (page) => page.evaluate(() => document[Symbol.for("asked")][0].refuse(new Error("closed"))), "sign-in"],
])) {
  test(`a promise that ${what} while the part loads leads to the sign-in step, without an error of the page`, async ({ page, site, acme, watch }) => {
    const release = site.hold(PART);
    await open({ page, site, acme });
    await widget(page).button(TUESDAY).click();
    await expectOpening(page);
    await then(page);
    await settle(page);
    release();
    await widget(page).reaches(state);
    await expect(widget(page).button(EN["signin.button"])).toBeVisible();
    expect(watch.found()).toEqual([]);
  });
}

test("Back: the times, nothing happens later by itself, and the next press calls getToken again", async ({ page, site, acme }) => {
  await countInstances(page);
  const release = site.hold(PART);
  await open({ page, site, acme });
  const it = widget(page);
  await it.button(TUESDAY).click();
  await expectOpening(page);
  await it.button("Back").click();
  await expect(it.heading).toHaveText(EN["choosing.heading"]);
  await expect(it.heading).toBeFocused();
  await give(page, await acme.token("dev"));
  release();
  await expect.poll(() => instances(page)).toBe(FOR_A_BOOKING);
  await settle(page);
  expect(await it.state()).toBe("times");
  await expect(it.times.first()).toBeVisible();
  expect(await asked(page)).toHaveLength(1);

  await it.button(TUESDAY).click();
  expect(await asked(page)).toEqual([WITHIN_THE_CLICK, WITHIN_THE_CLICK]);
  await it.reaches("sign-in");
  await give(page, await acme.token("marta"));
  await it.reaches("patient");
  await expect(it.host.getByText("Marta Okafor"), "the token of the second press, not of the first").toBeVisible();
});

test("Back and another time before the part arrives: only the second time continues", async ({ page, site, acme }) => {
  const release = site.hold(PART);
  await open({ page, site, acme });
  const it = widget(page);
  await it.button(TUESDAY).click();
  await it.button("Back").click();
  await it.times.first().click();
  await expectOpening(page);
  expect(await asked(page)).toHaveLength(2);
  await give(page, await acme.token("marta"));
  release();
  await it.reaches("patient");
  await expect(it.host.getByText("Monday, December 7, 2026").first()).toBeVisible();
  expect((await heard(page)).filter(({ name }) => name === "selected")).toHaveLength(2);
  expect(await asked(page)).toHaveLength(2);
});

test("a double click is one press", async ({ page, site, acme }) => {
  const release = site.hold(PART);
  await open({ page, site, acme });
  await widget(page).button(TUESDAY).evaluate((button) => {
    button.click();
    button.click();
  });
  await expectOpening(page);
  expect(await asked(page)).toHaveLength(1);
  await give(page, await acme.token("marta"));
  release();
  await widget(page).reaches("patient");
});

test("a message says that a slow part is slow, in Spanish too", async ({ page, site, acme }) => {
  site.hold(PART);
  const words = wordsOf("es");
  await open({ page, site, acme }, { lang: "es" });
  await widget(page).times.first().click();
  await expectOpening(page, { lang: "es" });
  await expect(widget(page).host.getByText(words["opening.text"]).first()).toBeVisible();
  await expect(widget(page).host.locator(".fat-progress")).toHaveText(words["opening.slow"]);
  await expect(said(page)).toHaveText(words["opening.slow"]);
  await widget(page).host.evaluate((element) => void (element.lang = "en"));
  await expectOpening(page);
});

test("two widgets pressed while the part is on its way: each goes on, with its own token", async ({ page, site, acme }) => {
  const release = site.hold(PART);
  await open({ page, site, acme }, { many: 2 });
  const patients = [await acme.token("marta"), await acme.token("dev")];
  for (const nth of [0, 1]) {
    await widget(page, nth).times.nth(nth).click();
    await expectOpening(page, { nth });
  }
  await page.evaluate(([first, second]) => document[Symbol.for("asked")].forEach(({ give }, nth) => give(nth ? second : first)), patients);
  release();
  await widget(page, 0).reaches("patient");
  await widget(page, 1).reaches("patient");
  await expect(widget(page, 0).host.getByText("Marta Okafor")).toBeVisible();
  await expect(widget(page, 1).host.getByText("Marta Okafor")).toHaveCount(0);
  expect(await asked(page)).toHaveLength(2);
  expect(site.count(PART)).toBe(1);
});

test("`visits` before the part: getToken is called within the click, and the visits follow", async ({ page, site, acme }) => {
  const release = site.hold(PART);
  await open({ page, site, acme });
  await widget(page).button(EN["visits.heading"]).click();
  expect(await asked(page)).toEqual([WITHIN_THE_CLICK]);
  await expectOpening(page);
  await give(page, await acme.token("marta"));
  release();
  await widget(page).reaches("visits");
});

test("a page that books itself gets the time through the same step", async ({ page, site, acme }) => {
  const release = site.hold(PART);
  const script = `document.addEventListener("findatime-selected", ({ detail }) => (document[Symbol.for("slot")] = detail.slot));`;
  await open({ page, site, acme }, { more: { ...DOCTOR, visits: null, booking: "event" }, script });
  await widget(page).button(TUESDAY).click();
  await expectOpening(page);
  release();
  await expect.poll(() => page.evaluate(() => document[Symbol.for("slot")]?.npi)).toBe("1234567893");
  await expect(widget(page).heading).not.toHaveText(EN["opening.heading"]);
});

test("the keyboard: Enter on a time focuses the heading, the next Tab reaches Back, and the form follows", async ({ page, site, acme }) => {
  const release = site.hold(PART);
  await open({ page, site, acme });
  const it = widget(page);
  await it.button(TUESDAY).focus();
  await page.keyboard.press("Enter");
  await expectOpening(page);
  expect(await asked(page)).toEqual([WITHIN_THE_CLICK]);
  await page.keyboard.press("Shift+Tab");
  expect(await focused(page)).toBe("Back");
  await give(page, await acme.token("marta"));
  release();
  await it.reaches("patient");
  await expect(it.heading).toBeFocused();
});

test("a clinic's time, pressed at once on a page that already has the token: booked as usual", async ({ page, site, acme }) => {
  await open({ page, site, acme }, { more: FLU, script: giving(await acme.token("marta")) });
  await bookIn(page, /^10:00 AM, Monday, December 7/);
  expect(await booked(acme)).toHaveLength(1);
  expect((await writes(acme)).filter((write) => /visits\/(retail|provider)/.test(write))).toHaveLength(1);
});
