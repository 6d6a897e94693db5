// After a visit is joined and the element reset and removed, none of the patient's texts stays in the browser's memory: searches the
// whole JavaScript heap and the wasm's memory. In Chromium only, which can write a heap snapshot.
import { expect, test as base, widget } from "../../support/fixtures.js";
import { tag } from "../../support/host-page.js";
import { PRACTICE } from "../../support/on-demand.js";

const NOW = "2026-12-07T17:00:00Z";

/** What a patient types: words that occur nowhere else. */
const TYPED = { "First name": "Quillonia", "Last name": "Vexborough", Day: "17", Year: "1931", Email: "quillonia.vexborough@example.com", Phone: "206-555-0167", "Street address": "7719 Zanthoxylum Way", City: "Seattle", State: "WA", "ZIP code": "98177", "Reason for the visit": "Sore throat since the regatta" };
const CARD = "tok_canary_5f2c9ab1";

const test = base.extend({
  /** A page without `watch`, which would keep the typed texts. Its own browser writes strings into the snapshot in full. */
  page: async ({ playwright }, use, info) => {
    const { launchOptions } = info.project.use;
    const browser = await playwright.chromium.launch({ ...launchOptions, args: [...(launchOptions?.args ?? []), "--js-flags=--heap-snapshot-string-limit=10000000"] });
    const context = await browser.newContext({ locale: "en-US", timezoneId: "America/New_York", viewport: { width: 1280, height: 900 } });
    await use(await context.newPage());
    await browser.close();
  },
});

test.skip(({ browserName }) => browserName !== "chromium", "no other browser writes its heap down");

/** Keeps the memory of every wasm instance. Runs in the page. */
const keepMemories = () => {
  const memories = (document[Symbol.for("memories")] = []);
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = /** @type {any} */ (async (/** @type {[BufferSource, WebAssembly.Imports]} */ ...given) => {
    const made = await instantiate(...given);
    for (const value of Object.values(made.instance.exports)) if (value instanceof WebAssembly.Memory && !memories.includes(value)) memories.push(value);
    return made;
  });
};

/** Every string in the heap after a garbage collection. @param {import("@playwright/test").Page} page @returns {Promise<string[]>} */
async function heapOf(page) {
  const session = await page.context().newCDPSession(page);
  let text = "";
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => void (text += chunk));
  await session.send("HeapProfiler.enable");
  for (let times = 0; times < 3; times++) await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await session.detach();
  return JSON.parse(text).strings;
}

/** How often each text occurs in the wasm's memories. @param {import("@playwright/test").Page} page @param {string[]} texts @returns {Promise<number[]>} */
const inWasm = (page, texts) =>
  page.evaluate((texts) => {
    const count = (/** @type {Uint8Array} */ bytes, /** @type {Uint8Array} */ text) => {
      let times = 0;
      for (let at = bytes.indexOf(text[0]); at >= 0; at = bytes.indexOf(text[0], at + 1)) if (text.every((byte, place) => bytes[at + place] === byte)) times++;
      return times;
    };
    const memories = document[Symbol.for("memories")].map(({ buffer }) => new Uint8Array(buffer));
    return texts.map((text) => memories.reduce((sum, bytes) => sum + count(bytes, new TextEncoder().encode(text)), 0));
  }, texts);

/** Types key by key: a text filled in by a test would be in the page's memory. @param {import("@playwright/test").Page} page @param {Record<string, string>} entries */
async function type(page, entries) {
  for (const [label, text] of Object.entries(entries)) {
    await widget(page).host.getByLabel(label, { exact: true }).focus();
    await page.keyboard.type(text);
  }
}

test("after a visit is joined and reset, and the element removed, nothing of the patient is in the page's heap or in the wasm's memory", async ({ page, site, acme }) => {
  test.slow();
  await page.clock.setFixedTime(new Date(NOW));
  await page.addInitScript(keepMemories);
  const token = await acme.token("ruth");
  // The page itself must not keep the token or the card, so its functions fetch them.
  site.put("/token", token);
  site.put("/card", CARD);
  const read = (/** @type {string} */ path) => `() => fetch("${path}").then((answer) => answer.text())`;
  await page.goto(site.page({
    head: '<script type="module" src="/find-a-time.js"></script>',
    body: `<main>${tag(acme, { brand: "northlake", practice: PRACTICE, region: "WA" })}</main>`,
    script: `const element = document.querySelector("find-a-time"); element.getToken = ${read("/token")}; element.cardToken = ${read("/card")};`,
  }));
  const it = widget(page);
  await it.reaches("queue");
  await it.button("Join by video").click();
  await it.reaches("patient");
  await it.host.getByLabel("Month").selectOption({ label: "September" });
  await it.host.getByRole("radio", { name: "Female", exact: true }).check();
  await type(page, TYPED);
  await it.host.getByRole("radio", { name: "Pay by card", exact: true }).check();
  await it.button("Continue").click();
  await it.reaches("review");
  await it.host.getByRole("checkbox").last().check();
  await it.button("Join the line").click();
  await it.reaches("booked");
  const [visit] = await acme.visitsBooked();
  expect(visit.body.patient, "the test typed what is looked for").toMatchObject({ firstName: "Quillonia", dateOfBirth: "1931-09-17" });
  expect(JSON.stringify(visit.body)).toContain(CARD);

  const canaries = { "the token": token, "the card": CARD, "a first name": "Quillonia", "a last name": "Vexborough", "a birth date": "1931-09-17", "an email": TYPED.Email, "a street": TYPED["Street address"], "a reason": TYPED["Reason for the visit"], "the visit's id": visit.visitId };
  const found = (/** @type {string[]} */ strings) => Object.entries(canaries).filter(([, text]) => strings.some((string) => string.includes(text))).map(([what]) => what);
  const inWasmNow = async () => Object.fromEntries((await inWasm(page, Object.values(canaries))).map((times, place) => [Object.keys(canaries)[place], times]));
  expect(found(await heapOf(page)).length, "the heap is really searched: while the visit is on screen, the page holds some of it").toBeGreaterThan(0);
  expect((await inWasmNow())["a first name"], "and so is the wasm's memory").toBeGreaterThan(0);

  await it.host.evaluate((element) => element.reset());
  await expect.poll(() => it.state()).not.toBe("booked");
  await page.evaluate(() => {
    document.querySelector("find-a-time").remove();
    document.querySelector("main").textContent = "Goodbye";
  });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const strings = await heapOf(page);
  expect(strings.length).toBeGreaterThan(1000);
  expect(found(strings), "what the heap still holds").toEqual([]);
  expect(Object.entries(await inWasmNow()).filter(([, times]) => times > 0), "what the wasm's memory still holds").toEqual([]);
});
