// Extracts code from the documents of the recipes, so that the tested code is what people copy.
import { readFileSync } from "node:fs";

const RECIPES = new URL("../../docs/recipes/", import.meta.url);

/**
 * Every code block of a recipe that is in a given language, in order.
 * @param {string} recipe its file @param {string} language the word after the three backticks @returns {string[]}
 */
export function blocks(recipe, language) {
  const text = readFileSync(new URL(recipe, RECIPES), "utf8");
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].filter(([, kind]) => kind === language).map(([, , block]) => block);
}

/** The integrity hash of a release's script. @param {string} release the release's folder */
export const integrity = (release) => JSON.parse(readFileSync(`${process.env.FAT_DIST}/${release}/integrity.json`, "utf8")).files["find-a-time.js"];

/** The folder name of the release that was built. */
export const RELEASE = `find-a-time-${JSON.parse(readFileSync(`${process.env.FAT_DIST}/integrity.json`, "utf8")).version}`;

/**
 * A block with the test's addresses instead of the document's, and the script's hash instead of "sha384-…".
 * @param {string} block @param {{ acme: import("../support/acme.js").Acme, assets: string }} where `assets`: origin of the files
 */
export const filledIn = (block, { acme, assets }) =>
  block
    .replaceAll("https://api.care.example.org", acme.api)
    .replaceAll("https://ecvapi.care.example.org", acme.visits)
    .replaceAll("https://assets.example.org/find-a-time/", `${assets}/`)
    .replaceAll(/https:\/\/assets\.example\.org\/find-a-time-[\d.]+\//g, `${assets}/${RELEASE}/`)
    .replaceAll("sha384-…", integrity(RELEASE));

/** Stands in for the page's own sign-in in every recipe. @param {string} token */
export const session = (token) => `<script>const session = { accessToken: async () => ${JSON.stringify(token)} };</script>`;
