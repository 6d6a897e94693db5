// The two snippets of the builder: the tag, and the div for editors that remove the tag.
import { block, openBuilder, reading } from "../../support/builder.js";
import { expect, test, widget } from "../../support/fixtures.js";
import { bookIn, booked, TUESDAY } from "../../support/host-page.js";
import { readText } from "../../support/values.js";

/** Makes the builder write a div for new patients of Dr. Whitfield, whose element loads only near the screen. @param {import("@playwright/test").Page} page */
async function chooseDiv(page) {
  await page.getByRole("radio", { name: /A clinician’s profile/ }).check();
  await page.getByLabel("Clinician", { exact: true }).selectOption({ label: "Dr. Dana Whitfield, MD" });
  await page.getByLabel("Visit type", { exact: true }).selectOption({ label: "Office visit, new patient" });
  await page.getByText("3. How it looks and behaves").click();
  await page.getByRole("checkbox", { name: /only when it comes near the screen/ }).check();
  await page.getByRole("radio", { name: /removes unknown tags: a div/ }).check();
}

test("a div for an editor, the rest for the template's head: Marta books in what was pasted", async ({ page, site, acme }) => {
  await openBuilder({ page, site });
  await expect(page.getByText("With the div this block is needed")).toBeHidden();
  await chooseDiv(page);
  await expect(block(page, "page")).toContainText('data-loading="lazy"');
  await expect(page.getByText("With the div this block is needed")).toBeVisible();
  await expect(page.getByText("answer the element’s question for the patient’s token")).toBeVisible();
  const [body, head, policy] = await Promise.all(/** @type {const} */ (["page", "head", "policy"]).map((name) => readText(block(page, name))));
  expect(body).toMatch(/^<div data-find-a-time\n {2}data-api="[^"]+"\n[^<]*data-npi="1234567893"\n[^<]*>\n {2}<p>To book, call <a href="tel:[^"]+">[^<]+<\/a>\.<\/p>\n<\/div>$/);
  expect(head).toMatch(/<style>\n {2}find-a-time, \[data-find-a-time\] \{ display: block; min-block-size/);
  const script = `document.addEventListener("findatime-signin", (event) => { event.preventDefault(); event.detail.respondWith(${JSON.stringify(await acme.token("marta"))}); });`;
  await page.goto(site.page({ path: "/pasted.html", head, body: `<h1>Northlake</h1>${body}`, script, headers: { "content-security-policy": policy } }));
  await bookIn(page, TUESDAY);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
  expect(await widget(page).codes()).toEqual([]);
});

test("in Spanish: every word of the choice, and a paragraph in Spanish inside the div", async ({ page, site, acme }) => {
  await acme.clock();
  await openBuilder({ page, site }, "?lang=es");
  await expect(reading(page)).not.toBeEmpty();
  await page.getByRole("radio", { name: /quita etiquetas desconocidas: un div/ }).check();
  await expect(page.getByText("Con el div, este bloque hace falta")).toBeVisible();
  await expect(block(page, "page")).toContainText("Para pedir una cita, llame al");
  await expect(block(page, "page")).toContainText("<div data-find-a-time");
});
