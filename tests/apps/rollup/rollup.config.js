import { cpSync } from "node:fs";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { importMetaAssets } from "@web/rollup-plugin-import-meta-assets";

export default {
  input: "src/index.js",
  output: { dir: "dist/app", format: "es" },
  plugins: [
    nodeResolve({ browser: true }),
    importMetaAssets(),
    { name: "page", closeBundle: () => cpSync("src/index.html", "dist/index.html") },
  ],
};
