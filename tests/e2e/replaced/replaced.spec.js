// @ts-nocheck: replaces functions of the browser by others of the wrong type, on purpose.
// The page's scripts have replaced functions of the browser: the widget reads the answers as long as they are readable, and broken
// functions do not break the page.
import { expect, test, widget } from "../../support/fixtures.js";
import { bookings, ends, openHost, toReview } from "../../support/journey.js";

const LINDQVIST = "1234986739";
const SILENT = /Failed to load resource|CORS|cross-origin|integrity|ERR_|NetworkError/i;

// Use the browser's own timers and promises: Playwright's clock is built from what these tests replace.
test.use({ frozenAt: null });
test.beforeEach(({ acme }) => acme.clock({ now: new Date().toISOString(), frozen: false }));

/** Ways in which a monitoring script wraps `fetch` while the answer stays readable. They run in the page. */
const WRAPPERS = {
  "an object that looks like a Response": () => {
    const { fetch } = window;
    window.fetch = async (...given) => {
      const response = await fetch.apply(window, given);
      const headers = { get: (name) => response.headers.get(name) };
      return { ok: response.ok, status: response.status, headers, arrayBuffer: () => response.arrayBuffer(), text: () => response.text(), json: () => response.json() };
    };
  },
  "a Response of another realm": () => {
    const { fetch } = window;
    let realm;
    window.fetch = async (...given) => {
      const response = await fetch.apply(window, given);
      if (!realm) {
        realm = document.createElement("iframe");
        realm.hidden = true;
        document.documentElement.append(realm);
      }
      return new realm.contentWindow.Response(await response.arrayBuffer(), { status: response.status, headers: response.headers });
    };
  },
  "a proxied Response": () => {
    const { fetch } = window;
    const bound = (target, name) => {
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    };
    window.fetch = async (...given) => new Proxy(await fetch.apply(window, given), { get: bound, getPrototypeOf: () => null });
  },
  "an instance of a class of its own": () => {
    const { fetch } = window;
    window.Response = class Response {};
    window.fetch = (...given) => fetch.apply(window, given);
  },
};

for (const [what, wrap] of Object.entries(WRAPPERS)) {
  test(`fetch resolves to ${what}: the times are there, and a visit is booked`, async ({ page, site, acme }) => {
    await page.addInitScript(wrap);
    await openHost({ page, site, acme }, { token: await acme.token("marta") });
    await toReview(page);
    await widget(page).button("Book this visit").click();
    await widget(page).reaches("booked");
    expect(await ends(page)).toEqual([["booked", undefined]]);
    expect(await bookings(acme)).toHaveLength(1);
    expect(await widget(page).codes()).toEqual([]);
  });
}

/** Broken functions that a page may have. Each runs in the page. */
const BROKEN = {
  "fetch that returns undefined": () => void (window.fetch = () => undefined),
  "fetch that returns a number": () => void (window.fetch = () => 7),
  "fetch that resolves to an empty object": () => void (window.fetch = async () => ({})),
  "fetch that resolves to a guarded object": () =>
    void (window.fetch = async () => new Proxy({}, { get: (_, name) => { if (name !== "then") throw new TypeError("Illegal invocation"); } })),
  "fetch that throws": () =>
    void (window.fetch = () => {
      throw new TypeError("of the monitoring script");
    }),
  "no fetch": () => void (window.fetch = undefined),
  "fetch that rejects": () => void (window.fetch = () => Promise.reject(new TypeError("of the monitoring script"))),
};

/** Switches to another clinician, so that the element has to read times that it does not have yet. @param {import("@playwright/test").Page} page */
const lookElsewhere = (page) => page.evaluate((npi) => void (document.querySelector("find-a-time").npi = npi), LINDQVIST);
const phone = (page) => page.getByRole("link", { name: "206-555-0142" });

for (const [what, replace] of Object.entries(BROKEN)) {
  const isReported = what !== "fetch that rejects";
  test(`${what}: the page's phone is shown, with a diagnostic`, async ({ page, site, acme, watch }) => {
    await openHost({ page, site, acme });
    await page.evaluate(replace);
    await lookElsewhere(page);
    await widget(page).reaches("unavailable");
    await expect(phone(page)).toBeVisible();
    const codes = await widget(page).codes();
    expect(codes).toEqual(isReported ? ["fetch-replaced", "host-unreachable"] : ["host-unreachable"]);
    expect(watch.said()).toEqual([]);
  });

  test(`${what}, before the script came: the phone is shown, with a diagnostic`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(SILENT);
    await page.addInitScript(replace);
    await openHost({ page, site, acme }, { wait: "unavailable" });
    await expect(phone(page)).toBeVisible();
    const codes = await widget(page).codes();
    expect(codes).toContain(isReported ? "fetch-replaced" : "asset-unreachable");
    expect(codes).not.toContain("panic");
  });
}

test("fetch that never settles: the page's phone is shown within the time a read has", async ({ page, site, acme }) => {
  test.slow();
  await openHost({ page, site, acme });
  await page.evaluate(() => void (window.fetch = () => new Promise(() => {})));
  await lookElsewhere(page);
  await widget(page).reaches("unavailable");
  await expect(phone(page)).toBeVisible();
  expect(await widget(page).codes()).toEqual(["host-unreachable"]);
});

test("fetch that fails when the visit is booked: unconfirmed, and nothing is sent again", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  await toReview(page);
  await page.evaluate(() => {
    const { fetch } = window;
    window.fetch = (url, init) => (init?.method === "POST" ? undefined : fetch(url, init));
  });
  await widget(page).button("Book this visit").click();
  await widget(page).reaches("unconfirmed");
  expect(await ends(page)).toEqual([["unconfirmed", undefined]]);
  expect(await bookings(acme)).toEqual([]);
});

/** Other functions and classes, broken in several ways. Each runs in the page. */
const JUNK = {
  "setTimeout that throws": () =>
    void (window.setTimeout = () => {
      throw new Error("of the monitoring script");
    }),
  "setTimeout that calls twice, and no clearTimeout": () => {
    const { setTimeout } = window;
    window.setTimeout = (callback, ...more) => setTimeout(() => (callback(), callback()), ...more);
    window.clearTimeout = () => {
      throw new Error("of the monitoring script");
    };
  },
  "a Promise that cannot be made": () => void (window.Promise = function Promise() { throw new Error("of the monitoring script"); }),
  "no Promise": () => void (window.Promise = undefined),
  "a Response that is an arrow function": () => void (window.Response = () => {}),
  "no Response": () => void (window.Response = undefined),
  "an AbortController that throws": () => void (window.AbortController = function AbortController() { throw new Error("of the monitoring script"); }),
  "an AbortController whose signal is none": () => void (window.AbortController = class AbortController { signal = {}; abort() { throw new Error("of the monitoring script"); } }),
  "no AbortController": () => void (window.AbortController = undefined),
};

for (const [what, replace] of Object.entries(JUNK)) {
  for (const early of [true, false]) {
    test(`${what}, ${early ? "before the script came" : "once the times are there"}: the widget works`, async ({ page, site, acme, watch }) => {
      if (early) await page.addInitScript(replace);
      await openHost({ page, site, acme });
      if (!early) await page.evaluate(replace);
      await lookElsewhere(page);
      await expect(widget(page).times.first()).toHaveAccessibleName(/Tobias Lindqvist/);
      // Aborts a read and its timer, and reads again.
      await widget(page).host.evaluate((element, npi) => {
        element.npi = npi;
        element.reset();
        element.refresh();
      }, "1234567893");
      await expect(widget(page).times.first()).toHaveAccessibleName(/Dana Whitfield/);
      expect(await widget(page).codes()).toEqual([]);
      expect(watch.exceptions()).toEqual([]);
    });
  }
}

for (const early of [true, false]) {
  test(`setTimeout that calls at once, ${early ? "before the script came" : "once the times are there"}: the page's phone, and nothing thrown`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(SILENT);
    const replace = () => void (window.setTimeout = (callback) => void callback?.());
    if (early) await page.addInitScript(replace);
    await openHost({ page, site, acme }, { wait: early ? "unavailable" : "times" });
    if (!early) {
      await page.evaluate(replace);
      await lookElsewhere(page);
      await widget(page).reaches("unavailable");
    }
    await expect(phone(page)).toBeVisible();
    const codes = await widget(page).codes();
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.filter((code) => ["panic", "internal"].includes(code))).toEqual([]);
  });
}
