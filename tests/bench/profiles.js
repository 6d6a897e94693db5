// The connections and processors under which the pages are measured, and the browser that simulates them.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import { NOW } from "../support/acme.js";
import { observe } from "./observe.js";

const KILOBIT = 1000 / 8;

/**
 * `down` and `up`: bytes a second, -1 without a limit; `latency`: milliseconds; `cpu`: how many times slower the processor is.
 * @typedef {{ name: string, title: string, down: number, up: number, latency: number, cpu: number }} Profile
 */

/** A mid-range phone on a slow mobile connection. @type {Profile} */
export const PHONE = { name: "phone", title: "1.6 Mbit/s, 150 ms, 4 × slower processor", down: 1600 * KILOBIT, up: 750 * KILOBIT, latency: 150, cpu: 4 };
/** The same phone with poor reception. @type {Profile} */
export const SLOW_3G = { name: "slow-3g", title: "slow 3G: 400 kbit/s, 400 ms, 4 × slower processor", down: 400 * KILOBIT, up: 400 * KILOBIT, latency: 400, cpu: 4 };
/** The phone's processor only. @type {Profile} */
export const CPU_ONLY = { name: "cpu", title: "4 × slower processor, no slower connection", down: -1, up: -1, latency: 0, cpu: 4 };
/** This machine without throttling. @type {Profile} */
export const FULL_SPEED = { name: "full-speed", title: "no throttling", down: -1, up: -1, latency: 0, cpu: 1 };

/** Finds Chromium on PATH. */
function chromiumPath() {
  for (const name of ["chromium", "chromium-browser"]) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // Not in this folder.
      }
    }
  }
  throw new Error("chromium is not on PATH");
}

/** @param {string[]} [more] further arguments */
export const launch = (more = []) =>
  chromium.launch({
    executablePath: chromiumPath(),
    args: [
      "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
      // Makes `performance.memory` exact.
      "--enable-precise-memory-info",
      ...more,
    ],
  });

/** Opens a new browser profile with empty caches. @param {import("playwright-core").Browser} browser */
export async function freshContext(browser) {
  // As in the other tests, the browser's time zone is not the clinic's.
  const context = await browser.newContext({ locale: "en-US", timezoneId: "America/New_York", viewport: { width: 390, height: 844 } });
  // Shift the page's clock so that it starts at the time at which Acme's clock stands still. The page's clock runs.
  await context.addInitScript((shift) => {
    const Real = Date;
    globalThis.Date = /** @type {any} */ (class extends Real {
      /** @param {...any} parts */
      constructor(...parts) {
        super(.../** @type {[]} */ (parts.length ? parts : [Real.now() + shift]));
      }
      static now = () => Real.now() + shift;
    });
  }, Date.parse(NOW) - Date.now());
  await context.addInitScript(observe);
  return context;
}

/**
 * Opens a throttled page, and records what it downloads.
 * @param {import("playwright-core").BrowserContext} context @param {Profile} profile
 */
export async function throttledPage(context, { down, up, latency, cpu }) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", { offline: false, latency, downloadThroughput: down, uploadThroughput: up });
  await session.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  /** @type {Map<string, string>} */
  const addresses = new Map();
  /** Bytes over the network by address, headers included. @type {Map<string, number>} */
  const bytes = new Map();
  session.on("Network.requestWillBeSent", ({ requestId, request }) => addresses.set(requestId, request.url));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const address = addresses.get(requestId);
    if (address?.startsWith("http")) bytes.set(address, (bytes.get(address) ?? 0) + encodedDataLength);
  });
  return { page, session, bytes };
}

/**
 * Bytes that a page keeps after a garbage collection: JavaScript's objects and buffers, what the browser keeps for them (DOM nodes,
 * styles), and the memory of its wasm.
 * @param {import("playwright-core").Page} page @param {import("playwright-core").CDPSession} session
 */
export async function memory(page, session) {
  for (let times = 0; times < 2; times++) await session.send("HeapProfiler.collectGarbage");
  const usage = /** @type {any} */ (await session.send("Runtime.getHeapUsage"));
  const wasm = await page.evaluate(() => document[Symbol.for("bench")].memories.reduce((/** @type {number} */ sum, /** @type {WebAssembly.Memory} */ { buffer }) => sum + buffer.byteLength, 0));
  const parts = { objects: usage.usedSize + usage.backingStorageSize, browser: usage.embedderHeapUsedSize, wasm };
  return { ...parts, sum: parts.objects + parts.browser + parts.wasm };
}
