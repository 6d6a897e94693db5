// Builds the loader alone: embed/ bundled with a fake glue, a wasm of a few bytes that holds a stylesheet, and two small
// packs (files with the words of a language). So the loader's tests need no Rust and no API, and can break any single file.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const text = (words) => [words.length, ...Buffer.from(words)];
/** The header of an empty wasm: magic number and version. */
const NOTHING = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
export const STYLE = ".fat-root button{min-block-size:44px}";
/** A valid module with the stylesheet as its only section. */
export const WASM = Uint8Array.from([...NOTHING, 0, STYLE.length + 6, ...text("style"), ...Buffer.from(STYLE)]);
/** The later part that books: when instantiated it calls a function of the first part, which counts the calls. `mark` changes its hash, as in another release. @param {string} [mark] */
export const part = (mark = "") =>
  Uint8Array.from([
    ...NOTHING,
    ...[1, 4, 1, 0x60, 0, 0], // one type: no parameters, no results
    ...[2, 20, 1, ...text("__wasm_split"), ...text("ran"), 0, 0], // one import: a function of that type
    ...[8, 1, 0], // start function: the imported one
    ...(mark ? [0, mark.length + 1, ...text(mark)] : []), // a custom section that does nothing
  ]);
export const PACKS = {
  en: { choose: "Choose a time", help: "Call us" },
  es: { choose: "Elija una hora", help: "Llámenos" },
};

/** A pack for a language that is written from right to left, which a test may add. */
export const HEBREW = { he: { choose: "בחרו שעה", help: "התקשרו אלינו" } };
/** The packs, with the real words for an unknown outcome added. */
export const OUTCOMES = Object.fromEntries(
  Object.keys(PACKS).map((language) => {
    const words = JSON.parse(readFileSync(here(`../../locales/${language}.json`), "utf8"));
    return [language, { ...PACKS[language], ...Object.fromEntries(Object.entries(words).filter(([key]) => key.startsWith("unconfirmed."))) }];
  }),
);

const integrity = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
const pack = (language) => `locales/${language}.txt`;
/** The hashes of the packs by file name; `script` adds those of the wasm's parts. @param {Record<string, Record<string, string>>} packs */
const hashes = (packs) => Object.fromEntries(Object.entries(packs).map(([language, words]) => [pack(language), integrity(JSON.stringify(words))]));

/** The table that `cargo xtask dist` writes. @param {Record<string, string>} hashes */
const table = (hashes) =>
  `export default {${Object.entries(hashes).map(([file, hash]) => `"${file}": { hash: "${hash}", beside: () => new URL("./${file}", import.meta.url) }`)}}`;

/** Resolves `find-a-time-files` to this source. @param {string} contents @returns {import("esbuild").Plugin} */
const filesModule = (contents) => ({
  name: "files",
  setup(build) {
    build.onResolve({ filter: /^find-a-time-files$/ }, ({ path }) => ({ path, namespace: "files" }));
    build.onLoad({ filter: /./, namespace: "files" }, () => ({ contents }));
  },
});

/** @type {Map<string, Promise<string>>} */
const built = new Map();

/**
 * Bundles the loader, once for each set of options.
 * @param {{ wasmVersion?: string, hash?: string, packs?: Record<string, Record<string, string>>, hasPart?: boolean, partHash?: string }} [options]
 *        `wasmVersion`: the version that the wasm reports; `hash`: the wasm's hash in the script; `packs`: the packs; `hasPart`: whether a press
 *        needs a later part; `partHash`: that part's hash in the script
 */
export function script({ wasmVersion = "1.2.3", hash = integrity(WASM), packs = PACKS, hasPart = false, partHash = integrity(part()) } = {}) {
  const key = wasmVersion + hash + JSON.stringify(packs) + hasPart + partHash;
  if (!built.has(key)) {
    const bundle = build({
      entryPoints: [here("../../embed/find-a-time.js")],
      bundle: true,
      format: "esm",
      target: "es2022",
      minify: true,
      write: false,
      inject: [here("../../embed/promise.js")],
      plugins: [filesModule(table({ "find-a-time.wasm": hash, "find-a-time-errand.wasm": partHash, "find-a-time-shared.wasm": integrity(NOTHING), "find-a-time-ways.wasm": integrity(NOTHING), ...hashes(packs) }))],
      alias: { "find-a-time-glue": here("./fake-glue.js"), "find-a-time-parts": here("../../embed/parts.js") },
      define: {
        __VERSION__: '"1.2.3"',
        __LOCALES__: JSON.stringify(Object.keys(packs)),
        __FAKE_WASM_VERSION__: JSON.stringify(wasmVersion),
        __FAKE_HAS_PART__: JSON.stringify(hasPart),
      },
    });
    built.set(key, bundle.then(({ outputFiles }) => outputFiles[0].text));
  }
  return /** @type {Promise<string>} */ (built.get(key));
}

/**
 * Puts the loader and its files on a site.
 * @param {import("./site.js").Site} site
 * @param {{ folder?: string } & Parameters<typeof script>[0]} [options]
 */
export async function putLoader(site, { folder = "/widget", packs = PACKS, ...options } = {}) {
  site.put(`${folder}/find-a-time.js`, await script({ packs, ...options }));
  site.put(`${folder}/find-a-time.wasm`, { body: WASM });
  if (options.hasPart) site.put(`${folder}/find-a-time-errand.wasm`, { body: part() });
  for (const name of ["shared", "ways"]) site.put(`${folder}/find-a-time-${name}.wasm`, { body: NOTHING });
  site.put(`${folder}/integrity.json`, JSON.stringify({ version: "1.2.3" }));
  for (const [language, words] of Object.entries(packs)) site.put(`${folder}/${pack(language)}`, JSON.stringify(words));
}
