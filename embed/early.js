/**
 * Public reads that the script sends while the wasm downloads. When the widget sends a request with exactly such an address,
 * the read is the first attempt at it. A read that the widget does not ask for is aborted.
 */
import { inTurn } from "./near.js";
import { send } from "./net.js";
import { enter } from "./page.js";
import { firstReads } from "./reads.js";

/** Milliseconds that the widget gives an attempt. */
const ATTEMPT = 8_000;
/** Reads at a time: a page with fifty elements gets its wasm first, and the times of the elements at its top. */
const MOST = 8;

/** @typedef {Parameters<Parameters<typeof send>[5]>[0]} Answer */

/** Reads that the widget has not asked for yet, by address. @type {Map<string, { begun: number, date: number, users: Set<Element>, answer: Promise<Answer>, stop: () => void }>} */
const reads = new Map();

/** Whether the widget runs. It then sends its reads itself, and knows which were answered within the last minute. */
let isOver = false;
export const endReadingAhead = () => void (isOver = true);

/** @param {string} url */
function drop(url) {
  reads.get(url)?.stop();
  reads.delete(url);
}

/**
 * Reads ahead what an element asks for, and aborts what it no longer asks for, unless another element does.
 * @param {Element} element @param {boolean} isWaiting whether its widget is still to come; else it asks for nothing
 */
export function readAhead(element, isWaiting) {
  /** @type {Set<string>} */
  let wanted = new Set();
  try {
    if (isWaiting) wanted = firstReads((name) => element.getAttribute(name), new Date());
  } catch {
    // Text that no address can hold: the widget reports what is wrong with it.
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
 * How many milliseconds ago a read was sent ahead; not a number if it was not. An older one than `oldest` is aborted.
 * @param {string} url @param {number} oldest
 */
export function sentAhead(url, oldest) {
  const read = reads.get(url);
  if (!read) return NaN;
  // The first clock may stand still while the device sleeps, and people set the second.
  const age = Math.max(performance.now() - read.begun, Date.now() - read.date);
  if (age > oldest) drop(url);
  return age;
}

/** As `send`, but a read that was sent ahead is not sent again. @type {typeof send} */
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
