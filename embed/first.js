/** Fetches the wasm as soon as this script runs, if the page has an element: making the element takes a while by itself. */
import { assetsFolder } from "./assets.js";
import { loadWasm } from "./load.js";

const WAITING = "find-a-time:not([loading=lazy i]),[data-find-a-time]:not([data-loading=lazy i])";

if (globalThis.customElements && globalThis.HTMLElement && globalThis.WebAssembly && !customElements.get("find-a-time")) {
  const element = document.querySelector(WAITING);
  // The element waits for it too, and reports why it failed.
  if (element) void loadWasm(assetsFolder(element.getAttribute("assets") ?? element.getAttribute("data-assets")));
}
