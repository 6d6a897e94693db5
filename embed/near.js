/**
 * How far each element is from the screen. One with `loading="lazy"` begins when it is near, and where there are several, those on
 * the screen come first. See docs/decisions/0036.
 */
import { after } from "./net.js";
import { widgets } from "./page.js";

/** On the screen; near it, or not known yet; far away. @type {WeakMap<Element, 0 | 1 | 2>} */
const distances = new WeakMap();
/** What begins an element, once it is near. @type {WeakMap<Element, () => void>} */
const starts = new WeakMap();
/** @type {IntersectionObserver | undefined} */
let observer;

/** @param {IntersectionObserverEntry[]} entries */
function look(entries) {
  for (const { target, isIntersecting, boundingClientRect: { top, bottom } } of entries) {
    distances.set(target, isIntersecting ? (bottom > 0 && top < innerHeight ? 0 : 1) : 2);
    if (!isIntersecting) continue;
    starts.get(target)?.();
    starts.delete(target);
  }
}

/** @param {Element} element @param {() => void} start called once, when it is near the screen */
export function watchNear(element, start) {
  starts.set(element, start);
  try {
    // Not with a `scrollMargin`, for boxes that scroll by themselves: Chromium adds it to the margin of the page.
    observer ??= new IntersectionObserver(look, { rootMargin: "150%" });
    observer.observe(element);
  } catch {
    // Without an observer nothing is known to be far.
    distances.set(element, 1);
  }
}

/** @param {Element} element that has left the page */
export function forgetNear(element) {
  observer?.unobserve(element);
  distances.delete(element);
}

/** Whether an element waits until it is near. One that brings back a time after a sign-in does not. @param {Element} element */
export const isFar = (element) =>
  /^\s*lazy\s*$/i.test(element.getAttribute("loading") ?? "") && !element.getAttribute("resume") && !((distances.get(element) ?? 2) < 2);

/** @typedef {{ job: () => void, distance: () => number }} Turn */
/** @type {Turn[]} */
const turns = [];
let isBusy = false;

/** The turn whose element is nearest, the first of equals. */
const first = () => turns.reduce((/** @type {Turn | undefined} */ best, turn) => (best && best.distance() <= turn.distance() ? best : turn), undefined);

/**
 * Lets the browser do what is more urgent: for elements on the screen a touch or a frame, for the others all that waits.
 * @returns {Promise<unknown>}
 */
function pause() {
  const { scheduler } = /** @type {any} */ (globalThis);
  try {
    if ((first()?.distance() ?? 1) < 1) return scheduler.yield();
  } catch {
    // Safari has none.
  }
  return new Promise((done) => after(0, () => done(undefined)));
}

async function work() {
  isBusy = true;
  for (;;) {
    await pause();
    const next = first();
    if (!next) break;
    turns.splice(turns.indexOf(next), 1);
    try {
      next.job();
    } catch (error) {
      // The others have their turns all the same.
      reportError(error);
    }
  }
  isBusy = false;
}

/**
 * Does a job in a task of its own if the page has several elements: at once if it has one. Jobs of elements on the screen come
 * first, then answers, in the order of their requests, then the other elements.
 * @param {() => void} job @param {Element} [element] without one: an answer
 */
export function inTurn(job, element) {
  if (widgets.size < 2) return job();
  turns.push({ job, distance: () => (element ? (distances.get(element) ?? 1) : 0.5) });
  if (!isBusy) void work();
}
