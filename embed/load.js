/**
 * Fetches what an element needs: the wasm, the stylesheet, a language pack. Each once a page; a failed load is
 * forgotten, so that whoever asks next asks the network again. Fetched late, by `fetch`, are data only: after a failed
 * `import()` some browsers never ask for that script again.
 */
import { connect, shared, start, version } from "find-a-time-glue";
import { endReadingAhead, sendOnce, sentAhead } from "./early.js";
import { after, ask } from "./net.js";
import { announce, announceRefusal, dead, enter, isTrap, panicked, wasRefused } from "./page.js";

/** Milliseconds before the second and the third attempt, after network errors only. */
const PAUSES = [1000, 4000];
/** A download may be slow, but one this slow has been lost. */
const DEADLINE = 60_000;

/**
 * What this script was built with: file → hash. The `integrity` on its own tag so covers every file of the release.
 * @type {Record<string, string>}
 */
const HASHES = __INTEGRITY__;

const sleep = (/** @type {number} */ ms) => new Promise((done) => after(ms, done));

/** With the credentials of a preload hint (`crossorigin`), so that the hint's answer is used. @param {string} url @param {RequestInit} [more] */
const get = (url, more) =>
  ask(url, { credentials: "same-origin", redirect: "error", referrerPolicy: "no-referrer", signal: AbortSignal.timeout(DEADLINE), ...more });

/** @type {Map<string, Promise<any>>} */
const loads = new Map();

/** @template T @param {string} key @param {() => Promise<T>} job @returns {Promise<T>} */
function once(key, job) {
  let load = loads.get(key);
  if (!load) {
    loads.set(key, (load = job()));
    load.catch(() => loads.delete(key));
  }
  return load;
}

/**
 * Why a fetch threw. With `integrity` a 404, a changed file and a broken-off download all throw alike, so the head is asked
 * for without it.
 * @param {string} file @param {string} url
 * @returns {Promise<{ code?: string, values?: Record<string, unknown> }>}
 */
async function explain(file, url) {
  // A refusal is told in a task of its own, after the fetch has thrown.
  await sleep(50);
  if (wasRefused(url)) return {}; // the policy's event has been announced already
  try {
    const head = await get(url, { method: "HEAD" });
    const html = head.headers.get("content-type")?.includes("html");
    if (!head.ok || html) return { code: "asset-missing", values: { file, answer: head.ok ? "with a page" : head.status } };
    return { code: "asset-integrity", values: { file } };
  } catch {
    return { code: "asset-unreachable", values: { file } };
  }
}

/**
 * Fetches a file of the release: with its hash, a deadline, and further attempts where they may help.
 * @template T
 * @param {string} file its name in the release
 * @param {URL} url in the `assets` folder, or beside this script
 * @param {(response: Response) => Promise<T>} read
 * @param {typeof announce} diagnose
 * @returns {Promise<T>} rejects once everything has been announced
 */
export async function fetchFile(file, { href }, read, diagnose = announce) {
  let doubted = false;
  for (let tries = 0; ; tries++) {
    let why;
    try {
      // The second look is past the browser's cache, which may hold the file of the release before.
      /** @type {RequestInit} */
      const more = { integrity: HASHES[file], cache: doubted ? "reload" : "default" };
      // A stylesheet is asked for as one: Vite's development server wraps it into a module otherwise.
      const response = await get(href, file.endsWith(".css") ? { ...more, headers: { accept: "text/css" } } : more);
      if (response.ok) return await read(response);
      why = { code: "asset-missing", values: { file, answer: response.status } };
    } catch {
      why = await explain(file, href);
    }
    const { code, values } = why;
    // What looks like another file may have been cut on the way: worth a second look before it is called wrong.
    const passing = code === "asset-unreachable" || (code === "asset-integrity" && !doubted);
    doubted ||= code === "asset-integrity";
    const again = passing && tries < PAUSES.length;
    if (code) diagnose(code, values, again ? "warning" : undefined);
    if (!again) throw new Error(code);
    await sleep(PAUSES[tries]);
  }
}

/** @param {string} file @param {typeof announce} diagnose @returns {never} */
function broken(file, diagnose = announce) {
  diagnose("asset-broken", { file });
  throw new Error("asset-broken");
}

/** Where the first part of the wasm came from: the later ones are of the same release. @type {URL | null} */
let origin = null;

/** Starts the wasm, once a page. @param {URL | null} base the `assets` folder @returns {Promise<void>} */
export const loadWasm = (base) =>
  once("wasm", async () => {
    if (typeof WebAssembly !== "object") {
      announce("no-webassembly");
      throw new Error("no-webassembly");
    }
    const file = "find-a-time.wasm";
    origin = base;
    const url = base ? new URL(file, base) : new URL("./find-a-time.wasm", import.meta.url);
    // From a buffer: `integrity` waits for the whole body anyway, and a server's wrong type does not matter then.
    const [bytes, type] = await fetchFile(file, url, async (response) => /** @type {const} */ ([await response.arrayBuffer(), response.headers.get("content-type")]));
    if (!type?.startsWith("application/wasm")) announce("asset-mime", { file, type: type ?? "nothing", wanted: "application/wasm" });
    try {
      await connect(bytes);
    } catch {
      await sleep(50);
      if (!wasRefused("wasm-eval")) broken(file);
      announceRefusal("script-src", "to compile WebAssembly", "'wasm-unsafe-eval'");
      throw new Error("csp");
    }
    try {
      const found = version();
      if (found === __VERSION__) {
        endReadingAhead();
        return start(panicked, { elapsed: () => performance.now(), after: (ms, callback) => after(ms, () => enter(callback)), send: sendOnce, sentAhead });
      }
      announce("version-mismatch", { found, wanted: __VERSION__ });
    } catch (error) {
      if (isTrap(error)) panicked();
      broken(file);
    }
    throw new Error("version-mismatch");
  });

/** Files of the later parts, beside this script. Bundlers follow literals only. @type {Record<string, () => URL>} */
const LATER = {
  "find-a-time-errand.wasm": () => new URL("./find-a-time-errand.wasm", import.meta.url),
  "find-a-time-shared.wasm": () => new URL("./find-a-time-shared.wasm", import.meta.url),
  "find-a-time-ways.wasm": () => new URL("./find-a-time-ways.wasm", import.meta.url),
};

/** @param {string} file @param {typeof announce} diagnose @returns {Promise<ArrayBuffer>} */
const fetchLater = (file, diagnose) =>
  once(file, () => fetchFile(file, origin ? new URL(file, origin) : LATER[file](), (response) => response.arrayBuffer(), diagnose));

/** Adds a file to the wasm that was started. @param {string} file @param {typeof announce} diagnose */
const add = (file, diagnose) =>
  once(`${file} added`, async () => {
    const bytes = await fetchLater(file, diagnose);
    // After a panic there is nothing left to add it to.
    if (dead) throw new Error("panic");
    try {
      await WebAssembly.instantiate(bytes, { __wasm_split: shared() });
    } catch {
      loads.delete(file);
      broken(file, diagnose);
    }
    // The page needs the bytes no longer.
    loads.set(file, Promise.resolve());
  });

/** @param {"errand" | "ways"} part @returns {string[]} what the part needs, in the order in which it is added */
const filesOf = (part) => ["find-a-time-shared.wasm", `find-a-time-${part}.wasm`];

/** Fetches a later part of the wasm, whether or not that has been started. @param {"errand" | "ways"} part @param {typeof announce} diagnose @returns {Promise<unknown>} */
export const fetchPart = (part, diagnose) => Promise.all(filesOf(part).map((file) => fetchLater(file, diagnose)));

/** Adds a later part to the wasm that was started, once a page. @param {"errand" | "ways"} part @param {typeof announce} diagnose @returns {Promise<void>} */
export async function loadPart(part, diagnose) {
  await fetchPart(part, diagnose);
  for (const file of filesOf(part)) await add(file, diagnose);
}

/** The stylesheet's text. @param {URL | null} base @returns {Promise<string>} */
export const loadStyle = (base) =>
  once("style", () => {
    const file = "find-a-time.css";
    return fetchFile(file, base ? new URL(file, base) : new URL("./find-a-time.css", import.meta.url), (response) => response.text());
  });

/** The words of one language. @param {URL | null} base @param {string} pack @returns {Promise<Record<string, string>>} */
export const loadPack = (base, pack) =>
  once(`pack ${pack}`, () => {
    const file = `locales/${pack}.json`;
    return fetchFile(file, base ? new URL(file, base) : new URL(`./locales/${pack}.json`, import.meta.url), async (response) => {
      // A copy: a page's own `fetch` may answer with an object of another window, which the wasm would not take for one.
      return { ...(await response.json()) };
    });
  });
