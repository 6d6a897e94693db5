// @ts-nocheck: replaces functions of the browser by others of the wrong type, on purpose.
// Makes the wasm panic at a chosen call: from that call on, every text that the script passes to the wasm claims to be 4 GB long,
// so that the allocator gives up in the middle of the call.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The names of the wasm's two exports that allocate. The build renames them, so they are searched for in the script, which uses both
 * wherever it passes a text to the wasm.
 */
function allocator() {
  const script = readFileSync(join(process.env.FAT_DIST ?? "", "find-a-time.js"), "utf8");
  const [, , name, again] = script.match(/\(\w+,(\w+)\.(\w+),\1\.(\w+)\)/) ?? [];
  if (!name || !again) throw new Error("find-a-time.js passes no allocator");
  return [name, again];
}

/**
 * Wraps the exports of every wasm instance, to count the calls and to lie about lengths from one call on. Runs in the page.
 * @param {{ at: number, allocators: string[] }} what `at`: the number of the call, from 1; 0: none
 */
function install({ at, allocators: [allocate, again] }) {
  const calls = (document[Symbol.for("calls")] = { made: 0, isLying: false, at });
  const LENGTH = -16;
  const counted = (/** @type {WebAssembly.Exports} */ exports) =>
    Object.fromEntries(
      Object.entries(exports).map(([name, value]) => {
        if (typeof value !== "function") return [name, value];
        if (name === allocate) return [name, (size, align) => value(calls.isLying ? LENGTH : size, align)];
        if (name === again) return [name, (at, size, longer, align) => value(at, size, calls.isLying ? LENGTH : longer, align)];
        return [
          name,
          (...given) => {
            calls.made++;
            if (calls.made === calls.at) calls.isLying = true;
            return value(...given);
          },
        ];
      }),
    );
  const { Instance, instantiate } = WebAssembly;
  WebAssembly.Instance = function (module, imports) {
    return { exports: counted(new Instance(module, imports).exports) };
  };
  WebAssembly.instantiate = async (...given) => {
    const { instance, module } = await instantiate(...given);
    return { instance: { exports: counted(instance.exports) }, module };
  };
}

/** Counts every call into the wasm, and makes one of them panic. Call it before the page is opened. @param {import("@playwright/test").Page} page @param {number} at from 1; 0: none */
export const trapAt = (page, at) => page.addInitScript(install, { at, allocators: allocator() });

/** @param {import("@playwright/test").Page} page @returns {Promise<number>} how many calls were made */
export const callsInto = (page) => page.evaluate(() => document[Symbol.for("calls")].made);
