/**
 * The later parts of the wasm, as the first one asks for them: what books, and what finds more than the times of a page's own
 * clinicians and clinics. A phone that looks for such a time needs neither. The glue calls what is here by the splitter's names.
 */
import { ahead, shared } from "find-a-time-glue";
import { fetchPart, loadPart } from "./load.js";
import { after } from "./net.js";
import { dead, enter, widgets } from "./page.js";

/** The element that was reached last. @type {import("./page.js").Widget | undefined} */
let reached;
/** Codes reported of the part. @type {Set<string>} */
const reported = new Set();

/**
 * Reports once, on one element, what keeps the part away: a prefetch, three attempts and each press fail for the same
 * reason, and it is the same reason in every element.
 * @type {typeof import("./page.js").announce}
 */
function diagnose(code, values, level) {
  // With a level the attempt is followed by another.
  if (level || reported.has(code) || dead) return;
  reported.add(code);
  const widget = reached && widgets.has(reached) ? reached : [...widgets][0];
  widget?.diagnose(code, values);
}

/**
 * Has a later part, then calls the wasm back.
 * @param {"errand" | "ways"} part
 * @param {number} callback its place in the table of the wasm's functions @param {number} data what it is called with
 */
async function load(part, callback, data) {
  let isThere = true;
  try {
    await loadPart(part, diagnose);
  } catch {
    // Reported.
    isThere = false;
  }
  enter(() => shared().__indirect_function_table.get(callback)(data, isThere));
}

/** @param {number} callback @param {number} data */
export const __wasm_split_load_errand = (callback, data) => load("errand", callback, data);
/** @param {number} callback @param {number} data */
export const __wasm_split_load_ways = (callback, data) => load("ways", callback, data);

/**
 * Fetches what finds more than the times of a page's own clinicians and clinics, beside the first part, where an element's
 * attributes ask for it.
 * @param {Element} element
 */
export function fetchWays(element) {
  const text = (/** @type {string} */ name) => element.getAttribute(name)?.trim() ?? "";
  const isNamed = text("npi") || text("department");
  const wantsMore = isNamed
    ? /both|on-demand|v5/i.test(text("mode") + text("provider-slots"))
    : element.hasAttribute("near") || text("practice") || text("brand");
  if (!wantsMore) return;
  // Reported; the wasm asks for it once more.
  fetchPart("ways", diagnose).catch(() => {});
}

let isDue = false;
let isBegun = false;

const isSaving = () => /** @type {any} */ (navigator).connection?.saveData;

/** Fetches the errand's part before anybody presses, once a page: if that fails, a press asks again. Not where the patient saves data. */
function begin() {
  if (isBegun || isSaving()) return;
  isBegun = true;
  enter(ahead);
}

/** Times are on screen: fetches the errand's part once the page is idle. */
export function fetchAhead() {
  if (isDue) return;
  isDue = true;
  try {
    requestIdleCallback(begin, { timeout: 3000 });
  } catch {
    // Safari has none.
    after(200, begin);
  }
}

/**
 * Fetches it when a pointer or the focus reaches a time or another button of a widget, which comes before idle on a busy page.
 * @param {Node} root @param {import("./page.js").Widget} widget
 */
export function watchReach(root, widget) {
  const look = (/** @type {Event} */ { target }) => {
    const button = /** @type {Element} */ (target).closest("button[part]");
    if (!button) return;
    reached = widget;
    // The filters' panel is in the other part.
    if (button.closest("[part~=filters]") && !isSaving()) fetchPart("ways", diagnose).catch(() => {});
    if (isDue) begin();
  };
  for (const name of ["pointerover", "focusin"]) root.addEventListener(name, look);
}
