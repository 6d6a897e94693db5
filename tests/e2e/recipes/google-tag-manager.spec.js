// The recipe for Google Tag Manager: its listener, copied from the document, on pages with bookings. No tag manager runs: the test
// checks what the data layer holds.
import { blocks, filledIn, session } from "../../recipes/document.js";
import { expect, test, widget } from "../../support/fixtures.js";
import { bookIn, booked, confirm, DOCTOR, giving, PHONE, review, SCRIPT, tag, TUESDAY } from "../../support/host-page.js";

const [LISTENER] = blocks("google-tag-manager.md", "js");
const FULL = { ...DOCTOR, "event-details": "full", product: "findadoctor" };

/** The entries of the data layer with all their keys; a key without a value is null. @param {import("@playwright/test").Page} page */
const layer = (page) => page.evaluate(() => dataLayer.map((entry) => Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, value ?? null]))));

/** An entry as the recipe describes it. @param {string} name @param {{ step?: string, outcome?: string }} [more] */
const entry = (name, { step, outcome } = {}) => ({
  event: `find_a_time_${name}`, find_a_time_product: "findadoctor", find_a_time_step: step ?? null, find_a_time_outcome: outcome ?? null,
});

/** Opens a page with the listener before the element's script. @param {any} on @param {string} patient */
async function open({ page, site, acme }, patient) {
  const script = giving(await acme.token(patient));
  await page.goto(site.page({ head: `<script>${LISTENER}</script>${SCRIPT}`, body: tag(acme, FULL), script }));
  await widget(page).reaches("times");
}

test("a booking leaves its steps in the data layer and nothing that says who or when", async ({ page, site, acme }) => {
  await open({ page, site, acme }, "marta");
  const given = await widget(page).host.evaluate((element) => {
    const told = new Promise((heard) => element.addEventListener("findatime-booked", ({ detail }) => heard(detail), { once: true }));
    element.ownerDocument[Symbol.for("told")] = told;
    return element.getAttribute("event-details");
  });
  expect(given).toBe("full");
  await bookIn(page, TUESDAY, { reason: "Canary reason 7731" });
  const held = await layer(page);
  expect(held).toEqual([
    entry("step", { step: "times" }),
    entry("shown"),
    entry("selected"),
    ...["sign-in", "patient", "review", "sending"].map((step) => entry("step", { step })),
    entry("submit"),
    entry("step", { step: "booked" }),
    entry("booked", { outcome: "booked" }),
  ]);
  // With `event-details="full"` the page's events hold the slot and the visit's id; the listener put neither into the data layer.
  const { slot, visitId } = await page.evaluate(() => document[Symbol.for("told")]);
  const canaries = ["Marta", "Okafor", "1979", "Canary", "2026-12-08", "10:50", slot.instant, slot.npi, slot.department, slot.visitType, visitId];
  expect(slot.instant).toBe("2026-12-08T10:50:00-08:00");
  for (const canary of canaries) {
    expect(canary, "a canary that is nothing proves nothing").toBeTruthy();
    expect(JSON.stringify(held)).not.toContain(canary);
  }
});

test("a reason that says something about the patient becomes a plain refusal in the data layer", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 423/);
  await open({ page, site, acme }, "marta");
  await review(page, TUESDAY);
  await acme.fault({ path: "/api/7/visits/providerbooking", kind: "status", status: 423, body: { error: "Locked" }, times: 0 });
  await widget(page).button("Book this visit").click();
  await expect.poll(async () => (await layer(page)).map(({ event }) => event)).toContain("find_a_time_conflict");
  const held = await layer(page);
  expect(held.filter(({ event }) => event === "find_a_time_conflict")).toEqual([entry("conflict", { outcome: "refused" })]);
  expect(JSON.stringify(held)).not.toContain("locked");
});

test("the element loaded by a tag, as the recipe has it, books a visit", async ({ page, site, acme }) => {
  const [loader] = blocks("google-tag-manager.md", "html").map((block) => filledIn(block, { acme, assets: site.origin }));
  const body = `${tag(acme, FULL, PHONE)}${session(await acme.token("marta"))}${loader}`;
  await page.goto(site.page({ body, script: 'document.querySelector("find-a-time").getToken = () => session.accessToken();' }));
  await widget(page).reaches("times");
  await review(page, TUESDAY);
  await confirm(page);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
});
