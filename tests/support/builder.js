// Uses the snippet builder as the editor of a website does: chooses options, reads the snippets, and pastes them into a page.
import { expect, widget } from "./fixtures.js";
import { giving } from "./host-page.js";
import { readText } from "./values.js";

/** Opens the page and waits until its lists are read. @param {any} on @param {string} [query] */
export async function openBuilder({ page, site }, query = "") {
  await page.goto(`${site.origin}/preview/index.html${query}`);
  await expect(reading(page)).not.toBeEmpty();
}

/** The page's note about the lists that it reads. @param {import("@playwright/test").Page} page */
export const reading = (page) => page.locator('[data-note="read"]');

/** One of the snippets to copy. @param {import("@playwright/test").Page} page @param {"page" | "head" | "policy"} name */
export const block = (page, name) => page.locator(`[data-snippet="${name}"]`);

/** Opens a page with the builder's snippets and a script that gives the patient's token, under exactly the policy that the builder shows. */
export async function paste({ page, site, acme }, patient = "marta") {
  const [body, head, policy] = await Promise.all(/** @type {const} */ (["page", "head", "policy"]).map((name) => readText(block(page, name))));
  const script = giving(await acme.token(patient));
  await page.goto(site.page({ path: "/pasted.html", head, body: `<h1>Northlake</h1>${body}`, script, headers: { "content-security-policy": policy } }));
  return { body, head, policy, it: widget(page) };
}
