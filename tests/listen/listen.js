// Plays journeys through the element with Orca: `node listen.js --browser firefox --out FOLDER [NAME]`. Writes a transcript for
// each journey, and prints whether it differs from the transcript that was in the folder.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Acme } from "../support/acme.js";
import { Site } from "../support/site.js";
import { JOURNEYS, slowDown } from "./journeys.js";
import { Listener } from "./listener.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { browser: { type: "string", default: "firefox" }, out: { type: "string" } },
});
const folder = values.out ?? "transcripts";
mkdirSync(folder, { recursive: true });
const chosen = Object.entries(JOURNEYS).filter(([name]) => positionals.every((part) => name.includes(part)));
if (!chosen.length) throw new Error(`no journey has ${positionals.join(" ")} in its name: ${Object.keys(JOURNEYS).join(", ")}`);

/** @param {string} name @param {import("./journeys.js").Journey} journey @returns {Promise<"same" | "changed" | "new" | "broken">} */
async function hear(name, { about, page, listen }) {
  const [site, acme] = await Promise.all([Site.start(process.env.FAT_DIST), Acme.start()]);
  const file = join(folder, `${name}.txt`);
  let listener;
  try {
    await slowDown(acme);
    listener = await Listener.open({ site, acme, browser: values.browser }, page);
    await listen(listener, acme);
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    console.error(`${name}: ${message}`);
    if (listener) writeFileSync(`${file}.broken`, `${message}\n\n${listener.transcript.join("\n")}\n`);
    return "broken";
  } finally {
    listener?.close();
    await Promise.all([site.stop(), acme.stop()]);
  }
  const text = `${about}\n\n${listener.transcript.join("\n")}\n`;
  const before = existsSync(file) ? readFileSync(file, "utf8") : null;
  writeFileSync(file, text);
  if (before === null) return "new";
  return before === text ? "same" : "changed";
}

let good = 0;
for (const [name, journey] of chosen) {
  const begun = Date.now();
  const what = await hear(name, journey);
  if (what === "same") good++;
  console.log(`${name}: ${what}, ${Math.round((Date.now() - begun) / 1000)} s`);
}
console.log(`${good} as before, ${chosen.length - good} not`);
process.exitCode = good === chosen.length ? 0 : 1;
