// Runs in each page before all other scripts: records when times appear and change, long tasks, and layout shifts. While the page
// does not change, none of this code runs.

/** Records into `document[Symbol.for("bench")]`, from which a page's figures are computed. */
export function observe() {
  const begun = performance.now();
  const bench = {
    /** Each change of the times on screen: [milliseconds, number of times, all their words]. @type {[number, number, string][]} */
    changes: [],
    /** Number of elements with times → milliseconds at which that number was reached. @type {Record<number, number>} */
    widgets: {},
    /** Milliseconds at which all elements on the screen had times; recorded only if `words` is off. */
    screen: 0,
    /** Tasks longer than 50 ms: [start, length]. @type {[number, number][]} */
    tasks: [],
    /** Layout shifts that no input caused: [milliseconds, value]. @type {[number, number][]} */
    shifts: [],
    /** Input events: [name, milliseconds from the event to the next frame]. @type {[string, number][]} */
    events: [],
    instantiations: 0,
    /** Each wasm's memory, which is not part of the heap. @type {WebAssembly.Memory[]} */
    memories: [],
    /** Whether to record the words of all times; pages with thousands of times record their number only. */
    words: true,
  };
  document[Symbol.for("bench")] = bench;

  /** Weak references, so that a removed element can be collected. @type {WeakRef<ShadowRoot>[]} */
  const shadows = [];
  const inside = () => shadows.flatMap((root) => root.deref() ?? []);
  const find = (/** @type {string} */ selector) => [document, ...inside()].flatMap((root) => [...root.querySelectorAll(selector)]);
  let due = false;
  const look = () => {
    due = false;
    const times = find('[part~="slot"], .time').length;
    const [, count = 0, before = ""] = bench.changes.at(-1) ?? [];
    const text = (/** @type {Element} */ element) => element.textContent?.replaceAll(/\s+/g, " ").trim();
    const words = bench.words
      ? find('[part~="day"], .day').map((day) => [text(day), ...[...day.querySelectorAll("button[aria-label]")].map((button) => button.getAttribute("aria-label"))].join("|")).join("\n")
      : "";
    if (times === count && words === before) return;
    const hasTimes = (/** @type {ShadowRoot} */ root) => !!root.querySelector('[part~="slot"]');
    const widgets = inside().filter(hasTimes).length;
    const isOnScreen = ({ host }) => host.getBoundingClientRect().bottom > 0 && host.getBoundingClientRect().top < innerHeight;
    const isScreenFull = !bench.words && !bench.screen && inside().filter(isOnScreen).every(hasTimes);
    // A message task runs after the frame has been sent to the screen.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      bench.changes.push([performance.now(), times, words]);
      bench.widgets[widgets] ??= performance.now();
      if (isScreenFull) bench.screen ||= performance.now();
      port1.close();
    };
    port2.postMessage(0);
  };
  const observer = new MutationObserver(() => {
    if (due) return;
    due = true;
    requestAnimationFrame(look);
  });
  const watch = (/** @type {Document | ShadowRoot} */ root) =>
    observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["aria-label"] });
  watch(document);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) {
    const root = attach.call(this, init);
    shadows.push(new WeakRef(root));
    watch(root);
    return root;
  };

  const list = (/** @type {string} */ type, /** @type {(entry: any) => void} */ each, /** @type {object} */ more = {}) =>
    new PerformanceObserver((entries) => entries.getEntries().forEach(each)).observe({ type, buffered: true, ...more });
  list("longtask", ({ startTime, duration }) => {
    // Skip the task that runs this function: it is not the page's.
    if (startTime > begun) bench.tasks.push([startTime, duration]);
  });
  list("layout-shift", ({ startTime, value, hadRecentInput }) => {
    if (!hadRecentInput) bench.shifts.push([startTime, value]);
  });
  list("event", ({ name, duration, interactionId }) => {
    if (interactionId) bench.events.push([name, duration]);
  }, { durationThreshold: 16 });

  for (const name of ["instantiate", "instantiateStreaming"]) {
    const real = WebAssembly[name];
    WebAssembly[name] = function (/** @type {any[]} */ ...parameters) {
      bench.instantiations++;
      const result = real.apply(WebAssembly, parameters);
      // A later part of the wasm shares the memory of the first. `instantiate` returns an object with the instance if it was
      // called with bytes, and the instance itself if it was called with a compiled module.
      const keep = (/** @type {any} */ answer) => {
        // The build of a release shortens the names of exports, so find the memory by its type.
        const { exports } = answer.instance ?? answer;
        for (const one of Object.values(exports)) if (one instanceof WebAssembly.Memory) bench.memories.push(one);
      };
      result.then(keep, () => {});
      return result;
    };
  }
}
