// Serves the preview's flu-shot page as a health system would publish it: with the snippet, hints included, that the preview's
// page "For your page" writes for Acme's addresses and the measured release.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { putRelease, settings } from "./contenders.js";

const PAGE = "/preview/flu-shot.html";
/** The line with which the preview's page loads the script; the snippet's line replaces it. */
const OWN_SCRIPT = '  <script type="module" src="../find-a-time.js"></script>\n';
const FIRST_STYLE = '  <link rel="stylesheet" href="./site.css">\n';

/** The builder's module, imported from its text, since no package.json marks `preview/` as modules. */
async function builder() {
  const source = readFileSync(new URL("../../preview/builder/snippet.js", import.meta.url));
  return import(`data:text/javascript;base64,${source.toString("base64")}`);
}

/** @param {string} text @param {string | RegExp} part @param {(...found: string[]) => string} by */
function replaced(text, part, by) {
  const other = text.replace(part, by);
  if (other === text) throw new Error(`the preview's flu-shot page has no ${part}`);
  return other;
}

/**
 * Puts the page, the files it loads, and the release on the server.
 * @param {import("./server.js").Files} files @param {import("../support/acme.js").Acme} acme
 * @returns {Promise<string>} the page's address
 */
export async function putFluShot(files, acme) {
  const { release } = settings();
  const integrity = JSON.parse(readFileSync(join(release, "integrity.json"), "utf8"));
  putRelease(files, `/find-a-time-${integrity.version}/`);
  // In `dist/` the release is beside the preview.
  const preview = join(release, "../preview");
  for (const entry of readdirSync(preview, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.put(path.slice(preview.length - "/preview".length).replaceAll("\\", "/"), readFileSync(path));
  }
  const environment = acme.environment();
  files.put("/preview/environment.json", JSON.stringify(environment));

  const { attributesOf, hints, scriptOf, scriptTag, tag } = await builder();
  const { api, visits, scheduling, brand } = environment;
  const choice = { kind: "clinic", api, visits, scheduling, brand, clinic: "NorthlakeBallard", "visit-type": "FluShot", product: "flushot" };
  const script = scriptOf(/** @type {string} */ (files.origin), integrity, true);
  let page = readFileSync(join(preview, "flu-shot.html"), "utf8");
  page = replaced(page, OWN_SCRIPT, () => `${scriptTag(script)}\n`);
  page = replaced(page, FIRST_STYLE, () => `${hints(script, api)}\n${FIRST_STYLE}`);
  // Keep the page's own fallback, and leave out the snippet's <style>, since the page's policy allows no inline style: the
  // page's stylesheet reserves the height.
  page = replaced(page, /<find-a-time\s[^>]*>([^]*)<\/find-a-time>/, (_, inside) => tag(attributesOf(choice), inside.trim()));
  files.put(PAGE, page);
  return files.origin + PAGE;
}
