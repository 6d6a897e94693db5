/**
 * Loads the later parts of the wasm when the first part needs them: `errand` books, and `ways` finds more than the times of a page's own
 * clinicians and clinics. To show a page's own times, the first part is enough. The wasm's glue calls the functions named
 * `__wasm_split_load_…`; the tool that splits the wasm chose these names.
 */
import { ahead, shared } from "find-a-time-glue";
import { fetchPart, loadPart } from "./load.js";
import { after } from "./net.js";
import { dead, enter, widgets } from "./page.js";

/** The element that a pointer or the focus reached last. @type {import("./page.js").Widget | undefined} */
let reached;
/** Codes already reported for the later parts. @type {Set<string>} */
const reported = new Set();

/**
 * Reports why a part cannot be loaded, once and on one element: a prefetch, three attempts and each press fail for the same reason, in
 * every element.
 * @type {typeof import("./page.js").announce}
 */
function diagnose(code, values, level) {
  // `fetchFile` passes a level only if it tries again.
  if (level || reported.has(code) || dead) return;
  reported.add(code);
  const widget = reached && widgets.has(reached) ? reached : [...widgets][0];
  widget?.diagnose(code, values);
}

/**
 * Loads a later part, then calls the wasm back.
 * @param {"errand" | "ways"} part
 * @param {number} callback its index in the wasm's function table @param {number} data its argument
 */
async function load(part, callback, data) {
  let isThere = true;
  try {
    await loadPart(part, diagnose);
  } catch {
    // Already reported.
    isThere = false;
  }
  enter(() => shared().__indirect_function_table.get(callback)(data, isThere));
}

/** @param {number} callback @param {number} data */
export const __wasm_split_load_errand = (callback, data) => load("errand", callback, data);
/** @param {number} callback @param {number} data */
export const __wasm_split_load_ways = (callback, data) => load("ways", callback, data);

/**
 * Fetches the part `ways` beside the first part, if an element's attributes need more than the times of the page's own clinicians and
 * clinics.
 * @param {Element} element
 */
export function fetchWays(element) {
  const text = (/** @type {string} */ name) => element.getAttribute(name)?.trim() ?? "";
  const isNamed = text("npi") || text("department");
  const wantsMore = isNamed
    ? /both|on-demand|v5/i.test(text("mode") + text("provider-slots"))
    : element.hasAttribute("near") || text("practice") || text("brand");
  if (!wantsMore) return;
  // `fetchPart` has reported the failure, and the wasm requests the part again when it needs it.
  fetchPart("ways", diagnose).catch(() => {});
}

let isDue = false;
let isBegun = false;

const isSaving = () => /** @type {any} */ (navigator).connection?.saveData;

/**
 * Loads the errand's part before a press needs it. It tries once for each page, since a press tries again, and not if the browser's data
 * saver is on.
 */
function begin() {
  if (isBegun || isSaving()) return;
  isBegun = true;
  enter(ahead);
}

/** Called when times are on screen: loads the errand's part once the page is idle. */
export function fetchAhead() {
  if (isDue) return;
  isDue = true;
  try {
    requestIdleCallback(begin, { timeout: 3000 });
  } catch {
    // Safari has no `requestIdleCallback`.
    after(200, begin);
  }
}

/**
 * When a pointer or the focus reaches a button of a widget: loads the errand's part, if times have been shown, and fetches `ways` for the
 * filters. On a busy page that happens before the page is idle.
 * @param {Node} root @param {import("./page.js").Widget} widget
 */
export function watchReach(root, widget) {
  const look = (/** @type {Event} */ { target }) => {
    const button = /** @type {Element} */ (target).closest("button[part]");
    if (!button) return;
    reached = widget;
    // The panel of filters is in the part `ways`.
    if (button.closest("[part~=filters]") && !isSaving()) fetchPart("ways", diagnose).catch(() => {});
    if (isDue) begin();
  };
  for (const name of ["pointerover", "focusin"]) root.addEventListener(name, look);
}
