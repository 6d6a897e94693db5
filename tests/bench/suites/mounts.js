// What remains after an element is added to the page and removed again, 500 times.
import { elements, TAG } from "../contenders.js";
import { freshContext, FULL_SPEED, memory, throttledPage } from "../profiles.js";
import { figures } from "../stats.js";
import { kilobytes, table } from "../text.js";

const MOUNTS = 500;
/** How many mounts precede the first measurement: after them, everything that is created only once exists. */
const WARM_UP = 20;

/** @param {import("../bench.js").Tools} tools */
export async function run({ browser, files, acme, say }) {
  files.put("/mounts.html", elements(acme, []));
  say(`mounts: ${MOUNTS} times`);
  const context = await freshContext(browser);
  // The words recorded at each change would be counted as memory.
  await context.addInitScript(() => void (document[Symbol.for("bench")].words = false));
  const { page, session } = await throttledPage(context, FULL_SPEED);
  await page.goto(`${files.origin}/mounts.html`);
  const attributes = { api: acme.api, visits: acme.visits, product: "bench", ...TAG };
  await page.evaluate(mount, { attributes, times: WARM_UP });
  const before = await memory(page, session);
  const nodesBefore = await session.send("Memory.getDOMCounters");
  await page.evaluate(mount, { attributes, times: MOUNTS });
  const after = await memory(page, session);
  const nodesAfter = await session.send("Memory.getDOMCounters");
  await context.close();
  return figures([
    {
      objects: after.objects - before.objects,
      browser: after.browser - before.browser,
      wasm: after.wasm - before.wasm,
      nodes: nodesAfter.nodes - nodesBefore.nodes,
      listeners: nodesAfter.jsEventListeners - nodesBefore.jsEventListeners,
    },
  ]);
}

/** Adds and removes elements. Runs in the page. @param {{ attributes: Record<string, string>, times: number }} what */
async function mount({ attributes, times }) {
  for (let nth = 0; nth < times; nth++) {
    const element = document.createElement("find-a-time");
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    const firstTimes = new Promise((resolve) => element.addEventListener("findatime-shown", resolve, { once: true }));
    document.body.append(element);
    await firstTimes;
    element.remove();
    await new Promise((rest) => setTimeout(rest));
  }
}

/** @param {Awaited<ReturnType<typeof run>>} results */
export function section({ objects, browser, wasm, nodes, listeners }) {
  return [
    "## Mounted and unmounted",
    `An element is put on a page, shows its times, and is taken away, ${MOUNTS} times. What stays behind after a collection:`,
    table(["JavaScript's objects and buffers", "Browser's objects", "The wasm's memory", "DOM nodes", "Listeners"], [[kilobytes(objects.median), kilobytes(browser.median), kilobytes(wasm.median), nodes.median, listeners.median]]),
  ].join("\n\n");
}
