// The widget in a tab panel that is hidden at first, in either of the two ways in which pages hide panels.
import { expect, test, widget } from "../../support/fixtures.js";
import { bookIn, booked, cutOff, giving, SCRIPT, tag, TUESDAY } from "../../support/host-page.js";

for (const [way, hidden, show] of [
  ["`hidden`", "hidden", "panel.hidden = false"],
  ["display: none", 'class="off"', 'panel.classList.remove("off")'],
]) {
  test(`in a panel behind ${way}, shown later, the times look as if the panel had always been open`, async ({ page, site, acme }) => {
    const head = `${SCRIPT}<style>.off { display: none } find-a-time { display: block; min-block-size: 40rem }</style>`;
    const script = `${giving(await acme.token("marta"))}
      const panel = document.querySelector("#book");
      document.querySelector("#tab").onclick = () => { document.querySelector("#about").hidden = true; ${show}; };`;
    const body = `<h1>Dr. Dana Whitfield</h1><div role="tablist"><button role="tab" id="tab" aria-controls="book">Book</button></div>
      <section role="tabpanel" id="about"><p>Family medicine in Ballard.</p></section>
      <section role="tabpanel" id="book" ${hidden} style="inline-size: 700px">${tag(acme)}</section>`;
    await page.goto(site.page({ head, body, script }));
    const it = widget(page);
    await it.reaches("times");
    await expect(it.times.first()).toBeHidden();
    await page.getByRole("tab").click();
    await expect(it.times.first()).toBeVisible();
    // Two days side by side at this width: the hidden element was measured again when it was shown.
    const [first, second] = await it.host.locator('[part~="day"]').evaluateAll((days) => days.slice(0, 2).map((day) => day.getBoundingClientRect()));
    expect(first.top).toBe(second.top);
    expect(await cutOff(page, "section")).toEqual([]);
    await bookIn(page, TUESDAY);
    expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
  });
}

test("the element itself `hidden`, then not", async ({ page, site, acme }) => {
  await page.goto(site.page({ head: SCRIPT, body: `<h1>Clinic</h1>${tag(acme).replace("<find-a-time", "<find-a-time hidden")}` }));
  const it = widget(page);
  await it.reaches("times");
  await expect(it.host).toBeHidden();
  await it.host.evaluate((element) => (element.hidden = false));
  await expect(it.times.first()).toBeVisible();
});
