/**
 * What all elements of a page have in common: who is there, what the page's policy refused, and the death of the wasm
 * instance they share. Listeners only; nothing is ever put on `window`.
 */
import { disconnect } from "find-a-time-glue";
import { after } from "./net.js";

/**
 * How the page speaks to one element.
 * @typedef {{ diagnose(code: string, values?: Record<string, unknown>, level?: import("./diagnostics.js").Level): void,
 *             show(): void, start(): void, fail(code: string): void, addresses(): string[] }} Widget
 */

/** The connected elements. @type {Set<Widget>} */
export const widgets = new Set();

/** Told to every connected element: what they share, they learn together. @type {Widget["diagnose"]} */
export function announce(code, values, level) {
  for (const widget of [...widgets]) widget.diagnose(code, values, level);
}

/** Functions that each stop one request under way. @type {Set<() => void>} */
export const running = new Set();

/** After a panic the instance is never called again. */
export let dead = false;
let dying = false;

/** A panic (or a trap without one): nothing more is sent, and every element goes back to its fallback. */
export function panicked() {
  dying = true;
  after(100, () => (dying = false));
  if (dead) return;
  dead = true;
  // Listeners, timers and promises still call back: from here on their calls do nothing.
  disconnect();
  for (const stop of [...running]) stop();
  for (const widget of [...widgets]) widget.fail("panic");
}

/**
 * The same methods, which do nothing after a panic: code of the instance that called into the page may still run to its end.
 * @template {object} T @param {T} methods @returns {T}
 */
export const whileAlive = (methods) =>
  /** @type {T} */ (Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, (/** @type {any[]} */ ...given) => (dead ? undefined : method(...given))])));

/** Calls into the instance from a timer or a promise, where an error would be the page's. @param {() => void} call */
export function enter(call) {
  if (dead) return;
  try {
    call();
  } catch (error) {
    if (isTrap(error)) panicked();
    else announce("internal");
  }
}

/** Whether an error is the end of a wasm instance. @param {unknown} error */
export const isTrap = (error) => typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError;

/** Of all wasm on a page, only ours: by our file in the stack, or (stacks are cut short) right after our panic. @param {unknown} error */
const isOurTrap = (error) => isTrap(error) && (dying || /** @type {Error} */ (error).stack?.includes(import.meta.url));

/**
 * The trap that ends a panic inside a listener or a promise would surface as the page's own error. It is kept from the
 * console and from reporters that came later; Chromium still tells those that came before. @param {Event} event
 */
function keepFromPage(event) {
  const { error, reason } = /** @type {any} */ (event);
  if (!isOurTrap(error ?? reason)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  panicked();
}

/**
 * Listens, whatever the page has made of a target's own `addEventListener`.
 * @param {EventTarget} target @param {string} name @param {(event: any) => void} listener @param {boolean} [capture]
 * @returns {() => void} stops listening
 */
export function listen(target, name, listener, capture) {
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const change = (/** @type {typeof addEventListener} */ method) => {
    try {
      method.call(target, name, listener, capture);
    } catch {
      // A replacement: the event is not heard.
    }
  };
  change(addEventListener);
  return () => change(removeEventListener);
}

/** What the policy refused so far. @type {string[]} */
const refused = [];

/** Whether the policy refused this address (or `wasm-eval`, compiling). @param {string} what */
export const wasRefused = (what) => refused.some((uri) => what.startsWith(uri));

/** @param {string} directive @param {string} what @param {string} allow */
export const announceRefusal = (directive, what, allow) => announce("csp", { directive, what, allow });

/** Only what the element itself asked for: a page may refuse many things of others. @param {SecurityPolicyViolationEvent} event */
function onViolation({ disposition, blockedURI, effectiveDirective, sourceFile }) {
  if (disposition === "report" || !blockedURI) return;
  refused.push(blockedURI);
  refused.splice(0, refused.length - 50);
  if (effectiveDirective === "connect-src") {
    for (const widget of [...widgets]) {
      // Some refusals name the origin alone.
      const address = widget.addresses().find((mine) => blockedURI.startsWith(mine) || mine.startsWith(blockedURI));
      const origin = address && new URL(address).origin;
      if (origin) widget.diagnose("csp", { directive: effectiveDirective, what: `a request to ${origin}`, allow: origin });
    }
  } else if (sourceFile === import.meta.url && blockedURI !== "wasm-eval") {
    announceRefusal(effectiveDirective, blockedURI, "what the embedding guide lists");
  }
}

let watching = false;

/** Begins to listen; once a page, when its first element is connected. */
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
