// The wait now, or why nobody can join: each reason in its own words, in both languages, and what else the patient can do.
import { expect, test, setNow, widget } from "../../support/fixtures.js";
import { focused, openHost, WHITFIELD } from "../../support/journey.js";
import { card, CEDARBROOK, lookAgain, openPractice, PRACTICE } from "../../support/on-demand.js";

// What the patient reads on Monday, December 7, at 9 in the morning in Seattle: noon on the patient's clock, in New York.
const REASONS = {
  en: {
    closed: "Closed now.", opens: "Opens on Tuesday, December 8 at 4:00 PM, your time.", today: "Opens today at 11:00 AM, your time.",
    busy: "Many people are waiting, and no more can join right now.", unstaffed: "No clinician is on call right now.",
    none: "We cannot see people who are in Wyoming this way.", again: "Look again", other: "Choose another state",
    both: "By video or phone", video: "By video", phone: "By phone", call: "You can also call us.", where: "What state are you in now?",
    child: /^A child/, adult: "An adult", scheduled: "See times for an appointment",
    unread: "We cannot see the wait right now.", retry: "Try again", server: "The clinic’s system is busy. Try again in a minute.",
  },
  es: {
    closed: "Cerrado en este momento.", opens: "Abre el martes, 8 de diciembre, 4:00 p.m., en su hora local.", today: "Abre hoy, 11:00 a.m., en su hora local.",
    busy: "Hay muchas personas en espera y por ahora no se puede entrar en la fila.", unstaffed: "En este momento no hay profesionales médicos de guardia.",
    none: "No podemos atender de esta forma a personas que están en Wyoming.", again: "Consultar de nuevo", other: "Elegir otro estado",
    both: "Por video o por teléfono", video: "Por video", phone: "Por teléfono", call: "También puede llamarnos.", where: "¿En qué estado está usted ahora?",
    child: /^Un niño o una niña/, adult: "Una persona adulta", scheduled: "Ver horarios para una cita",
    unread: "En este momento no podemos ver la espera.", retry: "Volver a intentar", server: "El sistema de la clínica está ocupado. Vuelva a intentarlo en un minuto.",
  },
};

for (const lang of /** @type {const} */ (["en", "es"])) {
  const words = REASONS[lang];

  test(`off hours: when it opens, by the viewer's clock (${lang})`, async ({ page, site, acme }) => {
    await openPractice({ page, site, acme }, { lang, attributes: { region: "AK" } });
    const it = widget(page);
    // Noon in Anchorage is four in the afternoon in New York.
    await expect(card(page, words.both)).toContainText(words.closed);
    await expect(card(page, words.both)).toContainText(words.opens);
    await expect(it.host.getByText(words.call, { exact: true })).toBeVisible();
    await expect(it.button(words.video)).toHaveCount(0);
  });

  test(`off hours, opening the same day (${lang})`, async ({ page, site, acme }) => {
    // Half past seven in Portland, where the line opens at eight.
    await setNow(page, acme, "2026-12-07T15:30:00Z");
    await openPractice({ page, site, acme }, { lang, attributes: { region: "OR" } });
    await expect(card(page, words.both)).toContainText(words.closed);
    await expect(card(page, words.both)).toContainText(words.today);
  });

  test(`busy: the system's own words, and looking again (${lang})`, async ({ page, site, acme }) => {
    await openPractice({ page, site, acme }, { lang, attributes: { region: "ID" } });
    const it = widget(page);
    await expect(card(page, words.both)).toContainText(words.busy);
    await expect(it.host.locator("blockquote")).toHaveText("We are seeing high demand. Please check back soon.");
    await expect(it.host.getByText(words.call, { exact: true })).toBeVisible();
    await acme.setRegion({ region: "ID", state: "open", wait: 60 });
    await it.button(words.again).click();
    await expect(it.button(lang === "en" ? "Join by video" : "Entrar en la fila por video")).toBeVisible();
    await expect(card(page, words.video).locator(".fat-wait")).toHaveText(lang === "en" ? "Less than 5 minutes as of 12:00 PM" : "Menos de 5 minutos (última actualización: 12:00 p.m.)");
    // The live region says the new wait, since the patient pressed “Look again”.
    await expect(it.host.locator('[part~="status"]')).toContainText(lang === "en" ? "By video: Less than 5 minutes" : "Por video: Menos de 5 minutos");
  });

  test(`nobody on call (${lang})`, async ({ page, site, acme }) => {
    await openPractice({ page, site, acme }, { lang, attributes: { region: "MT" } });
    const it = widget(page);
    await expect(card(page, words.both)).toContainText(words.unstaffed);
    await expect(it.button(words.again)).toBeVisible();
    await expect(it.host.getByText(words.call, { exact: true })).toBeVisible();
  });

  test(`a state where nobody can be seen: another one can be chosen (${lang})`, async ({ page, site, acme }) => {
    await openPractice({ page, site, acme }, { lang, attributes: { region: "WY" } });
    const it = widget(page);
    await expect(card(page, words.both)).toContainText(words.none);
    await it.button(words.other).click();
    await expect(it.field(words.where)).toBeFocused();
    await it.field(words.where).selectOption("Washington");
    await expect(card(page, words.video).locator(".fat-wait")).toBeVisible();
  });

  test(`one way is closed and the other is not (${lang})`, async ({ page, site, acme }) => {
    await openPractice({ page, site, acme }, { lang, attributes: { region: "OR" } });
    const it = widget(page);
    // In Oregon nobody is on call for children by phone.
    await it.host.getByRole("radio", { name: words.child }).check();
    await expect(card(page, words.phone)).toContainText(words.unstaffed);
    await expect(card(page, words.video).locator(".fat-wait")).toBeVisible();
    await it.host.getByRole("radio", { name: words.adult }).check();
    await expect(it.button(lang === "en" ? "Join by phone" : "Entrar en la fila por teléfono")).toBeVisible();
  });

  test(`the waits cannot be read: a message, another try, and still the phone (${lang})`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(/status of 503/);
    await acme.fault({ path: "/api/9/regions/waittimes", kind: "status", status: 503, times: 0 });
    await openPractice({ page, site, acme }, { lang });
    const it = widget(page);
    await expect(it.alert).toContainText(words.unread);
    await expect(it.alert).toContainText(words.server);
    await expect(it.host.getByText(words.call, { exact: true })).toBeVisible();
    await acme.clearFaults();
    await it.button(words.retry).click();
    await expect(card(page, words.video).locator(".fat-wait")).toBeVisible();
    // The button is gone; the focus is on the heading of what it loaded.
    await expect.poll(() => focused(page)).toBe(lang === "en" ? "The wait now" : "La espera ahora");
  });
}

test("a practice whose only state cannot be seen offers no choice of another one", async ({ page, site, acme }) => {
  await page.route(/\/api\/9\/practices\//, async (route) => {
    const response = await route.fetch();
    const practice = await response.json();
    const practiceRegions = practice.practiceRegions.filter(({ regionCode }) => regionCode === "WY");
    await route.fulfill({ response, json: { ...practice, practiceRegions } });
  });
  await openPractice({ page, site, acme }, { attributes: { region: null } });
  const it = widget(page);
  await expect(card(page, REASONS.en.both)).toContainText(REASONS.en.none);
  await expect(it.button(REASONS.en.other)).toHaveCount(0);
  await expect(it.button(REASONS.en.again)).toBeVisible();
});

test("a page with scheduled times offers them instead", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { attributes: { mode: "both", practice: PRACTICE, region: "AK", "visit-type": "NewPatient", npi: WHITFIELD } });
  const it = widget(page);
  await it.host.getByRole("radio", { name: /^Video or phone now/ }).check();
  await it.reaches("queue");
  await it.button("See times for an appointment").click();
  await it.reaches("times");
  await expect(it.times.first()).toBeVisible();
  await expect.poll(() => page.evaluate(() => /** @type {any} */ (document.querySelector("find-a-time").shadowRoot.activeElement)?.name)).toBe("way");
});

test("a refresh keeps the focus, and the live region does not say it", async ({ page, site, acme }) => {
  await acme.setRegion({ region: "WA", state: "open", wait: 540 });
  await openPractice({ page, site, acme }, {});
  const it = widget(page);
  const join = it.button("Join by video");
  await join.focus();
  await acme.setRegion({ region: "WA", state: "open", wait: 1500 });
  await lookAgain(page, acme, "2026-12-07T17:14:00Z");
  await expect(card(page, "By video").locator(".fat-wait")).toHaveText("25 to 30 minutes as of 12:14 PM");
  await expect(join).toBeFocused();
  await expect(it.host.locator('[part~="status"]')).toHaveText("");
  // The line closes for video and phone while a button to join has the focus: the focus moves to the button in their place.
  await acme.setRegion({ region: "WA", state: "busy" });
  await lookAgain(page, acme, "2026-12-07T17:15:00Z");
  await expect(it.button("Look again")).toBeFocused();
  // If the waits cannot be read, the heading takes the focus.
  await acme.fault({ path: "/api/9/regions/waittimes", kind: "empty", status: 200, times: 0 });
  await lookAgain(page, acme, "2026-12-07T17:16:00Z");
  await expect(it.alert).toContainText("We cannot see the wait right now.");
  await expect(it.heading).toBeFocused();
});

test("the waits are read again every minute", async ({ page, site, acme }) => {
  await acme.setRegion({ region: "WA", state: "open", wait: 540 });
  await page.clock.install({ time: new Date("2026-12-07T17:00:00Z") });
  await openPractice({ page, site, acme }, {});
  await expect(card(page, "By video").locator(".fat-wait")).toContainText("5 to 10 minutes");
  await acme.setRegion({ region: "WA", state: "open", wait: 4000 });
  await page.clock.runFor(61_000);
  await expect(card(page, "By video").locator(".fat-wait")).toContainText("60 to 75 minutes");
  await acme.setRegion({ region: "WA", state: "open", wait: 9000 });
  await page.clock.runFor(61_000);
  await expect(card(page, "By video").locator(".fat-wait")).toContainText("2 to 3 hours");
});

test("a region that the practice does not have is reported, and the patient is asked for the region", async ({ page, site, acme }) => {
  await openPractice({ page, site, acme }, { attributes: { region: "ZZ" } });
  const it = widget(page);
  await expect(it.field("What state are you in now?")).toHaveValue("");
  await expect(it.host.getByText("Choose your state to see the wait.")).toBeVisible();
  expect(await it.codes()).toContain("unknown-region");
});

test("an unknown practice: the phone, and a diagnostic", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 404/);
  await openPractice({ page, site, acme }, { attributes: { practice: "00000000-0000-4000-8000-000000000000" }, wait: "unavailable" });
  expect(await widget(page).codes()).toContain("unknown-practice");
  await expect(page.getByRole("link", { name: "206-555-0142" })).toBeVisible();
});

test("a practice with one line for adults and children does not ask who the visit is for", async ({ page, site, acme }) => {
  await openPractice({ page, site, acme }, { attributes: { practice: CEDARBROOK, brand: "cedarbrook", region: "IL" } });
  const it = widget(page);
  await expect(it.host.getByText("Cedarbrook Virtual Visits")).toBeVisible();
  await expect(it.host.getByText("Who needs care?")).toHaveCount(0);
  await expect(it.host.getByText("The visit costs $39.00.")).toBeVisible();
});
