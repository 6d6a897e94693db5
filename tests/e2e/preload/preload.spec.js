// The preload hints that the builder writes: each file is fetched once, the preloaded file is used, and no browser complains.
import { readFileSync } from "node:fs";
import { expect, test, widget } from "../../support/fixtures.js";
import { booked, bookIn, giving, tag, TUESDAY } from "../../support/host-page.js";
import { Site } from "../../support/site.js";

const source = readFileSync(new URL("../../../preview/builder/snippet.js", import.meta.url));
const { hints, scriptOf, scriptTag } = await import(`data:text/javascript;base64,${source.toString("base64")}`);
const RELEASE = JSON.parse(readFileSync(`${process.env.FAT_DIST}/integrity.json`, "utf8"));
const FOLDER = `/find-a-time-${RELEASE.version}`;
/** The headers that docs/embedding.md recommends for a release's files. */
const HEADERS = { "cache-control": "public, max-age=31536000, immutable", "access-control-allow-origin": "*" };
/** Browsers wait some seconds after the page has loaded before they report a preload as unused. */
const UNUSED_AFTER = 6_000;

for (const [where, isElsewhere, language, words] of /** @type {const} */ ([
  ["beside the page", false, "en", "en"],
  ["on another origin", true, "es-MX", "es"],
])) {
  test(`with the files ${where}, every hint is used and nothing is fetched twice`, async ({ page, site, acme, watch }) => {
    const files = isElsewhere ? await Site.start(process.env.FAT_DIST) : site;
    watch.allowOrigin(files.origin);
    files.headers = HEADERS;
    const script = scriptOf(files.origin, RELEASE, true, language);
    // The script is far down the page, so that the hints save time.
    const body = `<h1>Clinic</h1>${tag(acme)}${scriptTag(script)}`;
    const address = site.page({ head: hints(script, acme.api), body, lang: language, script: giving(await acme.token("marta")) });
    await page.goto(address);
    await widget(page).reaches("times");
    await page.waitForTimeout(UNUSED_AFTER);
    const fetched = files.requests.map(({ path }) => path).filter((path) => path.startsWith(FOLDER)).sort();
    expect(fetched).toEqual(["find-a-time-errand.wasm", "find-a-time-shared.wasm", "find-a-time.js", "find-a-time.wasm", `locales/${words}.txt`].map((name) => `${FOLDER}/${name}`));
    expect(watch.said()).toEqual([]);
    expect(await widget(page).codes()).toEqual([]);
    if (isElsewhere) await files.stop();
    if (language !== "en") return;
    await bookIn(page, TUESDAY);
    expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
  });
}
