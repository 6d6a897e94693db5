/**
 * The later parts of the wasm, as the first one asks for them: what books is a part of its own, which a phone that looks for a
 * time has no need of yet. The glue calls what is here by the splitter's names.
 */
import { ahead, shared } from "find-a-time-glue";
import { loadPart } from "./load.js";
import { after } from "./net.js";
import { enter } from "./page.js";

/**
 * Has the errand's part, then calls the wasm back.
 * @param {number} callback its place in the table of the wasm's functions @param {number} data what it is called with
 */
export async function __wasm_split_load_errand(callback, data) {
  let isThere = true;
  try {
    await loadPart();
  } catch {
    // Announced.
    isThere = false;
  }
  enter(() => shared().__indirect_function_table.get(callback)(data, isThere));
}

let isAhead = false;

/** Has the errand's part before anybody presses, once the page is idle; not where the patient saves data. */
export function fetchAhead() {
  if (isAhead || /** @type {any} */ (navigator).connection?.saveData) return;
  isAhead = true;
  const begin = () => enter(ahead);
  try {
    requestIdleCallback(begin, { timeout: 3000 });
  } catch {
    // Safari has none.
    after(200, begin);
  }
}
