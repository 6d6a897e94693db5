// Checks, without throttling, that all pages that the benchmark compares show the same times, and that a visit to each yields figures.
import { expect, test } from "@playwright/test";
import { Acme } from "../support/acme.js";
import { CONTENDERS, putFiles, putPages } from "./contenders.js";
import { FULL_SPEED, launch, freshContext } from "./profiles.js";
import { Files } from "./server.js";
import { sameWords } from "./suites/load.js";
import { visit } from "./visit.js";

test("every page of the benchmark shows the same times, and has figures", async () => {
  const [acme, files, browser] = await Promise.all([Acme.start(), Files.start(), launch()]);
  try {
    await putFiles(files);
    putPages(files, acme);
    const words = await sameWords(/** @type {any} */ ({ browser, files }));
    expect(words.split("\n")).toHaveLength(10);
    expect(words).toContain("10:50 AM, Tuesday, December 8, Dana Whitfield, MD, 30 minutes");
    for (const name of CONTENDERS) {
      const context = await freshContext(browser);
      const { first, all, shifted, bytes, memory } = await visit(context, FULL_SPEED, `${files.origin}/${name}.html`, words);
      expect(first, name).toBeGreaterThan(0);
      expect(all, name).toBeGreaterThanOrEqual(first);
      expect(shifted, name).toBeLessThan(0.1);
      expect(bytes["API: timeslots"], name).toBeGreaterThan(1000);
      expect(memory.objects, name).toBeGreaterThan(0);
      expect(memory.wasm > 0, name).toBe(name === "tag" || name === "hints");
      await context.close();
    }
  } finally {
    await Promise.all([browser.close(), files.stop(), acme.stop()]);
  }
});
