// The element listens to no messages. Whatever a frame, a pop-up or another window posts, from any origin, signs nobody in, chooses
// nothing and books nothing.
import { expect, test, widget } from "../../support/fixtures.js";
import { bookings, heard, openHost } from "../../support/journey.js";

/** Messages as sign-in pages, scheduling pages and other widgets might post them. @param {string} token @param {string} slot the id of a slot */
const shapes = (token, slot) => [
  token, { token }, { access_token: token, token_type: "Bearer", expires_in: 3600 }, { accessToken: token }, { id_token: token }, `access_token=${token}&state=x`,
  { type: "authorization_response", response: { access_token: token, code: "x" } }, { type: "findatime-signin", token }, { type: "findatime-signin", detail: { token, resume: "x" } },
  { event: "findatime-selected", slot }, { type: "findatime-booked", visitId: "1" }, { type: "findatime-step", to: "booked" }, { name: "signedIn" }, { method: "signedIn", params: [token] },
  { jsonrpc: "2.0", id: 1, method: "book", params: { slotId: slot } }, { action: "book", slotId: slot }, { command: "reset" }, { resume: slot }, { type: "token", value: token },
  JSON.stringify({ type: "findatime-signin", token }), "findatime-signin", "signedIn", null, undefined, 7, [], [token], { then: token }, { source: "dexcare", payload: { token, state: "booked" } },
];

/** @param {{ page: import("@playwright/test").Page, acme: import("../../support/acme.js").Acme }} on @param {string} slot */
async function postAll({ page, acme }, slot) {
  const token = await acme.token("dev");
  await page.evaluate(
    async ({ shapes, origins }) => {
      for (const data of shapes) {
        for (const origin of origins) {
          // A script of the page can forge the origin that a listener would check; no other window can.
          for (const target of [window, document, document.querySelector("find-a-time")]) target.dispatchEvent(new MessageEvent("message", { data, origin, source: window, bubbles: true }));
        }
        window.postMessage(data, "*");
        for (const frame of document.querySelectorAll("iframe")) frame.contentWindow.parent.postMessage(data, "*");
        const channel = new MessageChannel();
        window.postMessage(data, "*", [channel.port2]);
        new BroadcastChannel("find-a-time").postMessage(data);
      }
      dispatchEvent(new StorageEvent("storage", { key: "token", newValue: String(shapes[0]) }));
      // Messages arrive in order: when the last one has arrived, all others have.
      await new Promise((delivered) => {
        addEventListener("message", ({ data }) => data === "the last" && delivered(undefined));
        postMessage("the last", "*");
      });
    },
    { shapes: shapes(token, slot), origins: [new URL(page.url()).origin, acme.api, acme.visits, "https://evil.example", "null", ""] },
  );
}

/** The state and the texts on screen, without the live region, which changes a moment later. @param {import("@playwright/test").Page} page */
const screen = (page) =>
  widget(page).host.evaluate(({ state, shadowRoot }) => `${state}: ${[...shadowRoot.querySelectorAll(".fat-root *:not(.fat-said, .fat-said *)")].flatMap(({ childNodes }) => [...childNodes]).filter(({ nodeType }) => nodeType === 3).map(({ data }) => data).join(" ")}`);

test("no listener for messages is added, by window, document or element, through a whole booking", async ({ page, site, acme }) => {
  await page.addInitScript(() => {
    const names = (document[Symbol.for("listened")] = new Set());
    const { addEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (name, /** @type {[any]} */ ...more) {
      names.add(name);
      return addEventListener.call(this ?? window, name, ...more);
    };
  });
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await it.times.first().click();
  await it.reaches("patient");
  await it.field("Reason for the visit").fill("Sore throat since Sunday");
  await it.button("Continue").click();
  await it.button("Book this visit").click();
  await it.reaches("booked");
  const names = await page.evaluate(() => [...document[Symbol.for("listened")]]);
  expect(names, "the wrapper hears what is listened to").toContain("securitypolicyviolation");
  for (const name of ["message", "messageerror", "storage"]) expect(names).not.toContain(name);
  expect(await page.evaluate(() => [window.onmessage, window.onmessageerror, window.onstorage])).toEqual([null, null, null]);
});

test("messages at the sign-in, with a real token and from the right origins, sign nobody in and book nothing", async ({ page, site, acme }) => {
  const times = page.waitForResponse((response) => response.url().includes("/timeslots"));
  // A page that signs in by `findatime-signin`, whose pop-up would answer by a message.
  await openHost({ page, site, acme }, { token: null, script: 'document.querySelector("find-a-time").getToken = () => null; document.body.append(document.createElement("iframe"));' });
  const it = widget(page);
  const slot = /"id":"([^"]+)"/.exec(await (await times).text())?.[1] ?? "";
  expect(slot, "the id of an open slot").not.toBe("");
  await it.times.first().click();
  await it.reaches("sign-in");
  await it.button("Sign in").waitFor();
  const before = await screen(page);
  await acme.forgetRequests();
  await postAll({ page, acme }, slot);
  expect(await screen(page)).toBe(before);
  expect(await acme.requests(), "requests").toEqual([]);
  expect(await acme.visitsBooked()).toEqual([]);
  expect((await heard(page)).map(({ name }) => name)).not.toContain("submit");
});

test("messages at the review change nothing: what Marta then books is what she chose, once", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta"), script: 'document.body.append(document.createElement("iframe"));' });
  const it = widget(page);
  await it.times.first().click();
  await it.reaches("patient");
  await it.field("Reason for the visit").fill("Sore throat since Sunday");
  await it.button("Continue").click();
  await it.reaches("review");
  await it.button("Book this visit").waitFor();
  const before = await screen(page);
  await acme.forgetRequests();
  await postAll({ page, acme }, "another");
  expect(await screen(page)).toBe(before);
  expect(await acme.requests(), "requests").toEqual([]);
  await it.button("Book this visit").click();
  await it.reaches("booked");
  expect(await bookings(acme)).toHaveLength(1);
  expect((await acme.visitsBooked()).map(({ patient }) => patient)).toEqual(["marta"]);
});
