// After a panic no call reaches the wasm, nothing is sent, and a booking under way ends as unconfirmed. The panics are real: the
// page reports a wrong length, and the wasm tries to allocate more memory than it can have.
import { expect, test, widget } from "../../support/fixtures.js";
import { bookings, ends, heard, openHost, toReview } from "../../support/journey.js";
import { lieAboutBodies } from "../../support/panics.js";
import { wordsOf } from "../../support/walk.js";

const PHONE = "206-555-0142";
const BOOKING = "/api/7/visits/providerbooking";
const LINDQVIST = "1234986739";

/** Counts every call into a wasm instance, of any kind. Runs in the page. */
const countCalls = () => {
  const count = (document[Symbol.for("calls")] = { made: 0 });
  const counted = ({ exports }) =>
    Object.fromEntries(
      Object.entries(exports).map(([name, value]) => [name, typeof value === "function" ? (...given) => (count.made++, value(...given)) : value]),
    );
  /** @type {any} */
  const own = WebAssembly;
  const { Instance, instantiate } = own;
  own.Instance = function (module, imports) {
    return { exports: counted(new Instance(module, imports)) };
  };
  own.instantiate = async (...given) => {
    const { instance, module } = await instantiate(...given);
    return { instance: { exports: counted(instance) }, module };
  };
};
const calls = (page) => page.evaluate(() => document[Symbol.for("calls")].made);

/** Makes every formatted date claim a length of 4 GB, also under Playwright's clock. Runs in the page. */
const lieAboutDates = () => {
  for (let known = Intl.DateTimeFormat.prototype; known !== Object.prototype; known = Object.getPrototypeOf(known)) {
    Object.defineProperty(known, "format", { configurable: true, get: () => () => ({ length: 2 ** 32 - 1 }) });
  }
};

/** Triggers everything that, before the panic, made the widget call the wasm. @param {import("@playwright/test").Page} page */
async function poke(page) {
  await page.evaluate(async (npi) => {
    const [first, second] = document.querySelectorAll("find-a-time");
    for (const name of ["focus", "online", "pageshow"]) dispatchEvent(new Event(name));
    document.dispatchEvent(new Event("visibilitychange"));
    for (const element of [first, second]) {
      for (const call of ["refresh", "reset", "signedIn", "focus"]) element[call]();
      element.npi = npi;
      element.strings = { back: "Return" };
      element.questions = [{ question: "Do you need a ramp?" }];
      element.getToken = () => "a token";
    }
    document.documentElement.lang = "es";
    for (const button of document[Symbol.for("buttons")] ?? []) button.click();
    document[Symbol.for("token")]?.("a token that came late");
    second.remove();
    await new Promise((done) => requestAnimationFrame(done));
    document.body.append(second, document.createElement("find-a-time"));
  }, LINDQVIST);
  await page.clock.fastForward(35_000);
  await page.waitForTimeout(300);
}

/** Keeps references to the widget's buttons, to press them once they are no longer in the page. */
const keepButtons = (page) =>
  page.evaluate(() => void (document[Symbol.for("buttons")] = [...document.querySelector("find-a-time").shadowRoot.querySelectorAll("button")]));

/** Opens a page with two elements; the first is to book. */
async function open(on, more = {}) {
  const { page, acme } = on;
  await page.addInitScript(countCalls);
  await openHost(on, { token: await acme.token("marta"), ...more });
  await page.evaluate(() => {
    /** @type {any} */
    const copy = document.querySelector("find-a-time").cloneNode(true);
    copy.setAttribute("visit-type", "FollowUp");
    document.querySelector("main").append(copy);
  });
  await widget(page, 1).reaches("times");
}

/** @param {import("@playwright/test").Page} page @param {string} [lang] */
async function expectUnconfirmed(page, lang = "en") {
  const words = wordsOf(lang);
  const it = widget(page);
  await it.reaches("unconfirmed");
  await expect(it.heading).toHaveText(words["unconfirmed.heading"]);
  await expect(it.alert).toContainText(words["unconfirmed.do"]);
  await expect(it.host.getByRole("button")).toHaveCount(0);
  await widget(page, 1).reaches("unavailable");
  for (const nth of [0, 1]) {
    await expect(page.getByRole("link", { name: PHONE }).nth(nth)).toBeVisible();
    await expect(widget(page, nth).times).toHaveCount(0);
    expect(await widget(page, nth).codes()).toEqual(["panic"]);
  }
  expect(await ends(page)).toEqual([["unconfirmed", undefined]]);
}

for (const lang of ["en", "es"]) {
  test(`a panic when the answer to a booking comes: unconfirmed, and nothing more (${lang})`, async ({ page, site, acme }) => {
    await open({ page, site, acme }, { lang });
    const words = wordsOf(lang);
    await toReview(page, { words: { reason: words["field.reason"], goOn: words["details.go-on"] } });
    await acme.fault({ path: BOOKING, kind: "delay", ms: 1500, method: "POST" });
    await keepButtons(page);
    const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().includes(BOOKING));
    await widget(page).button(words["review.book"]).click();
    await sent;
    await page.evaluate(lieAboutBodies);
    await expectUnconfirmed(page, lang);
    const [before, asked] = [await calls(page), (await acme.requests()).length];
    await poke(page);
    expect(await calls(page), "calls into the wasm").toBe(before);
    expect((await acme.requests()).length, "requests").toBe(asked);
    await expectUnconfirmed(page, lang);
    expect(await bookings(acme)).toHaveLength(1);
    expect(await acme.visitsBooked()).toHaveLength(1);
  });
}

test("a trap while the time is checked again: unconfirmed, and the booking is never sent", async ({ page, site, acme, watch }) => {
  // `watch` still sees the error that the loader hides from the page: its listener was added before the loader's.
  watch.allowExceptions();
  await open({ page, site, acme });
  await toReview(page);
  await acme.fault({ path: "/v4/providers/", kind: "delay", ms: 1500 });
  await keepButtons(page);
  await widget(page).button("Book this visit").click();
  await widget(page).reaches("sending");
  await page.evaluate(lieAboutDates);
  // In another language the widget formats dates again.
  await page.evaluate(() => void (document.documentElement.lang = "es"));
  await expectUnconfirmed(page, "es");
  const before = await calls(page);
  await poke(page);
  await page.waitForTimeout(2000);
  expect(await calls(page)).toBe(before);
  expect(await bookings(acme)).toEqual([]);
  await expectUnconfirmed(page, "es");
});

test("a panic while times are read: every element shows its fallback, and no outcome of a booking fires", async ({ page, site, acme }) => {
  await open({ page, site, acme }, { token: null });
  // A promise that the page has not resolved yet.
  await page.evaluate(() => {
    document.querySelector("find-a-time").getToken = () => new Promise((give) => (document[Symbol.for("token")] = give));
  });
  await widget(page).times.first().click();
  await keepButtons(page);
  await page.evaluate(lieAboutBodies);
  await page.evaluate((npi) => void (document.querySelectorAll("find-a-time")[1].npi = npi), LINDQVIST);
  for (const nth of [0, 1]) {
    await widget(page, nth).reaches("unavailable");
    await expect(page.getByRole("link", { name: PHONE }).nth(nth)).toBeVisible();
    await expect(widget(page, nth).alert).toHaveCount(0);
  }
  const [before, asked] = [await calls(page), (await acme.requests()).length];
  await poke(page);
  expect(await calls(page)).toBe(before);
  expect((await acme.requests()).length).toBe(asked);
  await widget(page, 2).reaches("unavailable");
  expect((await heard(page)).filter(({ name }) => ["submit", "unconfirmed"].includes(name))).toEqual([]);
});
