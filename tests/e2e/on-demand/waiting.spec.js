// A patient in line: the live estimate, the visit's status, and leaving the line.
import { expect, test, widget } from "../../support/fixtures.js";
import { heard, listen } from "../../support/journey.js";
import { acceptAndJoin, cancels, inLine, lookAgain, openPractice, toReview } from "../../support/on-demand.js";

test('with event-details="full" the page hears which visit was left', async ({ page, site, acme }) => {
  await listen(page);
  const { visitId } = await inLine({ page, site, acme }, { attributes: { "event-details": "full" } });
  const it = widget(page);
  await it.button("Leave the line").click();
  await it.host.getByRole("radio", { name: "Wait is too long" }).check();
  await it.button("Leave and cancel the visit").click();
  await expect(it.heading).toHaveText("Your visit is canceled");
  const told = (await heard(page)).filter(({ name }) => name === "cancelled");
  expect(told.map(({ detail }) => detail)).toEqual([{ version: 1, product: "test-page", visitId }]);
});

test("Marta leaves the line with a reason, and her visit is cancelled", async ({ page, site, acme }) => {
  await listen(page);
  const visit = await inLine({ page, site, acme });
  const it = widget(page);
  await it.button("Leave the line").click();
  await expect(it.host.getByRole("heading", { name: "Leave the line?" })).toBeFocused();
  await it.host.getByRole("radio", { name: "Wait is too long" }).check();
  expect(await cancels(acme)).toEqual([]);
  await it.button("Leave and cancel the visit").click();
  await expect(it.heading).toHaveText("Your visit is canceled");
  await expect(it.heading).toBeFocused();
  await expect(it.host.locator('[part~="status"]')).toHaveText("Your visit is canceled");
  expect(await cancels(acme)).toEqual([
    { path: `/v1/visits/${visit.visitId}/patient-cancel-video`, body: { cancelReason: "LONG_WAIT" }, query: { product: ["test-page"] } },
  ]);
  const [{ cancelled }] = await acme.visitsBooked();
  expect(cancelled).toMatchObject({ reason: "LONG_WAIT" });
  const told = (await heard(page)).filter(({ name }) => name === "cancelled");
  expect(told.map(({ detail }) => detail)).toEqual([{ version: 1, product: "test-page" }]);
  // The link to the waiting room is gone; the line is offered again.
  await expect(it.host.getByRole("link", { name: "Go to the waiting room" })).toHaveCount(0);
  await it.button("See the wait now").click();
  await it.reaches("queue");
  await expect(it.heading).toBeFocused();
  await expect(it.button("Join by video")).toBeVisible();
});

for (const [lang, told] of /** @type {const} */ ([["en", "Less than 1 minute as of 12:00 PM"], ["es", "Menos de 1 minuto (última actualización: 12:00 p.m.)"]])) {
  test(`a wait of less than a minute (${lang})`, async ({ page, site, acme }) => {
    await page.route(/\/api\/9\/visits\/[^/]+\/waittime/, async (route) => {
      const response = await route.fetch();
      const waitTimeLocalizationInfo = { modality: "virtual", waitTimeMapKey: "1" };
      await route.fulfill({ response, json: { ...(await response.json()), waitTimeLocalizationInfo } });
    });
    await inLine({ page, site, acme }, { lang });
    await expect(widget(page).host.locator(".fat-wait")).toHaveText(told);
  });
}

test("Dev leaves the line of a phone visit, in Spanish, and the request carries the e-mail address", async ({ page, site, acme }) => {
  const visit = await inLine({ page, site, acme }, { patient: "dev", by: "phone", lang: "es" });
  const it = widget(page);
  await expect(it.host.getByText("Tenga su teléfono a mano. Le llamaremos al 206-555-0173.")).toBeVisible();
  await it.button("Salir de la fila").click();
  for (const reason of ["La espera es demasiado larga", "Me siento mejor", "Tengo problemas técnicos", "Otro"]) {
    await expect(it.host.getByRole("radio", { name: reason, exact: true })).toBeVisible();
  }
  await it.host.getByRole("radio", { name: "Me siento mejor" }).check();
  await it.button("Salir y cancelar la consulta").click();
  await expect(it.heading).toHaveText("Su consulta está cancelada");
  expect(await cancels(acme)).toEqual([
    { path: `/v1/visits/${visit.visitId}/patient-cancel-phone`, body: { cancelReason: "FEEL_BETTER", patientEmail: "dev.patel@example.com" }, query: { product: ["test-page"] } },
  ]);
});

test("without a reason the cancel carries the system's own code for none", async ({ page, site, acme }) => {
  const visit = await inLine({ page, site, acme });
  const it = widget(page);
  await it.button("Leave the line").click();
  await it.button("Leave and cancel the visit").click();
  await expect(it.heading).toHaveText("Your visit is canceled");
  expect(await cancels(acme)).toEqual([{ path: `/v1/visits/${visit.visitId}/patient-cancel-video`, body: { cancelReason: "OTHER" }, query: { product: ["test-page"] } }]);
});

test("if the reasons cannot be read, the call without a reason is sent", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 500/);
  const visit = await inLine({ page, site, acme });
  const it = widget(page);
  await acme.fault({ path: "/v2/blisseyconfigs", kind: "status", status: 500, times: 0 });
  await it.button("Leave the line").click();
  await it.button("Leave and cancel the visit").click();
  await expect(it.heading).toHaveText("Your visit is canceled");
  const [{ path, body }, ...more] = await cancels(acme);
  expect(more).toEqual([]);
  expect(path).toBe(`/api/9/visits/virtual/${visit.visitId}/cancel`);
  expect(body ?? null).toBeNull();
});

test("a patient who stays keeps the place in line, and the focus", async ({ page, site, acme }) => {
  await inLine({ page, site, acme });
  const it = widget(page);
  await it.button("Leave the line").click();
  await it.button("Stay in line").click();
  await expect(it.button("Leave the line")).toBeFocused();
  expect(await cancels(acme)).toEqual([]);
  expect((await acme.visitsBooked())[0].cancelled).toBeNull();
});

test("a refused cancel: a message, and the place in line is kept", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 400/);
  await inLine({ page, site, acme });
  const it = widget(page);
  await acme.fault({ path: "/v1/visits/", method: "POST", kind: "status", status: 400, times: 1 });
  await it.button("Leave the line").click();
  await it.button("Leave and cancel the visit").click();
  await expect(it.host.getByText("You are still in line. We could not cancel your visit.").first()).toBeVisible();
  await expect(it.host).not.toContainText("Nothing is booked");
  await expect(it.heading).toHaveText("You are in line");
  await it.button("Try again").click();
  await it.host.getByRole("radio", { name: "I feel better" }).check();
  await it.button("Leave and cancel the visit").click();
  await expect(it.heading).toHaveText("Your visit is canceled");
});

for (const { lang, unknown, leave, sure } of /** @type {const} */ ([
  { lang: "en", unknown: "We could not confirm that your visit is canceled. You may still be in line.", leave: "Leave the line", sure: "Leave and cancel the visit" },
  { lang: "es", unknown: "No pudimos confirmar que su consulta esté cancelada. Es posible que usted todavía esté en la fila.", leave: "Salir de la fila", sure: "Salir y cancelar la consulta" },
])) {
  test(`a cancel without an answer has an unknown outcome (${lang})`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(/status of 500/);
    await inLine({ page, site, acme }, { lang });
    const it = widget(page);
    await acme.fault({ path: "/v1/visits/", method: "POST", kind: "status", status: 500, times: 1 });
    await it.button(leave).click();
    await it.button(sure).click();
    await expect(it.alert.filter({ hasText: unknown })).toBeVisible();
    expect(await cancels(acme), "it is not sent again by itself").toHaveLength(1);
  });
}

test("a cancel without an answer that succeeded is recognized as done", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 500|ERR_|NetworkError|Failed to load/);
  const visit = await inLine({ page, site, acme });
  const it = widget(page);
  await acme.fault({ path: "/v1/visits/", method: "POST", kind: "drop-after", times: 2 });
  await it.button("Leave the line").click();
  await it.button("Leave and cancel the visit").click();
  await expect(it.heading).toHaveText("Your visit is canceled");
  expect((await acme.visitsBooked())[0].cancelled, visit.visitId).not.toBeNull();
});

const BECAME = [
  { status: "invisit", en: ["Your visit has begun", "The clinician has started your visit. You can go in, or back in, at any time."], es: ["Su consulta ha comenzado", "El profesional médico ya comenzó la consulta. Usted puede entrar, o volver a entrar, en cualquier momento."], on: ["See the wait now", "Ver la espera actual"] },
  { status: "done", en: ["Your visit has ended", "Thank you for your visit."], es: ["Su consulta ha terminado", "Gracias por su consulta."], on: ["See the wait now", "Ver la espera actual"] },
  { status: "staffdeclined", en: ["The clinic could not take your visit", "The clinic’s staff closed your visit. Call to find out why, or join the line again."], es: ["La clínica no pudo atender su consulta", "El personal de la clínica cerró su consulta. Llame para saber por qué o entre de nuevo en la fila."], on: ["Join the line again", "Entrar de nuevo en la fila"] },
  { status: "cancelled", en: ["Your visit is canceled", "You are no longer in line."], es: ["Su consulta está cancelada", "Usted ya no está en la fila."], on: ["See the wait now", "Ver la espera actual"] },
];
for (const lang of /** @type {const} */ (["en", "es"])) {
  for (const { status, on, ...told } of BECAME) {
    test(`the patient reads the status of the visit: ${status} (${lang})`, async ({ page, site, acme, watch }) => {
      watch.allowConsole(/status of 404/);
      const visit = await inLine({ page, site, acme }, { lang });
      const it = widget(page);
      await it.button(lang === "en" ? "Leave the line" : "Salir de la fila").focus();
      await acme.setStatus(visit.visitId, status);
      await lookAgain(page, acme);
      await expect(it.heading).toHaveText(told[lang][0]);
      await expect(it.host.getByText(told[lang][1], { exact: true })).toBeVisible();
      // The change of the status must not lose the focus: it is on the heading.
      await expect(it.heading).toBeFocused();
      const room = it.host.getByRole("link", { name: lang === "en" ? "Go to the waiting room" : "Ir a la sala de espera" });
      await expect(room).toHaveCount(status === "invisit" ? 1 : 0);
      await it.button(on[lang === "en" ? 0 : 1]).click();
      await it.reaches("queue");
    });
  }
}

test("a visit that has begun is shown as ended when the page becomes visible again", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 404/);
  const visit = await inLine({ page, site, acme });
  const it = widget(page);
  await acme.setStatus(visit.visitId, "invisit");
  await lookAgain(page, acme);
  await expect(it.heading).toHaveText("Your visit has begun");
  await acme.setStatus(visit.visitId, "done");
  await lookAgain(page, acme);
  await expect(it.heading).toHaveText("Your visit has ended");
});

for (const [lang, next, unread] of /** @type {const} */ ([["en", "You are next.", "We cannot see your wait right now. We will look again in a minute."], ["es", "Usted es la siguiente persona.", "En este momento no podemos ver su espera. Volveremos a consultarla en un minuto."]])) {
  test(`the estimate: a range, "next", or unreadable; the live region says a changed range (${lang})`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(/status of 503/);
    const visit = await inLine({ page, site, acme }, { lang });
    const it = widget(page);
    const [wait, status] = [it.host.locator(".fat-waits").first(), it.host.locator('[part~="status"]')];
    await acme.setWait(visit.visitId, 1100);
    await lookAgain(page, acme);
    await expect(wait).toContainText(lang === "en" ? "15 to 20 minutes" : "De 15 a 20 minutos");
    await expect(status).toHaveText(lang === "en" ? "Your wait: 15 to 20 minutes" : "Su espera: De 15 a 20 minutos");
    await acme.setWait(visit.visitId, 30);
    await lookAgain(page, acme);
    await expect(wait).toContainText(next);
    await expect(status).toHaveText(next);
    await acme.fault({ path: `/api/9/visits/${visit.visitId}/waittime`, kind: "status", status: 503, times: 0 });
    await lookAgain(page, acme);
    await expect(wait).toContainText(unread);
    await expect(it.heading).toHaveText(lang === "en" ? "You are in line" : "Usted está en la fila");
    await expect(it.host.getByRole("link", { name: lang === "en" ? "Go to the waiting room" : "Ir a la sala de espera" })).toBeVisible();
  });
}

test("the host page's own words are beside the place in line", async ({ page, site, acme }) => {
  await openPractice({ page, site, acme }, { token: await acme.token("marta"), inside: '<p slot="confirmation">Have your pharmacy’s name ready.</p>' });
  await toReview(page);
  await expect(page.getByText("Have your pharmacy’s name ready.")).toBeHidden();
  await acceptAndJoin(page);
  await widget(page).reaches("booked");
  await expect(page.getByText("Have your pharmacy’s name ready.")).toBeVisible();
});
