// Checks that the diagnostic codes of the loader and the widget are exactly those that docs/troubleshooting.md explains.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "../support/fixtures.js";
import { requireValue } from "../support/values.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const read = (path) => readFileSync(ROOT + path, "utf8");
const files = (folder, ending) => readdirSync(ROOT + folder, { recursive: true }).map((name) => `${folder}/${name}`).filter((name) => name.endsWith(ending));

/** The loader's table: code → level, message, mend. */
function loaderTable() {
  const [, table] = requireValue(read("embed/diagnostics.js").match(/const KNOWN = \{([\s\S]*?)\n\};/), "table KNOWN in embed/diagnostics.js");
  const entry = /^ {2}"?([a-z-]+)"?: \["(error|warning|info)", ("(?:[^"\\]|\\.)*"|'[^']*'), ("(?:[^"\\]|\\.)*")\],$/gm;
  const found = [...table.matchAll(entry)].map(([, code, level, message, mend]) => ({ code, level, message: message.slice(1, -1), mend: mend.slice(1, -1) }));
  expect(found.length, "every line of the table is read").toBe(table.trim().split("\n").length);
  return found;
}

/** The codes that the loader's modules report, found in their source. */
function loaderTold() {
  const text = files("embed", ".js").filter((name) => !/node_modules|npm\//.test(name)).map(read).join("\n");
  const inCalls = [...text.matchAll(/\b(?:diagnose|announce|diagnostic|fail)\(\s*"([a-z-]+)"/g)].map(([, code]) => code);
  const inValues = [...text.matchAll(/\bcode: "([a-z-]+)"/g)].map(([, code]) => code);
  return new Set([...inCalls, ...inValues]);
}

/** The codes that the widget reports: `Diagnosis::new("code", Level, &[message…], &[mend…])`. */
function widgetTold() {
  const text = files("src", ".rs").filter((name) => !name.includes("_tests")).map(read).map((file) => file.split("#[cfg(test)]")[0]).join("\n");
  const made = /\b(?:Diagnosis|Self)::new\(\s*"([a-z-]+)",\s*(?:Level::)?(Error|Warning|Info),\s*&\[([\s\S]*?)\],\s*&\[([\s\S]*?)\],?\s*\)/g;
  const found = [...text.matchAll(made)].map(([, code, level, message, mend]) => ({ code, level: level.toLowerCase(), message, mend }));
  expect(found.length, "every diagnosis names its code in place").toBe([...text.matchAll(/\bDiagnosis::new\(|\bSelf::new\(\s*"/g)].length);
  return found;
}

/** The document's sections: code → text. */
function sections() {
  const [, ...parts] = read("docs/troubleshooting.md").split(/^### /m);
  return new Map(parts.map((part) => [part.match(/^`([a-z-]+)`\n/)?.[1] ?? part.slice(0, 40), part.split(/^## /m)[0]]));
}

test("every code that can be reported has a section in the troubleshooting guide, and every section a code", () => {
  const told = new Set([...loaderTable(), ...widgetTold()].map(({ code }) => code));
  expect([...sections().keys()].sort()).toEqual([...told].sort());
});

test("the loader reports every code of its table, and no other", () => {
  expect([...loaderTold()].sort()).toEqual(loaderTable().map(({ code }) => code).sort());
});

test("each section gives the level, the meaning, the likely cause and what to do", () => {
  const levels = new Map([...loaderTable(), ...widgetTold()].map(({ code, level }) => [code, level]));
  for (const [code, text] of sections()) {
    expect(text, code).toMatch(new RegExp(`^Level: ${levels.get(code)}\\b`, "m"));
    for (const name of ["What it means", "Likely cause", "Mend"]) expect(text, `${code}: ${name}`).toMatch(new RegExp(`^- \\*\\*${name}\\.\\*\\* .{20,}`, "m"));
  }
});

test("every diagnostic says what to do, in whole sentences", () => {
  const does = /^(Add|Ask|Check|Give|Keep|Leave|Let|Name|On a live page|Open|Please report|Publish|Remove|Report|Serve|Set|Use)\b/;
  for (const { code, message, mend } of loaderTable()) {
    expect(message, code).toMatch(/^\S.*\.$/);
    expect(mend, code).toMatch(does);
    expect(mend, code).toMatch(/\.$/);
  }
  // The mend of `bad-attribute` begins with an attribute's name. In other mends a name may follow, so check their first text only.
  for (const { code, mend } of widgetTold()) {
    if (code === "bad-attribute") continue;
    const [text] = requireValue(mend.match(/"(?:[^"\\]|\\.)*"/), `text in the mend of ${code}`);
    expect(JSON.parse(text), code).toMatch(does);
  }
});
