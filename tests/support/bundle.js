// The loader alone: embed/ bundled with a pretended glue, a wasm of a few bytes, a stylesheet and two packs of its own,
// so that its tests need no Rust and no API and can break any part by itself.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** A whole module: the magic number, the version, nothing else. */
export const WASM = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
export const STYLE = ".fat-root button{min-block-size:44px}";
export const PACKS = {
  en: { choose: "Choose a time", help: "Call us" },
  es: { choose: "Elija una hora", help: "Llámenos" },
};

/** A pack that a test may add, of a language written from right to left. */
export const HEBREW = { he: { choose: "בחרו שעה", help: "התקשרו אלינו" } };
/** The packs with the real words of an unknown outcome. */
export const OUTCOMES = Object.fromEntries(
  Object.keys(PACKS).map((language) => {
    const words = JSON.parse(readFileSync(here(`../../locales/${language}.json`), "utf8"));
    return [language, { ...PACKS[language], ...Object.fromEntries(Object.entries(words).filter(([key]) => key.startsWith("unconfirmed."))) }];
  }),
);

const integrity = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
const pack = (language) => `locales/${language}.json`;
/** Beside the wasm, whose own a test may change. @param {Record<string, Record<string, string>>} packs */
const hashes = (packs) => ({
  "find-a-time.css": integrity(STYLE),
  ...Object.fromEntries(Object.entries(packs).map(([language, words]) => [pack(language), integrity(JSON.stringify(words))])),
});

/** @type {Map<string, Promise<string>>} */
const built = new Map();

/**
 * @param {{ wasmVersion?: string, hash?: string, packs?: Record<string, Record<string, string>> }} [options]
 *        what the wasm says it is; its hash baked in; the languages there are
 */
export function script({ wasmVersion = "1.2.3", hash = integrity(WASM), packs = PACKS } = {}) {
  const key = wasmVersion + hash + JSON.stringify(packs);
  if (!built.has(key)) {
    const bundle = build({
      entryPoints: [here("../../embed/find-a-time.js")],
      bundle: true,
      format: "esm",
      target: "es2022",
      minify: true,
      write: false,
      inject: [here("../../embed/promise.js")],
      alias: { "find-a-time-glue": here("./fake-glue.js") },
      define: {
        __VERSION__: '"1.2.3"',
        __INTEGRITY__: JSON.stringify({ "find-a-time.wasm": hash, ...hashes(packs) }),
        __LOCALES__: JSON.stringify(Object.keys(packs)),
        __FAKE_WASM_VERSION__: JSON.stringify(wasmVersion),
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
  site.put(`${folder}/find-a-time.css`, STYLE);
  for (const [language, words] of Object.entries(packs)) site.put(`${folder}/${pack(language)}`, JSON.stringify(words));
}
