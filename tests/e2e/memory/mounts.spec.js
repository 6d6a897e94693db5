// Adds and removes elements, some while they still read times: no timer, request or listener remains, and the heap hardly grows.
// The benchmark does the same 500 times and publishes the figures.
import { expect, test, widget } from "../../support/fixtures.js";
import { attributes, SCRIPT } from "../../support/host-page.js";

const MOUNTS = 60;
/** Mounts before the first measurement, after which everything that is created once exists. */
const WARM_UP = 10;
const MEGABYTE = 2 ** 20;

// Use the browser's own timers, which are counted.
test.use({ frozenAt: null });
test.beforeEach(({ acme }) => acme.clock({ now: new Date().toISOString(), frozen: false }));

/** Keeps all pending timers, frames and requests, and all listeners. Runs in the page. */
const keepAlive = () => {
  const alive = (document[Symbol.for("alive")] = { timers: new Set(), frames: new Set(), requests: new Set(), listeners: new Map() });
  const { setTimeout, clearTimeout, setInterval, clearInterval, requestAnimationFrame, fetch } = window;
  /** @type {any} */ (window).setTimeout = (callback, ...more) => {
    const timer = setTimeout(() => {
      alive.timers.delete(timer);
      callback();
    }, ...more);
    alive.timers.add(timer);
    return timer;
  };
  window.clearTimeout = (timer) => {
    alive.timers.delete(timer);
    clearTimeout(timer);
  };
  /** @type {any} */ (window).setInterval = (/** @type {[any]} */ ...given) => {
    const timer = setInterval(...given);
    alive.timers.add(timer);
    return timer;
  };
  window.clearInterval = (timer) => {
    alive.timers.delete(timer);
    clearInterval(timer);
  };
  window.requestAnimationFrame = (callback) => {
    const frame = requestAnimationFrame((now) => {
      alive.frames.delete(frame);
      callback(now);
    });
    alive.frames.add(frame);
    return frame;
  };
  window.fetch = async (...given) => {
    const request = Symbol("request");
    alive.requests.add(request);
    try {
      return await fetch(...given);
    } finally {
      alive.requests.delete(request);
    }
  };
  // Count the listeners of the window and the document only: an element's own disappear with it.
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const counted = (/** @type {any} */ target) => target === undefined || target === window || target === document || target === document.documentElement;
  const keyOf = (/** @type {string} */ name, /** @type {any} */ options) => `${name} ${!!(typeof options === "object" ? options?.capture : options)}`;
  EventTarget.prototype.addEventListener = function (name, listener, options) {
    if (counted(this)) {
      const key = keyOf(name, options);
      if (!alive.listeners.has(key)) alive.listeners.set(key, new Set());
      alive.listeners.get(key).add(listener);
    }
    return addEventListener.call(this ?? window, name, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (name, listener, options) {
    if (counted(this)) alive.listeners.get(keyOf(name, options))?.delete(listener);
    return removeEventListener.call(this ?? window, name, listener, options);
  };
};

/** Adds an element and removes it, `times` times. Runs in the page. @param {{ given: Record<string, string>, times: number }} what */
async function mount({ given, times }) {
  for (let nth = 0; nth < times; nth++) {
    const element = document.createElement("find-a-time");
    for (const [name, value] of Object.entries(given)) element.setAttribute(name, value);
    const shown = new Promise((resolve) => element.addEventListener("findatime-shown", resolve, { once: true }));
    document.querySelector("main").append(element);
    // Every third element is removed while it reads.
    await (nth % 3 === 2 ? Promise.resolve() : shown);
    element.remove();
    // The element unmounts in a microtask.
    await new Promise((rest) => window.queueMicrotask(() => rest(undefined)));
  }
}

/** @param {import("@playwright/test").Page} page */
const alive = (page) =>
  page.evaluate(() => {
    const { timers, frames, requests, listeners } = document[Symbol.for("alive")];
    return { timers: timers.size, frames: frames.size, requests: requests.size, listeners: Object.fromEntries([...listeners].map(([key, { size }]) => [key, size]).filter(([, size]) => size)) };
  });

/** Bytes, nodes and listeners that a page keeps after a garbage collection; `null` where the browser does not report them. @param {import("@playwright/test").Page} page @param {string} browserName */
async function heap(page, browserName) {
  if (browserName !== "chromium") return null;
  const session = await page.context().newCDPSession(page);
  for (let times = 0; times < 3; times++) await session.send("HeapProfiler.collectGarbage");
  const { usedSize, embedderHeapUsedSize, backingStorageSize } = /** @type {any} */ (await session.send("Runtime.getHeapUsage"));
  const { nodes, jsEventListeners } = await session.send("Memory.getDOMCounters");
  await session.detach();
  return { bytes: usedSize + embedderHeapUsedSize + backingStorageSize, nodes, listeners: jsEventListeners };
}

test(`${MOUNTS} elements added to a page and removed leave no timer, request or listener behind, and less than a megabyte`, async ({ page, site, acme, browserName }, info) => {
  test.slow();
  await page.addInitScript(keepAlive);
  await page.goto(site.page({ head: SCRIPT, body: "<main><h1>Clinic</h1></main>" }));
  await page.evaluate(() => customElements.whenDefined("find-a-time").then(() => {}));
  const given = attributes(acme);
  const isQuiet = async () => {
    const { timers, frames, requests } = await alive(page);
    return [timers, frames, requests];
  };
  await page.evaluate(mount, { given, times: WARM_UP });
  await expect.poll(isQuiet, { message: "timers, frames and requests before", timeout: 20_000 }).toEqual([0, 0, 0]);
  const [before, heapBefore] = [await alive(page), await heap(page, browserName)];
  await page.evaluate(mount, { given, times: MOUNTS });
  await expect.poll(isQuiet, { message: "timers, frames and requests after", timeout: 20_000 }).toEqual([0, 0, 0]);
  expect((await alive(page)).listeners, "listeners of window and document").toEqual(before.listeners);
  const heapAfter = await heap(page, browserName);
  if (heapBefore && heapAfter) {
    const grown = Object.fromEntries(Object.entries(heapAfter).map(([name, now]) => [name, now - heapBefore[name]]));
    info.annotations.push({ type: "memory", description: JSON.stringify(grown) });
    expect(grown.bytes, "bytes").toBeLessThan(MEGABYTE);
    expect(grown.nodes, "nodes").toBeLessThanOrEqual(20);
    expect(grown.listeners, "listeners").toBeLessThanOrEqual(5);
  }
  // The next element still works.
  await page.evaluate((given) => {
    const element = document.createElement("find-a-time");
    for (const [name, value] of Object.entries(given)) element.setAttribute(name, value);
    document.querySelector("main").append(element);
  }, given);
  await expect(widget(page).times.first()).toBeVisible();
});
