// After a panic the widget has no button, but a booking's outcome stays visible, with its details until the page calls `reset()`.
import { expect, test, widget } from "../../support/fixtures.js";
import { confirm, TUESDAY } from "../../support/host-page.js";
import { ends, focused, openHost, toReview, WHITFIELD } from "../../support/journey.js";
import * as onDemand from "../../support/on-demand.js";
import { lieAboutBodies } from "../../support/panics.js";

const LINDQVIST = "1234986739";
const PHONE = "206-555-0142";
const UNCONFIRMED = /^We could not confirm your visit. Do not book again./;
const BOOKED = "Your visit on Tuesday, December 8 is booked.";

/** Causes a panic: the next answer, which a second element reads, claims to be 4 GB long, which no wasm can hold. @param {import("@playwright/test").Page} page @param {any} acme */
async function panic(page, acme) {
  // The second element names a clinician whose times no element has read, so that it has to send a read.
  const { npi } = (await acme.world()).clinicians.find(({ npi }) => ![WHITFIELD, LINDQVIST].includes(npi));
  await page.evaluate(lieAboutBodies);
  await page.evaluate((npi) => {
    const other = document.createElement("find-a-time");
    const first = document.querySelector("find-a-time");
    for (const name of /** @type {const} */ (["api", "visits", "product"])) other[name] = first[name];
    other.npi = npi;
    document.querySelector("main").append(other);
  }, npi);
  await expect.poll(() => widget(page).codes()).toContain("panic");
}

/** Checks that the widget has no button, and that the page's phone number is visible. @param {import("@playwright/test").Page} page */
async function expectStopped(page) {
  await expect(widget(page).host.getByRole("button")).toHaveCount(0);
  await expect(page.getByRole("link", { name: PHONE }).first()).toBeVisible();
}

/** Books Tuesday's time with Dr. Whitfield as Marta. @param {any} on */
async function book(on) {
  await openHost(on, { token: await on.acme.token("marta") });
  await toReview(on.page, { time: TUESDAY });
  await confirm(on.page);
}

/** Sends Marta's booking of Tuesday's time, which ends as the fault says. @param {any} on @param {object} fault */
async function submit({ page, site, acme, watch }, fault) {
  watch.allowConsole(/ERR_|Failed to load|Cross-Origin Request/);
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  await toReview(page, { time: TUESDAY });
  await acme.fault({ path: "/api/7/visits/providerbooking", ...fault });
  await widget(page).button("Book this visit").click();
}

/** Sends a booking whose answer takes longer than the test. @param {any} on */
async function sending(on) {
  await submit(on, { kind: "delay", ms: 20_000 });
  await widget(on.page).reaches("sending");
}

/** Sends a booking that gets no answer, and waits until it is unknown whether the visit is booked. @param {any} on */
async function unconfirmed(on) {
  await submit(on, { kind: "drop-after", times: 2 });
  await widget(on.page).reaches("unconfirmed");
}

test("a visit that is booked still says so after a panic, with its time and its clinic", async ({ page, site, acme }) => {
  await book({ page, site, acme });
  const it = widget(page);
  await panic(page, acme);
  await expectStopped(page);
  await it.reaches("booked");
  await expect(it.heading).toHaveText("Your visit is booked");
  for (const text of ["Tuesday, December 8", "Dana Whitfield, MD", "Northlake Clinic Ballard"]) await expect(it.host.getByText(text).first()).toBeVisible();
  await expect.poll(() => focused(page), "the reader stays where it was").toContain("Your visit is booked");
  expect(await ends(page)).toEqual([["booked", undefined]]);
});

test("the confirmation comes back with the element, and reset() removes it", async ({ page, site, acme }) => {
  await book({ page, site, acme });
  const it = widget(page);
  await panic(page, acme);
  await page.evaluate(async () => {
    const element = document.querySelector("find-a-time");
    element.remove();
    await new Promise((done) => setTimeout(done));
    document.querySelector("main").prepend(element);
  });
  await it.reaches("booked");
  await expect(it.heading).toHaveText("Your visit is booked");
  await page.evaluate(() => document.querySelector("find-a-time").reset());
  await it.reaches("unavailable");
  await expect(it.host.getByText("Dana Whitfield, MD")).toHaveCount(0);
  await expectStopped(page);
});

test("an outcome in brief above other times stays, without its buttons", async ({ page, site, acme }) => {
  await book({ page, site, acme });
  const it = widget(page);
  await page.evaluate((npi) => void (document.querySelector("find-a-time").npi = npi), LINDQVIST);
  await it.reaches("times");
  await expect(it.times.first()).toBeVisible();
  await panic(page, acme);
  await expectStopped(page);
  await it.reaches("unavailable");
  await expect(it.times).toHaveCount(0);
  await expect(it.host.locator(".fat-outcomes")).toHaveText(BOOKED);
});

test("a booking that goes on in another element is unknown after a panic, once, and its first element says nothing more", async ({ page, site, acme, watch }) => {
  await sending({ page, site, acme, watch });
  const it = widget(page);
  await page.evaluate(() => {
    const first = document.querySelector("find-a-time");
    document[Symbol.for("kept")] = first;
    const second = /** @type {Element} */ (first.cloneNode());
    first.replaceWith(second);
  });
  await it.reaches("sending");
  await panic(page, acme);
  await it.reaches("unconfirmed");
  await expect(it.host.getByText("Do not book again. Call the clinic to check.")).toBeVisible();
  await page.evaluate(() => document.querySelector("main").append(document[Symbol.for("kept")]));
  await expect.poll(() => page.evaluate(() => document[Symbol.for("kept")].state)).toBe("unavailable");
  expect(await ends(page)).toEqual([["unconfirmed", undefined]]);
});

test("an unconfirmed visit in brief stays after reset(), also if another visit was under way", async ({ page, site, acme, watch }) => {
  await unconfirmed({ page, site, acme, watch });
  const it = widget(page);
  await page.evaluate((npi) => void (document.querySelector("find-a-time").npi = npi), LINDQVIST);
  await it.reaches("times");
  const brief = it.host.getByText(UNCONFIRMED);
  await expect(brief).toBeVisible();
  await it.times.first().click();
  await expect(brief, "an errand is on screen").toBeHidden();
  await page.evaluate(() => document.querySelector("find-a-time").focus());
  const isHidden = () => page.evaluate(() => !!document.querySelector("find-a-time").shadowRoot.activeElement?.closest("[hidden]"));
  expect(await isHidden(), "focus() passes over the hidden buttons").toBe(false);
  await panic(page, acme);
  await expectStopped(page);
  await it.reaches("unavailable");
  await expect(brief).toBeVisible();
  for (let times = 0; times < 2; times += 1) await page.evaluate(() => document.querySelector("find-a-time").reset());
  await expect(brief).toBeVisible();
  await it.reaches("unavailable");
});

test("a panic while the element of a booking is off the page: the booking is unknown, and the page may be left", async ({ page, site, acme, watch }) => {
  await sending({ page, site, acme, watch });
  const it = widget(page);
  const mayLeave = () => page.evaluate(() => dispatchEvent(new Event("beforeunload", { cancelable: true })));
  expect(await mayLeave()).toBe(false);
  await page.evaluate(() => {
    const first = (document[Symbol.for("kept")] = document.querySelector("find-a-time"));
    // `panic` copies the attributes of the first element on the page.
    const other = document.createElement("find-a-time");
    for (const name of /** @type {const} */ (["api", "visits", "product"])) other[name] = first[name];
    other.npi = "1234986739";
    first.replaceWith(other);
    first.addEventListener("findatime-unconfirmed", () => document.body.classList.add("unconfirmed"));
  });
  await panic(page, acme);
  await expect.poll(() => page.evaluate(() => [document[Symbol.for("kept")].state, document.body.className])).toEqual(["unconfirmed", "unconfirmed"]);
  expect(await mayLeave()).toBe(true);
  await page.evaluate(() => document.querySelector("main").prepend(document[Symbol.for("kept")]));
  await expect(it.host.getByText("Do not book again. Call the clinic to check.")).toBeVisible();
  await it.reaches("unconfirmed");
});

test("an unconfirmed visit keeps its time until reset()", async ({ page, site, acme, watch }) => {
  await unconfirmed({ page, site, acme, watch });
  const it = widget(page);
  await panic(page, acme);
  await expectStopped(page);
  await expect(it.host.getByText("Dana Whitfield, MD")).toBeVisible();
  await expect(it.heading).toHaveCount(1);
  await page.evaluate(() => document.querySelector("find-a-time").reset());
  await expect(it.host.getByText("Dana Whitfield, MD")).toHaveCount(0);
  await it.reaches("unconfirmed");
  await expect(it.host.getByText("Do not book again. Call the clinic to check.")).toBeVisible();
});

test("a place in line stays, with the link to the waiting room, and without a wait that would become outdated", async ({ page, site, acme }) => {
  await onDemand.openPractice({ page, site, acme }, { token: await acme.token("marta") });
  await onDemand.toReview(page);
  const it = widget(page);
  await it.host.getByLabel(onDemand.WORDS.en.terms).check();
  await it.button(onDemand.WORDS.en.join).click();
  await expect(it.heading).toHaveText("You are in line");
  const wait = it.host.getByRole("heading", { name: "Your wait" });
  await expect(wait).toBeVisible();
  await panic(page, acme);
  await expectStopped(page);
  await expect(it.heading).toHaveText("You are in line");
  await expect(it.host.getByRole("link", { name: "Go to the waiting room" })).toBeVisible();
  await expect(wait).toHaveCount(0);
});
