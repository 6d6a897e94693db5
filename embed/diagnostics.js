/**
 * The diagnostics of the loader, in words for the page's owner. The widget's own diagnostics (about attributes and answers of the API) come
 * through the bridge, with codes of their own. No text here may carry an address with a path or query, a token, or anything about a person.
 */

/**
 * @typedef {"info" | "warning" | "error"} Level
 * @typedef {{ code: string, level: Level, message: string, mend: string }} Diagnostic
 */

/** code → [level, what was found, how to fix it]; `{name}` is a placeholder. No text contains `import.meta`: some bundlers replace that even in a text. @type {Record<string, [Level, string, string]>} */
const KNOWN = {
  "loaded-twice": ["warning", "The find-a-time script is on this page more than once; the first one is used.", "Keep one script tag."],
  "fetch-replaced": ["error", "A script of this page has replaced `fetch`, and the replacement {fault}.", "Check the script that wraps `fetch` (monitoring, consent, a tag manager): it has to return what the browser's own `fetch` returns."],
  "answer-too-long": ["error", "{origin} sent an answer of more than {megabytes} MB, which is not read.", "Report it to DexCare with what the element looks for."],
  "no-webassembly": ["error", "This browser has no WebAssembly (or it is switched off).", "Keep a phone number or a link between the element's tags for such visitors."],
  "no-stylesheets": ["warning", "This browser has no constructed stylesheets: the widget works, without its looks.", "Keep a phone number or a link between the element's tags for such visitors."],
  "files-away": ["error", "The script does not find its other files: {why}.", "Let your bundler carry the files along, as docs/recipes says, and leave the package out of any packing of dependencies; or copy the files with `npx find-a-time copy FOLDER`, and set `assets` to the address of that folder."],
  "asset-missing": ["error", "{file} is not where it should be (the server answered {answer}).", "Publish every file of the same release beside find-a-time.js, or name their folder in `assets`."],
  "asset-unreachable": ["error", "{file} could not be loaded: the connection failed, or its server does not allow it.", "Open the file in a browser tab. On another origin it needs Access-Control-Allow-Origin, and it must not redirect."],
  "asset-integrity": ["error", "{file} is not the file this find-a-time.js was built with, or it arrived damaged.", "Publish all files of one release together, and let no proxy change them. After an update, run `npx find-a-time copy` once more, where you copy the files so."],
  "asset-mime": ["warning", "{file} is served as {type}.", "Serve it as {wanted}."],
  "asset-broken": ["error", "{file} arrived but cannot be used: it is damaged, or this browser is too old for it.", "Publish all files of one release together, and let no proxy change them. From old browsers alone it needs no mending."],
  "assets-invalid": ["warning", "`assets` is not an http(s) address; the script's own folder is used.", "Give the address of the folder that holds find-a-time.wasm."],
  csp: ["error", "The page's Content-Security-Policy ({directive}) refused {what}.", "Add {allow} to {directive}."],
  "version-mismatch": ["error", "The files are of version {found}, the script of version {wanted}.", "Publish all files of one release together. Where you copy them, run `npx find-a-time copy` once more after each update."],
  slow: ["warning", "Still loading after {seconds} seconds; the page shows only the fallback meanwhile.", "Serve the files compressed, and near your visitors."],
  panic: ["error", "The widget stopped after an internal error; the fallback is shown until the page is loaded again.", "Please report it, with the version and what was done."],
  internal: ["error", "The widget could not carry out a call: a function of the page or the browser threw an error.", "Please report it, with the version and what was done."],
  "lang-invalid": ["warning", "The language tag in force here is not BCP 47; {used} is used.", "Use tags like `en`, `es` or `es-MX` in `lang`."],
  "boolean-false": ["info", '`{name}="false"` is read as off.', "Leave the attribute out."],
  "property-invalid": ["warning", "`{name}` is {got}; it takes {takes}.", "Set it to {takes}."],
};

/**
 * @param {string} code one of the codes above
 * @param {Record<string, unknown>} [values] values for the placeholders
 * @param {Level} [level] if it differs from the usual one
 * @returns {Diagnostic}
 */
export function diagnostic(code, values = {}, level) {
  const [usual, message, mend] = KNOWN[code];
  const fill = (/** @type {string} */ text) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  return Object.freeze({ code, level: level ?? usual, message: fill(message), mend: fill(mend) });
}
