// @ts-nocheck: adds members to the prototypes of the language, which no type knows.
// Pages that have changed prototypes: they add properties with the names of request options, answers and events to
// Object.prototype, or enumerable members that every `for … in` visits. The element's requests and events stay as they are.
import { expect, test, widget } from "../../support/fixtures.js";
import { bookIfPossible, errorsOf, expectSafe, open } from "./booking.js";

const OF_BROWSERS = /Failed to load resource|NetworkError/;
const LINDQVIST = "1234986739";

/** Properties named like options, answers, promises and events; each would do harm if it were used. */
const ODD = {
  method: "DELETE", headers: { "x-evil": "1" }, body: "evil", mode: "no-cors", credentials: "include", cache: "force-cache", redirect: "follow",
  referrer: "/evil", referrerPolicy: "unsafe-url", integrity: "sha384-evil", keepalive: true, signal: "evil", priority: "low", duplex: "half", window: "evil",
  status: 500, ok: false, arrayBuffer: "evil", getReader: "evil", then: 7,
  detail: { evil: 1 }, bubbles: false, composed: false, cancelable: true, passive: true, once: true, capture: true, toJSON: "evil",
  timeZone: "Asia/Kathmandu", hour12: false, timeStyle: "full", style: "percent", minimumFractionDigits: 9, preventScroll: true, delegatesFocus: true,
};

/**
 * Adds the properties to Object.prototype. Only the element's script sees them, since Playwright's own scripts must go on working.
 * Runs in the page.
 * @param {{ odd: Record<string, unknown>, isThrowing: boolean }} what
 */
function taint({ odd, isThrowing }) {
  Error.stackTraceLimit = 100;
  const isOurs = () => /\/find-a-time\.js/.test(String(new Error().stack));
  const define = Object.defineProperty;
  for (const [name, value] of Object.entries(odd)) {
    const strike = () => {
      if (isThrowing && isOurs()) throw new Error(`of another script: ${name}`);
    };
    define(Object.prototype, name, {
      __proto__: null,
      configurable: true,
      get() {
        strike();
        return isOurs() ? value : undefined;
      },
      set(given) {
        strike();
        define(this, name, { __proto__: null, configurable: true, enumerable: true, writable: true, value: given });
      },
    });
  }
}

/** Adds enumerable members to every object and array, as libraries did twenty years ago. Runs in the page. */
function extend() {
  Object.prototype.extend = function () {};
  Object.prototype.each = "of an old library";
  Array.prototype.remove = function () {};
  Array.prototype.last = "of an old library";
  String.prototype.camelize = function () {};
  Function.prototype.method = function () {};
}

const PAGES = {
  "properties of Object.prototype with odd values": { run: taint, with: { odd: ODD, isThrowing: false }, outcome: "books" },
  "properties of Object.prototype that throw": { run: taint, with: { odd: ODD, isThrowing: true }, outcome: "phone" },
  "members of every object, array, text and function": { run: extend, with: undefined, outcome: "books" },
};

for (const [what, { run, with: given, outcome }] of Object.entries(PAGES)) {
  for (const isEarly of [true, false]) {
    test(`${what}, ${isEarly ? "before the script came" : "once the times are there"}: ${outcome === "books" ? "a visit is booked" : "the phone is there"}, and requests are the element's own`, async ({ page, site, acme, watch }) => {
      watch.allowConsole(OF_BROWSERS);
      const on = { page, site, acme };
      if (isEarly) await page.addInitScript(run, given);
      await open(on, { wait: isEarly ? null : "times" });
      if (!isEarly) {
        await page.evaluate(run, given);
        await widget(page).host.evaluate((element, npi) => void (element.npi = npi), LINDQVIST);
      }
      await bookIfPossible(on);
      expect(await expectSafe(on)).toBe(outcome);
      for (const { method, path, headers } of await acme.requests()) {
        expect(["GET", "POST", "OPTIONS"], path).toContain(method);
        for (const name of ["x-evil", "cookie", "referer"]) expect(headers, path).not.toContain(name);
      }
      expect(await errorsOf(page), "errors of the page").toBe("");
    });
  }
}
