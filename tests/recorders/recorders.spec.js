// Runs session recorders and click trackers beside the element. With the element's marks, no recorder records anything that a
// patient typed or read. Without the marks each recorder does in at least one setting, which proves that the test can find something.
import { readFileSync } from "node:fs";
import { test as base, expect, NOW, widget } from "../support/fixtures.js";
import { attributes } from "../support/host-page.js";
import { JOURNEYS } from "./journeys.js";
import { withoutMarks } from "./marks.js";
import { RECORDERS, script } from "./recorders.js";
import { search } from "./decode.js";
import { Sink } from "./sink.js";

const test = base.extend(/** @type {import("@playwright/test").Fixtures<{}, { sink: Sink }, import("../support/fixtures.js").TestFixtures, import("../support/fixtures.js").WorkerFixtures>} */ ({
  sink: [
    async ({}, use) => {
      const sink = await Sink.start();
      await use(sink);
      await sink.stop();
    },
    { scope: "worker" },
  ],
  // A stopped clock would stop the recorders too: the clock starts at Acme's time and runs.
  frozenAt: null,
}));

/** @param {import("@playwright/test").Page} page */
const startClock = (page) =>
  page.addInitScript((shift) => {
    const Real = Date;
    /** @type {any} */ (globalThis).Date = class extends Real {
      constructor(/** @type {[any]} */ ...parts) {
        super(.../** @type {[any]} */ (parts.length ? parts : [Real.now() + shift]));
      }
      static now = () => Real.now() + shift;
    };
  }, Date.parse(NOW) - Date.now());

/**
 * Whether `cargo xtask test e2e` includes this run. It includes, with the permissive settings, the longest journey beside rrweb, on which
 * many recorders are built, with and without marks; and the shortest journey beside the best-known other recorders, with marks.
 */
const isSample = ({ recorder, setting, journey, marked }) =>
  setting === "permissive" &&
  (recorder.name === "rrweb" ? journey === JOURNEYS[0] : marked && journey.name === "a refused booking" && ["clarity", "datadog", "posthog", "sentry"].includes(recorder.name));

const START = 'document[Symbol.for("recording")] = document[Symbol.for("recorder")].start';

/** Plays one journey with a recorder on the page. @returns {Promise<Buffer[]>} everything that was recorded */
async function record({ page, site, acme, watch, sink }, { recorder, setting, journey, marked }) {
  // Requests and messages of the recorders themselves are allowed.
  watch.allowOrigin(sink.origin);
  watch.addresses.ignore(sink.origin);
  watch.allowConsole(/./);
  watch.allowExceptions();
  sink.reset();
  await startClock(page);
  const ingest = `${sink.origin}/${recorder.name}`;
  const start = `${START}(${JSON.stringify(ingest)}, ${JSON.stringify(setting)})`;
  site.put("/recorder.js", await script(recorder.name));
  site.put("/start.js", start);
  if (!marked) site.put("/find-a-time.js", withoutMarks(readFileSync(`${process.env.FAT_DIST}/find-a-time.js`, "utf8")));
  const token = await acme.token(journey.patient);
  const tag = Object.entries(attributes(acme, journey.attributes)).map(([name, value]) => ` ${name}="${value}"`).join("");
  const before = journey.starts === "before" ? '<script type="module" src="/start.js"></script>' : "";
  const body = `<main><h1>Clinic</h1><find-a-time${tag}><p>Call <a href="tel:+12065550142">206-555-0142</a></p></find-a-time></main><dialog></dialog>`;
  await page.goto(
    site.page({
      head: `<script type="module" src="/recorder.js"></script>${before}<script type="module" src="/find-a-time.js"></script>`,
      // By this attribute a page lets Clarity read its texts.
      body: recorder.name === "clarity" && setting === "permissive" ? `<div data-clarity-unmask="true">${body}</div>` : body,
      script: `document.querySelector("find-a-time").getToken = () => ${JSON.stringify(token)};${journey.script ?? ""}`,
    }),
  );
  await widget(page).reaches(journey.wait ?? "times");
  if (journey.starts === "after") await page.evaluate(start);
  await journey.go({
    page,
    acme,
    middle: async () => {
      if (journey.starts === "middle") await page.evaluate(start);
      // Ask for a new full snapshot, if the recorder has a call for it.
      await page.evaluate(() => document[Symbol.for("recording")].snapshot?.());
      if (!journey.dialog) return;
      await page.evaluate(() => {
        const dialog = document.querySelector("dialog");
        dialog.append(document.querySelector("find-a-time"));
        dialog.showModal();
      });
    },
  });
  // Recorders look at the page only from time to time.
  await page.waitForTimeout(700);
  await page.evaluate(() => document[Symbol.for("recording")].stop?.());
  await sink.quiet(400);
  await page.goto("about:blank");
  await sink.quiet(600);
  return sink.arrived.flatMap(({ address, body }) => [Buffer.from(address), Buffer.from(address.replace(/^[^?]*[?]?/, "")), body]);
}

for (const recorder of RECORDERS) {
  for (const setting of recorder.settings) {
    for (const journey of JOURNEYS) {
      for (const marked of [true, false]) {
        const name = `${recorder.name} ${recorder.version}, ${setting}: ${journey.name}, ${marked ? "with" : "without"} the marks`;
        const run = { recorder, setting, journey, marked };
        test(name, { tag: isSample(run) ? "@sample" : [] }, async ({ page, site, acme, watch, sink }, testInfo) => {
          const recorded = await record({ page, site, acme, watch, sink }, run);
          const found = search(recorded, journey.canaries);
          const bytes = recorded.reduce((sum, { length }) => sum + length, 0);
          const result = { recorder: recorder.name, version: recorder.version, setting, journey: journey.name, marked, found };
          testInfo.annotations.push({ type: "recorder", description: JSON.stringify(result) });
          expect(bytes, "the recorder recorded").toBeGreaterThan(200);
          if (marked) expect(found, "canaries in what was recorded").toEqual([]);
          // Only the longest journey must find something without the marks; the table shows what the others find.
          else if (journey === JOURNEYS[0] && !recorder.blind.includes(setting)) expect(found, "without the marks something must be found").not.toEqual([]);
        });
      }
    }
  }
}
