/** Fetches the wasm as soon as this script runs, if the page has an element, without waiting for the browser to upgrade the element. */
import { assetsFolder } from "./assets.js";
import { loadWasm } from "./load.js";
import { isOnScreen } from "./near.js";

const WAITING = "find-a-time,[data-find-a-time]";

/** Whether an element needs the wasm at once: a lazy one only if it is on the screen already. @param {Element} element */
const isWanted = (element) => !element.matches("[loading=lazy i],[data-loading=lazy i]") || isOnScreen(element);

if (globalThis.customElements && globalThis.HTMLElement && globalThis.WebAssembly && !customElements.get("find-a-time")) {
  const element = [...document.querySelectorAll(WAITING)].find(isWanted);
  // The element later waits for this same load, and reports why it failed.
  if (element) void loadWasm(assetsFolder(element.getAttribute("assets") ?? element.getAttribute("data-assets")));
}
