// Bookings in Spanish, from the first word to the last.
import { expect, test, widget } from "../../support/fixtures.js";
import { DOCTOR, enter, FLU, RUTH, signInAt } from "../../support/journey.js";

/** English words of the widget that must not appear on a Spanish page. */
const ENGLISH = /\b(times?|Choose|Continue|Back|Change|Sign in|Book|Who|When|Where|clinic|visit|Monday|December|minutes)\b/;

/** The widget's own words, without the health system's names for visits and places. @param {import("@playwright/test").Page} page */
const said = async (page) => {
  const text = await widget(page).host.evaluate((element) => element.shadowRoot.querySelector(".fat-root").innerText);
  return text.replaceAll(/Office visit, (new patient|follow up)|Flu shot|Adult physical|Northlake Clinic \w+/g, "");
};

test("Marta reserva una cita con la Dra. Whitfield en español", async ({ page, site, acme }) => {
  await page.goto(`${site.origin}${DOCTOR}?lang=es`);
  const it = widget(page);
  await it.reaches("times");
  await expect(it.heading).toHaveText("Elija un horario");
  await expect(it.host.getByText(/Los horarios están en hora del Pacífico, la hora de la clínica/i)).toBeVisible();
  await expect(it.host.getByRole("group", { name: "¿Para qué es la cita?" })).toBeVisible();
  expect(await said(page)).not.toMatch(ENGLISH);
  const popup = page.waitForEvent("popup");
  await it.button(/^10:50.*martes, 8 de diciembre.*30 minutos$/i).click();
  await expect(it.heading).toHaveText("Inicie sesión para reservar");
  await expect(it.host.getByText("Esperamos a que inicie sesión.").first()).toBeVisible();
  await signInAt(await popup, "marta");
  await it.reaches("patient");
  await expect(it.heading).toHaveText("¿Quién viene a la cita?");
  await expect(it.host.getByText("11 de febrero de 1979")).toBeVisible();
  expect(await said(page)).not.toMatch(ENGLISH);
  await it.field("Motivo de la cita").fill("Me duele la garganta desde el domingo; también tengo tos");
  await it.button("Continuar").click();
  await expect(it.heading).toHaveText("Revise su cita");
  await expect(it.host.getByText("martes, 8 de diciembre de 2026")).toBeVisible();
  await expect(it.host.getByText("Usted paga cuando llega.")).toBeVisible();
  expect(await said(page)).not.toMatch(ENGLISH);
  await it.button("Reservar esta cita").click();
  await it.reaches("booked");
  await expect(it.heading).toHaveText("Su cita está confirmada");
  expect(await said(page)).not.toMatch(ENGLISH);
  const [visit, ...more] = await acme.visitsBooked();
  expect(more).toEqual([]);
  expect(visit.body.visitDetails.visitReason).toBe("Me duele la garganta desde el domingo; también tengo tos");
  expect(visit.slot.slotDateTime).toBe("2026-12-08T10:50:00-08:00");
});

test("Ruth se vacuna contra la gripe: llena el formulario en español y reserva", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 404/);
  await page.goto(`${site.origin}${FLU}?lang=es`);
  const it = widget(page);
  const popup = page.waitForEvent("popup");
  await it.button(/^10:00.*lunes, 7 de diciembre/i).click();
  await signInAt(await popup, "ruth");
  await it.reaches("patient");
  await it.button("Continuar").click();
  await expect(it.alert).toContainText("Revise 11 respuestas");
  await expect(it.alert).toContainText("Escriba su código postal.");
  const spanish = {
    Nombre: "Ruth", Apellido: "Lind", Día: "3", Año: "1952", "Correo electrónico": "ruth.lind@example.com", Teléfono: "(206) 555-0119",
    "Calle y número": "412 Shorewood Dr", Ciudad: "Seattle", Estado: "WA", "Código postal": "98177", "Motivo de la cita": RUTH["Reason for the visit"],
  };
  await it.field("Mes").selectOption("9");
  await expect(it.field("Mes").locator("option").nth(9)).toHaveText(/^septiembre$/i);
  await it.host.getByRole("radio", { name: "Femenino" }).check();
  await enter(it.host, spanish);
  await it.button("Continuar").click();
  await it.reaches("review");
  await it.button("Reservar esta cita").click();
  await it.reaches("booked");
  await expect(it.heading).toHaveText("Su cita está confirmada");
  const [visit, ...more] = await acme.visitsBooked();
  expect(more).toEqual([]);
  expect(visit).toMatchObject({ kind: "retail", patient: "ruth", slot: { slotDateTime: "2026-12-07T10:00:00-08:00" } });
});
