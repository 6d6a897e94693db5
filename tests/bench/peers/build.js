// Builds the three compared pages as their authors would: a minified module for each, in production mode, and one stylesheet for all.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/** The pages, named after the library that draws them; `plain` uses none. */
export const PEERS = ["plain", "preact", "react"];

/** @returns {Promise<Map<string, Uint8Array>>} file name → contents */
export async function buildPeers() {
  const files = new Map();
  for (const name of PEERS) {
    const { outputFiles } = await build({
      entryPoints: [here(name === "plain" ? "plain/main.js" : `${name}/main.jsx`)],
      bundle: true,
      minify: true,
      write: false,
      format: "esm",
      target: "es2022",
      jsx: "automatic",
      jsxImportSource: name,
      legalComments: "none",
      define: { "process.env.NODE_ENV": '"production"' },
    });
    files.set(`${name}.js`, outputFiles[0].contents);
  }
  const { outputFiles } = await build({ entryPoints: [here("times.css")], minify: true, write: false });
  files.set("times.css", outputFiles[0].contents);
  return files;
}
