/**
 * What all elements of a page share: the list of connected elements, the requests that the page's Content Security Policy has refused, and
 * the handling of a panic of the wasm. This file adds listeners to `window` and `document`, but no properties.
 */
import { disconnect } from "find-a-time-glue";
import { after } from "./net.js";

/**
 * The functions of one element that the shared code calls.
 * @typedef {{ diagnose(code: string, values?: Record<string, unknown>, level?: import("./diagnostics.js").Level): void,
 *             show(): void, start(): void, fail(code: string): void, addresses(): string[] }} Widget
 */

/** The functions of each connected element, and of each element that has left the page while its booking is being sent. @type {Set<Widget>} */
export const widgets = new Set();

/** Reports a diagnostic to every connected element. @type {Widget["diagnose"]} */
export function announce(code, values, level) {
  for (const widget of [...widgets]) widget.diagnose(code, values, level);
}

/** Functions that each stop one running request. @type {Set<() => void>} */
export const running = new Set();

/** Whether the wasm has panicked. After a panic the script never calls the wasm instance again. */
export let dead = false;
let dying = false;

/** Handles a panic, or a trap without a panic: stops all requests, and every element shows its fallback. */
export function panicked() {
  dying = true;
  after(100, () => (dying = false));
  if (dead) return;
  dead = true;
  // Listeners, timers and promises still call into the wasm; after this their calls do nothing.
  disconnect();
  for (const stop of [...running]) stop();
  for (const widget of [...widgets]) widget.fail("panic");
}

/**
 * Wraps methods that the wasm calls so that they do nothing after a panic: code of the wasm that was running then may still call them.
 * @template {{}} T @param {T} methods @returns {T}
 */
export const whileAlive = (methods) =>
  /** @type {T} */ (Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, (/** @type {any[]} */ ...given) => (dead ? undefined : method(...given))])));

/** Calls into the wasm from a timer or a promise, and catches errors: the browser would report them as errors of the page. @param {() => void} call */
export function enter(call) {
  if (dead) return;
  try {
    call();
  } catch (error) {
    if (isTrap(error)) panicked();
    else announce("internal");
  }
}

/** Whether an error is a trap of a wasm instance. @param {unknown} error */
export const isTrap = (error) => typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError;

/** This script's address if it is a file of its own. In a bundle the same address stands for the code of the whole page. */
const ownFile = /\/find-a-time\.js([?#]|$)/.test(import.meta.url) && import.meta.url;

/**
 * Whether an error is a trap of this wasm rather than of another one on the page: a panic has just been handled, or this script is in the
 * error's stack. In a bundle the stack does not tell, so a trap without a panic, such as a lack of memory, counts as the page's; the next call
 * into the wasm then ends it.
 * @param {unknown} error
 */
const isOurTrap = (error) => isTrap(error) && (dying || (ownFile && /** @type {Error} */ (error).stack?.includes(ownFile)));

/**
 * Keeps the trap that ends a panic inside a listener or a promise from the console and from error reporters, where it would appear as an error
 * of the page. In Chromium, reporters that added their listener before this one still get it. @param {Event} event
 */
function keepFromPage(event) {
  const { error, reason } = /** @type {any} */ (event);
  if (!isOurTrap(error ?? reason)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  panicked();
}

/**
 * Adds a listener, even if a script of the page has replaced the target's own `addEventListener`.
 * @param {EventTarget} target @param {string} name @param {(event: any) => void} listener @param {boolean} [capture]
 * @returns {() => void} stops listening
 */
export function listen(target, name, listener, capture) {
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const change = (/** @type {typeof addEventListener} */ method) => {
    try {
      method.call(target, name, listener, capture);
    } catch {
      // A replacement threw: the listener is not added.
    }
  };
  change(addEventListener);
  return () => change(removeEventListener);
}

/** The last 50 refusals of the page's policy: addresses, or names such as `wasm-eval`. @type {string[]} */
const refused = [];

/** Whether the page's policy refused a request to an address, or (`wasm-eval`) the compilation of wasm. @param {string} what */
export const wasRefused = (what) => refused.some((uri) => what.startsWith(uri));

/** @param {string} directive @param {string} what @param {string} allow */
export const announceRefusal = (directive, what, allow) => announce("csp", { directive, what, allow });

/** Reports a refusal by the page's policy if it concerns the element: the policy may refuse many requests of other scripts. @param {SecurityPolicyViolationEvent} event */
function onViolation({ disposition, blockedURI, effectiveDirective, sourceFile }) {
  if (disposition === "report" || !blockedURI) return;
  refused.push(blockedURI);
  refused.splice(0, refused.length - 50);
  if (effectiveDirective === "connect-src") {
    for (const widget of [...widgets]) {
      // In some refusals `blockedURI` is only the origin.
      const address = widget.addresses().find((mine) => blockedURI.startsWith(mine) || mine.startsWith(blockedURI));
      const origin = address && new URL(address).origin;
      if (origin) widget.diagnose("csp", { directive: effectiveDirective, what: `a request to ${origin}`, allow: origin });
    }
  } else if (sourceFile === import.meta.url && blockedURI !== "wasm-eval") {
    // A bundle contains other scripts too, and their addresses may name a person: only the origin is reported.
    const what = /^https?:/.test(blockedURI) ? new URL(blockedURI).origin : blockedURI;
    announceRefusal(effectiveDirective, what, "what the embedding guide lists");
  }
}

let watching = false;

/** Adds the listeners, once for each page, when its first element is connected. */
export function watchPage() {
  if (watching) return;
  watching = true;
  listen(document, "securitypolicyviolation", onViolation);
  listen(window, "error", keepFromPage, true);
  listen(window, "unhandledrejection", keepFromPage, true);
  listen(window, "online", () => {
    for (const widget of [...widgets]) widget.start();
  });
}
