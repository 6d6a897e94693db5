// What the host page may do to the element at any moment: change, remove, move or replace it. Each function runs in the page.

/** @typedef {(value: any) => void} Act */

/** @type {Record<string, Act>} */
export const ACTS = {
  reset: () => document.querySelector("find-a-time")?.reset?.(),
  refresh: () => document.querySelector("find-a-time")?.refresh?.(),
  attribute: ([name, value]) => {
    const element = document.querySelector("find-a-time");
    if (value === null) element?.removeAttribute(name);
    else element?.setAttribute(name, value);
  },
  remove: () => {
    const element = document.querySelector("find-a-time");
    if (!element) return;
    // Listen on the element itself: once it is outside the page, its events do not reach the document.
    document[Symbol.for("walk")].hear(element);
    document[Symbol.for("kept")] = element;
    element.remove();
  },
  "put back": () => {
    if (!document.querySelector("find-a-time")) document.querySelector("main").append(document[Symbol.for("kept")]);
  },
  move: () => {
    const element = document.querySelector("find-a-time");
    if (!element) return;
    document[Symbol.for("walk")].hear(element);
    document.querySelector("footer").append(element);
  },
  // A new element with the same attributes, as frameworks make one.
  replace: () => {
    const element = document.querySelector("find-a-time");
    if (!element) return;
    document[Symbol.for("walk")].hear(element);
    const copy = /** @type {typeof element} */ (element.cloneNode(true));
    copy.getToken = element.getToken;
    element.replaceWith(copy);
  },
  // A new element that looks for something else, with its own product.
  another: ([name, value, product]) => {
    const element = document.querySelector("find-a-time");
    if (!element) return;
    document[Symbol.for("walk")].hear(element);
    const copy = /** @type {typeof element} */ (element.cloneNode(true));
    copy.getToken = element.getToken;
    copy.setAttribute(name, value);
    copy.setAttribute("product", product);
    element.replaceWith(copy);
  },
  token: ([how, token]) => {
    const give = {
      promised: () => new Promise((given) => setTimeout(given, 300, token)),
      none: () => null,
      "a number": () => 7,
      "an error": () => {
        throw new Error("no token");
      },
    }[how] ?? (() => token);
    const element = document.querySelector("find-a-time") ?? document[Symbol.for("kept")];
    element.getToken = give;
  },
};

/** Attributes that say what to look for: when one of them changes, the element looks elsewhere. */
const SEARCH = ["npi", "department", "visit-type", "mode", "practice"];

/** What the page reports of acts after which the patient may begin again, even after a visit that could not be confirmed. */
export const BEGINS_ANEW = ["reset", "another", ...SEARCH.map((name) => `attribute ${name}`)];
