#!/usr/bin/env node
// `npx find-a-time copy FOLDER`: copies the release's files to a folder that the site serves, for bundlers that do not follow
// `new URL(…, import.meta.url)`. `assets` then names that folder. The folder's own `integrity.json` says what was copied before.
import { createHash } from "node:crypto";
import { accessSync, constants, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGE = realpathSync(dirname(fileURLToPath(import.meta.url)));
/** The list of a release's files. It is copied last, so that an interrupted copy has none. */
const LIST = "integrity.json";
/** Folders that tools serve as the root of a site. */
const ROOTS = ["public", "static", "dist", "build", "out", "www", "wwwroot", "htdocs"];
const USAGE = "usage: npx find-a-time copy FOLDER\n\nCopies the files that find-a-time.js fetches to FOLDER, and prints the value of `assets`.\nFOLDER is new, empty, or from an earlier copy: files of the earlier release are removed.";

class Refusal extends Error {}

/** @param {string} folder @returns {string[]} its files, with slashes on every system */
function filesIn(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"));
}

/** @param {string} folder @returns {{ version: string, files: Record<string, string> } | undefined} the folder's list, if it has a valid one */
function listIn(folder) {
  try {
    const list = JSON.parse(readFileSync(join(folder, LIST), "utf8"));
    return typeof list.version === "string" && list.files?.["find-a-time.js"] ? list : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} file @param {string} hash */
const hasHash = (file, hash) => `sha384-${createHash("sha384").update(readFileSync(file)).digest("base64")}` === hash;

/** The nearest existing folder, from `path` upwards. @param {string} path @returns {string} */
const existing = (path) => (existsSync(path) ? path : existing(dirname(path)));

/**
 * Checks that the files can be copied to a folder: it must be writable, outside the package, and hold nothing but an earlier copy.
 * @param {string} given the folder as typed @param {string} folder its absolute path @param {Record<string, string>} files this release's
 * files, with their hashes
 * @returns {string[]} the files that are in the folder now
 */
function check(given, folder, files) {
  const near = existing(folder);
  const real = join(realpathSync(near), relative(near, folder));
  if (!statSync(near).isDirectory()) throw new Refusal(`${given} cannot be a folder: ${near} is a file. Name a folder.`);
  if (`${real}${sep}`.startsWith(`${PACKAGE}${sep}`)) throw new Refusal(`${given} lies inside the package itself, which the next \`npm install\` replaces. Name a folder of your site, such as public/find-a-time.`);
  try {
    accessSync(near, constants.W_OK | constants.X_OK);
  } catch {
    throw new Refusal(`${given} cannot be written to: ${near} does not allow it. Change its permissions, or name another folder.`);
  }
  if (near !== folder) return [];
  const before = listIn(folder);
  const own = new Set(before && [LIST, ...Object.keys(before.files)]);
  // A folder without a list may hold files of an interrupted copy: they count as own if they equal this release's.
  const isOwn = (/** @type {string} */ name) => own.has(name) || (name in files && hasHash(join(folder, name), files[name]));
  const present = filesIn(folder);
  const others = present.filter((name) => !isOwn(name));
  if (others.length) {
    const named = others.slice(0, 3).join(", ") + (others.length > 3 ? ` and ${others.length - 3} more` : "");
    throw new Refusal(`${given} holds files that \`find-a-time copy\` did not put there: ${named}. Name a new folder, such as ${join(given, "find-a-time")}.`);
  }
  return present;
}

/** Guesses the address under which a folder is served, from the folder's path. @param {string} folder */
function addressOf(folder) {
  const names = relative(process.cwd(), folder).split(sep);
  const root = names.findLastIndex((name) => ROOTS.includes(name));
  return `/${names.slice(root < 0 ? -1 : root + 1).join("/")}`;
}

/** @param {string} given */
function copy(given) {
  const folder = resolve(given);
  const release = listIn(PACKAGE);
  if (!release) throw new Refusal(`The package has no ${LIST}. Install find-a-time again.`);
  const present = check(given, folder, release.files);
  const names = [...Object.keys(release.files), LIST];
  const old = present.filter((name) => !names.includes(name));
  for (const name of old) rmSync(join(folder, name));
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    // Replaces a symbolic link, instead of writing to its target.
    cpSync(join(PACKAGE, name), join(folder, name));
  }
  console.log(`find-a-time ${release.version}: copied ${names.length} files to ${given}${old.length ? `, removed ${old.length} of an earlier release` : ""}.`);
  console.log(`Set assets="${addressOf(folder)}" on <find-a-time>, if that is the address of the folder; with a base path, put it in front.`);
  console.log("Run this again after each update of the package, before the build.");
}

const [command, folder, ...more] = process.argv.slice(2);
try {
  if (command !== "copy" || !folder || folder.startsWith("-") || more.length) throw new Refusal(USAGE);
  copy(folder);
} catch (error) {
  // A system error, such as a full disk, names the file.
  console.error(error instanceof Refusal || /** @type {any} */ (error).code ? `find-a-time: ${/** @type {Error} */ (error).message}` : error);
  process.exitCode = 1;
}
