// What the patient gets with a confirmation: directions, a calendar file, how to cancel. Also: if a booking gets no answer, the
// widget looks for it in the patient's list of visits.
import { readFile } from "node:fs/promises";
import { axe, expect, test, widget } from "../../support/fixtures.js";
import { BALLARD, bookings, ends, openHost, toReview, WHITFIELD } from "../../support/journey.js";
import { readAttribute, requireValue } from "../../support/values.js";
import { wordsOf } from "../../support/walk.js";

const FLU = { npi: null, department: BALLARD.urlName, "visit-type": "FluShot", brand: "northlake" };
const RETAIL = "/api/6/visits/retail";

/** Reads a calendar file as a calendar does (RFC 5545, 3.1 and 3.3.11). @param {string} text @returns {Record<string, string>} */
function calendar(text) {
  expect(text.replaceAll("\r\n", ""), "lines end in CR and LF").not.toMatch(/[\r\n]/);
  for (const line of text.split("\r\n")) expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75);
  const lines = text.replaceAll("\r\n ", "").trimEnd().split("\r\n");
  expect([lines[0], lines.at(-1)]).toEqual(["BEGIN:VCALENDAR", "END:VCALENDAR"]);
  const plain = (value) => value.replace(/\\([nN\\;,])/g, (_, c) => (/n/i.test(c) ? "\n" : c));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(":")), plain(line.slice(line.indexOf(":") + 1))]));
}

/** Records on <html> what a page saves, since Playwright reports downloads in Chromium only. @param {import("@playwright/test").Page} page */
const watchSaving = (page) =>
  page.addInitScript(() => {
    const { createObjectURL } = URL;
    const { click } = HTMLElement.prototype;
    const note = (name, text) => void (document.documentElement.dataset[name] = text);
    URL.createObjectURL = (/** @type {Blob} */ blob) => {
      void blob.text().then((text) => note("saved", text));
      note("kind", blob.type);
      return createObjectURL.call(URL, blob);
    };
    HTMLElement.prototype.click = function () {
      if (this instanceof HTMLAnchorElement) {
        note("file", `${this.download} ${this.href.split(":")[0]}`);
        note("link", this.href);
      }
      return click.call(this);
    };
  });

/** @param {import("@playwright/test").Page} page @param {string | RegExp} name */
async function saved(page, name) {
  const html = page.locator("html");
  const isChromium = requireValue(page.context().browser(), "browser").browserType().name() === "chromium";
  await page.evaluate(() => void delete document.documentElement.dataset.saved);
  const download = isChromium ? page.waitForEvent("download") : null;
  await widget(page).button(name).click();
  await expect(html).toHaveAttribute("data-saved", /END:VCALENDAR/);
  // Neither the file's name nor its address may reveal whose visit it is, where or when.
  await expect(html).toHaveAttribute("data-file", "visit.ics blob");
  await expect(html).toHaveAttribute("data-link", /^blob:http:\/\/[\d.:]+\/[\da-f-]{36}$/);
  await expect(html).toHaveAttribute("data-kind", "text/calendar;charset=utf-8");
  const text = await readAttribute(html, "data-saved");
  const file = await download;
  if (file) {
    expect(file.suggestedFilename()).toBe("visit.ics");
    expect(await readFile(await file.path(), "utf8")).toBe(text);
  }
  return calendar(text);
}

for (const { lang, join, dial, room, have } of [
  {
    lang: "en", join: "Join the video visit", dial: "To join by phone, call +12065550100", room: "Meeting number: 99120",
    have: "Have a photo ID with you. If you have health insurance, have your insurance card too.",
  },
  {
    lang: "es", join: "Entrar a la consulta por video", dial: "Para entrar por teléfono, llame al +12065550100", room: "Número de la reunión: 99120",
    have: "Tenga a mano una identificación con foto. Si tiene seguro médico, tenga también la tarjeta del seguro.",
  },
]) {
  test(`a video visit with a clinician: how to join, and what to have at hand (${lang})`, async ({ page, site, acme }) => {
    await watchSaving(page);
    const { clinicians } = await acme.world();
    const { npi } = clinicians.find(({ name }) => name === "Amara Cole");
    await openHost({ page, site, acme }, { attributes: { npi, "visit-type": "Virtual" }, token: await acme.token("marta"), lang });
    const it = widget(page);
    const words = wordsOf(lang);
    await toReview(page, { words: { reason: words["field.reason"], goOn: words["details.go-on"] } });
    await it.button(words["review.book"]).click();
    await it.reaches("booked");
    const [visit] = await acme.visitsBooked();
    const way = it.host.getByRole("link", { name: join });
    await expect(way).toHaveAttribute("href", `https://meet.northlake.example/j/${visit.visitId}`);
    await expect(way).toHaveAttribute("rel", "noopener noreferrer");
    for (const line of [dial, room, have]) await expect(it.host.getByText(line, { exact: true })).toBeVisible();
    await expect(it.host.getByRole("link", { name: /Google Maps/ }), "there is nowhere to go").toHaveCount(0);
    await expect(it.host.getByText(words["booked.bring"])).toHaveCount(0);
    expect(await axe(page)).toEqual([]);
    const event = await saved(page, new RegExp(`^${words["visits.calendar"]}`));
    expect(event.DESCRIPTION).toContain(`${join}: https://meet.northlake.example/j/${visit.visitId}`);
    expect(event.DESCRIPTION).toContain(have);
  });
}

test("a clinic's visit: directions, the calendar, and where to cancel", async ({ page, site, acme }) => {
  await watchSaving(page);
  await openHost({ page, site, acme }, { attributes: FLU, token: await acme.token("marta") });
  const it = widget(page);
  await toReview(page, { time: /^10:00/ });
  await it.button("Book this visit").click();
  await it.reaches("booked");
  expect(await axe(page)).toEqual([]);
  const way = it.host.getByRole("link", { name: /^Directions \(opens Google Maps\)/ });
  await expect(way).toHaveAttribute("href", "https://www.google.com/maps/dir/?api=1&destination=1450%20NW%20Market%20St%2C%20Suite%202%2C%20Seattle%2C%20WA%2098107");
  await expect(way).toHaveAttribute("rel", "noopener noreferrer");
  await expect(way).toHaveAttribute("target", "_blank");
  await acme.forgetRequests();
  const event = await saved(page, /^Add to calendar/);
  expect(event).toMatchObject({
    VERSION: "2.0",
    DTSTAMP: "20261207T170000Z",
    DTSTART: "20261207T180000Z",
    DTEND: "20261207T181000Z",
    SUMMARY: "Visit at Northlake Clinic Ballard",
    LOCATION: "Northlake Clinic Ballard, 1450 NW Market St, Suite 2, Seattle, WA 98107",
  });
  expect(event.DESCRIPTION).toContain("10:00 AM, Pacific Time\nFlu shot");
  expect(event.DESCRIPTION).toContain("Call the clinic: 206-555-0142\nBring a photo ID.");
  expect(event.UID).toMatch(/^[0-9a-v]{16}@find-a-time$/);
  expect((await saved(page, /^Add to calendar/)).UID).not.toBe(event.UID);
  expect(await acme.requests(), "nobody is asked for the file").toEqual([]);
  await expect(it.button("See or cancel my visits")).toBeVisible();
});

test("a clinician's visit in Spanish: the calendar in the patient's language, and the phone to cancel", async ({ page, site, acme }) => {
  await watchSaving(page);
  await openHost({ page, site, acme }, { token: await acme.token("marta"), lang: "es", attributes: { brand: "northlake" } });
  const it = widget(page);
  await toReview(page, { time: /^10:50.*martes, 8 de diciembre/, words: { reason: "Motivo de la cita", goOn: "Continuar" } });
  await it.button("Reservar esta cita").click();
  await it.reaches("booked");
  await expect(it.host.getByRole("link", { name: /^Cómo llegar \(abre Google Maps\)/ })).toBeVisible();
  const event = await saved(page, /^Agregar al calendario/);
  expect(event).toMatchObject({ DTSTART: "20261208T185000Z", DTEND: "20261208T192000Z", SUMMARY: "Cita en Northlake Clinic Ballard" });
  expect(event.DESCRIPTION).toContain("Dana Whitfield, MD");
  expect(event.DESCRIPTION).toContain("identificación con foto");
  await expect(it.host.getByText(/^Para cancelar o cambiar esta cita, llame al 206-555-0142$/)).toBeVisible();
  await expect(it.button(/Ver o cancelar/)).toHaveCount(0);
  expect(await axe(page)).toEqual([]);
});

test("a clinic's booking whose answer is lost is found among the visits, and not sent again", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/ERR_|Failed to load|Cross-Origin Request|CORS/);
  await openHost({ page, site, acme }, { attributes: FLU, token: await acme.token("marta") });
  const it = widget(page);
  await toReview(page, { time: /^10:00/ });
  // A browser repeats a request by itself when a kept-alive connection closes without a byte; the page does not see that.
  await acme.fault({ path: RETAIL, method: "POST", kind: "drop-after", times: 2 });
  const posts = [];
  page.on("request", (request) => request.method() === "POST" && posts.push(new URL(request.url()).pathname));
  await it.button("Book this visit").click();
  await it.reaches("booked");
  await expect(it.heading).toHaveText("Your visit is booked");
  expect(posts, "the widget's own").toEqual([RETAIL]);
  expect(await ends(page)).toEqual([["booked", undefined]]);
  expect(await acme.visitsBooked()).toHaveLength(1);
  const looks = (await acme.requests()).filter(({ method, path }) => method === "GET" && path === `${RETAIL}/self`);
  expect(looks[0].query).toEqual({ status: ["requested"], product: ["test-page"] });
});

test("a booking that is not among the visits stays unconfirmed", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/ERR_|Failed to load|Cross-Origin Request|CORS|status of 500/);
  await openHost({ page, site, acme }, { attributes: FLU, token: await acme.token("marta") });
  const it = widget(page);
  await toReview(page, { time: /^10:00/ });
  await acme.fault({ path: RETAIL, method: "POST", kind: "status", status: 500 });
  await it.button("Book this visit").click();
  await it.reaches("unconfirmed");
  expect(await ends(page)).toEqual([["unconfirmed", undefined]]);
  expect(await bookings(acme)).toHaveLength(1);
  // The phone number is in the alert and in the help, and nowhere else.
  await expect(it.host.getByRole("link", { name: "206-555-0142" }).filter({ visible: true })).toHaveCount(2);
});

test("a refused visit with a clinician shows the phone in the alert and in the help only", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 4\d\d/);
  await openHost({ page, site, acme }, { attributes: { npi: WHITFIELD }, token: await acme.token("lars") });
  const it = widget(page);
  await toReview(page);
  await it.button("Book this visit").click();
  await it.reaches("unavailable");
  await expect(it.alert.getByRole("link", { name: "206-555-0142" })).toBeVisible();
  await expect(page.getByRole("link", { name: "206-555-0142" }).filter({ visible: true })).toHaveCount(2);
});
