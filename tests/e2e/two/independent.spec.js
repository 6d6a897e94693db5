// Two different elements on one page do not affect each other, in any step.
import { expect, test, widget } from "../../support/fixtures.js";
import { bookIn, booked, confirm, DOCTOR, FLU, giving, MONDAY, review, SCRIPT, tag, TUESDAY } from "../../support/host-page.js";

test("one books while the other stays where its patient left it, and then books too", async ({ page, site, acme }) => {
  const body = `<h1>Two ways in</h1>${tag(acme, { ...DOCTOR, product: "findadoctor" })}${tag(acme, { ...FLU, product: "flushot" })}`;
  await page.goto(site.page({ head: SCRIPT, body, script: `${giving(await acme.token("marta"))}
    for (const name of ["submit", "booked"]) addEventListener("findatime-" + name, ({ target, detail }) => {
      document.documentElement.dataset.heard = (document.documentElement.dataset.heard ?? "") + name + ":" + target.product + ":" + detail.product + " ";
    });` }));
  const [doctor, flu] = [widget(page, 0), widget(page, 1)];
  await doctor.reaches("times");
  await flu.reaches("times");
  const stood = await flu.times.allTextContents();

  await review(page, TUESDAY, { nth: 0, reason: "Sore throat since Sunday" });
  expect(await flu.state()).toBe("times");
  expect(await flu.times.allTextContents(), "the other's times stand as they were").toEqual(stood);

  await bookIn(page, MONDAY, { nth: 1, reason: "Yearly flu shot" });
  expect(await doctor.state(), "the first is still at its review").toBe("review");
  await expect(doctor.host.getByText("Sore throat since Sunday")).toBeVisible();
  await expect(doctor.host.getByText("Yearly flu shot")).toHaveCount(0);
  expect(await booked(acme)).toEqual(["2026-12-07T10:00:00-08:00"]);

  await confirm(page, 0);
  expect(await booked(acme)).toEqual(["2026-12-07T10:00:00-08:00", "2026-12-08T10:50:00-08:00"]);
  expect((await acme.visitsBooked()).map(({ product }) => product)).toEqual(["flushot", "findadoctor"]);
  await expect(page.locator("html")).toHaveAttribute(
    "data-heard",
    "submit:flushot:flushot booked:flushot:flushot submit:findadoctor:findadoctor booked:findadoctor:findadoctor ",
  );
});

test("one that fails does not affect the other", async ({ page, site, acme }) => {
  await page.goto(site.page({ head: SCRIPT, body: `<h1>Two</h1>${tag(acme, { npi: "1234567890" })}${tag(acme)}`, script: giving(await acme.token("marta")) }));
  await widget(page, 0).reaches("unavailable");
  await expect(page.getByRole("link", { name: "206-555-0142" }).first()).toBeVisible();
  await bookIn(page, TUESDAY, { nth: 1 });
  expect(await widget(page, 0).codes()).toContain("bad-attribute");
  expect(await widget(page, 1).codes()).toEqual([]);
});
