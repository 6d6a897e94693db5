// Replaces the wasm and its glue: compiles the bytes it receives, draws one time, and records the loader's calls in the
// property `fake` of its mount point. It counts calls after a panic in an attribute of <html>, since with the real wasm they
// would be a bug of the loader. With a later part (`__FAKE_HAS_PART__`) a press on the time needs that part; another attribute of
// <html> counts the runs of the part.
import { __wasm_split_load_errand } from "find-a-time-parts";

let panic = () => {};
let poisoned = false;

export async function connect(bytes) {
  const { module } = await WebAssembly.instantiate(bytes);
  return WebAssembly.Module.customSections(module, "style")[0];
}

export const start = (onPanic) => void (panic = onPanic);
/**
 * Does nothing, so that calls after a panic are still counted as bugs; the real `disconnect` keeps such calls from reaching the
 * wasm.
 */
export const disconnect = () => {};

let isLoaded = false;
/** Presses that wait for the later part. @type {((isThere: boolean) => void)[]} */
const waiting = [];
/** Loads the later part once for all presses that wait, as the real wasm does. @param {(isThere: boolean) => void} done */
function load(done) {
  alive();
  if (isLoaded) return done(true);
  if (waiting.push(done) === 1) void __wasm_split_load_errand(0, 0);
}
function loaded(_data, isThere) {
  alive();
  isLoaded = isThere;
  for (const done of waiting.splice(0)) done(isThere);
}
export const resetParked = () => count("resetParked");
export const ahead = () => void (__FAKE_HAS_PART__ && load(() => {}));
/** What the later part imports, and the table in which the loader finds the function to call when the part is loaded. */
export const shared = () => ({ __indirect_function_table: { get: () => loaded }, ran: () => count("partRan") });
export const version = () => __FAKE_WASM_VERSION__;

function trap() {
  poisoned = true;
  panic();
  throw new WebAssembly.RuntimeError("unreachable");
}

function count(what) {
  const { dataset } = document.documentElement;
  dataset[what] = String(Number(dataset[what] ?? 0) + 1);
}

function alive() {
  if (poisoned) count("calledAfterPanic");
}

export function mount(root, bridge, locale, words) {
  alive();
  const calls = [];
  const button = document.createElement("button");
  button.setAttribute("part", "slot");
  button.addEventListener("click", () => {
    bridge.emit("findatime-selected", {}, true);
    if (!__FAKE_HAS_PART__) return;
    bridge.token();
    load((isThere) => calls.push(isThere ? "opened" : "not opened"));
  });
  const draw = (text) => (button.textContent = text);
  draw(words.choose);
  root.append(button);
  root.fake = { bridge, calls, locale, words, trap, npi: bridge.attribute("npi") };
  if (bridge.attribute("npi") === "panic") trap();
  bridge.state("times");
  bridge.emit("findatime-shown", { count: 1 }, false);
  const note = (name) => {
    alive();
    if (poisoned) return;
    calls.push(name);
  };
  return {
    update() {
      note("update");
      root.fake.npi = bridge.attribute("npi");
      if (root.fake.npi === "panic") trap();
    },
    speak(newLocale, newWords) {
      note("speak");
      Object.assign(root.fake, { locale: newLocale, words: newWords });
      draw(newWords.choose);
    },
    refresh: () => note("refresh"),
    reset: () => note("reset"),
    signedIn: () => note("signedIn"),
    focusFirst(options) {
      note("focusFirst");
      button.focus(options);
      return true;
    },
    free() {
      note("free");
      root.dispatchEvent(new CustomEvent("fake-freed"));
      button.remove();
    },
  };
}
