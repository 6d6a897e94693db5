// Tests the checks of promises.js: each sequence here does something that the element never does, and the checks must report it.
import { expect, test } from "../../support/fixtures.js";
import { BALLARD, published } from "../../support/journey.js";
import { CEDARBROOK, PRACTICE } from "../../support/on-demand.js";
import { BOOKING } from "./in-page.js";
import { broken } from "./promises.js";
import { Walk } from "./walk.js";

const CLINIC = { name: "a flu shot in Ballard", booking: "book-clinic", attributes: { npi: null, department: BALLARD.urlName, "visit-type": "FluShot", brand: "northlake" } };
const LINE = { name: "on demand in Washington", booking: "join", attributes: { npi: null, "visit-type": null, brand: "northlake", practice: PRACTICE, region: "WA" } };
/** The number of steps up to the press that books, which is the third step. */
const PRESS = 3;

/** @typedef {{ address: string, token: string, body: any }} Sent what the page sent */

/**
 * Marta presses the button that books, then `meddle` breaks a promise. Returns what the checks report.
 * @param {any} on @param {any} target @param {(walk: Walk, sent: Sent) => Promise<void>} meddle called once the outcome is on screen
 * @param {(walk: Walk) => Promise<void>} [before] called before the first time is chosen
 */
async function found(on, target, meddle, before) {
  on.watch.allowConsole(/Failed to load resource|net::ERR_|\u2063walk:/);
  const step = (does) => ({ does, tab: 0, rolls: [0, 0, 0], pause: /** @type {const} */ ("rest") });
  const plan = { seed: 0, target, patient: "marta", steps: [...Array(PRESS).fill(step("on")), step("refresh")] };
  const seen = await new Walk(on, plan).run(async (walk, place) => {
    if (place === 0) await before?.(walk);
    if (place !== PRESS) return;
    const sent = (await on.acme.requests()).find(({ method, path }) => method === "POST" && BOOKING.test(path));
    const query = Object.entries(sent.query).flatMap(([name, values]) => values.map((value) => [name, value]));
    await meddle(walk, { address: `${on.acme.visits}${sent.path}?${new URLSearchParams(query)}`, token: walk.token, body: sent.body });
  });
  // Remove the name of the intent, which differs in each run.
  return broken(seen).map((line) => line.replace(/^[0-9a-f]{8}-\d+: /, ""));
}

/** Sends the page's request again through the page's own `fetch`. @param {Walk} walk @param {Sent} sent */
const sendAgain = (walk, { address, token, body }) =>
  walk.page(0).evaluate(async ([address, authorization, body]) => {
    const url = new URL(address);
    url.searchParams.delete("intent");
    await fetch(url.href, { method: "POST", headers: { authorization, "content-type": "application/json" }, body });
  }, [address, `Bearer ${token}`, JSON.stringify(body)]);

/** Sends the request without the page. @param {Sent} sent */
const sendBeside = ({ address, token, body }) =>
  fetch(address, { method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": "application/json" }, body: JSON.stringify(body) });

test("nothing done: no promise is broken", async ({ browser, site, acme, watch }) => {
  for (const target of [CLINIC, LINE]) expect(await found({ browser, site, acme, watch }, target, async () => {})).toEqual([]);
});

test("a second POST after the visit was booked is found, though Acme refuses it", async ({ browser, site, acme, watch }) => {
  expect(await found({ browser, site, acme, watch }, CLINIC, sendAgain)).toEqual(["a POST after an answer of 200"]);
});

test("a second place in line for one press is found", async ({ browser, site, acme, watch }) => {
  expect(await found({ browser, site, acme, watch }, LINE, sendAgain)).toEqual(["a POST after an answer of 200", "2 open visits", "2 visits were made"]);
});

test("a second visit at another time is found, though the page sent one POST", async ({ browser, site, acme, watch }) => {
  const at = await found({ browser, site, acme, watch }, CLINIC, async (_, sent) => {
    const [first, ...others] = await published(acme, { urlName: BALLARD.urlName, visitType: "FluShot" });
    const later = others.find(({ slotDateTime }) => slotDateTime !== first.slotDateTime);
    Object.assign(sent.body.visitDetails, { slotId: later.id, providerId: later.providerId });
    await sendBeside(sent);
  });
  expect(at).toEqual(["2 open visits", "2 visits were made", "Acme received 2 POSTs, and the page sent 1"]);
});

test("a POST for no press is found", async ({ browser, site, acme, watch }) => {
  const at = await found({ browser, site, acme, watch }, LINE, (walk, sent) =>
    sendAgain(walk, { ...sent, address: sent.address.replace(/product=[^&]*/, "product=nobody") }));
  expect(at).toEqual(["1 POSTs and 1 visits of no intent"]);
});

test("a visit that exists although the patient reads that nothing is booked is found", async ({ browser, site, acme, watch }) => {
  const busy = () => acme.fault({ path: "/api/6/visits/retail", method: "POST", kind: "status", status: 429 });
  const at = await found({ browser, site, acme, watch }, CLINIC, async (_, sent) => void (await sendBeside(sent)), busy);
  expect(at).toEqual([
    "Acme received 2 POSTs, and the page sent 1", "failed server, and there is a visit",
    "“The clinic’s system is busy. Nothing is booked. Your details are kept. Try again in a minute.”, and there is a visit",
  ]);
});

/** The page cannot know the outcome of the booking. @param {import("../../support/acme.js").Acme} acme */
const lost = (acme) => () => acme.fault({ path: "/api/9/visits", method: "POST", kind: "truncate" });

/** @param {Walk} walk */
const pressAgain = (walk) =>
  walk.page(0).evaluate(() => {
    const detail = { version: 1, product: "walk-0", attempt: 2 };
    document.querySelector("find-a-time").dispatchEvent(new CustomEvent("findatime-submit", { bubbles: true, composed: true, detail }));
  });

const PRESSED = expect.stringMatching(/^pressed after [0-9a-f]{8}-1 could not be confirmed$/);

test("a press after a visit that could not be confirmed is found, and so is one without an outcome", async ({ browser, site, acme, watch }) => {
  expect(await found({ browser, site, acme, watch }, LINE, pressAgain, lost(acme))).toEqual(["no outcome", PRESSED]);
});

for (const [attribute, value, isFound] of /** @type {const} */ ([
  ["lang", "es", true],
  ["heading-level", "3", true],
  ["practice", PRACTICE, true],
  ["practice", CEDARBROOK, false],
])) {
  test(`a press after a visit that could not be confirmed is ${isFound ? "found" : "allowed"} if the page set ${attribute}="${value}" in between`, async ({ browser, site, acme, watch }) => {
    const press = async (walk) => {
      await walk.act(walk.page(0), "attribute", [attribute, value]);
      await pressAgain(walk);
    };
    expect(await found({ browser, site, acme, watch }, LINE, press, lost(acme))).toEqual(["no outcome", ...(isFound ? [PRESSED] : [])]);
  });
}

test("an error in the page is found", async ({ browser, site, acme, watch }) => {
  watch.allowExceptions();
  const fail = (walk) => walk.page(0).evaluate(() => void Promise.reject(new Error("of the element")));
  expect(await found({ browser, site, acme, watch }, CLINIC, fail)).toEqual(["an error in the page: exception rejected: Error: of the element"]);
});
