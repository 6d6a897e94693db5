/** The release's files: the address and hash of each, and whether all of them are missing. */
// `cargo xtask dist` writes this table, with one literal address for each file: bundlers follow only literal addresses.
import FILES from "find-a-time-files";

/** @param {string} file */
export const hashOf = (file) => FILES[file].hash;

/**
 * @param {string} file its name in the release
 * @param {URL | null} base the `assets` folder
 * @returns {URL | null} `null` if a bundler left a `file:` address of the machine that it ran on, or made a script that is not a module and does
 * not know its address
 */
export function addressOf(file, base) {
  try {
    const url = base ? new URL(file, base) : FILES[file].beside();
    return url.protocol === "file:" ? null : url;
  } catch {
    return null;
  }
}

/** The address of the folder of the wasm, if `assets` names no other. @returns {string | undefined} */
export const folder = () => addressOf("find-a-time.wasm", null)?.href.replace(/[^/]*$/, "");

/** For the address of each requested file: a promise of whether its server has the file. @type {Map<string, Promise<boolean>>} */
const presence = new Map();

/** Records that a file is requested. @param {string} href @returns {(isThere: boolean) => void} reports whether the file is there; only the first call counts */
export function expectFile(href) {
  let settle = (/** @type {boolean} */ _isThere) => {};
  presence.set(href, new Promise((done) => (settle = done)));
  return settle;
}

/**
 * Whether all requested files are missing, which means that the script was moved away from them. Waits for running requests, since the wasm
 * and the words are requested together.
 */
export const areAllMissing = async () => !(await Promise.all(presence.values())).includes(true);
