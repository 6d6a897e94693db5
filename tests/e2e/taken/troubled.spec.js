// The system is busy or unreachable, or the patient is offline: the widget says so, and continues once that is over.
import { expect, test, widget } from "../../support/fixtures.js";
import { bookings, ends, heard, openHost, toReview } from "../../support/journey.js";

const TIMES = "/v4/providers/1234567893/timeslots";

test("the system is busy for a moment: the times come all the same", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 503/);
  await acme.fault({ path: TIMES, kind: "status", status: 503 });
  await openHost({ page, site, acme });
  await expect(widget(page).times.first()).toBeVisible();
  const asked = (await acme.requests()).filter(({ path }) => path === TIMES).map(({ status }) => status);
  expect(asked.slice(0, 2)).toEqual([503, 200]);
  const shown = (await heard(page)).filter(({ name }) => name === "shown");
  expect(shown).toHaveLength(1);
});

test("the system stays busy: three attempts, then a message, the phone and “Try again”", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 503/);
  await acme.fault({ path: TIMES, kind: "status", status: 503, times: 0 });
  await openHost({ page, site, acme }, { wait: "unavailable" });
  const it = widget(page);
  await expect(it.heading).toHaveText("We cannot show times right now");
  await expect(it.alert).toContainText("The clinic’s system is busy. Try again in a minute.");
  await expect(page.getByRole("link", { name: "206-555-0142" }).first()).toBeVisible();
  expect((await acme.requests()).filter(({ path }) => path === TIMES)).toHaveLength(3);
  await acme.clearFaults();
  await it.button("Try again").click();
  await it.reaches("times");
  await expect(it.times.first()).toBeVisible();
});

test("en español: el sistema está ocupado y después vuelve", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 503/);
  await acme.fault({ path: TIMES, kind: "status", status: 503, times: 0 });
  await openHost({ page, site, acme }, { wait: "unavailable", lang: "es" });
  const it = widget(page);
  await expect(it.heading).toHaveText("No podemos mostrar horarios en este momento");
  await expect(it.alert).toContainText("El sistema de la clínica está ocupado. Vuelva a intentarlo en un minuto.");
  await acme.clearFaults();
  await it.button("Volver a intentar").click();
  await it.reaches("times");
});

for (const [lang, told] of /** @type {const} */ ([
  ["en", { busy: "The clinic’s system is busy. Try again in a minute.", none: /No open times/, retry: "Try again", times: /^\d+ times on \d+ days?$/ }],
  ["es", { busy: "El sistema de la clínica está ocupado. Vuelva a intentarlo en un minuto.", none: /No hay horarios/, retry: "Volver a intentar", times: /^\d+ horarios en \d+ días?$/ }],
])) {
  test(`the times of another kind of visit cannot be read: nobody says that there are none, and the next try reads them (${lang})`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(/status of 503/);
    await openHost({ page, site, acme }, { attributes: { "visit-type": null }, lang });
    const it = widget(page);
    const region = it.host.locator('[part~="status"]');
    await acme.fault({ path: TIMES, kind: "status", status: 503, times: 0 });
    await it.host.getByRole("radio", { name: /^Adult physical/ }).check();
    await expect(it.alert).toContainText(told.busy, { timeout: 20_000 });
    await expect(it.host.getByText(told.none)).toHaveCount(0);
    await expect(region).toHaveText(told.busy);
    await acme.clearFaults();
    await it.button(told.retry).click();
    await expect(it.times.first()).toBeVisible();
    await expect(it.host.locator(".fat-list"), "near the button, which is gone").toBeFocused();
    await expect(region).toHaveText(told.times);
  });
}

test("some of the times cannot be read: the message is spoken, and after the next try the focus is on the last day", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 503/);
  await openHost({ page, site, acme });
  const it = widget(page);
  await it.times.first().waitFor();
  await acme.fault({ path: TIMES, kind: "status", status: 503, times: 0 });
  await page.evaluate(() => void document.querySelector("find-a-time").refresh());
  await expect(it.alert).toContainText("We could not load every open time.", { timeout: 20_000 });
  await it.button("Try again").click();
  await expect(it.host.locator('[part~="day"]').last().locator('button[part~="slot"]').first()).toBeFocused();
  await expect(it.host.locator('[part~="status"]')).toHaveText(/^\d+ times on \d+ days?\. We could not load every open time\.$/, { timeout: 20_000 });
});

test("Marta loses her connection before she books: nothing is sent, and she books when it is back", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/Failed to load|ERR_|Cross-Origin Request/);
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await toReview(page, { reason: "Sore throat since Sunday" });
  await page.context().setOffline(true);
  await it.button("Book this visit").click();
  await expect(it.alert).toContainText("We could not reach the clinic’s system. Nothing is booked. Your details are kept. Check your connection and try again.");
  expect(await it.state()).toBe("review");
  expect(await ends(page)).toEqual([["failed", "network"]]);
  expect(await bookings(acme)).toEqual([]);
  await page.context().setOffline(false);
  await it.button("Book this visit").click();
  await it.reaches("booked");
  expect(await ends(page)).toEqual([["failed", "network"], ["booked", undefined]]);
  expect(await acme.visitsBooked()).toHaveLength(1);
});

test("no connection from the start: the times come by themselves once it is back", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/Failed to load|ERR_|Cross-Origin Request/);
  await acme.fault({ path: "/v", kind: "drop", times: 0 });
  await openHost({ page, site, acme }, { wait: "unavailable" });
  const it = widget(page);
  await expect(it.alert).toContainText("We could not reach the clinic’s system. Check your connection and try again.");
  await expect(page.locator("find-a-time > p"), "what the page says meanwhile").toBeVisible();
  await acme.clearFaults();
  await page.evaluate(() => void dispatchEvent(new Event("online")));
  await it.reaches("times");
  await expect(it.times.first()).toBeVisible();
  await expect(page.locator("find-a-time > p")).toBeHidden();
});

test("the booking is refused for now, with a 429: nothing is booked, and a second press books", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 429/);
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await toReview(page);
  await acme.fault({ path: "/api/7/visits/providerbooking", kind: "status", status: 429 });
  await it.button("Book this visit").click();
  await expect(it.alert).toContainText("The clinic’s system is busy. Nothing is booked. Your details are kept. Try again in a minute.");
  await expect(it.host.locator('[part~="status"]')).toHaveText("The clinic’s system is busy. Nothing is booked. Your details are kept. Try again in a minute.");
  expect(await it.state()).toBe("review");
  expect(await ends(page)).toEqual([["failed", "server"]]);
  await it.button("Book this visit").click();
  await it.reaches("booked");
  expect(await acme.visitsBooked()).toHaveLength(1);
});
