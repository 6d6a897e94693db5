/**
 * Knows how far each element is from the screen. An element with `loading="lazy"` starts when it is near the screen, and of several
 * elements those on the screen come first. See docs/decisions/0036.
 */
import { after } from "./net.js";
import { widgets } from "./page.js";

/** Milliseconds for which elements off the screen wait until those on it show something; up to twice as long if `wake` restarts the wait late. */
const MOST = 2000;
/** Milliseconds to wait for the frame that shows what elements on the screen have drawn. */
const FRAME = 50;

/** The distance of each measured element: 0 on the screen, 1 near it (or there is no observer), 2 far away. @type {Map<Element, number>} */
const distances = new Map();
/**
 * The widgets of elements that have not been near the screen yet. When an element comes near, `begin` shows it and, if it is lazy, starts it.
 * @type {WeakMap<Element, import("./page.js").Widget>}
 */
const waiting = new WeakMap();
/** Elements that were connected in this task. @type {Element[]} */
const newcomers = [];
/** @type {IntersectionObserver | undefined} */
let observer;

/** @param {{ top: number, bottom: number }} box */
const isInWindow = ({ top, bottom }) => bottom > 0 && top < innerHeight;
/** Whether an element is on the screen. Content of a closed `<details>` has a position too, so its visibility is checked. @param {Element} element */
export const isOnScreen = (element) => isInWindow(element.getBoundingClientRect()) && element.checkVisibility?.() !== false;

/** @param {Element} element */
function begin(element) {
  waiting.get(element)?.show();
  waiting.get(element)?.start();
  waiting.delete(element);
}

/** @param {IntersectionObserverEntry[]} entries */
function look(entries) {
  for (const { target, isIntersecting, boundingClientRect } of entries) {
    distances.set(target, isIntersecting ? +!isInWindow(boundingClientRect) : 2);
    if (isIntersecting) begin(target);
  }
}

/** Measures all new elements before their first frame. Nothing is written to the page in between, so this costs one layout. */
function measure() {
  const elements = newcomers.splice(0);
  for (const element of elements) distances.set(element, isOnScreen(element) ? 0 : 2);
  for (const element of elements) {
    // Elements off the screen show their skeletons later, one by one, so that a visitor who scrolls fast sees the final layout.
    if (distances.get(element)) inTurn(() => waiting.get(element)?.show(), element, 3);
    else begin(element);
  }
}

/**
 * Shows and starts an element's widget once, when the element is near the screen. The page's only element, and one that is connected while
 * the page is parsed, is shown at once.
 * @param {Element} element @param {import("./page.js").Widget} widget
 */
export function watchNear(element, widget) {
  // While the page is parsed, each element is connected in a task of its own, and measuring each would cost a layout. So measure only
  // elements that are connected later; the observer reports the others.
  const isParsed = document.readyState !== "loading";
  if (widgets.size < 2 || !isParsed) widget.show();
  waiting.set(element, widget);
  try {
    // No `scrollMargin` for scroll containers in the page: Chromium would add it to `rootMargin` too.
    observer ??= new IntersectionObserver(look, { rootMargin: "150%" });
    observer.observe(element);
  } catch {
    // Without an observer every element counts as near.
    distances.set(element, 1);
    return begin(element);
  }
  if (isParsed && newcomers.push(element) < 2) queueMicrotask(measure);
}

/** @param {Element} element that has left the page */
export function forgetNear(element) {
  observer?.unobserve(element);
  waiting.delete(element);
  distances.delete(element);
}

/** Whether a lazy element waits until it is near the screen. One with `resume`, after a sign-in, does not wait. @param {Element} element */
export const isFar = (element) =>
  /^\s*lazy\s*$/i.test(element.getAttribute("loading") ?? "") && !element.getAttribute("resume") && (distances.get(element) ?? 2) > 1;

/** Whether an element is on the screen, not measured yet, or the page's only one. @param {Element} element */
export const comesFirst = (element) => widgets.size < 2 || !distances.get(element);

/**
 * A job that waits for a task of its own. `place` overrides the element's distance.
 * @typedef {{ job: () => void, element?: Element, place?: number }} Turn
 */
/** @type {Turn[]} */
const turns = [];
let isBusy = false;

/** @param {Turn} turn */
const placeOf = ({ element, place }) => place ?? distances.get(/** @type {Element} */ (element)) ?? 1;
/** The waiting jobs, those of the nearest elements first; at an equal distance in the order in which they were added. */
const sorted = () => turns.sort((one, other) => placeOf(one) - placeOf(other));
const isUrgent = () => placeOf(sorted()[0]) < 1 || widgets.size < 2;
/** Whether elements on the screen have nothing to show yet. */
const isScreenLoading = () => [...distances].some(([element, distance]) => distance < 1 && /** @type {any} */ (element).state === "loading");

/** The `performance.now()` at which elements off the screen stop waiting for those on it; 0 until they begin to wait. */
let limit = 0;
/** Ends the current wait early. Called when an element's state changes, and when a job is added to `turns`. */
export let wake = () => {};

/**
 * Yields to the browser before the next turn. An answer, or a turn of an element on the screen, only lets input and frames go first; other
 * turns also wait for pending tasks, for the elements on the screen, and for the frame that shows them.
 */
async function pause() {
  let milliseconds = 0;
  if (!isScreenLoading()) limit = 0;
  while (!isUrgent() && isScreenLoading() && performance.now() < (limit ||= performance.now() + MOST)) {
    await new Promise((done) => after(MOST, (wake = () => done(undefined))));
    milliseconds = FRAME;
  }
  try {
    if (isUrgent()) return await /** @type {any} */ (globalThis).scheduler.yield();
  } catch {
    // Safari has no `scheduler`.
  }
  await new Promise((done) => after(milliseconds, () => done(undefined)));
}

async function work() {
  for (isBusy = true; turns.length; ) {
    await pause();
    // If a job throws, the browser reports a rejected promise, and the other turns still run.
    void (async () => sorted().shift()?.job())();
  }
  isBusy = false;
}

/**
 * Runs a job in a task of its own. Jobs of elements on the screen come first, then answers in the order in which they arrive, then the jobs
 * of other elements.
 * @param {() => void} job @param {Element} [element] whose job it is; missing if the job handles an answer
 * @param {number} [place] the distance to sort by, if it is not the element's
 */
export function inTurn(job, element, place = element ? undefined : 0.5) {
  turns.push({ job, element, place });
  wake();
  if (!isBusy) void work();
}
