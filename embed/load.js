/**
 * Fetches what an element needs: the wasm, which brings the stylesheet, and a language pack. Each once a page; a failed load is
 * forgotten, so that whoever asks next asks the network again. Fetched late, by `fetch`, are data only: after a failed
 * `import()` some browsers never ask for that script again.
 */
import { connect, shared, start, version } from "find-a-time-glue";
import { endReadingAhead, sendOnce, sentAhead } from "./early.js";
import { addressOf, areAllMissing, expectFile, hashOf } from "./files.js";
import { styleArrived } from "./frame.js";
import { after, ask } from "./net.js";
import { announce, announceRefusal, dead, enter, isTrap, panicked, wasRefused } from "./page.js";

/** Milliseconds before the second and the third attempt, after network errors only. */
const PAUSES = [1000, 4000];
/** A download may be slow, but one this slow has been lost. */
const DEADLINE = 60_000;

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
 * Reports, instead of a hash that differs, the release that the files are of, where their folder says that. A file to which a
 * bundler gave another name has no such folder.
 * @param {string} file @param {string} url
 * @returns {Promise<string | undefined>}
 */
async function releaseOf(file, url) {
  if (!url.endsWith(`/${file}`)) return;
  try {
    return (await (await get(`${url.slice(0, -file.length)}integrity.json`)).json()).version;
  } catch {
    // The hash alone is told.
  }
}

/**
 * Fetches a file of the release: with its hash, a deadline, and further attempts where they may help.
 * @template T
 * @param {string} file its name in the release
 * @param {URL | null} base the `assets` folder; without one the file is beside this script
 * @param {(response: Response) => Promise<T>} read
 * @param {typeof announce} diagnose
 * @returns {Promise<T>} rejects once everything has been announced
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
      // The second look is past the browser's cache, which may hold the file of the release before.
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
    // What looks like another file may have been cut on the way: worth a second look before it is called wrong.
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
    // From a buffer: `integrity` waits for the whole body anyway, and a server's wrong type does not matter then.
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

/** The words of one language. @param {URL | null} base @param {string} pack @returns {Promise<Record<string, string>>} */
export const loadPack = (base, pack) =>
  once(`pack ${pack}`, () =>
    // A copy: a page's own `fetch` may answer with an object of another window, which the wasm would not take for one.
    fetchFile(`locales/${pack}.txt`, base, async (response) => ({ ...(await response.json()) })),
  );
