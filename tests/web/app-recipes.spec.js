// The recipes for build tools are the tested apps' own code: every block of them stands in one of the apps, as it is.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "../support/fixtures.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

const files = ["react", "vue"].flatMap((name) => {
  const app = join(root, "tests/e2e", name, "app");
  const sources = readdirSync(join(app, "src"), { encoding: "utf8" }).map((file) => join("src", file));
  return [...sources, "vite.config.ts"].map((file) => readFileSync(join(app, file), "utf8"));
});

for (const recipe of ["react", "vue", "vite"]) {
  test(`the blocks of docs/recipes/${recipe}.md are the tested app's`, () => {
    const text = readFileSync(join(root, `docs/recipes/${recipe}.md`), "utf8");
    const blocks = [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].filter(([, language]) => language !== "sh").map(([, , block]) => block);
    expect(blocks.length).toBeGreaterThan(2);
    expect(blocks.filter((block) => !files.some((file) => file.includes(block)))).toEqual([]);
  });
}
