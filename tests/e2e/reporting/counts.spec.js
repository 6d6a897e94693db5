// From the widget to the analyst: visits booked on several pages are fetched, and counted by their `product`.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, widget } from "../../support/fixtures.js";
import { openHost, toReview } from "../../support/journey.js";

const run = promisify(execFile);

/** Runs `dexcare-report` as an analyst would. @param {import("../../support/acme.js").Acme} acme @param {string[]} given */
const report = (acme, ...given) =>
  run(process.env.FAT_REPORTER ?? "", given, {
    env: { PATH: process.env.PATH, DEXCARE_VISITS: acme.visits, DEXCARE_REPORT_KEY: "acme-service-token" },
  });

test("the report counts the visits booked on two pages, by product", async ({ page, site, acme }) => {
  const book = async (product, patient, attributes) => {
    await openHost({ page, site, acme }, { attributes: { product, ...attributes }, token: await acme.token(patient) });
    await toReview(page, {});
    await widget(page).button("Book this visit").click();
    await widget(page).reaches("booked");
  };
  const flu = { npi: null, department: "NorthlakeBallard", "visit-type": "FluShot" };
  await book("flushot", "marta", flu);
  await book("flushot", "dev", flu);
  await book("northlake-intranet", "nadia", flu);
  await book("findadoctor", "dev", {});

  const folder = await mkdtemp(join(tmpdir(), "reports-"));
  try {
    const counted = {};
    for (const type of ["retail", "provider-booking"]) {
      const file = join(folder, `${type}.csv`);
      await report(acme, "visits", "--type", type, "--from", "2026-12-01", "--to", "2026-12-31", "--out", file);
      const { stdout } = await report(acme, "summary", file, "--by", "product", "--json", "--html", join(folder, `${type}.html`));
      for (const { values: [product], visits } of JSON.parse(stdout).groups) counted[product] = (counted[product] ?? 0) + visits;
    }
    const inAcme = {};
    for (const { product } of await acme.visitsBooked()) inAcme[product] = (inAcme[product] ?? 0) + 1;
    expect(counted).toEqual(inAcme);
    expect(counted).toEqual({ flushot: 2, "northlake-intranet": 1, findadoctor: 1 });

    await page.setContent(await readFile(join(folder, "retail.html"), "utf8"));
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
