// What a page may do to its widget while a press waits for the wasm part that books: change attributes, call methods, and
// remove, move, add or replace elements.
import { expect, test, widget } from "../../support/fixtures.js";
import { TUESDAY } from "../../support/host-page.js";
import { heard } from "../../support/journey.js";
import { asked, expectOpening, give, open, PART } from "../../support/parts.js";
import { wordsOf } from "../../support/walk.js";

const LINDQVIST = "1234986739";
const EN = wordsOf("en");
/** Waits long enough that everything that an earlier step started has taken effect. */
const settle = (page) => page.waitForTimeout(400);

test("an attribute changed while the part loads waits: the errand continues, and the new times follow", async ({ page, site, acme }) => {
  const release = site.hold(PART);
  await open({ page, site, acme });
  const it = widget(page);
  await it.button(TUESDAY).click();
  await expectOpening(page);
  await it.host.evaluate((element, npi) => void (element.npi = npi), LINDQVIST);
  await settle(page);
  await expectOpening(page);
  await give(page, await acme.token("marta"));
  release();
  await it.reaches("patient");
  await expect(it.host.getByText("Dana Whitfield, MD").first()).toBeVisible();
  await it.button("Change the time").click();
  await it.reaches("times");
  await expect(it.times.first()).toHaveAccessibleName(/Tobias Lindqvist/);
});

test("an attribute changed while the part loads takes effect at once on Back", async ({ page, site, acme }) => {
  site.hold(PART);
  await open({ page, site, acme });
  const it = widget(page);
  await it.button(TUESDAY).click();
  await expectOpening(page);
  await it.host.evaluate((element, npi) => void (element.npi = npi), LINDQVIST);
  await it.button("Back").click();
  await expect(it.times.first()).toHaveAccessibleName(/Tobias Lindqvist/);
});

for (const [what, call, after] of [
  ["refresh()", "refresh", "patient"],
  ["reset()", "reset", "times"],
]) {
  test(`${what} while the part loads ${after === "times" ? "cancels the press" : "keeps the press"}`, async ({ page, site, acme }) => {
    const release = site.hold(PART);
    await open({ page, site, acme });
    const it = widget(page);
    await it.button(TUESDAY).click();
    await expectOpening(page);
    await it.host.evaluate((element, call) => element[call](), call);
    await settle(page);
    await give(page, await acme.token("marta"));
    release();
    await it.reaches(after);
    await settle(page);
    expect(await it.state()).toBe(after);
  });
}

test("signedIn() while the part loads: getToken is called again for the errand", async ({ page, site, acme }) => {
  const release = site.hold(PART);
  const script = `
    const widget = document.querySelector("find-a-time");
    widget.getToken = () => document[Symbol.for("token")] ?? null;`;
  await open({ page, site, acme }, { script });
  await widget(page).button(TUESDAY).click();
  await expectOpening(page);
  await page.evaluate((token) => {
    document[Symbol.for("token")] = token;
    document.querySelector("find-a-time").signedIn();
  }, await acme.token("marta"));
  await settle(page);
  release();
  await widget(page).reaches("patient");
  expect((await heard(page)).filter(({ name }) => name === "signin")).toEqual([]);
});

test("removed while the part loads and added again: the times, and nothing happens without a new press", async ({ page, site, acme }) => {
  const release = site.hold(PART);
  await open({ page, site, acme });
  const it = widget(page);
  await it.button(TUESDAY).click();
  await expectOpening(page);
  await page.evaluate(async () => {
    const element = document.querySelector("find-a-time");
    const parent = /** @type {ParentNode} */ (element.parentNode);
    element.remove();
    await new Promise((done) => requestAnimationFrame(done));
    parent.append(element);
  });
  await it.reaches("times");
  await expect(it.heading).toHaveText(EN["choosing.heading"]);
  await give(page, await acme.token("dev"));
  release();
  await settle(page);
  expect(await it.state()).toBe("times");
  await it.button(TUESDAY).click();
  await it.reaches("sign-in");
  await give(page, await acme.token("marta"));
  await it.reaches("patient");
  expect(await asked(page)).toHaveLength(2);
});

test("moved within the page while the part loads: the errand continues", async ({ page, site, acme }) => {
  const release = site.hold(PART);
  await open({ page, site, acme });
  await widget(page).button(TUESDAY).click();
  await expectOpening(page);
  await page.evaluate(() => document.body.append(document.querySelector("find-a-time")));
  await give(page, await acme.token("marta"));
  release();
  await widget(page).reaches("patient");
});

test("replaced by another element while the part loads: the other has its own times, and no errand starts for it", async ({ page, site, acme }) => {
  const release = site.hold(PART);
  await open({ page, site, acme });
  await widget(page).button(TUESDAY).click();
  await expectOpening(page);
  await page.evaluate(() => {
    const element = document.querySelector("find-a-time");
    element.replaceWith(element.cloneNode(true));
  });
  await give(page, await acme.token("marta"));
  await widget(page).reaches("times");
  release();
  await settle(page);
  expect(await widget(page).state()).toBe("times");
  await expect(widget(page).times.first()).toBeVisible();
});

test("removed for good while the part loads: no errand starts", async ({ page, site, acme }) => {
  const release = site.hold(PART);
  await open({ page, site, acme });
  await widget(page).button(TUESDAY).click();
  await expectOpening(page);
  await page.evaluate(() => document.querySelector("find-a-time").remove());
  await give(page, await acme.token("marta"));
  await acme.forgetRequests();
  release();
  await settle(page);
  expect(await acme.requests()).toEqual([]);
});
