// Pretends to be the wasm and its glue: compiles what it is given, draws one time, and notes on its mount point (`fake`)
// what the loader told it. As in the real one, a call after a panic is the loader's mistake; it is counted on <html>.
let panic = () => {};
let poisoned = false;

export const connect = async (bytes) => void (await WebAssembly.instantiate(bytes));

export const start = (onPanic) => void (panic = onPanic);
/** After this a call is the loader's mistake all the same: the real one only keeps it from reaching the wasm. */
export const disconnect = () => {};
export const ahead = () => {};
/** What the later parts import. */
export const shared = () => ({});
export const version = () => __FAKE_WASM_VERSION__;

function trap() {
  poisoned = true;
  panic();
  throw new WebAssembly.RuntimeError("unreachable");
}

function alive() {
  if (!poisoned) return;
  const page = document.documentElement;
  page.dataset.calledAfterPanic = String(Number(page.dataset.calledAfterPanic ?? 0) + 1);
}

export function mount(root, bridge, locale, words) {
  alive();
  const calls = [];
  const button = document.createElement("button");
  button.setAttribute("part", "slot");
  button.addEventListener("click", () => bridge.emit("findatime-selected", {}, true));
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
