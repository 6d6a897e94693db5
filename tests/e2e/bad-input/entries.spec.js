// Mistakes that patients type: the message is at the field and says how to correct it, and nothing typed is lost.
import { expect, test, widget } from "../../support/fixtures.js";
import { fillForm, openHost, RUTH } from "../../support/journey.js";

/** Opens the empty form for Ruth, who has no record. */
async function openForm({ page, site, acme, watch }, { lang = "en", attributes = {} } = {}) {
  watch.allowConsole(/status of 404/);
  await openHost({ page, site, acme }, { token: await acme.token("ruth"), lang, attributes });
  await widget(page).times.first().click();
  await widget(page).reaches("patient");
  return widget(page);
}

for (const { what, entries, field, words } of [
  { what: "a birth date in the future", entries: { Year: "2031" }, field: "Month", words: "That date is in the future. Check the year." },
  { what: "a day that no month has", entries: { Day: "31" }, field: "Month", words: "Check the date. Enter month, day and 4-digit year." },
  { what: "a ZIP of four digits", entries: { "ZIP code": "9817" }, field: "ZIP code", words: "Enter a ZIP code with 5 digits, like 98107." },
  { what: "a phone number of nine digits", entries: { Phone: "206-555-011" }, field: "Phone", words: "Enter a US phone number with 10 digits, like 206-555-0188." },
  { what: "an e-mail without a domain", entries: { Email: "ruth.lind@" }, field: "Email", words: "Enter an email like name@example.com." },
  { what: "three digits of a Social Security number", entries: { "Last 4 digits of your Social Security number (optional)": "773" }, field: /^Last 4 digits/, words: "Enter 4 digits, or leave this empty." },
]) {
  test(`${what} is named at its field, and everything else stays`, async ({ page, site, acme, watch }) => {
    const it = await openForm({ page, site, acme, watch });
    const all = { ...RUTH, ...entries };
    await fillForm(page, all, "September", "Female");
    await it.button("Continue").click();
    const control = it.host.getByLabel(field, { exact: true }).first();
    await expect(control).toBeFocused();
    await expect(control).toHaveAttribute("aria-invalid", "true");
    await expect(control).toHaveAccessibleDescription(new RegExp(words.replaceAll(/[.()?]/g, "\\$&")));
    await expect(it.alert).toContainText("Check 1 answer");
    await expect(it.alert).toContainText(words);
    expect(await it.state()).toBe("patient");
    for (const [label, text] of Object.entries(all)) await expect(it.host.getByLabel(label, { exact: true })).toHaveValue(text);
    await expect(it.host.getByLabel("Month")).toHaveValue("9");
    await expect(it.host.getByRole("radio", { name: "Female", exact: true })).toBeChecked();

    // After the correction the booking continues.
    await fillForm(page, { ...RUTH, "Last 4 digits of your Social Security number (optional)": "" }, "September", "Female");
    await it.button("Continue").click();
    await it.reaches("review");
    expect((await acme.requests()).filter(({ method }) => method === "POST")).toEqual([]);
  });
}

test("an empty form names every answer that is missing, in the order of the form, each a way to its field", async ({ page, site, acme, watch }) => {
  const it = await openForm({ page, site, acme, watch });
  await it.button("Continue").click();
  await expect(it.alert).toContainText("Check 11 answers");
  await expect(it.field("First name")).toBeFocused();
  await it.alert.getByRole("button", { name: "Enter your ZIP code." }).click();
  await expect(it.field("ZIP code")).toBeFocused();
});

for (const [lang, told] of /** @type {const} */ ([
  ["en", { goOn: "Continue", gender: "Gender", flaw: "Choose your gender.", female: "Female", month: "Month", birth: "Date of birth" }],
  ["es", { goOn: "Continuar", gender: "Género", flaw: "Elija su género.", female: "Femenino", month: "Mes", birth: "Fecha de nacimiento" }],
])) {
  test(`a question with choices has its message as description, until it is answered (${lang})`, async ({ page, site, acme, watch }) => {
    const it = await openForm({ page, site, acme, watch }, { lang });
    const gender = it.host.getByRole("group", { name: told.gender, exact: true });
    await expect(gender).toHaveAccessibleDescription("");
    await it.button(told.goOn).click();
    await expect(it.alert).toContainText(told.flaw);
    await expect(gender).toHaveAccessibleDescription(told.flaw);
    // The parts of the birth date have the message themselves: on the group, it would be read twice.
    await expect(it.field(told.month)).toHaveAccessibleDescription(/./);
    await expect(it.host.getByRole("group", { name: told.birth, exact: true })).toHaveAccessibleDescription("");
    await gender.getByRole("radio", { name: told.female, exact: true }).check();
    await expect(gender).toHaveAccessibleDescription("");
  });
}

test("no message while Ruth is typing, and on leaving a field only what is wrong with her entry", async ({ page, site, acme, watch }) => {
  const it = await openForm({ page, site, acme, watch });
  await it.field("ZIP code").pressSequentially("9817");
  await expect(it.host.getByText("Enter a ZIP code with 5 digits, like 98107.")).toHaveCount(0);
  await it.field("City").focus();
  await expect(it.host.getByText("Enter a ZIP code with 5 digits, like 98107.")).toBeVisible();
  await it.field("State").focus();
  await expect(it.host.getByText("Enter your city."), "an empty field is told on submit only").toHaveCount(0);
  await it.field("ZIP code").fill("98177");
  await it.field("City").focus();
  await expect(it.host.getByText("Enter a ZIP code with 5 digits, like 98107.")).toHaveCount(0);
});

test("an adult physical is not for a child of nine: the message names the ages, and what was typed stays", async ({ page, site, acme, watch }) => {
  const it = await openForm({ page, site, acme, watch }, { attributes: { "visit-type": "AdultPhysical" } });
  await fillForm(page, { ...RUTH, Year: "2017" }, "June", "Female");
  await it.button("Continue").click();
  await expect(it.alert).toContainText("This visit is for: Ages 18 and older.");
  await expect(it.field("Year")).toHaveValue("2017");
  expect(await it.state()).toBe("patient");
});

test("en español: la fecha futura y el código postal de cuatro cifras", async ({ page, site, acme, watch }) => {
  const it = await openForm({ page, site, acme, watch }, { lang: "es" });
  await it.field("Código postal").fill("9817");
  await it.field("Mes").selectOption("1");
  await expect(it.field("Mes").locator("option").nth(1)).toHaveText(/^enero$/i);
  await it.field("Día").fill("1");
  await it.field("Año").fill("2031");
  await it.button("Continuar").click();
  await expect(it.alert).toContainText("Esa fecha está en el futuro. Revise el año.");
  await expect(it.alert).toContainText("Escriba un código postal de 5 dígitos, como 98107.");
  await expect(it.field("Código postal")).toHaveValue("9817");
});

test("what Ruth typed is still there after she went back for another time", async ({ page, site, acme, watch }) => {
  const it = await openForm({ page, site, acme, watch });
  await fillForm(page, RUTH, "September", "Female");
  await it.button("Back").click();
  await it.reaches("times");
  await it.times.nth(2).click();
  await it.reaches("patient");
  for (const [label, text] of Object.entries(RUTH)) await expect(it.host.getByLabel(label, { exact: true })).toHaveValue(text);
});
