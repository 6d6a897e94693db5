// The element as a host page uses it: properties in any order, moving, removing, events, methods.
import { expect, test, widget } from "../support/fixtures.js";
import { putLoader } from "../support/bundle.js";

const LOADER = '<script type="module" src="/widget/find-a-time.js"></script>';
const ELEMENT = '<find-a-time npi="1234567893"><a href="tel:+12065550100">Call 206-555-0100</a></find-a-time>';

test.beforeEach(({ site }) => putLoader(site));

const fake = (page, read) => page.evaluate(`(() => { const fake = document.querySelector("find-a-time").shadowRoot.querySelector(".fat-root").fake; return (${read})(fake); })()`);

test("properties set before the script arrives are used", async ({ page, site }) => {
  await page.goto(site.page({ body: "<find-a-time></find-a-time>" }));
  await page.evaluate(async () => {
    const early = document.querySelector("find-a-time");
    Object.assign(early, { npi: "1234567893", visitType: "NewPatient", days: 14, interpreter: true, strings: { choose: "Pick one" } });
    early.getToken = () => "a token of Marta's";
    await import("/widget/find-a-time.js");
  });
  await widget(page).reaches("times");
  const element = widget(page).host;
  await expect(element).toHaveAttribute("npi", "1234567893");
  await expect(element).toHaveAttribute("visit-type", "NewPatient");
  await expect(element).toHaveAttribute("days", "14");
  await expect(element).toHaveAttribute("interpreter", "");
  await expect(widget(page).times).toHaveText(["Pick one"]);
  expect(await fake(page, "(f) => [f.bridge.hasToken(), f.bridge.token(), f.npi]")).toEqual([true, "a token of Marta's", "1234567893"]);
  expect(await element.evaluate((e) => Object.getOwnPropertyNames(e))).toEqual([]);
});

test("every attribute has a property that reflects it, with the type that fits", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await widget(page).reaches("times");
  const seen = await widget(page).host.evaluate((e) => {
    const told = {};
    const wrong = [];
    for (const name of e.constructor.observedAttributes) {
      const property = name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
      const values = { boolean: true, number: 7 };
      const value = values[typeof e[property]] ?? "a value";
      told[property] = typeof e[property];
      e[property] = value;
      const written = value === true ? "" : String(value);
      if (e.getAttribute(name) !== written || e[property] !== value) wrong.push(property);
      e[property] = null;
      if (e.hasAttribute(name)) wrong.push(`${property} stays`);
    }
    e.setAttribute("interpreter", "false");
    e.setAttribute("clinic-line", "false");
    e.clinicLine = true;
    e.setAttribute("max-days", "soon");
    return { wrong, told, off: e.interpreter, on: e.clinicLine, fallback: [e.maxDays, e.radius, e.days, e.headingLevel], absent: e.brand };
  });
  expect(seen.wrong).toEqual([]);
  expect(seen.off).toBe(false);
  expect(seen.on, "the property replaces a value of false").toBe(true);
  expect(seen.fallback).toEqual([90, 30, 10, 2]);
  expect(seen.absent).toBeNull();
  expect(Object.keys(seen.told)).toEqual(expect.arrayContaining(["visitType", "apiKey", "clinicianLine", "eventDetails", "timeZone", "assets"]));
  expect(seen.told).toMatchObject({ doctor: "boolean", clinicLine: "boolean", radius: "number", headingLevel: "number" });
});

test("changes of one task reach the widget as one update", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await widget(page).reaches("times");
  await widget(page).host.evaluate((e) => {
    e.npi = "1000000004";
    e.setAttribute("days", "5");
    e.getToken = () => null;
  });
  expect(await fake(page, "(f) => [f.calls, f.npi]")).toEqual([["update"], "1000000004"]);
});

test("a moved element keeps its widget, one removed and added again gets a new one", async ({ page, site }) => {
  await page.goto(site.page({ body: `${ELEMENT}<div id="tab"></div>`, head: LOADER }));
  await widget(page).reaches("times");
  const moved = await page.evaluate(async () => {
    const e = document.querySelector("find-a-time");
    const { fake } = e.shadowRoot.querySelector(".fat-root");
    document.querySelector("#tab").append(e);
    await new Promise((done) => setTimeout(done, 50));
    return { same: e.shadowRoot.querySelector(".fat-root").fake === fake, calls: fake.calls };
  });
  expect(moved).toEqual({ same: true, calls: [] });

  const removed = await page.evaluate(async () => {
    const e = document.querySelector("find-a-time");
    const { fake } = e.shadowRoot.querySelector(".fat-root");
    e.remove();
    await new Promise((done) => setTimeout(done, 50));
    const left = e.shadowRoot.querySelectorAll(".fat-root > *").length;
    document.body.append(e);
    return { calls: fake.calls, left, waiting: e.state };
  });
  expect(removed).toEqual({ calls: ["free"], left: 0, waiting: "loading" });
  await widget(page).reaches("times");
  await expect(widget(page).times).toHaveCount(1);
});

test("an element removed while it loads never mounts", async ({ page, site }) => {
  site.put("/widget/find-a-time.wasm", { hang: true });
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await expect.poll(() => site.count("find-a-time.wasm")).toBe(1);
  await page.evaluate(() => {
    globalThis.gone = document.querySelector("find-a-time");
    globalThis.gone.addEventListener("findatime-step", () => document.body.classList.add("stepped"));
    globalThis.gone.remove();
  });
  await page.waitForTimeout(200);
  expect(await page.evaluate(() => [globalThis.gone.state, document.body.className])).toEqual(["loading", ""]);
});

test("skeleton and fallback are visible while the element loads, neither once times are there", async ({ page, site }) => {
  site.put("/widget/find-a-time.wasm", { hang: true });
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  const link = page.getByRole("link", { name: "Call 206-555-0100" });
  const skeleton = page.locator(".fat-skeleton");
  await expect(link).toBeVisible();
  await expect(skeleton).toBeVisible();
  await expect(skeleton).toHaveAttribute("aria-hidden", "true");
  await expect(page.locator(".fat-skeleton-time")).toHaveCount(8);
  const heights = await page.locator(".fat-skeleton-time").evaluateAll((all) => all.map((e) => e.getBoundingClientRect().height));
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);

  await putLoader(site);
  await page.reload();
  await widget(page).reaches("times");
  await expect(link).toBeHidden();
  await expect(skeleton).toBeHidden();

  await fake(page, '(f) => f.bridge.state("unavailable")');
  await expect(link).toBeVisible();
  await expect(skeleton).toBeHidden();
});

test("events carry version and product, bubble out of shadow roots and cannot be changed", async ({ page, site }) => {
  await page.goto(site.page({ body: '<div id="host"></div>' }));
  const heard = await page.evaluate(async () => {
    const heard = [];
    for (const name of ["findatime-step", "findatime-shown", "findatime-selected", "findatime-booked"]) {
      document.addEventListener(name, (event) => {
        const { detail } = event;
        heard.push({ name, detail: { ...detail }, frozen: Object.isFrozen(detail), deep: Object.isFrozen(detail.slot ?? Object.freeze({})), cancelable: event.cancelable });
        if (name === "findatime-selected") event.preventDefault();
      });
    }
    const root = document.querySelector("#host").attachShadow({ mode: "open" });
    const e = document.createElement("find-a-time");
    e.setAttribute("product", "  flushot ");
    root.append(e);
    await import("/widget/find-a-time.js");
    while (e.state !== "times") await new Promise((done) => setTimeout(done, 10));
    const { bridge } = e.shadowRoot.querySelector(".fat-root").fake;
    const untouched = bridge.emit("findatime-booked", { slot: { npi: "1234567893" }, version: 9 }, false);
    const prevented = bridge.emit("findatime-selected", {}, true);
    return { heard, untouched, prevented };
  });
  expect(heard.untouched).toBe(true);
  expect(heard.prevented).toBe(false);
  expect(heard.heard.map(({ name }) => name)).toEqual(["findatime-step", "findatime-shown", "findatime-booked", "findatime-selected"]);
  expect(heard.heard.every(({ frozen, deep, detail }) => frozen && deep && detail.version === 1 && detail.product === "flushot")).toBe(true);
  expect(heard.heard[0].detail).toMatchObject({ from: "loading", to: "times" });
  expect(heard.heard[1].detail).toMatchObject({ count: 1, ms: expect.any(Number) });
  expect(heard.heard.map(({ cancelable }) => cancelable)).toEqual([false, false, false, true]);
});

test("a chosen time is handed over when somebody reads it or prevents the event, and only then", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await widget(page).reaches("times");
  const taken = await page.evaluate(() => {
    const e = document.querySelector("find-a-time");
    const { bridge } = e.shadowRoot.querySelector(".fat-root").fake;
    const choose = (listener) => {
      document.addEventListener("findatime-selected", listener, { once: true });
      return bridge.selectedByEvent({}, { instant: "2026-12-08T09:00:00-08:00" });
    };
    let instant;
    return {
      nobody: choose(() => {}),
      onlyCounted: choose((event) => event.detail.product),
      read: choose((event) => (instant = event.detail.slot.instant)),
      prevented: choose((event) => event.preventDefault()),
      instant,
      keys: (choose((event) => (instant = Object.keys(event.detail).sort().join())), instant),
    };
  });
  expect(taken).toEqual({
    nobody: false, onlyCounted: false, read: true, prevented: true,
    instant: "2026-12-08T09:00:00-08:00", keys: "product,slot,version",
  });
});

test("a sign-in is answered while the event fires, or later if it was prevented; the first answer counts", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await widget(page).reaches("times");
  const answers = await page.evaluate(async () => {
    const { bridge } = document.querySelector("find-a-time").shadowRoot.querySelector(".fat-root").fake;
    const ask = (listener) => {
      document.addEventListener("findatime-signin", listener, { once: true });
      return bridge.signIn("resume");
    };
    const later = ask(async (event) => {
      event.preventDefault();
      await new Promise((done) => setTimeout(done));
      event.detail.respondWith("late");
      event.detail.respondWith("again");
    });
    return [
      await ask(({ detail }) => detail.respondWith("at once")),
      await later,
      ask(async ({ detail }) => {
        await undefined;
        detail.respondWith("too late");
      }),
      ask(() => {}),
    ];
  });
  expect(answers).toEqual(["at once", "late", false, false]);
});

test("methods reach the widget, focus falls back to the host's link", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await widget(page).reaches("times");
  await widget(page).host.evaluate((e) => {
    e.signedIn();
    e.refresh();
    e.reset();
    e.focus();
  });
  expect(await fake(page, "(f) => [...f.calls].sort()")).toEqual(["focusFirst", "refresh", "reset", "signedIn"]);
  await expect(widget(page).times).toBeFocused();

  site.put("/widget/find-a-time.wasm", { hang: true });
  await page.reload();
  await expect(page.locator(".fat-skeleton")).toBeVisible();
  await widget(page).host.evaluate((e) => e.focus());
  await expect(page.getByRole("link", { name: "Call 206-555-0100" })).toBeFocused();
});

test("focus(options) passes its options to the control, inside and in the fallback", async ({ page, site }) => {
  const tall = '<div style="height:3000px"></div>';
  await page.goto(site.page({ body: tall + ELEMENT, head: LOADER }));
  await widget(page).reaches("times");
  const focused = (options) =>
    widget(page).host.evaluate(async (e, options) => {
      scrollTo(0, 0);
      (e.shadowRoot.activeElement ?? document.activeElement).blur();
      e.focus(options);
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return [scrollY > 0, (e.shadowRoot.activeElement ?? document.activeElement).localName];
    }, options);
  expect(await focused({ preventScroll: true })).toEqual([false, "button"]);
  expect(await focused(undefined)).toEqual([true, "button"]);
  site.put("/widget/find-a-time.wasm", { hang: true });
  await page.reload();
  await expect(page.locator(".fat-skeleton")).toBeVisible();
  expect(await focused({ preventScroll: true })).toEqual([false, "a"]);
});

test("invalid values are reported and ignored, never thrown", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await widget(page).reaches("times");
  const seen = await widget(page).host.evaluate((e) => {
    e.getToken = "eyJ.not.a.function";
    e.strings = "Pick one";
    e.questions = "Do you need a ramp?";
    e.cardToken = "tok_visa";
    e.setAttribute("doctor", "false");
    return { token: e.getToken, strings: e.strings, told: e.diagnostics };
  });
  expect(seen.token).toBeNull();
  expect(seen.strings).toBeNull();
  expect(seen.told.map(({ code }) => code)).toEqual([...Array(4).fill("property-invalid"), "boolean-false"]);
  expect(JSON.stringify(seen.told)).not.toMatch(/eyJ|tok_/);
});

test("the widget catches an error thrown by getToken; the page does not see it", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await widget(page).reaches("times");
  const said = await page.evaluate(() => {
    const e = document.querySelector("find-a-time");
    const { bridge } = e.shadowRoot.querySelector(".fat-root").fake;
    const unset = [bridge.hasToken(), bridge.token()];
    e.getToken = () => {
      throw new Error("the identity provider's script is missing");
    };
    try {
      bridge.token();
    } catch (error) {
      return [...unset, /** @type {Error} */ (error).message];
    }
  });
  expect(said).toEqual([false, undefined, "the identity provider's script is missing"]);
});

test("the last 50 diagnostics are kept", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await widget(page).reaches("times");
  await fake(page, `(f) => { for (let i = 0; i < 60; i++) f.bridge.diagnose("n" + i, "info", "m", ""); }`);
  const codes = await widget(page).codes();
  expect(codes).toHaveLength(50);
  expect([codes[0], codes[49]]).toEqual(["n10", "n59"]);
  const changed = await widget(page).host.evaluate((e) => {
    const { diagnostics } = e;
    diagnostics.pop();
    return [Object.isFrozen(diagnostics[0]), e.diagnostics.length];
  });
  expect(changed, "nobody can change the list of others").toEqual([true, 50]);
});
