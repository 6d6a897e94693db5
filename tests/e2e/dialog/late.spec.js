// In a <dialog> that is opened late: what Escape, focus and closing do to an unfinished booking.
import { expect, test, widget } from "../../support/fixtures.js";
import { booked, confirm, giving, SCRIPT, tag, TUESDAY } from "../../support/host-page.js";
import { focused } from "../../support/journey.js";

const PAGE = (inside) => `<h1>Dr. Dana Whitfield</h1><button id="open">Book a visit</button>
<dialog aria-label="Book a visit"><button id="close">Close</button>${inside}</dialog>`;
const OPENS = `document.querySelector("#open").onclick = () => document.querySelector("dialog").showModal();
document.querySelector("#close").onclick = () => document.querySelector("dialog").close();`;

/** Presses Tab until the focused element has this name. @param {import("@playwright/test").Page} page @param {RegExp} name */
async function tabTo(page, name) {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press("Tab");
    if (name.test(await focused(page))) return;
  }
  throw new Error(`Tab never came to ${name}`);
}

test("by keyboard: opened, left with Escape in mid-journey, opened again, booked", async ({ page, site, acme }) => {
  await page.goto(site.page({ head: SCRIPT, body: PAGE(tag(acme)), script: OPENS + giving(await acme.token("marta")) }));
  const it = widget(page);
  const dialog = page.getByRole("dialog");
  await it.reaches("times");
  await expect(it.times.first()).toBeHidden();

  await page.locator("#open").press("Enter");
  await expect(it.times.first()).toBeVisible();
  await tabTo(page, TUESDAY);
  await page.keyboard.press("Enter");
  await it.reaches("patient");
  await expect(it.heading, "the step's heading has the focus, inside the dialog").toBeFocused();
  await it.field("Reason for the visit").fill("Sore throat since Sunday");

  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.locator("#open"), "the focus is back where the page had it").toBeFocused();
  expect(await it.state(), "Escape closes the dialog, not the journey").toBe("patient");

  await page.keyboard.press("Enter");
  await expect(it.field("Reason for the visit")).toHaveValue("Sore throat since Sunday");
  await it.button("Continue").press("Enter");
  await it.reaches("review");
  await expect(it.heading).toBeFocused();
  await confirm(page);
  await expect(it.heading).toBeFocused();
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
  await page.locator("#close").click();
  await expect(dialog).toBeHidden();
  expect(await it.state()).toBe("booked");
});

test("put into the dialog only when it is opened, and taken out when it is closed", async ({ page, site, acme }) => {
  const script = `const open = () => {
    const dialog = document.querySelector("dialog");
    dialog.append(document.querySelector("template").content.cloneNode(true));
    ${giving(await acme.token("marta"))}
    dialog.showModal();
  };
  document.querySelector("#open").onclick = open;
  document.querySelector("#close").onclick = () => document.querySelector("dialog").close();
  document.querySelector("dialog").onclose = () => document.querySelector("dialog find-a-time").remove();`;
  await page.goto(site.page({ head: SCRIPT, body: `${PAGE("")}<template>${tag(acme)}</template>`, script }));
  const it = widget(page);
  await page.locator("#open").click();
  await it.button(TUESDAY).click();
  await it.reaches("patient");
  await it.field("Reason for the visit").fill("Something private");
  await page.keyboard.press("Escape");
  await expect(it.host).toHaveCount(0);

  await page.locator("#open").click();
  await it.button(TUESDAY).click();
  await it.reaches("patient");
  await expect(it.field("Reason for the visit"), "a new element knows nothing of the one before").toHaveValue("");
});
