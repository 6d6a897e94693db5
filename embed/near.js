/**
 * How far each element is from the screen. One with `loading="lazy"` begins when it is near, and where there are several, those on
 * the screen come first. See docs/decisions/0036.
 */
import { after } from "./net.js";
import { widgets } from "./page.js";

/** Milliseconds that elements off the screen wait for those on it to show something; up to twice as long where others of these come meanwhile. */
const MOST = 2000;
/** Milliseconds in which a frame shows what elements on the screen have drawn. */
const FRAME = 50;

/** Of each element in the page: on the screen; near it, or not known yet; far away. @type {Map<Element, number>} */
const distances = new Map();
/** Those that wait for their first frame, or until they are near. @type {WeakMap<Element, import("./page.js").Widget>} */
const waiting = new WeakMap();
/** Elements that came in this task. @type {Element[]} */
const newcomers = [];
/** @type {IntersectionObserver | undefined} */
let observer;

/** @param {{ top: number, bottom: number }} box */
const isInWindow = ({ top, bottom }) => bottom > 0 && top < innerHeight;
/** A closed `<details>` gives its content a place. @param {Element} element */
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

/** Looks for elements on the screen before their first frame: one layout, of a page to which nothing is written meanwhile. */
function measure() {
  const elements = newcomers.splice(0);
  for (const element of elements) distances.set(element, isOnScreen(element) ? 0 : 2);
  for (const element of elements) {
    // Those off it later and one by one, so that whoever scrolls very fast finds them in their final shape.
    if (distances.get(element)) inTurn(() => waiting.get(element)?.show(), element, 3);
    else begin(element);
  }
}

/** @param {Element} element @param {import("./page.js").Widget} widget shown and started once, when it is near the screen; alone on its page, shown at once */
export function watchNear(element, widget) {
  // While the page is parsed each comes in a task of its own, and to measure it would cost a layout.
  const isParsed = document.readyState !== "loading";
  if (widgets.size < 2 || !isParsed) widget.show();
  waiting.set(element, widget);
  try {
    // Not with a `scrollMargin`, for boxes that scroll by themselves: Chromium adds it to the margin of the page.
    observer ??= new IntersectionObserver(look, { rootMargin: "150%" });
    observer.observe(element);
  } catch {
    // Without an observer nothing is known to be far.
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

/** Whether an element waits until it is near. One that brings back a time after a sign-in does not. @param {Element} element */
export const isFar = (element) =>
  /^\s*lazy\s*$/i.test(element.getAttribute("loading") ?? "") && !element.getAttribute("resume") && (distances.get(element) ?? 2) > 1;

/** Whether an element's times are what a visitor looks for first. @param {Element} element */
export const comesFirst = (element) => widgets.size < 2 || !distances.get(element);

/** @typedef {{ job: () => void, element?: Element, place?: number }} Turn */
/** @type {Turn[]} */
const turns = [];
let isBusy = false;

/** @param {Turn} turn */
const placeOf = ({ element, place }) => place ?? distances.get(/** @type {Element} */ (element)) ?? 1;
/** The turns, the nearest first; of equals, the one that came first. */
const sorted = () => turns.sort((one, other) => placeOf(one) - placeOf(other));
const isUrgent = () => placeOf(sorted()[0]) < 1 || widgets.size < 2;
/** Whether elements on the screen have nothing to show yet. */
const isScreenLoading = () => [...distances].some(([element, distance]) => distance < 1 && /** @type {any} */ (element).state === "loading");

/** When elements off the screen stop waiting for those on it. */
let limit = 0;
/** Looks again who is next: an element on the screen has something to show, or there is another turn. */
export let wake = () => {};

/**
 * Lets the browser do what is more urgent: for elements on the screen a touch or a frame; for the others all that waits, the elements
 * on the screen, and the frame that shows them.
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
    // Safari has none.
  }
  await new Promise((done) => after(milliseconds, () => done(undefined)));
}

async function work() {
  for (isBusy = true; turns.length; ) {
    await pause();
    // Where a job throws, the browser reports a rejected promise, and the others have their turns all the same.
    void (async () => sorted().shift()?.job())();
  }
  isBusy = false;
}

/**
 * Does a job in a task of its own. Jobs of elements on the screen come first, then answers, in the order of their requests, then
 * the other elements.
 * @param {() => void} job @param {Element} [element] without one: an answer @param {number} [place] among the distances, if not the element's
 */
export function inTurn(job, element, place = element ? undefined : 0.5) {
  turns.push({ job, element, place });
  wake();
  if (!isBusy) void work();
}
