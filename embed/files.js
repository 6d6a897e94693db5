/** The release's files: where each is, its hash, and whether the script has been moved away from all of them. */
// `cargo xtask dist` writes this table, with one literal address for each file: bundlers follow nothing else.
import FILES from "find-a-time-files";

/** @param {string} file */
export const hashOf = (file) => FILES[file].hash;

/**
 * @param {string} file its name in the release
 * @param {URL | null} base the `assets` folder
 * @returns {URL | null} `null` where a bundler left the address of a file on the machine that it ran on, or, in a script that is no module, none
 */
export function addressOf(file, base) {
  try {
    const url = base ? new URL(file, base) : FILES[file].beside();
    return url.protocol === "file:" ? null : url;
  } catch {
    return null;
  }
}

/** The folder of the script's own files: the wasm's. @returns {string | undefined} */
export const folder = () => addressOf("find-a-time.wasm", null)?.href.replace(/[^/]*$/, "");

/** For each file that was asked for, by its address: whether its server has it, as soon as that is known. @type {Map<string, Promise<boolean>>} */
const presence = new Map();

/** Notes that a file is asked for. @param {string} href @returns {(isThere: boolean) => void} to call with what is known first */
export function expectFile(href) {
  let settle = (/** @type {boolean} */ _isThere) => {};
  presence.set(href, new Promise((done) => (settle = done)));
  return settle;
}

/**
 * Whether all files of a release that were asked for are missing: not one file is gone, but the script is somewhere else. Waits
 * for the answers that are under way, since the wasm and the words are asked for together.
 */
export const areAllMissing = async () => !(await Promise.all(presence.values())).includes(true);
