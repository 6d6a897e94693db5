// Old versions of Chromium: 103 (2022), the oldest for which the project promises the element's looks, and 112, which has
// `color-mix()` but no `light-dark()`, like Safari on an iPhone with iOS 16. Playwright supports neither, so an old puppeteer
// drives them.
import { createReadStream, createWriteStream } from "node:fs";
import { chmod, mkdir, rename, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";
import puppeteer from "puppeteer-core";

export const VERSIONS = ["103", "112"];

const TARGET = join(dirname(fileURLToPath(import.meta.url)), "../../target/old");

/** The browser's program file, unpacked once. @param {string} version @returns {Promise<string>} */
async function program(version) {
  const packed = join(dirname(createRequire(import.meta.url).resolve(`chromium-${version}/package.json`)), "bin/chromium.br");
  const file = join(TARGET, `chromium-${version}`);
  if (await stat(file).catch(() => null)) return file;
  await mkdir(TARGET, { recursive: true });
  const part = `${file}.${process.pid}`;
  await pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(part));
  await chmod(part, 0o755);
  await rename(part, file);
  return file;
}

/** @param {string} version one of `VERSIONS` @returns {Promise<import("puppeteer-core").Browser>} */
export const launch = async (version) =>
  puppeteer.launch({
    executablePath: await program(version),
    // Set the time zone here, not through the DevTools protocol: all pages share one process, in which the zone can be set only
    // once.
    env: { ...process.env, TZ: "America/New_York" },
    headless: true,
    args: ["--no-sandbox", "--no-zygote", "--single-process", "--in-process-gpu", "--disable-gpu", "--no-first-run"],
  });

/** The file for a picture. @param {string} name */
export const picture = (name) => join(TARGET, name);

/**
 * Opens a page with a stopped clock, and records what goes wrong on it.
 * @param {import("puppeteer-core").Browser} browser @param {string} now
 * @returns {Promise<{ page: import("puppeteer-core").Page, wrong: string[] }>}
 */
export async function openPage(browser, now) {
  const page = await browser.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && wrong.push(message.text()));
  page.on("requestfailed", (request) => wrong.push(`${request.url()}: ${request.failure()?.errorText}`));
  await page.setViewport({ width: 1280, height: 900 });
  await page.evaluateOnNewDocument((now) => {
    const Real = Date;
    /** @type {any} */ (globalThis).Date = class extends Real {
      constructor(/** @type {[any]} */ ...given) {
        super(.../** @type {[any]} */ (given.length ? given : [now]));
      }
      static now = () => now;
    };
  }, Date.parse(now));
  return { page, wrong };
}

/**
 * Waits for the first visible element in the widget that matches `selector` and has `text` in its `aria-label`, or else in its text.
 * @param {import("puppeteer-core").Page} page @param {string} selector @param {string} [text]
 */
export async function find(page, selector, text = "") {
  const handle = await page.waitForFunction(
    (selector, text) =>
      [...(document.querySelector("find-a-time")?.shadowRoot?.querySelectorAll(selector) ?? [])].find(
        (element) => element.getClientRects().length && (element.getAttribute("aria-label") ?? element.textContent).includes(text),
      ),
    { timeout: 20_000 },
    selector,
    text,
  );
  return /** @type {import("puppeteer-core").ElementHandle<Element>} */ (handle.asElement());
}

/** @param {import("puppeteer-core").Page} page @param {string} state waited for */
export const reaches = (page, state) =>
  page.waitForFunction((state) => document.querySelector("find-a-time").state === state, { timeout: 20_000 }, state);
