/**
 * `<div data-find-a-time data-npi="…">fallback</div>`, for editors and sanitizers that remove unknown tags: the script puts a
 * `<find-a-time>` inside, with the same attributes without `data-` (`lang` is inherited). See docs/decisions/0037.
 */
import { ATTRIBUTES } from "./attributes.js";

const NAME = "find-a-time";
const MARK = `data-${NAME}`;

/** @type {MutationObserver} */
let observer;
/** The element made for each div. @type {WeakMap<Element, Element>} */
const made = new WeakMap();

/** Copies one `data-` attribute from a div to its element. Other `data-` attributes of the div, such as a content system's, are ignored. @param {Element} div @param {string} name */
function follow(div, name) {
  const value = div.getAttribute(`data-${name}`);
  const element = made.get(div);
  if (value === null) element?.removeAttribute(name);
  else element?.setAttribute(name, value);
}

/** @param {Element} div */
function fill(div) {
  // Skip a div that already contains a `<find-a-time>`, and a div inside one or inside another such div. A div that is being edited must
  // stay as it was written, or the editor would save the change.
  if (div.querySelector(NAME) || div.parentElement?.closest(`[${MARK}],${NAME}`) || /** @type {HTMLElement} */ (div).isContentEditable) return;
  const element = document.createElement(NAME);
  made.set(div, element);
  for (const name of ATTRIBUTES) follow(div, name);
  element.append(...div.childNodes);
  div.append(element);
  observer.observe(div, { attributes: true });
}

/** @param {ParentNode} root */
const fillWithin = (root) => root.querySelectorAll(`[${MARK}]`).forEach(fill);

/** @param {MutationRecord[]} records */
function changed(records) {
  for (const { attributeName, target, addedNodes } of records) {
    const div = /** @type {Element} */ (target);
    if (attributeName === MARK) {
      if (div.hasAttribute(MARK)) fill(div);
    } else if (attributeName && ATTRIBUTES.includes(attributeName.slice(5))) follow(div, attributeName.slice(5));
    for (const node of addedNodes) {
      if (node.nodeType !== Node.ELEMENT_NODE || !node.isConnected) continue;
      const added = /** @type {Element} */ (node);
      if (added.hasAttribute(MARK)) fill(added);
      else fillWithin(added);
    }
  }
}

/** Puts a `<find-a-time>` into every div with `data-find-a-time`, also into divs that are added later. */
export function watchDivs() {
  // Wait until the page is parsed: before that, a div may still lack its content, the fallback.
  if (document.readyState === "loading") return document.addEventListener("DOMContentLoaded", watchDivs, { once: true });
  try {
    observer = new MutationObserver(changed);
    observer.observe(document, { subtree: true, childList: true, attributeFilter: [MARK] });
  } catch {
    // A script of the page has replaced `MutationObserver` with something that cannot observe: the divs keep showing their fallback.
    return;
  }
  fillWithin(document);
}
