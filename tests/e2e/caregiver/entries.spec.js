// Flaws are shown at their fields before anything is sent, and entries are kept when the patient goes back or switches the person.
import { expect, test, widget } from "../../support/fixtures.js";
import { openHost } from "../../support/journey.js";
import { FORM, forLeo, goOn, group, toPatient } from "../../support/patient-step.js";

for (const [lang, told] of /** @type {const} */ ([
  ["en", { flaws: "Check 1 answer", flaw: "Choose your relationship to the patient." }],
  ["es", { flaws: "Revise 1 respuesta", flaw: "Elija su relación con el paciente." }],
])) {
  test(`a missing relationship gets a message at its field, and nothing is sent (${lang})`, async ({ page, site, acme }) => {
    await openHost({ page, site, acme }, { lang, token: await acme.token("marta") });
    const it = widget(page);
    await toPatient(page);
    await forLeo(page, lang, { relationship: null });
    await it.field(FORM[lang].reason).fill("Ear ache");
    await acme.forgetRequests();
    await it.button(FORM[lang].goOn).click();
    await expect(it.alert).toContainText(told.flaws);
    const field = it.host.getByRole("combobox", { name: FORM[lang].relationship });
    await expect(field).toBeFocused();
    await expect(field).toHaveAccessibleDescription(told.flaw);
    expect((await acme.requests()).filter(({ method }) => method === "POST")).toEqual([]);
    await field.selectOption({ label: FORM[lang].mother });
    await it.button(FORM[lang].goOn).click();
    await it.reaches("review");
  });
}

test("a child is too young for an adult's visit, and an adult is not, whoever books", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { "visit-type": "AdultPhysical" }, token: await acme.token("marta") });
  const it = widget(page);
  await toPatient(page);
  await forLeo(page);
  await it.field(FORM.en.reason).fill("Yearly check");
  await it.button(FORM.en.goOn).click();
  await expect(it.alert).toContainText("Check 1 answer");
  await expect(group(page, "The patient").locator(".fat-flaw")).toContainText("This visit is for: Ages 18");
  expect(await it.state()).toBe("patient");
  // His mother is old enough.
  await it.host.getByRole("radio", { name: "Me", exact: true }).check();
  await it.button(FORM.en.goOn).click();
  await it.reaches("review");
  await expect(it.host.getByText("Leo")).toHaveCount(0);
});

test("Leo's name is in view from the moment it is typed, and his entries survive every way back", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await toPatient(page);
  await forLeo(page);
  const kept = async () => {
    const leo = group(page, "The patient");
    await expect(leo.getByLabel("First name")).toHaveValue("Leo");
    await expect(leo.getByLabel("Year")).toHaveValue("2017");
    await expect(leo.getByRole("radio", { name: "Male", exact: true })).toBeChecked();
    await expect(leo.getByLabel("What is your relationship to the patient?")).toHaveValue("Mother");
    await expect(it.host.getByText("A time for Leo")).toBeVisible();
  };
  // Switch to herself and back.
  await it.host.getByRole("radio", { name: "Me", exact: true }).check();
  await expect(group(page, "The patient")).toHaveCount(0);
  await it.host.getByRole("radio", { name: "Someone else", exact: true }).check();
  await kept();
  // Go to the review and back.
  await goOn(page, "Ear ache");
  await it.button("Back").click();
  await it.reaches("patient");
  await kept();
  await expect(it.field("Reason for the visit")).toHaveValue("Ear ache");
  // Choose another time: every entry is kept, so the review follows directly.
  await it.button("Back").click();
  await it.reaches("times");
  await it.times.nth(2).click();
  await it.reaches("review");
  await expect(it.host.getByText("A time for Leo")).toBeVisible();
  await it.button("Change: Who").click();
  await it.reaches("patient");
  await kept();
});

test("Marta changes the person at the review and then the time: the form is shown again with Leo's entries", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await toPatient(page);
  await goOn(page, "Sore throat");
  await it.button("Change: Who").click();
  await it.reaches("patient");
  await forLeo(page);
  await it.button("Back").click();
  await it.reaches("times");
  await it.times.nth(2).click();
  await it.reaches("patient");
  const leo = group(page, "The patient");
  await expect(leo.getByLabel("First name")).toHaveValue("Leo");
  await expect(leo.getByLabel("Year")).toHaveValue("2017");
  await expect(leo.getByLabel(FORM.en.relationship)).toHaveValue("Mother");
  await expect(it.field(FORM.en.reason)).toHaveValue("Sore throat");
  // What the review shows is what is booked.
  await it.button(FORM.en.goOn).click();
  await it.reaches("review");
  await expect(it.host.getByText("A time for Leo")).toBeVisible();
  await expect(it.host.getByText("Leo Okafor", { exact: true })).toBeVisible();
});

test("somebody else's dependant is not shown to the next person", async ({ page, site, acme }) => {
  const [marta, dev] = [await acme.token("marta"), await acme.token("dev")];
  await openHost({ page, site, acme }, { token: marta });
  const it = widget(page);
  await toPatient(page);
  await forLeo(page);
  await goOn(page, "Ear ache");
  await page.evaluate((token) => void (document.querySelector("find-a-time").getToken = () => token), dev);
  await it.button(FORM.en.book).click();
  await it.reaches("patient");
  await expect(it.host.getByText("Dev Patel")).toBeVisible();
  await expect(it.host.getByText("Leo")).toHaveCount(0);
  await it.host.getByRole("radio", { name: "Someone else", exact: true }).check();
  await expect(group(page, "The patient").getByLabel("First name")).toHaveValue("");
  expect(await acme.visitsBooked()).toEqual([]);
});
