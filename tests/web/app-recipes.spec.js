// The recipes for build tools show the code of the tested apps: every block of a recipe, except shell commands, is word for word in an app.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "../support/fixtures.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

const files = ["react", "vue"].flatMap((name) => {
  const app = join(root, "tests/e2e", name, "app");
  const sources = readdirSync(join(app, "src"), { encoding: "utf8" }).map((file) => join("src", file));
  return [...sources, "vite.config.ts"].map((file) => readFileSync(join(app, file), "utf8"));
});

/** The sources of one of `tests/apps`. @param {string} name @returns {string[]} */
function sourcesOf(name) {
  const app = join(root, "tests/apps", name);
  const all = readdirSync(app, { recursive: true, encoding: "utf8" }).filter((file) => !/node_modules|package-lock/.test(file));
  return all.filter((file) => statSync(join(app, file)).isFile()).map((file) => readFileSync(join(app, file), "utf8"));
}

/** The tested apps from which each recipe is written. @type {Record<string, string[]>} */
const RECIPES = {
  react: files, vue: files, vite: files,
  webpack: ["webpack", "rollup", "esbuild"].flatMap(sourcesOf),
  ...Object.fromEntries(["next", "angular", "svelte", "astro", "nuxt"].map((name) => [name, sourcesOf(name)])),
};

for (const [recipe, sources] of Object.entries(RECIPES)) {
  test(`the blocks of docs/recipes/${recipe}.md are the tested app's`, () => {
    const text = readFileSync(join(root, `docs/recipes/${recipe}.md`), "utf8");
    const blocks = [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].filter(([, language]) => language !== "sh").map(([, , block]) => block);
    expect(blocks.length).toBeGreaterThan(1);
    expect(blocks.filter((block) => !sources.some((file) => file.includes(block)))).toEqual([]);
  });
}
