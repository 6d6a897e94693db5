/**
 * The content of the shadow root around the widget: skeleton, mount point, fallback slot, and the one constructed stylesheet that all
 * elements of a document share. No HTML text is parsed, since strict policies (Trusted Types) forbid that.
 */
import { DOCTOR } from "./doctor.js";
import { mark } from "./marks.js";
import { adapt, followScheme } from "./scheme.js";

/** Rules that give the first paint its final layout: nothing moves when the full stylesheet is added to the same sheet. */
const FIRST_PAINT = `:host{display:block}:host([hidden]),[hidden]{display:none!important}
.fat-skeleton{display:grid;gap:12px;padding-block:4px 16px}.fat-skeleton *{box-sizing:border-box}
.fat-fallback{padding-block-start:8px}
.fat-skeleton-heading,.fat-skeleton-day,.fat-skeleton-time{border:1px solid transparent;border-radius:var(--findatime-radius,8px);background:#8883}
.fat-skeleton-heading{block-size:28px;inline-size:min(60%,20em)}
.fat-skeleton-day{block-size:20px;inline-size:min(40%,12em);margin-block-start:12px}
.fat-skeleton-times{display:grid;grid-template-columns:repeat(4,1fr);gap:8px}
.fat-skeleton-time{block-size:44px}
@media print{.fat-skeleton{display:none}}
${DOCTOR}`;

/**
 * The shared sheet of each document: a constructed sheet works only in the document that it was made for.
 * @type {WeakMap<Document, { sheet: CSSStyleSheet, text: string }>}
 */
const sheets = new WeakMap();
/** The full stylesheet's text; empty until the wasm has brought it. */
let style = "";

/** @param {string} text */
export const styleArrived = (text) => (style = adapt(text));

/**
 * Adds the document's shared sheet to a shadow root, with all rules that have been loaded so far.
 * @param {ShadowRoot} root
 * @returns {boolean} whether the browser supports constructed stylesheets
 */
export function dress(root) {
  const view = root.ownerDocument.defaultView;
  // A document without a window, such as a template's: the sheet is added when the element is connected to a page.
  if (!view) return true;
  const text = FIRST_PAINT + style;
  try {
    let held = sheets.get(root.ownerDocument);
    if (!held) sheets.set(root.ownerDocument, (held = { sheet: new view.CSSStyleSheet(), text: "" }));
    if (held.text !== text) held.sheet.replaceSync((held.text = text));
    if (!root.adoptedStyleSheets.includes(held.sheet)) root.adoptedStyleSheets = [held.sheet];
    followScheme(root);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} name @param {Node[]} children */
function box(name, ...children) {
  const element = document.createElement("div");
  element.className = name;
  element.append(...children);
  return element;
}

/** The skeleton: a heading, and two days with four times each. */
function skeleton() {
  const day = () => [box("fat-skeleton-day"), box("fat-skeleton-times", ...[1, 2, 3, 4].map(() => box("fat-skeleton-time")))];
  const shape = box("fat-skeleton", box("fat-skeleton-heading"), ...day(), ...day());
  shape.setAttribute("aria-hidden", "true");
  return shape;
}

function content() {
  // The widget comes before the skeleton: while other times are loaded, outcomes in brief stay above the skeleton.
  const container = mark(box("fat", box("fat-root"), skeleton()));
  container.setAttribute("part", "container");
  return container;
}

/**
 * Attaches a shadow root to an element. If a script of the page prevents that, returns a fragment that is on no page, and what the page
 * wrote inside the tag stays visible.
 * @param {HTMLElement} element
 */
export function rootOf(element) {
  try {
    return element.attachShadow(/** @type {ShadowRootInit} */ ({ __proto__: null, mode: "open" }));
  } catch {
    return /** @type {ShadowRoot} */ (/** @type {unknown} */ (document.createDocumentFragment()));
  }
}

/** The content, made once and then cloned: it has 18 elements, and a page may have fifty widgets. @type {HTMLElement[] | undefined} */
let shape;

/**
 * @param {ShadowRoot} root
 * @returns {{ container: HTMLElement, waiting: HTMLElement, mountPoint: HTMLElement, fallback: HTMLElement }}
 */
export function furnish(root) {
  const [container, fallback] = (shape ??= [content(), mark(box("fat-fallback", document.createElement("slot")))]).map((node) => /** @type {HTMLElement} */ (node.cloneNode(true)));
  const [mountPoint, waiting] = /** @type {HTMLElement[]} */ ([...container.children]);
  root.replaceChildren(container, fallback);
  return { container, waiting, mountPoint, fallback };
}
