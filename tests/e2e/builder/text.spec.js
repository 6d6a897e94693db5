// The text that the builder makes from a choice, tested without a page.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";

/** Imports a module of the preview page through a data address, since no package.json there marks its files as modules. @param {string} name */
const load = (name) => import(`data:text/javascript;base64,${readFileSync(new URL(`../../../preview/builder/${name}.js`, import.meta.url)).toString("base64")}`);
const { colour, contrast, pairs, schemeOf, shown } = await load("contrast");
const { addressFlaw, attributesOf, hints, policy, scriptOf, scriptTag, snippet, style, telephone } = await load("snippet");

const HOSTS = { api: "https://api.care.example.org", visits: "https://ecvapi.care.example.org" };
const RELEASE = { version: "1.2.3", files: { "find-a-time.js": "sha384-abc" } };

test("the snippet equals the documentation's", () => {
  const made = snippet(
    { kind: "clinician", ...HOSTS, npi: "1234567893", product: "findadoctor" },
    { script: scriptOf("https://assets.example.org/find-a-time", undefined, false), look: "", phone: "206-555-0142", language: "en" },
  );
  expect(made.page).toBe(`<style>
  find-a-time { display: block; min-block-size: max(40rem, 100svh) }
</style>
<script type="module" src="https://assets.example.org/find-a-time/find-a-time.js"></script>

<find-a-time
  api="https://api.care.example.org"
  visits="https://ecvapi.care.example.org"
  npi="1234567893"
  product="findadoctor">
  <p>To book, call <a href="tel:+12065550142">206-555-0142</a>.</p>
</find-a-time>`);
  expect(made.policy).toBe(
    "script-src https://assets.example.org 'wasm-unsafe-eval'; connect-src https://assets.example.org https://api.care.example.org https://ecvapi.care.example.org",
  );
});

test("a release is pinned by its hash, in the tag and in the hint; without a hash neither has `integrity`", () => {
  const held = scriptOf("https://assets.example.org/", RELEASE, true);
  expect(scriptTag(held)).toBe('<script type="module" src="https://assets.example.org/find-a-time-1.2.3/find-a-time.js" integrity="sha384-abc" crossorigin></script>');
  expect(hints(held, HOSTS.api)).toContain('modulepreload" href="https://assets.example.org/find-a-time-1.2.3/find-a-time.js" integrity="sha384-abc" crossorigin>');
  expect(hints(scriptOf("https://assets.example.org/", RELEASE, false), HOSTS.api)).not.toContain("integrity");
});

test("the first files of a release are hinted at, in the page's language; those that follow every release are not", () => {
  const files = ["find-a-time.js", "find-a-time.wasm", "locales/en.txt", "locales/es.txt"];
  const release = { version: "1.2.3", files: Object.fromEntries(files.map((name) => [name, "sha384-abc"])) };
  const hinted = (pinned, language) => [...hints(scriptOf("https://assets.example.org", release, pinned, language), HOSTS.api).matchAll(/rel="preload" as="fetch" href="([^"]*)" crossorigin>/g)].map(([, href]) => href);
  const folder = "https://assets.example.org/find-a-time-1.2.3";
  expect(hinted(true, "es-MX")).toEqual([`${folder}/find-a-time.wasm`, `${folder}/locales/es.txt`]);
  expect(hinted(true, "fr").at(-1)).toBe(`${folder}/locales/en.txt`);
  expect(hinted(false, "en")).toEqual([]);
});

test("each kind of page has its own attributes and none of another kind's", () => {
  const everything = { ...HOSTS, npi: "1234567893", clinic: "NorthlakeBallard", near: "98107", radius: "30", practice: "c0a8", region: "WA", brand: "northlake", "visit-type": "FluShot" };
  const names = (kind, more = {}) => attributesOf({ ...everything, ...more, kind }).map(([name]) => name).slice(2).join(" ");
  expect(names("clinician")).toBe("npi brand visit-type");
  expect(names("clinician", { here: true })).toBe("npi department brand visit-type");
  expect(names("clinic")).toBe("department brand visit-type");
  expect(names("near")).toBe("near brand visit-type");
  expect(names("near", { radius: "5" })).toBe("near radius brand visit-type");
  expect(names("brand")).toBe("brand");
  expect(names("virtual")).toBe("practice region brand");
  expect(names("both")).toBe("department practice region brand mode visit-type");
});

test("the same host given twice is in the policy once, by its origin", () => {
  expect(policy({ address: "https://care.example.org/a/find-a-time.js" }, { kind: "brand", api: "https://care.example.org/dexcare", visits: "https://care.example.org" })).toBe(
    "script-src https://care.example.org 'wasm-unsafe-eval'; connect-src https://care.example.org",
  );
});

test("addresses that the element would reject get a message each", () => {
  const flaws = Object.fromEntries(
    ["https://api.example.org", "http://127.0.0.1:8090", "http://api.example.org", "api.example.org", "javascript:alert(1)", "https://a@example.org", "https://example.org/?a=1", "https://example.org/#a"]
      .map((address) => [address, addressFlaw(address)]),
  );
  expect(flaws).toEqual({
    "https://api.example.org": "", "http://127.0.0.1:8090": "", "http://api.example.org": "http", "api.example.org": "shape",
    "javascript:alert(1)": "shape", "https://a@example.org": "extra", "https://example.org/?a=1": "extra", "https://example.org/#a": "extra",
  });
});

test("a phone as people write it becomes a number that can be called", () => {
  expect(["206-555-0142", "(206) 555-0142", "1 206 555 0142", "+44 20 7946 0000", "911"].map(telephone)).toEqual([
    "tel:+12065550142", "tel:+12065550142", "tel:+12065550142", "tel:+442079460000", "tel:911",
  ]);
});

test("contrast is computed as WCAG defines it, and is never rounded up", () => {
  expect(contrast("#000000", "#ffffff")).toBe(21);
  expect(shown(contrast("#767676", "#ffffff"))).toBe("4.54");
  expect(shown(contrast("#777777", "#ffffff"))).toBe("4.47");
  expect([colour("#0B5"), colour(" 0b5cad "), colour("red"), colour("#12345")]).toEqual(["#00bb55", "#0b5cad", undefined, undefined]);
  expect([schemeOf("#ffffff"), schemeOf("#16191d")]).toEqual(["light", "dark"]);
});

test("the element's own colors are named where a surface makes them fail", () => {
  const grey = pairs({ accent: "#002244", "on-accent": "#ffffff", surface: "#b8b8b8", text: "#000000" });
  expect(grey.filter(({ passes }) => !passes).map(({ front, back }) => `${front} on ${back}`)).toEqual(expect.arrayContaining(["muted on surface", "border on surface"]));
  expect(pairs({ accent: "#0b5cad", "on-accent": "#ffffff", surface: "#ffffff", text: "#1b2126" }).every(({ passes }) => passes)).toBe(true);
});

test("a look's style follows the style that reserves the height", () => {
  expect(style("find-a-time {\n  --findatime-space: 5px;\n}")).toBe(
    "<style>\n  find-a-time { display: block; min-block-size: max(40rem, 100svh) }\n  find-a-time {\n    --findatime-space: 5px;\n  }\n</style>",
  );
});
