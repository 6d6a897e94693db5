// The preview's pages contain the English words; preview/words/es.json has the Spanish ones. A key that only one of them has is a text
// that stays English on a Spanish page, or one that nobody reads.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../support/fixtures.js";

const ROOT = join(import.meta.dirname, "../..");
const files = ["index.html", ...readdirSync(join(ROOT, "preview"), { recursive: true, encoding: "utf8" }).map((file) => join("preview", file))];
const read = (/** @type {string} */ ending) => files.filter((file) => file.endsWith(ending)).map((file) => readFileSync(join(ROOT, file), "utf8")).join("\n");

const spanish = Object.keys(JSON.parse(readFileSync(join(ROOT, "preview/words/es.json"), "utf8")));
const pages = read(".html");
const scripts = read(".js");
const inPages = new Set([...pages.matchAll(/data-words(?:-alt|-aria-label|-content)?="([^"]+)"/g)].map(([, key]) => key));

test("every text of the preview's pages has Spanish words", () => {
  expect(inPages.size).toBeGreaterThan(200);
  expect([...inPages].filter((key) => !spanish.includes(key))).toEqual([]);
});

test("every Spanish text is used by a page or a script", () => {
  // A script may end a key with a value: `doctors.${visitType}`.
  const isUsed = (/** @type {string} */ key) => inPages.has(key) || scripts.includes(`"${key}"`) || scripts.includes(`\`${key.slice(0, key.lastIndexOf("."))}.$\{`);
  expect(spanish.filter((key) => !isUsed(key))).toEqual([]);
});
