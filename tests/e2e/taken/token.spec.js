// The host page's token: expired meanwhile, withdrawn, of the wrong type, another patient's.
import { expect, test, widget } from "../../support/fixtures.js";
import { bookings, ends, heard, openHost, toReview } from "../../support/journey.js";

const PROVIDER = "/api/7/visits/providerbooking";

/** A script for the page: `getToken` returns `held`, which an event `host-token` replaces, and counts its calls on `<html>`. */
const HOST = `
  let held = null;
  let asked = 0;
  addEventListener("host-token", ({ detail }) => (held = detail));
  document.querySelector("find-a-time").getToken = async () => {
    document.documentElement.dataset.asked = String((asked += 1));
    return Array.isArray(held) ? (held.length > 1 ? held.shift() : held[0]) : held;
  };`;
const asked = async (page) => Number(await page.locator("html").getAttribute("data-asked"));
/** Sets what the page's `getToken` returns from now on; of a list, one after another, then always the last. */
const hold = (page, token) => page.evaluate((detail) => void dispatchEvent(new CustomEvent("host-token", { detail })), token);

test("Marta's token expires while she checks her visit: the page is asked once more, and she notices nothing", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 401/);
  await openHost({ page, site, acme }, { script: HOST });
  const it = widget(page);
  const old = await acme.token("marta");
  await hold(page, old);
  await toReview(page);
  await acme.expireTokens("marta");
  await hold(page, [old, await acme.token("marta")]);
  const before = await asked(page);
  await it.button("Book this visit").click();
  await it.reaches("booked");
  expect((await asked(page)) - before, "at the submit, and once more after the refusal").toBe(2);
  expect((await bookings(acme)).map(({ status }) => status)).toEqual([401, 200]);
  expect(await ends(page)).toEqual([["booked", undefined]]);
  expect(await acme.visitsBooked()).toHaveLength(1);
});

test("the page has no better token: Marta signs in again, and her entries are still there", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 401/);
  await openHost({ page, site, acme }, { script: HOST });
  const it = widget(page);
  await hold(page, await acme.token("marta"));
  await toReview(page, { reason: "A cough that will not go" });
  await acme.expireTokens("marta");
  await it.button("Book this visit").click();
  await it.reaches("sign-in");
  await expect(it.alert).toContainText("You were signed out to keep you safe. Your details are kept. Sign in again to go on.");
  expect(await ends(page)).toEqual([["failed", "signed-out"]]);
  expect(await bookings(acme), "the refused token is not sent again").toHaveLength(1);
  await hold(page, await acme.token("marta"));
  await it.button("Sign in").click();
  await it.reaches("review");
  await expect(it.host.getByText("A cough that will not go")).toBeVisible();
  await it.button("Book this visit").click();
  await it.reaches("booked");
  expect(await ends(page)).toEqual([["failed", "signed-out"], ["booked", undefined]]);
  expect((await acme.visitsBooked()).map(({ body }) => body.visitDetails.visitReason)).toEqual(["A cough that will not go"]);
});

test("another patient's token at the submit: Marta's entries are removed, and nothing is booked", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { script: HOST });
  const it = widget(page);
  await hold(page, await acme.token("marta"));
  await toReview(page, { reason: "Something that is Marta's alone" });
  await hold(page, await acme.token("dev"));
  await it.button("Book this visit").click();
  await it.reaches("patient");
  await expect(it.host.getByText("Dev Patel")).toBeVisible();
  await expect(it.host.getByText("Marta Okafor")).toHaveCount(0);
  await expect(it.field("Reason for the visit")).toHaveValue("");
  expect(await ends(page)).toEqual([["failed", "signed-out"]]);
  expect([await bookings(acme), await acme.visitsBooked()]).toEqual([[], []]);
});

test("the page takes its getToken away at the review: nothing is sent, and the attempt ends once", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { script: HOST });
  const it = widget(page);
  await hold(page, await acme.token("marta"));
  await toReview(page);
  await acme.forgetRequests();
  await page.evaluate(() => void (document.querySelector("find-a-time").getToken = null));
  await it.button("Book this visit").click();
  await it.reaches("sign-in");
  expect(await ends(page)).toEqual([["failed", "signed-out"]]);
  expect((await acme.requests()).filter(({ method }) => method === "POST")).toEqual([]);
  expect(await acme.visitsBooked()).toEqual([]);
});

test("nobody is signed in: the page gets the event, and Marta continues once it calls signedIn()", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { script: HOST });
  const it = widget(page);
  await it.times.first().click();
  await it.reaches("sign-in");
  await expect(it.button("Sign in")).toBeVisible();
  await expect(it.host.getByText("Sign in so that the clinic knows who is coming.").first()).toBeVisible();
  const signIns = (await heard(page)).filter(({ name }) => name === "signin");
  expect(signIns.map(({ cancelable, bubbles, composed }) => [cancelable, bubbles, composed])).toEqual([[true, true, true]]);
  await hold(page, await acme.token("marta"));
  await page.evaluate(() => document.querySelector("find-a-time").signedIn());
  await it.reaches("patient");
  await expect(it.host.getByText("Marta Okafor")).toBeVisible();
});

for (const [what, token, code] of [["a number", "42", "token-type"], ["an object", "({ access_token: 'x' })", "token-type"]]) {
  test(`the page returns ${what} as the token: a diagnostic, and nothing is sent with it`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(/find-a-time/);
    await openHost({ page, site, acme }, { script: `document.querySelector("find-a-time").getToken = () => ${token};` });
    const it = widget(page);
    await it.times.first().click();
    await it.reaches("sign-in");
    await expect(it.button("Sign in")).toBeVisible();
    await expect.poll(it.codes).toContain(code);
    expect((await acme.requests()).filter(({ headers }) => headers.includes("authorization"))).toEqual([]);
  });
}

test("the page's getToken throws: a diagnostic, and the patient may try again", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/find-a-time/);
  await openHost({ page, site, acme }, { script: 'document.querySelector("find-a-time").getToken = () => { throw new Error("broken"); };' });
  const it = widget(page);
  await it.times.first().click();
  await it.reaches("sign-in");
  await expect.poll(it.codes).toContain("token-failed");
  await expect(it.button("Sign in")).toBeVisible();
});

test("the token is nowhere but in its header", async ({ page, site, acme, watch }) => {
  const token = await acme.token("marta");
  await openHost({ page, site, acme }, { script: HOST, attributes: { "event-details": "full" } });
  const it = widget(page);
  await hold(page, token);
  await toReview(page);
  await it.button("Book this visit").click();
  await it.reaches("booked");
  const places = await page.evaluate(() => [
    document.documentElement.outerHTML, document.querySelector("find-a-time").shadowRoot.innerHTML, location.href, JSON.stringify(history.state),
    JSON.stringify(performance.getEntriesByType("resource").map(({ name }) => name)), JSON.stringify(document.querySelector("find-a-time").diagnostics),
    JSON.stringify(document[Symbol.for("heard")]),
  ]);
  expect([...places, watch.said().join()].filter((place) => place.includes(token))).toEqual([]);
  const requests = await acme.requests();
  expect(requests.filter(({ path, query }) => JSON.stringify([path, query]).includes(token))).toEqual([]);
  expect(requests.filter(({ body }) => JSON.stringify(body ?? "").includes(token))).toEqual([]);
  expect(requests.filter(({ authorized }) => authorized).map(({ path }) => path)).toEqual(["/v1/patient", PROVIDER]);
});
