/**
 * Sends the widget's first public reads while the wasm downloads. When the widget then requests exactly the same address, it gets the answer
 * to this read as its first attempt. A read that the widget turns out not to need is aborted.
 */
import { inTurn } from "./near.js";
import { send } from "./net.js";
import { enter } from "./page.js";
import { firstReads } from "./reads.js";

/** Milliseconds after which a read times out; the same as for an attempt of the widget. */
const ATTEMPT = 8_000;
/** The most reads at a time, so that on a page with fifty elements the wasm and the times of the topmost elements do not wait for the rest. */
const MOST = 8;

/** @typedef {Parameters<Parameters<typeof send>[5]>[0]} Answer */

/**
 * The reads sent ahead that the widget has not requested yet, by address.
 * @type {Map<string, { begun: number, date: number, users: Set<Element>, answer: Promise<Answer>, stop: () => void }>}
 */
const reads = new Map();

/** Whether the wasm has started: from then on the widget sends all reads itself, and reuses answers of the last minute. */
let isOver = false;
export const endReadingAhead = () => void (isOver = true);

/** @param {string} url */
function drop(url) {
  reads.get(url)?.stop();
  reads.delete(url);
}

/**
 * Sends the reads that an element's attributes need, and aborts reads that no element's attributes need any more.
 * @param {Element} element @param {boolean} isWaiting whether its widget is not mounted yet; otherwise the element needs none
 */
export function readAhead(element, isWaiting) {
  /** @type {Set<string>} */
  let wanted = new Set();
  try {
    if (isWaiting) wanted = firstReads((name) => element.getAttribute(name), new Date());
  } catch {
    // An attribute's text cannot be encoded in an address: the widget reports what is wrong.
  }
  for (const [url, { users }] of reads) if (!wanted.has(url) && users.delete(element) && !users.size) drop(url);
  for (const url of wanted) {
    if (!isOver && reads.size < MOST && !reads.has(url)) {
      let stop = () => {};
      const answer = new Promise((/** @type {(answer: Answer) => void} */ done) => (stop = send(url, "GET", [], undefined, ATTEMPT, done)));
      reads.set(url, { begun: performance.now(), date: Date.now(), users: new Set(), answer, stop });
    }
    reads.get(url)?.users.add(element);
  }
}

/**
 * How many milliseconds ago a read was sent ahead; `NaN` if it was not. A read older than `oldest` is aborted.
 * @param {string} url @param {number} oldest
 */
export function sentAhead(url, oldest) {
  const read = reads.get(url);
  if (!read) return NaN;
  // `performance.now()` may stop while the device sleeps, and people can change the clock of `Date.now()`: take the larger age.
  const age = Math.max(performance.now() - read.begun, Date.now() - read.date);
  if (age > oldest) drop(url);
  return age;
}

/** Like `send`, but uses the answer to a read that was sent ahead instead of sending it again. @type {typeof send} */
export function sendOnce(url, method, headers, body, milliseconds, callback) {
  const read = method === "GET" && !headers.length && reads.get(url);
  if (!read) return send(url, method, headers, body, milliseconds, callback);
  reads.delete(url);
  let isAwaited = true;
  void read.answer.then((answer) => inTurn(() => isAwaited && enter(() => callback(answer))));
  return () => {
    isAwaited = false;
    read.stop();
  };
}
