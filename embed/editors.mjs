// Writes the files with which editors complete and explain the tag, from the custom elements manifest: for VS Code
// (`vscode.html-custom-data.json`, `vscode.css-custom-data.json`) and for JetBrains' editors (`web-types.json`). Usage, in the
// package's folder: node editors.mjs MANIFEST
import { readFileSync } from "node:fs";
import { generateJetBrainsWebTypes } from "custom-element-jet-brains-integration";
import { generateVsCodeCustomElementData } from "custom-element-vs-code-integration";

const [manifest] = process.argv.slice(2);
const described = JSON.parse(readFileSync(manifest, "utf8"));
// Leave out the methods: scripts call them, and in a tag's hint they would only take space.
const both = { outdir: "./", hideLogs: true, hideMethodDocs: true };
generateVsCodeCustomElementData(described, { ...both, htmlFileName: "vscode.html-custom-data.json", cssFileName: "vscode.css-custom-data.json" });
generateJetBrainsWebTypes(described, { ...both, webTypesFileName: "web-types.json", packageJson: false });
