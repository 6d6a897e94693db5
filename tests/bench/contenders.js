// The pages that are compared, all with the same clinician's times: the element with its tag alone, the element with preload
// hints, and the same list of times in hand-written JavaScript, in Preact and in React.
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { buildPeers, PEERS } from "./peers/build.js";

/** Dr. Dana Whitfield, and the visit type of her new patients. */
export const CLINICIAN = { npi: "1234567893", visitType: "NewPatient" };
const PRODUCT = "bench";
const RELEASE = "/find-a-time/";

/** The pages' names in tables. */
export const TITLES = {
  plain: "hand-written JavaScript",
  preact: "Preact",
  react: "React",
  tag: "find-a-time, the tag alone",
  hints: "find-a-time, with preload hints",
};
/** @typedef {keyof typeof TITLES} Contender */
export const CONTENDERS = /** @type {Contender[]} */ (Object.keys(TITLES));

/** The release's folder, and the budgets of its files. @returns {{ release: string, budgets: any }} */
export function settings() {
  const release = process.env.FAT_RELEASE;
  if (!release) throw new Error("FAT_RELEASE must name a release's folder; `cargo xtask bench` sets it");
  return { release, budgets: JSON.parse(readFileSync(new URL("../budgets.json", import.meta.url), "utf8")) };
}

/** Puts the release's files on the server. @param {import("./server.js").Files} files @param {string} folder the folder's path on the server */
export function putRelease(files, folder) {
  const { release } = settings();
  const { files: hashes } = JSON.parse(readFileSync(join(release, "integrity.json"), "utf8"));
  for (const name of Object.keys(hashes)) {
    const path = join(release, name);
    files.put(posix.join(folder, name), readFileSync(path), readFileSync(`${path}.br`));
  }
}

/** Puts the release and the compared pages' scripts on the server. @param {import("./server.js").Files} files */
export async function putFiles(files) {
  putRelease(files, RELEASE);
  for (const [name, contents] of await buildPeers()) files.put(`/peers/${name}`, contents);
}

/** @param {string} head @param {string} body */
const page = (head, body) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Dr. Dana Whitfield</title>
<link rel="icon" href="data:,">
${head}
<style>body { margin: 0 auto; padding: 16px; max-inline-size: 70rem; font-family: system-ui, sans-serif } find-a-time { display: block; min-block-size: max(40rem, 100svh) }</style></head>
<body><h1>Dr. Dana Whitfield</h1>
${body}</body></html>`;

/** @param {string} file */
const inRelease = (file) => posix.join(RELEASE, file);
/** The plain script tag. */
export const SCRIPT = `<script type="module" src="${inRelease("find-a-time.js")}"></script>`;

/** The tags that make the browser connect to the API and download the files for the first times in parallel. @param {string} api */
function hints(api) {
  const { files } = settings().budgets["first times"];
  const preloads = files.map((/** @type {string} */ file) =>
    file.endsWith(".js")
      ? `<link rel="modulepreload" href="${inRelease(file)}">`
      : `<link rel="preload" href="${inRelease(file)}" as="fetch" crossorigin>`);
  return [`<link rel="preconnect" href="${api}" crossorigin>`, ...preloads].join("\n");
}

/** A page with one element for each entry of `tags`. @param {{ api: string, visits: string }} acme @param {Record<string, string>[]} tags more attributes of each element */
export function elements(acme, tags, head = SCRIPT) {
  const tag = (/** @type {Record<string, string>} */ more) => {
    const attributes = { api: acme.api, visits: acme.visits, product: PRODUCT, ...more };
    const text = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`).join("");
    return `<find-a-time${text}><p>Call <a href="tel:+12065550142">206-555-0142</a></p></find-a-time>`;
  };
  return page(head, tags.map(tag).join("\n"));
}

/** The element's attributes on the compared pages, besides those that `elements` gives to every element. */
export const TAG = { npi: CLINICIAN.npi, "visit-type": CLINICIAN.visitType };

/** Puts every compared page on the server. @param {import("./server.js").Files} files @param {{ api: string, visits: string }} acme */
export function putPages(files, acme) {
  const { npi, visitType } = CLINICIAN;
  for (const peer of PEERS) {
    const head = `<link rel="stylesheet" href="/peers/times.css"><script type="module" src="/peers/${peer}.js"></script>`;
    const data = `data-api="${acme.api}" data-npi="${npi}" data-visit-type="${visitType}" data-product="${PRODUCT}"`;
    files.put(`/${peer}.html`, page(head, `<div id="times" ${data}><p>Call <a href="tel:+12065550142">206-555-0142</a></p></div>`));
  }
  files.put("/tag.html", elements(acme, [TAG]));
  files.put("/hints.html", elements(acme, [TAG], `${hints(acme.api)}\n${SCRIPT}`));
}
