// The page removes the element after a submit: the page keeps the booking's outcome in memory, and the element shows it when
// it is added again, as does a new element with the same attributes.
import { expect, test, widget } from "../../support/fixtures.js";
import { booked, confirm, tag, TUESDAY } from "../../support/host-page.js";
import { bookings, ends, fillForm, openHost, RUTH, toReview } from "../../support/journey.js";

const PROVIDER = "/api/7/visits/providerbooking";

/** Goes to the review of Marta's visit on Tuesday. @param {any} on */
async function atReview({ page, site, acme }) {
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  await toReview(page, { time: TUESDAY });
}

/** Sends the booking, and returns while the widget waits for the answer. @param {any} on @param {number} ms until Acme answers */
async function sending({ page, site, acme }, ms) {
  await atReview({ page, site, acme });
  await acme.fault({ path: PROVIDER, method: "POST", kind: "delay", ms });
  await widget(page).button("Book this visit").click();
  await widget(page).reaches("sending");
}

const remove = (page) =>
  page.evaluate(() => {
    const element = (document[Symbol.for("kept")] = document.querySelector("find-a-time"));
    element.remove();
  });
const putBack = (page) => page.evaluate(() => document.querySelector("main").append(document[Symbol.for("kept")]));
/** Adds a new element with the same attributes, as frameworks do. @param {import("@playwright/test").Page} page @param {import("../../support/acme.js").Acme} acme @param {Record<string, string>} [more] */
const replace = (page, acme, more = {}) =>
  page.evaluate((text) => {
    document.querySelector("find-a-time")?.remove();
    document.querySelector("main").insertAdjacentHTML("beforeend", text);
  }, tag(acme, { npi: "1234567893", "visit-type": "NewPatient", ...more }));
const state = (page) => page.evaluate(() => document[Symbol.for("kept")].state);

async function expectBooked(page) {
  await widget(page).reaches("booked");
  await expect(widget(page).heading).toHaveText("Your visit is booked");
  await expect(widget(page).host.getByText("Tuesday, December 8, 2026")).toBeVisible();
  await expect(widget(page).host.getByText("Dana Whitfield, MD")).toBeVisible();
}

test("removed while the booking is sent, added again after the answer: the confirmation", async ({ page, site, acme }) => {
  await sending({ page, site, acme }, 400);
  await remove(page);
  await expect.poll(() => state(page)).toBe("booked");
  await putBack(page);
  await expectBooked(page);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
  expect(await bookings(acme)).toHaveLength(1);
});

test("removed while the booking is sent, replaced before the answer: the new element fires the event and shows the outcome", async ({ page, site, acme }) => {
  await sending({ page, site, acme }, 1500);
  await replace(page, acme);
  await widget(page).reaches("sending");
  await expectBooked(page);
  expect(await bookings(acme)).toHaveLength(1);
  expect(await ends(page)).toEqual([["booked", undefined]]);
  expect(await page.evaluate(() => dispatchEvent(new Event("beforeunload", { cancelable: true }))), "leaving is free again").toBe(true);
});

test("replaced while the booking is sent, by an element with the attributes that the page has just set: the outcome in brief above the new times", async ({ page, site, acme }) => {
  await sending({ page, site, acme }, 1500);
  await page.evaluate(() => document.querySelector("find-a-time").setAttribute("visit-type", "FollowUp"));
  await replace(page, acme, { "visit-type": "FollowUp" });
  await widget(page).reaches("sending");
  await widget(page).reaches("times");
  await expect(widget(page).times.first()).toHaveAccessibleName(/20 minutes$/);
  await expect(widget(page).host.locator(".fat-outcomes")).toContainText("Your visit on Tuesday, December 8 is booked.");
  expect(await ends(page)).toEqual([["booked", undefined]]);
});

test("removed with the confirmation on screen, added again: the confirmation", async ({ page, site, acme }) => {
  await atReview({ page, site, acme });
  await confirm(page);
  await remove(page);
  await page.waitForTimeout(100);
  await putBack(page);
  await expectBooked(page);
});

for (const [how, bring] of /** @type {const} */ ([
  ["added again", putBack],
  ["replaced by a new element with the same attributes", replace],
])) {
  test(`removed with the confirmation on screen, reset, and ${how}: the times, and no word of the visit`, async ({ page, site, acme }) => {
    await atReview({ page, site, acme });
    await confirm(page);
    await remove(page);
    await page.waitForTimeout(100);
    await page.evaluate(() => document[Symbol.for("kept")].reset());
    await bring(page, acme);
    await widget(page).reaches("times");
    await expect(widget(page).times.first()).toBeVisible();
    await expect(widget(page).host.locator(".fat-outcomes")).toHaveCount(0);
    await expect(widget(page).host.getByText(/is booked/)).toHaveCount(0);
  });
}

/** Dr. Lindqvist. */
const OTHER = { npi: "1234986739" };

test("removed with the confirmation on screen, reset() on an element with another npi, then one with the first one's attributes: no word of the visit", async ({ page, site, acme }) => {
  await atReview({ page, site, acme });
  await confirm(page);
  await replace(page, acme, OTHER);
  await widget(page).reaches("times");
  await page.evaluate(() => document.querySelector("find-a-time").reset());
  await replace(page, acme);
  await widget(page).reaches("times");
  await expect(widget(page).times.first()).toBeVisible();
  await expect(widget(page).host.locator(".fat-outcomes")).toHaveCount(0);
  await expect(widget(page).host.getByText(/is booked/)).toHaveCount(0);
});

for (const [who, sees] of /** @type {const} */ ([["ruth", "times"], ["marta", "booked"]])) {
  test(`removed with the confirmation on screen, ${who} signs in in an element with another npi, then one with the first one's attributes: ${sees}`, async ({ page, site, acme, watch }) => {
    // Ruth has no record.
    watch.allowConsole(/status of 404/);
    await atReview({ page, site, acme });
    await confirm(page);
    await replace(page, acme, OTHER);
    const it = widget(page);
    await it.reaches("times");
    await page.evaluate((token) => void (document.querySelector("find-a-time").getToken = () => token), await acme.token(who));
    await it.times.first().click();
    await it.reaches("patient");
    await replace(page, acme);
    if (sees === "booked") return expectBooked(page);
    await it.reaches("times");
    await expect(it.times.first()).toBeVisible();
    await expect(it.host.locator(".fat-outcomes")).toHaveCount(0);
    await expect(it.host.getByText(/is booked/)).toHaveCount(0);
  });
}

test("removed with the confirmation on screen, a failed sign-in of the same patient elsewhere, then one with the first one's attributes: booked", async ({ page, site, acme, watch }) => {
  // Ruth has no record before the booking.
  watch.allowConsole(/status of (404|503)/);
  await openHost({ page, site, acme }, { token: await acme.token("ruth") });
  const it = widget(page);
  const other = widget(page, 1);
  await page.evaluate((text) => document.querySelector("main").insertAdjacentHTML("beforeend", text), tag(acme, { ...OTHER, "visit-type": "NewPatient" }));
  await other.reaches("times");
  await page.evaluate((token) => void (document.querySelectorAll("find-a-time")[1].getToken = () => token), await acme.token("ruth"));
  await other.times.first().click();
  await other.reaches("patient");
  await other.button("Back").click();
  await other.reaches("times");
  await it.button(TUESDAY).click();
  await it.reaches("patient");
  await fillForm(page, RUTH, "September", "Female");
  await it.button("Continue").click();
  await it.reaches("review");
  await confirm(page);
  await remove(page);
  await acme.fault({ path: "/v1/patient", method: "GET", kind: "status", status: 503, times: 3 });
  await it.times.first().click();
  await expect(it.host.getByRole("button", { name: "Try again" })).toBeVisible();
  await page.evaluate((text) => document.querySelector("main").insertAdjacentHTML("afterbegin", text), tag(acme, { npi: "1234567893", "visit-type": "NewPatient" }));
  await expectBooked(page);
});

test("removed with the confirmation on screen, added again: the next time needs the token, and no entry is kept", async ({ page, site, acme }) => {
  await atReview({ page, site, acme });
  await confirm(page);
  await remove(page);
  await page.waitForTimeout(100);
  await putBack(page);
  await expectBooked(page);
  // The page holds the token back, so that the test can look at the element before it has one.
  await page.evaluate(() => {
    document.querySelector("find-a-time").getToken = () => new Promise((answer) => (document[Symbol.for("answer")] = answer));
  });
  const it = widget(page);
  await it.button("Book another visit").click();
  await it.reaches("times");
  await it.times.first().click();
  await it.reaches("sign-in");
  await expect(it.host.getByText("Marta Okafor")).toHaveCount(0);
  await expect(it.host.getByText("Sore throat since Sunday")).toHaveCount(0);
  await page.evaluate((token) => document[Symbol.for("answer")](token), await acme.token("marta"));
  await it.reaches("patient");
  await expect(it.host.getByText("Marta Okafor")).toBeVisible();
  await expect(it.field("Reason for the visit")).toHaveValue("");
});

test("replaced by a new element with the same attributes: the confirmation; with other attributes: the times", async ({ page, site, acme }) => {
  await atReview({ page, site, acme });
  await confirm(page);
  await replace(page, acme, { product: "another-page" });
  await expectBooked(page);
  await replace(page, acme, { "visit-type": "FollowUp" });
  await widget(page).reaches("times");
  await expect(widget(page).times.first()).toHaveAccessibleName(/20 minutes$/);
});

test("added again with other attributes: the new times, with the outcome in brief", async ({ page, site, acme }) => {
  await atReview({ page, site, acme });
  await confirm(page);
  await remove(page);
  await page.evaluate(() => document[Symbol.for("kept")].setAttribute("visit-type", "FollowUp"));
  await putBack(page);
  await widget(page).reaches("times");
  await expect(widget(page).times.first()).toHaveAccessibleName(/20 minutes$/);
  await expect(widget(page).host.locator(".fat-outcomes")).toContainText("Your visit on Tuesday, December 8 is booked.");
});

test("an unknown outcome, removed and added again: still “do not book again”", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/ERR_CONTENT_LENGTH_MISMATCH|ERR_INCOMPLETE|Failed to load/);
  await atReview({ page, site, acme });
  await acme.fault({ path: PROVIDER, kind: "truncate" });
  await widget(page).button("Book this visit").click();
  await widget(page).reaches("unconfirmed");
  await remove(page);
  await page.waitForTimeout(100);
  await putBack(page);
  await widget(page).reaches("unconfirmed");
  await expect(widget(page).alert).toContainText("Do not book again.");
  expect(await bookings(acme)).toHaveLength(1);
});

test("moved into a dialog with the confirmation on screen: the confirmation stays", async ({ page, site, acme }) => {
  await atReview({ page, site, acme });
  await confirm(page);
  await page.evaluate(() => {
    const dialog = document.body.appendChild(document.createElement("dialog"));
    dialog.append(document.querySelector("find-a-time"));
    dialog.showModal();
  });
  await expectBooked(page);
});

test("leaving the page forgets the outcome: nothing is stored", async ({ page, site, acme }) => {
  await atReview({ page, site, acme });
  await confirm(page);
  await page.reload();
  await widget(page).reaches("times");
  await expect(widget(page).times.first()).toBeVisible();
  await expect(widget(page).host.locator(".fat-outcomes")).toHaveCount(0);
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([0, 0, ""]);
});
