// The page changes after a submit: the booking's outcome stays visible until the patient dismisses it.
import { expect, test, widget } from "../../support/fixtures.js";
import { booked, confirm, TUESDAY } from "../../support/host-page.js";
import { bookings, ends, focused, openHost, toReview } from "../../support/journey.js";
import { readBox } from "../../support/values.js";

const PROVIDER = "/api/7/visits/providerbooking";
const BOOKED = "Your visit on Tuesday, December 8 is booked.";
const UNCONFIRMED = "We could not confirm your visit. Do not book again.";

/** Sets attributes of the element. @param {import("@playwright/test").Page} page @param {Record<string, string>} attributes */
const set = (page, attributes) =>
  page.evaluate((attributes) => {
    for (const [name, value] of Object.entries(attributes)) document.querySelector("find-a-time").setAttribute(name, value);
  }, attributes);

/** The NPI of another clinician of the seed world. @param {import("../../support/acme.js").Acme} acme @returns {Promise<string>} */
const lindqvist = async (acme) => (await acme.world()).clinicians.find((clinician) => JSON.stringify(clinician).includes("Lindqvist")).npi;

const outcomes = (page) => widget(page).host.locator(".fat-outcomes");

/** Goes to the review of Marta's visit on Tuesday. @param {any} on @param {Parameters<typeof openHost>[1]} [host] */
async function atReview(on, host = {}) {
  await openHost(on, { token: await on.acme.token("marta"), ...host });
  await toReview(on.page, { time: TUESDAY });
}

/** Sends the booking so that no answer arrives, and waits until the outcome is unknown. @param {any} on */
async function unconfirmed({ page, site, acme, watch }) {
  watch.allowConsole(/ERR_|Failed to load|Cross-Origin Request/);
  await atReview({ page, site, acme });
  await acme.fault({ path: PROVIDER, kind: "drop-after", times: 2 });
  await widget(page).button("Book this visit").click();
  await widget(page).reaches("unconfirmed");
}

test("another npi after booking: the new times, with the booked visit above them until the patient dismisses it", async ({ page, site, acme }) => {
  await atReview({ page, site, acme });
  await confirm(page);
  await set(page, { npi: await lindqvist(acme) });
  const it = widget(page);
  await it.reaches("times");
  await expect(it.times.first()).toHaveAccessibleName(/Tobias Lindqvist/);
  await expect(outcomes(page)).toContainText(BOOKED);
  await expect(it.host.locator('[part~="status"]'), "heard, too").toHaveText(BOOKED);
  await expect.poll(() => focused(page), "the focus was on the confirmation").toContain(BOOKED);
  const [above, below] = await Promise.all([outcomes(page), it.times.first()].map(readBox));
  expect(above.y + above.height).toBeLessThanOrEqual(below.y);
  await it.button(`Hide this message: ${BOOKED}`).click();
  await expect(outcomes(page)).toHaveCount(0);
  await expect.poll(() => focused(page)).toBe("Choose a time");
  expect(await ends(page)).toEqual([["booked", undefined]]);
});

test("the visit above the times takes the focus once: a later change of the page leaves it where the patient put it", async ({ page, site, acme }) => {
  await atReview({ page, site, acme });
  await confirm(page);
  const other = await lindqvist(acme);
  await set(page, { npi: other });
  const it = widget(page);
  await it.reaches("times");
  await expect.poll(() => focused(page)).toContain(BOOKED);
  await page.evaluate(() => {
    const link = document.createElement("a");
    [link.href, link.textContent] = ["#more", "More about the clinic"];
    document.querySelector("main").prepend(link);
    link.focus();
  });
  await set(page, { npi: "1234567893" });
  await expect(it.times.first()).toHaveAccessibleName(/Dana Whitfield/);
  await expect(outcomes(page)).toContainText(BOOKED);
  await expect(page.getByRole("link", { name: "More about the clinic" })).toBeFocused();
});

test("the visit above the times leaves the focus where the patient moved it while the times were read", async ({ page, site, acme }) => {
  await atReview({ page, site, acme });
  await confirm(page);
  const other = await lindqvist(acme);
  await acme.fault({ path: `/v4/providers/${other}/timeslots`, kind: "delay", ms: 1500 });
  await page.evaluate(() => document.querySelector("main").insertAdjacentHTML("afterbegin", '<label>Search this site <input type="search"></label>'));
  await set(page, { npi: other });
  await expect.poll(() => focused(page)).toContain(BOOKED);
  const search = page.getByLabel("Search this site");
  await search.click();
  const it = widget(page);
  await it.reaches("times");
  await expect(it.times.first()).toHaveAccessibleName(/Tobias Lindqvist/);
  // Longer than the focus needs to move inside the widget.
  await page.waitForTimeout(300);
  await expect(search).toBeFocused();
});

test("the booked visit opens in full, with its own clinic and clinician, and Back leads to the times", async ({ page, site, acme }) => {
  await atReview({ page, site, acme });
  await confirm(page);
  await set(page, { npi: await lindqvist(acme) });
  const it = widget(page);
  await it.reaches("times");
  await expect(it.times.first()).toBeVisible();
  await it.button(`See details: ${BOOKED}`).click();
  await it.reaches("booked");
  await expect(it.heading).toHaveText("Your visit is booked");
  await expect(it.host.getByText("Dana Whitfield, MD")).toBeVisible();
  await expect(it.host.getByText("Northlake Clinic Ballard")).toBeVisible();
  await it.button("Back to the times").click();
  await it.reaches("times");
  await expect(outcomes(page)).toContainText(BOOKED);
  expect(await bookings(acme)).toHaveLength(1);
});

test("another npi after an unknown outcome: “do not book again”, with the phone of the booking's clinic", async ({ page, site, acme, watch }) => {
  await unconfirmed({ page, site, acme, watch });
  await set(page, { npi: await lindqvist(acme) });
  const it = widget(page);
  await it.reaches("times");
  await expect(it.times.first()).toBeVisible();
  await expect(outcomes(page)).toContainText(UNCONFIRMED);
  await expect(outcomes(page).getByRole("link", { name: "206-555-0142" })).toHaveAttribute("href", "tel:+12065550142");
  expect(await ends(page)).toEqual([["unconfirmed", undefined]]);
  expect(await booked(acme)).toHaveLength(1);
});

test("attributes that do not affect the search leave an unknown outcome unchanged, and nothing to book with", async ({ page, site, acme, watch }) => {
  await unconfirmed({ page, site, acme, watch });
  const it = widget(page);
  await acme.forgetRequests();
  for (const [name, value, says] of /** @type {const} */ ([
    ["heading-level", "3", "Do not book again."],
    ["product", "another-page", "Do not book again."],
    ["lang", "es", "No vuelva a reservar. Llame a la clínica para comprobarlo."],
  ])) {
    await set(page, { [name]: value });
    await expect(it.alert, name).toContainText(says);
    await page.waitForTimeout(300);
    expect(await it.state(), name).toBe("unconfirmed");
    await expect(it.times, name).toHaveCount(0);
    await expect(it.button(/^(Book|Reserv)/), name).toHaveCount(0);
  }
  expect(await ends(page)).toEqual([["unconfirmed", undefined]]);
  expect(await bookings(acme)).toEqual([]);
  expect(await booked(acme)).toHaveLength(1);
});

test("an attribute that changes while the booking is sent waits for its outcome, and loses nothing of it", async ({ page, site, acme }) => {
  await atReview({ page, site, acme });
  await acme.fault({ path: PROVIDER, method: "POST", kind: "delay", ms: 900 });
  const it = widget(page);
  await it.button("Book this visit").click();
  await it.reaches("sending");
  await acme.forgetRequests();
  await set(page, { npi: await lindqvist(acme) });
  await page.evaluate(() => document.querySelector("find-a-time").refresh());
  expect(await it.state()).toBe("sending");
  await expect(outcomes(page)).toContainText(BOOKED);
  await expect(it.times.first()).toHaveAccessibleName(/Tobias Lindqvist/);
  expect(await ends(page)).toEqual([["booked", undefined]]);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
});

test("reset() while the booking is sent waits too: the entries are removed, the booked visit stays visible", async ({ page, site, acme }) => {
  await atReview({ page, site, acme });
  await acme.fault({ path: PROVIDER, method: "POST", kind: "delay", ms: 900 });
  const it = widget(page);
  await it.button("Book this visit").click();
  await it.reaches("sending");
  await page.evaluate(() => document.querySelector("find-a-time").reset());
  expect(await it.state()).toBe("sending");
  await it.reaches("times");
  await expect(outcomes(page)).toContainText(BOOKED);
  await it.times.first().click();
  await it.reaches("patient");
  await expect(it.field("Reason for the visit")).toHaveValue("");
});

test("attributes and properties that do not affect the search leave the confirmation unchanged", async ({ page, site, acme }) => {
  await atReview({ page, site, acme });
  await confirm(page);
  const it = widget(page);
  await set(page, { product: "another-page", "heading-level": "3" });
  await page.evaluate(() => {
    const element = document.querySelector("find-a-time");
    element.getToken = () => null;
    element.cardToken = async () => null;
    element.questions = [{ question: "Do you use a wheelchair?" }];
    element.resume = "7431";
    element.signedIn();
    element.style.setProperty("--findatime-accent", "#00695c");
  });
  await page.waitForTimeout(300);
  expect(await it.state()).toBe("booked");
  await expect(it.heading).toHaveText("Your visit is booked");
  await page.evaluate(() => void (document.querySelector("find-a-time").strings = { "booked.heading": "See you soon" }));
  await expect(it.heading).toHaveText("See you soon");
  await page.evaluate(() => void (document.documentElement.lang = "es"));
  await expect(it.host.getByText("martes, 8 de diciembre de 2026")).toBeVisible();
  expect(await it.state()).toBe("booked");
});

test("reset() clears a confirmed visit", async ({ page, site, acme }) => {
  await atReview({ page, site, acme });
  await confirm(page);
  await page.evaluate(() => document.querySelector("find-a-time").reset());
  await widget(page).reaches("times");
  await expect(widget(page).times.first()).toBeVisible();
  await expect(outcomes(page)).toHaveCount(0);
});

test("reset() keeps an unconfirmed visit in brief", async ({ page, site, acme, watch }) => {
  await unconfirmed({ page, site, acme, watch });
  await page.evaluate(() => document.querySelector("find-a-time").reset());
  await widget(page).reaches("times");
  await expect(outcomes(page)).toContainText(UNCONFIRMED);
  await page.evaluate(() => document.querySelector("find-a-time").reset());
  await expect(outcomes(page)).toContainText(UNCONFIRMED);
});

test("an attribute that changes at the patient step does not end the patient's booking", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await it.button(TUESDAY).first().click();
  await it.reaches("patient");
  await it.field("Reason for the visit").fill("Sore throat");
  const npi = await lindqvist(acme);
  await set(page, { npi });
  await expect.poll(async () => (await acme.requests()).some(({ path }) => path.includes(npi))).toBe(true);
  expect(await it.state()).toBe("patient");
  await expect(it.field("Reason for the visit")).toHaveValue("Sore throat");
  await expect(it.host.getByText("Dana Whitfield, MD")).toBeVisible();
  await it.button("Continue").click();
  await confirm(page);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
});

test("after a booking the patient can book another visit, and the first stays in brief", async ({ page, site, acme }) => {
  await atReview({ page, site, acme });
  await confirm(page);
  const it = widget(page);
  await it.button("Book another visit").click();
  await it.reaches("times");
  await expect.poll(() => focused(page)).toBe("Choose a time");
  await expect(outcomes(page)).toContainText(BOOKED);
  await expect(it.times.first()).toBeVisible();
});

test("in Spanish", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta"), lang: "es" });
  await toReview(page, { time: /martes, 8 de diciembre/i, words: { reason: "Motivo de la cita", goOn: "Continuar" } });
  await widget(page).button("Reservar esta cita").click();
  await widget(page).reaches("booked");
  await set(page, { npi: await lindqvist(acme) });
  await widget(page).reaches("times");
  await expect(outcomes(page)).toContainText("Su cita está confirmada: martes, 8 de diciembre.");
  await widget(page).button(/^Cerrar este aviso/).click();
  await expect(outcomes(page)).toHaveCount(0);
});
