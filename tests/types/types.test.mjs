// Tests the package's typings in Preact, Solid, Svelte and Angular: a right tag passes, a wrong one is an error on its line. Also tests
// the package's data for editors, in the folder that the variable EDITORS names.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import languages from "vscode-html-languageservice";

const { getLanguageService, newHTMLDataProvider, TextDocument } = languages;

const here = fileURLToPath(new URL(".", import.meta.url));

/** @param {string} tool @param {string[]} given */
function run(tool, ...given) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(here, "node_modules", tool), ...given], { cwd: here, encoding: "utf8" });
  return { said: stdout + stderr, status };
}

// In `wrong.tsx` each tag is marked as an error; the compiler reports a mark without an error.
for (const name of ["preact", "solid"]) {
  test(`${name}: a right tag passes, and each wrong one is an error`, () => {
    assert.deepEqual(run("typescript/bin/tsc", "--project", name), { said: "", status: 0 });
  });
}

const svelte = (folder) => run("svelte-check/bin/svelte-check", "--workspace", `svelte/${folder}`, "--tsconfig", "./tsconfig.json", "--output", "machine");

test("svelte: a right tag passes", () => {
  const { said, status } = svelte("right");
  assert.equal(status, 0, said);
});

test("svelte: each wrong tag is an error on its line", () => {
  const { said } = svelte("wrong");
  const lines = [...said.matchAll(/ERROR "Tags\.svelte" (\d+):/g)].map(([, line]) => Number(line));
  assert.deepEqual(lines, [5, 6, 7, 8], said);
});

const angular = (folder) => run("@angular/compiler-cli/bundles/src/bin/ngc.js", "--project", `angular/${folder}/tsconfig.json`);

test("angular: a right tag passes", () => {
  assert.deepEqual(angular("right"), { said: "", status: 0 });
});

test("angular: each wrong tag is an error on its line", () => {
  const { said } = angular("wrong");
  // The output is coloured, and errors in bindings come last.
  const lines = [...stripVTControlCharacters(said).matchAll(/app\.ts:(\d+):\d+ - error/g)].map(([, line]) => Number(line)).sort((a, b) => a - b);
  assert.deepEqual(lines, [8, 9, 10, 11], said);
});

/** What VS Code offers at the position of the character `|`. @param {string} html */
function offered(html) {
  const data = JSON.parse(readFileSync(join(process.env.EDITORS ?? "", "vscode.html-custom-data.json"), "utf8"));
  const service = getLanguageService({ useDefaultDataProvider: false, customDataProviders: [newHTMLDataProvider("find-a-time", data)] });
  const [before, after] = html.split("|");
  const document = TextDocument.create("file:///page.html", "html", 1, before + after);
  const { items } = service.doComplete(document, document.positionAt(before.length), service.parseHTMLDocument(document));
  return items.map(({ label }) => label);
}

test("VS Code completes the tag, its attributes and their values", () => {
  assert.ok(offered("<|").includes("find-a-time"));
  const attributes = offered("<find-a-time |></find-a-time>");
  const { modules: [{ declarations: [{ attributes: described }] }] } = JSON.parse(readFileSync(new URL("../../embed/custom-elements.json", import.meta.url), "utf8"));
  for (const { name } of described) assert.ok(attributes.includes(name), name);
  assert.deepEqual(offered('<find-a-time tier="|"></find-a-time>').sort(), ["prd", "uat"]);
  assert.deepEqual(offered('<find-a-time mode="|"></find-a-time>').sort(), ["both", "on-demand", "scheduled"]);
});

test("JetBrains' editors have the tag with every attribute, under the package's name and version", () => {
  const types = JSON.parse(readFileSync(join(process.env.EDITORS ?? "", "web-types.json"), "utf8"));
  assert.equal(types.name, "find-a-time");
  assert.match(types.version, /^\d+\.\d+\.\d+/);
  const [element] = types.contributions.html.elements;
  assert.equal(element.name, "find-a-time");
  assert.ok(element.attributes.some(({ name }) => name === "visit-type"));
});
