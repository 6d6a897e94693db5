// The host page's slotted content appears where the contract says, on every step that it is meant for.
import { expect, test, widget } from "../../support/fixtures.js";
import { openHost, toReview } from "../../support/journey.js";

const inside = `
  <p>To book, call <a href="tel:+12065550142">206-555-0142</a>.</p>
  <p slot="guidance">Chest pain or trouble breathing? Call 911.</p>
  <p slot="help">Questions? <a href="tel:+12065550100">206-555-0100</a></p>
  <p slot="confirmation">Parking is free on Market Street.</p>`;

test("guidance is on every step until the visit is sent, help on every step, the rest where the contract says", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta"), inside });
  const it = widget(page);
  const [guidance, help, parking] = [/Call 911/, /Questions\?/, /Parking is free/].map((text) => page.locator("find-a-time").getByText(text));
  const expectBefore = async () => {
    await expect(guidance).toBeVisible();
    await expect(help).toBeVisible();
    await expect(parking).toBeHidden();
  };
  await expectBefore();
  await toReview(page);
  await expectBefore();
  await it.button("Book this visit").click();
  await it.reaches("booked");
  await expect(parking).toBeVisible();
  await expect(help).toBeVisible();
  await expect(guidance).toBeHidden();
  await expect(page.getByText("To book, call"), "the fallback is for when there is nothing else").toBeHidden();
});
