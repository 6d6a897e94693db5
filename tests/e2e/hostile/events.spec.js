// Other scripts dispatch events: with the names of the element's own events, key presses and submits. None of them books a visit.
// A script that clicks a button counts as the patient, but many clicks make only one booking.
import { EVENTS } from "../../contract/names.js";
import { expect, test, widget } from "../../support/fixtures.js";
import { open } from "./booking.js";
import { bookings, heard, openHost, toReview } from "../../support/journey.js";

/** The element's own events, and one that only another version has. */
const NAMES = [...Object.keys(EVENTS), "findatime-rescheduled"];

/** What is on screen: texts and values. @param {import("@playwright/test").Page} page */
const screen = (page) =>
  widget(page).host.evaluate(({ state, shadowRoot, diagnostics }) => ({
    state, text: shadowRoot.querySelector(".fat-root").textContent, codes: diagnostics.map(({ code }) => code).join(),
    values: [...shadowRoot.querySelectorAll("input, select, textarea")].map(({ value, checked }) => `${value} ${checked}`).join(),
  }));

/** Goes from the times to the review, and calls `each` at every step. @param {import("@playwright/test").Page} page @param {() => Promise<void>} each */
async function atEachStep(page, each) {
  const it = widget(page);
  await expect(it.host.getByText("Northlake Clinic Ballard").first()).toBeVisible();
  await each();
  await it.times.first().click();
  await it.reaches("patient");
  await it.field("Reason for the visit").fill("Sore throat since Sunday");
  await each();
  await it.button("Continue").click();
  await it.reaches("review");
  await each();
}

/** Checks that Marta's booking continues as usual. @param {{ page: import("@playwright/test").Page, acme: import("../../support/acme.js").Acme }} on */
async function expectBooks({ page, acme }) {
  expect(await bookings(acme), "nothing is sent before the press").toEqual([]);
  await widget(page).button("Book this visit").click();
  await widget(page).reaches("booked");
  expect(await bookings(acme)).toHaveLength(1);
  expect(await acme.visitsBooked()).toHaveLength(1);
}

test("the element's own events, dispatched by the page anywhere: nothing changes, and Marta books once", async ({ page, site, acme }) => {
  await open({ page, site, acme });
  await atEachStep(page, async () => {
    const [before, sent] = [await screen(page), (await acme.requests()).length];
    await page.evaluate((names) => {
      const element = document.querySelector("find-a-time");
      const targets = [element, ...element.shadowRoot.querySelectorAll("*"), element.shadowRoot, document, window];
      const details = [undefined, null, 7, "booked", { version: 1, product: "x", visitId: "1", token: "evil", from: "review", to: "booked", state: "booked" }];
      const throwing = { get detail() { throw new Error("evil"); } };
      for (const name of names) {
        for (const detail of details) for (const target of targets) target.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, cancelable: true, detail }));
        element.dispatchEvent(Object.assign(new Event(name, { bubbles: true }), Object.create(throwing)));
      }
    }, NAMES);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect(await screen(page)).toEqual(before);
    expect((await acme.requests()).length, "requests").toBe(sent);
  });
  await expectBooks({ page, acme });
});

test("submits and key presses by a script at every control: nothing is sent before the patient's own press, and one booking then", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  await toReview(page);
  const strike = () =>
    widget(page).host.evaluate((element) => {
      for (const inner of [element, ...element.shadowRoot.querySelectorAll("*")]) {
        for (const name of ["submit", "reset", "input", "change", "invalid", "formdata", "toggle", "focusin", "focusout", "blur"]) inner.dispatchEvent(new Event(name, { bubbles: true, composed: true, cancelable: true }));
        for (const type of ["keydown", "keypress", "keyup"]) for (const key of ["Enter", " ", "Escape"]) inner.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, composed: true, cancelable: true }));
        for (const type of ["pointerdown", "pointerup", "mousedown", "mouseup", "touchstart"]) inner.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
      }
    });
  await strike();
  expect(await widget(page).state()).toBe("review");
  expect(await bookings(acme)).toEqual([]);
  // A page's script may press the button; a hundred presses make one booking.
  await widget(page).host.evaluate((element) => {
    const book = [...element.shadowRoot.querySelectorAll("button")].find(({ textContent }) => textContent === "Book this visit");
    for (let times = 0; times < 100; times++) book.click();
  });
  await strike();
  await widget(page).reaches("booked");
  expect(await bookings(acme)).toHaveLength(1);
  expect(await acme.visitsBooked()).toHaveLength(1);
  expect((await heard(page)).filter(({ name }) => name === "submit")).toHaveLength(1);
});

test("a form sent by a script without a reason for the visit shows what is missing, and goes no further", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await it.times.first().click();
  await it.reaches("patient");
  await it.field("Reason for the visit").waitFor();
  const address = page.url();
  await it.host.evaluate((element) => {
    for (const form of element.shadowRoot.querySelectorAll("form")) {
      form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
      form.requestSubmit();
    }
  });
  await expect(it.alert).toBeVisible();
  expect(await it.state()).toBe("patient");
  expect(page.url(), "the page stays where it is").toBe(address);
  expect(await bookings(acme)).toEqual([]);
});
