// Measures how long the widget's own crates, compiled as in the release, take to read an answer and group its slots, compared with
// `JSON.parse` into objects.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { CLINICIAN } from "../contenders.js";
import { CPU_ONLY, freshContext, throttledPage } from "../profiles.js";
import { manySlots } from "../server.js";
import { figures } from "../stats.js";
import { milliseconds, ratio, table } from "../text.js";

const NUMBERS = [1_000, 10_000, 100_000];
/** How many runs at the start are not counted for each size: the first run includes compilation. */
const WARM_UP = 1;

/** @param {import("../bench.js").Tools} tools */
export async function run({ browser, files, rounds, say }) {
  const folder = process.env.FAT_DECODE;
  if (!folder) throw new Error("FAT_DECODE must name the folder of the decode bench; `cargo xtask bench` sets it");
  for (const name of ["decode.js", "decode_bg.wasm"]) files.put(`/decode/${name}`, readFileSync(join(folder, name)));
  files.put("/decode.html", "<!doctype html><title>Decode</title><link rel=icon href='data:,'>");
  const context = await freshContext(browser);
  const { page } = await throttledPage(context, CPU_ONLY);
  await page.goto(`${files.origin}/decode.html`);
  await page.evaluate(prepare);
  /** @type {Record<number, any>} */
  const results = {};
  for (const number of NUMBERS) {
    say(`decode: ${number} slots`);
    const body = JSON.stringify(manySlots(number, { ...CLINICIAN, first: "2026-12-07" }));
    // Compressed quickly, since the size does not matter here.
    files.put("/decode.json", body, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }));
    /** @type {Record<string, number>[]} */
    const samples = await page.evaluate(measure, WARM_UP + rounds);
    results[number] = { ...figures(samples.slice(WARM_UP)), bytes: body.length };
  }
  await context.close();
  return results;
}

/** Loads the wasm. Runs in the page. */
async function prepare() {
  const address = "/decode/decode.js";
  const module = await import(address);
  await module.default();
  globalThis[Symbol.for("decode")] = module;
}

/** Decodes and groups in both ways alternately. Runs in the page. @param {number} rounds @returns {Promise<Record<string, number>[]>} */
async function measure(rounds) {
  const ours = globalThis[Symbol.for("decode")];
  const bytes = new Uint8Array(await (await fetch("/decode.json", { cache: "no-store" })).arrayBuffer());

  const byWasm = () => {
    const start = performance.now();
    const decoded = ours.decode(bytes);
    const middle = performance.now();
    const [times, days] = decoded.group();
    const end = performance.now();
    decoded.free();
    return { decode: middle - start, group: end - middle, times, days };
  };
  // What a careful page does with the same answer: bytes to text, text to objects, each start parsed once.
  const byJson = () => {
    const start = performance.now();
    const answer = JSON.parse(new TextDecoder().decode(bytes));
    const slots = [];
    for (const { timeSlots } of answer.scheduleDays) {
      for (const slot of timeSlots) slots.push({ ...slot, at: Date.parse(slot.slotDateTime), date: slot.slotDateTime.slice(0, 10) });
    }
    const middle = performance.now();
    slots.sort((a, b) => a.at - b.at);
    const times = new Map();
    for (const slot of slots) {
      const key = `${slot.at} ${slot.departmentIdentifier} ${slot.slotType} ${slot.providerNationalId}`;
      const twins = times.get(key);
      if (twins) twins.push(slot);
      else times.set(key, [slot]);
    }
    const days = new Map();
    for (const same of times.values()) {
      const day = days.get(same[0].date);
      if (day) day.push(same);
      else days.set(same[0].date, [same]);
    }
    const end = performance.now();
    return { decode: middle - start, group: end - middle, times: times.size, days: days.size };
  };

  const samples = [];
  for (let round = 0; round < rounds; round++) {
    const first = round % 2 ? byWasm() : byJson();
    const second = round % 2 ? byJson() : byWasm();
    const [wasm, json] = round % 2 ? [first, second] : [second, first];
    if (wasm.times !== json.times || wasm.days !== json.days) throw new Error(`wasm: ${wasm.times} times on ${wasm.days} days, JSON: ${json.times} on ${json.days}`);
    samples.push({ wasmDecode: wasm.decode, wasmGroup: wasm.group, jsonDecode: json.decode, jsonGroup: json.group });
    await new Promise((rest) => setTimeout(rest, 10));
  }
  return samples;
}

/** @param {Awaited<ReturnType<typeof run>>} results */
export function section(results) {
  const rows = NUMBERS.map((number) => {
    const { wasmDecode, wasmGroup, jsonDecode, jsonGroup } = results[number];
    return [number.toLocaleString("en"), milliseconds(wasmDecode), milliseconds(jsonDecode), ratio(wasmDecode, jsonDecode), milliseconds(wasmGroup), milliseconds(jsonGroup), ratio(wasmGroup, jsonGroup)];
  });
  return [
    "## Reading an answer",
    `The answer's bytes made into slots (decode), then into times by day (group), on the ${CPU_ONLY.title}. The wasm is a small one of its own with the widget's crates \`dexcare\` and \`booking\`, compiled as the release is, since the release exports no function that a benchmark could call; its zone rules are a fixed offset. JavaScript does the same work with \`JSON.parse\`, objects and maps. The wasm also checks every field and drops slots that could not be booked; JavaScript does not.`,
    table(["Slots", "Decode, wasm", "Decode, JSON.parse", "×", "Group, wasm", "Group, JavaScript", "×"], rows),
  ].join("\n\n");
}
