// The system refuses a booking because of the patient, although the time is free.
import { expect, test, widget } from "../../support/fixtures.js";
import { bookings, ends, openHost, toReview } from "../../support/journey.js";

const PROVIDER = "/api/7/visits/providerbooking";
const NO_LINKS = { path: PROVIDER, kind: "status", status: 400, body: { error: "Patient has no links in the requested EHR system" } };

test("Lars's account is locked: he is asked to call, and nothing is tried again", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 423/);
  await openHost({ page, site, acme }, { token: await acme.token("lars") });
  const it = widget(page);
  await toReview(page);
  await it.button("Book this visit").click();
  await it.reaches("unavailable");
  await expect(it.heading).toHaveText("This visit cannot be booked online");
  await expect(it.alert).toContainText("Your account is locked. Nothing is booked. Please call, and we will help you.");
  await expect(it.alert.getByRole("link", { name: "206-555-0142" })).toHaveAttribute("href", "tel:+12065550142");
  await expect(it.button("Book this visit")).toHaveCount(0);
  // Without event-details="full" the page does not learn the reason, which says something about Lars.
  expect(await ends(page)).toEqual([["conflict", "refused"]]);
  expect(await bookings(acme)).toHaveLength(1);
  expect(await acme.visitsBooked()).toEqual([]);
});

test("Nadia is not on Dr. Whitfield's panel: she may call, or choose another time", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 412/);
  await openHost({ page, site, acme }, { token: await acme.token("nadia"), attributes: { "event-details": "full" } });
  const it = widget(page);
  await toReview(page);
  await it.button("Book this visit").click();
  await it.reaches("unavailable");
  await expect(it.alert).toContainText("This clinician sees only their own patients online. Nothing is booked.");
  await expect(it.alert.getByRole("link", { name: "206-555-0142" })).toBeVisible();
  expect(await ends(page)).toEqual([["conflict", "not-on-panel"]]);
  await it.button("Choose another time").click();
  await it.reaches("times");
  expect(await acme.visitsBooked()).toEqual([]);
});

test("Marta has no record in the other system's clinic: it is made first, once, and the visit is booked", async ({ page, site, acme }) => {
  const world = await acme.world();
  const jensen = world.clinicians.find((clinician) => JSON.stringify(clinician).includes("Jensen"));
  await openHost({ page, site, acme }, { attributes: { npi: jensen.npi }, token: await acme.token("marta") });
  const it = widget(page);
  await toReview(page);
  await it.button("Book this visit").click();
  await it.reaches("booked");
  const made = (await acme.requests()).filter(({ path, method }) => path === "/v1/patient/self" && method === "POST");
  expect(made.map(({ body }) => body.identifiers)).toEqual([[{ system: "org.cedarbrook.epic.east" }]]);
  expect(await bookings(acme)).toHaveLength(1);
  const [visit, ...more] = await acme.visitsBooked();
  expect(more).toEqual([]);
  expect(visit.body.visitDetails.ehrSystemName).toBe("org.cedarbrook.epic.east");
});

test("a record that the booking does not find is created, and the booking sent once more", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 400/);
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await toReview(page);
  await acme.fault(NO_LINKS);
  await it.button("Book this visit").click();
  await it.reaches("booked");
  const posts = (await acme.requests()).filter(({ method }) => method === "POST").map(({ path, status }) => [path, status]);
  expect(posts).toEqual([[PROVIDER, 400], ["/v1/patient/self", 200], [PROVIDER, 200]]);
  expect(await acme.visitsBooked()).toHaveLength(1);
  expect(await ends(page)).toEqual([["booked", undefined]]);
});

test("a record that is not found even then: the patient is asked to call", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 400/);
  await openHost({ page, site, acme }, { token: await acme.token("marta"), attributes: { "event-details": "full" } });
  const it = widget(page);
  await toReview(page);
  await acme.fault({ ...NO_LINKS, times: 0 });
  await it.button("Book this visit").click();
  await it.reaches("unavailable");
  await expect(it.alert).toContainText("The clinic could not find your record. Nothing is booked. Please call, and we will help you.");
  expect(await bookings(acme)).toHaveLength(2);
  expect(await ends(page)).toEqual([["conflict", "no-links"]]);
  expect(await acme.visitsBooked()).toEqual([]);
});

const SPANISH = [
  { what: "el horario ya no está", status: 409, error: "SlotUnavailable", state: "taken", words: "Elija otro horario. No tendrá que volver a escribir sus datos." },
  { what: "ya tiene una cita", status: 409, error: "PatientDoubleBooked", state: "taken", words: "usted ya tiene una cita a esta hora. Puede ser la que acaba de pedir" },
  { what: "no se pudo reservar", status: 409, error: "UnknownAppointmentConflict", state: "taken", words: "El sistema de la clínica no pudo reservar este horario. No tendrá que volver a escribir sus datos." },
  { what: "la cuenta está bloqueada", status: 423, error: "Locked", state: "unavailable", words: "Su cuenta está bloqueada. No se reservó nada. Llámenos y le ayudaremos." },
  { what: "no es su paciente", status: 412, error: "NotOnPanel", state: "unavailable", words: "Este profesional médico solo atiende en línea a sus propios pacientes." },
  { what: "no se sabe", status: 500, error: "Oops", state: "unconfirmed", words: "No vuelva a reservar. Llame a la clínica para comprobarlo." },
];

for (const { what, status, error, state, words } of SPANISH) {
  test(`en español: ${what}`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(new RegExp(`status of ${status}`));
    await openHost({ page, site, acme }, { lang: "es", token: await acme.token("marta") });
    const it = widget(page);
    await toReview(page, { reason: "Tos", words: { reason: "Motivo de la cita", goOn: "Continuar" } });
    await acme.fault({ path: PROVIDER, kind: "status", status, body: { error } });
    await it.button("Reservar esta cita").click();
    await it.reaches(state);
    await expect(it.alert).toContainText(words);
    expect(await ends(page)).toHaveLength(1);
    expect(await bookings(acme)).toHaveLength(1);
  });
}
