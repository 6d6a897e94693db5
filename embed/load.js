/**
 * Fetches the wasm, which brings the stylesheet, and the language packs. Each is fetched once for each page; a failed load is forgotten, so
 * that the next caller fetches the file again. Only data are fetched, with `fetch`, and no scripts: after a failed `import()` some browsers
 * never request that script again.
 */
import { connect, shared, start, version } from "find-a-time-glue";
import { endReadingAhead, sendOnce, sentAhead } from "./early.js";
import { addressOf, areAllMissing, expectFile, hashOf } from "./files.js";
import { styleArrived } from "./frame.js";
import { after, ask } from "./net.js";
import { announce, announceRefusal, dead, enter, isTrap, panicked, wasRefused } from "./page.js";

/** Milliseconds before the second and the third attempt, if a retry may help. */
const PAUSES = [1000, 4000];
/** Milliseconds after which a download counts as lost. */
const DEADLINE = 60_000;

const sleep = (/** @type {number} */ ms) => new Promise((/** @type {(value?: undefined) => void} */ done) => after(ms, done));

/** Calls `fetch` with the same credentials mode as a preload hint (`crossorigin`), so that the hint's answer is used. @param {string} url @param {RequestInit} [more] */
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
 * Finds out why a fetch threw. With `integrity`, a 404, a changed file and an interrupted download all throw the same error, so a HEAD
 * request is sent without it.
 * @param {string} file @param {string} url
 * @returns {Promise<{ code?: string, values?: Record<string, unknown> }>}
 */
async function explain(file, url) {
  // The event for a refusal by the page's policy fires in a task of its own, after the fetch has thrown.
  await sleep(50);
  if (wasRefused(url)) return {}; // the event's listener has reported the refusal already
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
 * Reads the version of the release that a file with a wrong hash belongs to, from the `integrity.json` of its folder. A file that a bundler
 * renamed has no such folder.
 * @param {string} file @param {string} url
 * @returns {Promise<string | undefined>}
 */
async function releaseOf(file, url) {
  if (!url.endsWith(`/${file}`)) return;
  try {
    return (await (await get(`${url.slice(0, -file.length)}integrity.json`)).json()).version;
  } catch {
    // Without a version, only the wrong hash is reported.
  }
}

/**
 * Fetches a file of the release, checking its hash, with a deadline, and with retries if they may help.
 * @template T
 * @param {string} file its name in the release
 * @param {URL | null} base the `assets` folder; without one the file is beside this script
 * @param {(response: Response) => Promise<T>} read
 * @param {typeof announce} diagnose
 * @returns {Promise<T>} rejects once everything has been reported
 */
export async function fetchFile(file, base, read, diagnose = announce) {
  const href = addressOf(file, base)?.href;
  if (!href) {
    diagnose("files-away", { why: "a bundler has put the script elsewhere, without them" });
    throw new Error("files-away");
  }
  const settle = expectFile(href);
  let doubted = false;
  for (let tries = 0; ; tries++) {
    let why;
    try {
      // The attempt after a wrong hash bypasses the browser's cache, which may hold the file of an earlier release.
      const response = await get(href, { integrity: hashOf(file), cache: doubted ? "reload" : "default" });
      settle(response.ok);
      if (response.ok) return await read(response);
      why = { code: "asset-missing", values: { file, answer: response.status } };
    } catch {
      why = await explain(file, href);
    }
    let { code, values } = why;
    settle(code !== "asset-missing");
    if (code === "asset-missing" && (await areAllMissing())) [code, values] = ["files-away", { why: `the server answered ${values?.answer} for each` }];
    // A wrong hash may also come from an interrupted download, so the file is fetched once more before it is reported as wrong.
    const passing = code === "asset-unreachable" || (code === "asset-integrity" && !doubted);
    const again = passing && tries < PAUSES.length;
    if (code === "asset-integrity" && doubted) {
      const found = await releaseOf(file, href);
      if (found && found !== __VERSION__) [code, values] = ["version-mismatch", { found, wanted: __VERSION__ }];
    }
    doubted ||= code === "asset-integrity";
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

/** The `assets` folder from which the first part of the wasm came: the later parts must come from the same release. @type {URL | null} */
let origin = null;

/** Loads and starts the wasm, once for each page. @param {URL | null} base the `assets` folder @returns {Promise<void>} */
export const loadWasm = (base) =>
  once("wasm", async () => {
    if (typeof WebAssembly !== "object") {
      announce("no-webassembly");
      throw new Error("no-webassembly");
    }
    const file = "find-a-time.wasm";
    origin = base;
    // Compile the wasm from a buffer instead of a stream: with `integrity` the browser waits for the whole body anyway, and a buffer also works
    // if the server sends a wrong type.
    const [bytes, type] = await fetchFile(file, base, async (response) => /** @type {const} */ ([await response.arrayBuffer(), response.headers.get("content-type")]));
    if (!type?.startsWith("application/wasm")) announce("asset-mime", { file, type: type ?? "nothing", wanted: "application/wasm" });
    try {
      styleArrived(new TextDecoder().decode(await connect(bytes)));
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

/** @param {string} file @param {typeof announce} diagnose @returns {Promise<ArrayBuffer>} */
const fetchLater = (file, diagnose) => once(file, () => fetchFile(file, origin, (response) => response.arrayBuffer(), diagnose));

/** Adds a file of a later part to the running wasm. @param {string} file @param {typeof announce} diagnose */
const add = (file, diagnose) =>
  once(`${file} added`, async () => {
    const bytes = await fetchLater(file, diagnose);
    // After a panic the running wasm is disconnected.
    if (dead) throw new Error("panic");
    try {
      await WebAssembly.instantiate(bytes, { __wasm_split: shared() });
    } catch {
      loads.delete(file);
      broken(file, diagnose);
    }
    // Keep only that the file was loaded, so that its bytes can be freed.
    loads.set(file, Promise.resolve());
  });

/** @param {"errand" | "ways"} part @returns {string[]} the files that the part needs, in the order in which they must be added */
const filesOf = (part) => ["find-a-time-shared.wasm", `find-a-time-${part}.wasm`];

/**
 * Fetches the files of a later part, even before the first part of the wasm has started.
 * @param {"errand" | "ways"} part @param {typeof announce} diagnose @returns {Promise<unknown>}
 */
export const fetchPart = (part, diagnose) => Promise.all(filesOf(part).map((file) => fetchLater(file, diagnose)));

/** Fetches a later part and adds it to the running wasm, once for each page. @param {"errand" | "ways"} part @param {typeof announce} diagnose @returns {Promise<void>} */
export async function loadPart(part, diagnose) {
  await fetchPart(part, diagnose);
  for (const file of filesOf(part)) await add(file, diagnose);
}

/** The words of one language. @param {URL | null} base @param {string} pack @returns {Promise<Record<string, string>>} */
export const loadPack = (base, pack) =>
  once(`pack ${pack}`, () =>
    // Copy the object, since a replaced `fetch` may answer with an object of another window, which the wasm would not accept.
    fetchFile(`locales/${pack}.txt`, base, async (response) => ({ ...(await response.json()) })),
  );
