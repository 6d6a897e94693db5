// An editor chooses a kind of page in the builder and pastes the snippet into an empty page, whose Content Security Policy is the
// one that the builder shows; a patient books there.
import { readFileSync } from "node:fs";
import { expect, test, widget } from "../../support/fixtures.js";
import { block, openBuilder, paste } from "../../support/builder.js";
import { bookIn, booked, MONDAY, TUESDAY } from "../../support/host-page.js";
import { lookAround } from "../../support/elsewhere.js";
import { acceptAndJoin, toReview as toVirtualReview } from "../../support/on-demand.js";

/** The release's `integrity.json`. */
const RELEASE = JSON.parse(readFileSync(`${process.env.FAT_DIST}/integrity.json`, "utf8"));

test("a clinician's profile: new patients of Dr. Whitfield", async ({ page, site, acme }) => {
  await openBuilder({ page, site });
  await page.getByRole("radio", { name: /A clinician’s profile/ }).check();
  await page.getByLabel("Clinician", { exact: true }).selectOption({ label: "Dr. Dana Whitfield, MD" });
  await page.getByLabel("Visit type", { exact: true }).selectOption({ label: "Office visit, new patient" });
  await page.getByLabel("Name of this use case").fill("findadoctor");
  await expect(block(page, "page")).toContainText('npi="1234567893"');
  await expect(block(page, "page")).toContainText('visit-type="NewPatient"');
  await expect(widget(page).button(TUESDAY), "it is seen live").toBeVisible();
  const { body, head } = await paste({ page, site, acme });
  expect(body).toContain(`src="${site.origin}/find-a-time-${RELEASE.version}/find-a-time.js" integrity="${RELEASE.files["find-a-time.js"]}" crossorigin`);
  expect(head).toContain(`<link rel="modulepreload" href="${site.origin}/find-a-time-${RELEASE.version}/find-a-time.js" integrity="${RELEASE.files["find-a-time.js"]}" crossorigin>`);
  await bookIn(page, TUESDAY);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
  expect(await widget(page).codes()).toEqual([]);
  expect(site.count("find-a-time.js"), "the hint and the tag are one request, on either page").toBe(2);
});

test("a flu-shot page, in the warm look, with the files that follow every release", async ({ page, site, acme }) => {
  await openBuilder({ page, site });
  await page.getByLabel("Visit type", { exact: true }).selectOption({ label: "Flu shot" });
  await page.getByText("3. How it looks and behaves").click();
  await page.getByLabel("Look", { exact: true }).selectOption({ label: "Warm" });
  await page.getByRole("radio", { name: /Each new one, without a hash/ }).check();
  await expect(block(page, "page")).toContainText("--findatime-accent: light-dark(#93310f, #ffb895);");
  await expect(widget(page).host).toHaveCSS("--findatime-radius", "18px");
  const { body, it } = await paste({ page, site, acme });
  expect(body).toContain(`<script type="module" src="${site.origin}/find-a-time.js"></script>`);
  await expect(it.host).toHaveCSS("--findatime-radius", "18px");
  await expect(it.host).toHaveCSS("min-height", "900px");
  await bookIn(page, MONDAY);
  expect(await booked(acme)).toEqual(["2026-12-07T10:00:00-08:00"]);
});

test("near a place: the patient is asked where", async ({ page, site, acme }) => {
  await openBuilder({ page, site });
  await page.getByRole("radio", { name: /Near a place/ }).check();
  await page.getByLabel("Visit type", { exact: true }).selectOption({ label: "Illness or minor injury" });
  // In Firefox, filling a number field keeps the previous digits.
  const miles = page.getByLabel("Miles around it");
  await miles.press("ControlOrMeta+a");
  await miles.pressSequentially("15");
  await expect(block(page, "page")).toContainText('near=""\n  radius="15"');
  const { it } = await paste({ page, site, acme });
  await lookAround(page, "98107");
  await it.button(/^10:20 AM, Monday, December 7, .*Northlake Clinic Ballard/).click();
  await it.reaches("patient");
  await it.field("Reason for the visit").fill("Fever since Sunday");
  await it.button("Continue").click();
  await it.button("Book this visit").click();
  await it.reaches("booked");
  expect(await booked(acme)).toEqual(["2026-12-07T10:20:00-08:00"]);
});

test("virtual care now: Marta joins the line of the practice that was found", async ({ page, site, acme }) => {
  await openBuilder({ page, site });
  await page.getByRole("radio", { name: /^Virtual care now/ }).check();
  await page.getByLabel("Practice", { exact: true }).selectOption({ label: "Northlake Virtual Urgent Care" });
  await page.getByLabel("Where the patient is").selectOption({ label: "Washington" });
  await expect(block(page, "page")).toContainText('region="WA"');
  const { it } = await paste({ page, site, acme });
  await it.reaches("queue");
  await toVirtualReview(page);
  await acceptAndJoin(page);
  await it.reaches("booked");
  expect(await acme.visitsBooked()).toHaveLength(1);
});

test("several modes together: both ways are in the tag, and on the page", async ({ page, site, acme }) => {
  await openBuilder({ page, site });
  await page.getByRole("radio", { name: /A clinic and virtual care/ }).check();
  await page.getByLabel("Practice", { exact: true }).selectOption({ label: "Northlake Virtual Urgent Care" });
  await page.getByLabel("Where the patient is").selectOption({ label: "Washington" });
  await page.getByLabel("Visit type", { exact: true }).selectOption({ label: "Flu shot" });
  const { body, it } = await paste({ page, site, acme });
  expect(body).toMatch(/department="NorthlakeBallard"\n {2}practice="c0a8f6a1-[^"]*"\n {2}region="WA"\n {2}brand="northlake"\n {2}mode="both"/);
  await expect(it.host.getByText("Northlake Clinic Ballard").first()).toBeVisible();
  await expect(it.host.getByRole("radio", { name: "Video or phone now" })).toBeVisible();
});
