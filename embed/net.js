/**
 * Requests and timers. Monitoring scripts replace the browser's `fetch`, `setTimeout` and `AbortController`: this file uses the answer of a
 * replacement if it can be read, and lets no error of a replacement out.
 */
import { inTurn } from "./near.js";
import { dead, enter, running, widgets } from "./page.js";

/** The longest body that is read, in bytes after decoding. */
const MOST = 8 * 1024 * 1024;

/** Runs a job and ignores its errors. @param {() => unknown} job */
async function quietly(job) {
  try {
    await job();
  } catch {
    // A replacement threw an error.
  }
}

/**
 * Calls `callback` once, unless it is cancelled before.
 * @param {number} milliseconds @param {() => void} callback
 * @returns {() => void} cancels the timer
 */
export function after(milliseconds, callback) {
  /** @type {(() => void) | undefined} */
  let due = callback;
  const run = () => {
    const now = due;
    due = undefined;
    now?.();
  };
  /** @type {any} */
  let timer;
  try {
    timer = setTimeout(run, milliseconds);
  } catch {
    // A script of the page has replaced `setTimeout`, and it threw an error. `AbortSignal.timeout` does not use it.
    AbortSignal.timeout(milliseconds).addEventListener("abort", run);
  }
  return () => {
    due = undefined;
    void quietly(() => clearTimeout(timer));
  };
}

/** A `diagnose` that reports to the elements whose `api`, `visits` or `assets` is the beginning of this address. @param {string} url */
const askers = (url) => ({
  /** @type {import("./page.js").Widget["diagnose"]} */
  diagnose(code, values) {
    const { href } = new URL(url);
    for (const widget of [...widgets]) if (widget.addresses().some((address) => href.startsWith(address))) widget.diagnose(code, values);
  },
});

/**
 * Calls the page's `fetch`. Rejects if there is no response, and reports `fetch-replaced` if a replacement throws or its answer is not a
 * response.
 * @param {string} url @param {RequestInit} init
 * @returns {Promise<Response>}
 */
export async function ask(url, init) {
  /** @type {any} */
  let answer;
  let fault = "throws";
  try {
    // The options have no prototype: otherwise `fetch` would read properties that a script of the page added to `Object.prototype`.
    answer = fetch(url, /** @type {RequestInit} */ ({ __proto__: null, ...init }));
    fault = "";
  } catch {
    // Only a replacement throws: the browser's own `fetch` returns a promise that rejects.
  }
  if (!fault) {
    answer = await answer;
    try {
      if (typeof answer.status === "number") return answer;
    } catch {
      // `undefined`, or an object whose properties throw.
    }
    fault = `answers with ${answer === null ? "null" : `a value of type ${typeof answer}`}, which is not a Response that can be read`;
  }
  askers(url).diagnose("fetch-replaced", { fault });
  throw new Error("fetch-replaced");
}

/** @param {ReadableStreamDefaultReader<Uint8Array>} reader @returns {Promise<Uint8Array | null>} `null` when it is too long */
async function readStream(reader) {
  const pieces = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > MOST) {
      void quietly(() => reader.cancel());
      return null;
    }
    pieces.push(value);
  }
  const body = new Uint8Array(length);
  let place = 0;
  for (const piece of pieces) {
    body.set(piece, place);
    place += piece.byteLength;
  }
  return body;
}

/** Reads the body of a response, or of an object like one. @param {any} response @returns {Promise<Uint8Array | null>} `null` when it is too long */
async function read(response) {
  if (response.body?.getReader) return readStream(response.body.getReader());
  const body = response.arrayBuffer ? new Uint8Array(await response.arrayBuffer()) : new TextEncoder().encode(await response.text());
  return body.length > MOST ? null : body;
}

/**
 * Sends a request of the widget once, without retries.
 * @param {string} url @param {string} method @param {[string, string][]} headers @param {string | undefined} body
 * @param {number} milliseconds the limit for the whole answer, headers and body
 * @param {(answer: [number, number | null, Uint8Array, boolean] | null) => void} callback called once, unless the attempt is stopped
 * before: status, seconds of `retry-after`, body (empty if it is too long), whether it is too long; `null` without an answer
 * @returns {() => void} stops the attempt
 */
export function send(url, method, headers, body, milliseconds, callback) {
  /** @type {AbortController | undefined} */
  let controller;
  let cancel = () => {};
  const stop = () => {
    running.delete(stop);
    cancel();
    void quietly(() => controller?.abort());
  };
  /** @type {typeof callback} */
  const end = (answer) =>
    inTurn(() => {
      if (!running.has(stop)) return;
      stop();
      enter(() => callback(answer));
    });
  const attempt = async () => {
    // The browser's `fetch` rejects a request whose `signal` is any other object.
    const signal = {}.toString.call(controller?.signal) === "[object AbortSignal]" ? controller?.signal : undefined;
    const response = await ask(url, {
      method, headers, body, signal, credentials: "omit", redirect: "error", referrerPolicy: "no-referrer", cache: "no-store",
    });
    const bytes = await read(response);
    if (!bytes) askers(url).diagnose("answer-too-long", { origin: new URL(url).origin, megabytes: MOST >> 20 });
    // The header can be read only if the server exposes it to the page.
    const seconds = parseInt(response.headers?.get?.("retry-after") ?? "", 10);
    end([response.status, seconds >= 0 ? seconds : null, bytes ?? new Uint8Array(), !bytes]);
  };
  if (dead) return cancel;
  running.add(stop);
  void quietly(() => (controller = new AbortController()));
  cancel = after(milliseconds, () => end(null));
  void (async () => {
    await quietly(attempt);
    end(null);
  })();
  return stop;
}
