// The snippet builder as a web editor uses it: choose, read what is handed out, paste it.
import { expect, widget } from "./fixtures.js";
import { giving } from "./host-page.js";

/** The page, its lists read. @param {any} on @param {string} [query] */
export async function openBuilder({ page, site }, query = "") {
  await page.goto(`${site.origin}/preview/index.html${query}`);
  await expect(reading(page)).not.toBeEmpty();
}

/** What it says of the lists it reads. @param {import("@playwright/test").Page} page */
export const reading = (page) => page.locator('[data-note="read"]');

/** What is to be copied. @param {import("@playwright/test").Page} page @param {"page" | "head" | "policy"} name */
export const block = (page, name) => page.locator(`[data-snippet="${name}"]`);

/** An empty page with exactly what was handed out on it, under exactly the policy that was handed out. */
export async function paste({ page, site, acme }, patient = "marta") {
  const [body, head, policy] = await Promise.all(["page", "head", "policy"].map((name) => block(page, name).textContent()));
  const script = giving(await acme.token(patient));
  await page.goto(site.page({ path: "/pasted.html", head, body: `<h1>Northlake</h1>${body}`, script, headers: { "content-security-policy": policy } }));
  return { body, head, policy, it: widget(page) };
}
