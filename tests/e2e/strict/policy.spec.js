// A whole booking under the strictest Content Security Policy with which the widget works, without a violation. Also tests what
// each directive is for, by removing it.
import { expect, strictPolicy, test, widget } from "../../support/fixtures.js";
import { bookIn, booked, confirm, FLU, giving, PHONE, review, SCRIPT, tag, TUESDAY } from "../../support/host-page.js";
import { enter, heard, listen } from "../../support/journey.js";
import { expectFailed, expectOpening, neverIdle, PART } from "../../support/parts.js";

/** The policy, with some directives changed or removed. @param {import("../../support/acme.js").Acme} acme @param {Record<string, string | null>} [change] */
function policy(acme, change = {}) {
  const all = Object.fromEntries(strictPolicy(`${acme.api} ${acme.visits}`).split("; ").map((directive) => directive.split(/ (.*)/s)));
  return Object.entries({ ...all, ...change }).filter(([, value]) => value !== null).map(([name, value]) => `${name} ${value}`).join("; ");
}

/** @param {any} on @param {string} policy @param {{ inside?: string, attributes?: Record<string, string> }} [more] */
async function open({ page, site, acme }, policy, { inside = PHONE, attributes } = {}) {
  await listen(page);
  const script = giving(await acme.token("marta"));
  await page.goto(site.page({ head: SCRIPT, body: `<h1>Dr. Dana Whitfield</h1>${tag(acme, attributes, inside)}`, script, headers: { "content-security-policy": policy } }));
}

const phone = (page) => page.getByRole("link", { name: "206-555-0142" }).first();
/** The `csp` diagnostics. @param {import("@playwright/test").Page} page */
const told = async (page) => (await heard(page)).filter(({ name, detail }) => name === "diagnostic" && detail.code === "csp").map(({ detail }) => detail);

/** Allows violations, which these tests cause, and what browsers print about them and about blocked requests. @param {import("../../support/watch.js").Watch} watch */
function provoke(watch) {
  watch.allowViolations();
  watch.allowConsole(/Failed to load resource|Refused to|NetworkError|violates/i);
}

test("under the strict policy a visit with a clinician is booked and saved to a calendar, with 0 violations", async ({ page, site, acme, watch }) => {
  await open({ page, site, acme }, policy(acme));
  await bookIn(page, TUESDAY);
  // The calendar file is made in the page.
  await widget(page).button(/calendar/i).click();
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
  expect(await widget(page).codes()).toEqual([]);
  expect([site.count("find-a-time.wasm"), site.count(PART)], "both parts, once each").toEqual([1, 1]);
  expect(watch.found()).toEqual([]);
});

test("pressed before the part that books has loaded, which fails first and then loads: booked, with 0 violations", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/Failed to load resource|integrity/i);
  await neverIdle(page);
  const release = site.hold(PART);
  await open({ page, site, acme }, policy(acme));
  await widget(page).button(TUESDAY).click();
  await expectOpening(page);
  site.put(PART, { status: 503, body: "" });
  release();
  await expectFailed(page);
  site.take(PART);
  await widget(page).button("Try again").click();
  await widget(page).reaches("patient");
  await widget(page).button("Change the time").click();
  await bookIn(page, TUESDAY);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
  expect(watch.found()).toEqual([]);
});

test("under the strict policy a visit at a clinic is booked in Spanish, with the whole form", async ({ page, site, acme, watch }) => {
  // The read of the patient answers 404.
  watch.allowConsole(/status of 404/);
  await open({ page, site, acme }, policy(acme), { attributes: FLU });
  await page.evaluate((token) => {
    document.querySelector("find-a-time").getToken = () => token;
    document.documentElement.lang = "es";
  }, await acme.token("ruth"));
  const it = widget(page);
  await expect(it.heading).toHaveText("Elija un horario");
  await it.button(/^10:00.*lunes, 7 de diciembre/i).click();
  await it.reaches("patient");
  await it.button("Continuar").click();
  await expect(it.alert).toBeVisible();
  await it.field("Mes").selectOption("9");
  await it.host.getByRole("radio", { name: "Femenino" }).check();
  const form = {
    Nombre: "Ruth", Apellido: "Lind", Día: "3", Año: "1952", "Correo electrónico": "ruth.lind@example.com", Teléfono: "206 555 0119", "Calle y número": "412 Shorewood Dr",
    Ciudad: "Seattle", Estado: "WA", "Código postal": "98177", "Motivo de la cita": "Vacuna",
  };
  await enter(it.host, form);
  await it.button("Continuar").click();
  await it.reaches("review");
  await it.button("Reservar esta cita").click();
  await it.reaches("booked");
  expect((await acme.visitsBooked()).map(({ kind }) => kind)).toEqual(["retail"]);
  expect(watch.found().filter((line) => line.startsWith("violation"))).toEqual([]);
});

test("styles and images need no directive: with both at 'none' the element has its styles and books", async ({ page, site, acme, watch }) => {
  await open({ page, site, acme }, policy(acme, { "style-src": "'none'", "img-src": "'none'" }));
  const it = widget(page);
  await expect(it.times.first()).toBeVisible();
  await expect(it.times.first()).toHaveCSS("min-height", "48px");
  await bookIn(page, TUESDAY);
  // The policy also blocks the page's icon, which is an image; the widget itself loads none.
  watch.allowViolations();
  const isIcon = (line) => line === "violation img-src data" || line.includes("'data:,'") || line.includes("data:,");
  expect([...watch.found(), ...watch.said()].filter((line) => !isIcon(line))).toEqual([]);
});

test("the shortest sufficient policy is the one in the docs", async ({ page, site, acme, watch }) => {
  const least = `default-src 'none'; script-src ${site.origin} 'wasm-unsafe-eval'; connect-src ${site.origin} ${acme.api} ${acme.visits}; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'`;
  await open({ page, site, acme }, least);
  await bookIn(page, TUESDAY);
  expect(watch.found()).toEqual([]);
});

test("with a nonce instead of an address the script starts too", async ({ page, site, acme, watch }) => {
  const nonce = "c2VhdHRsZQ";
  const least = policy(acme, { "script-src": `'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'` });
  await page.goto(site.page({ head: SCRIPT.replace("<script", `<script nonce="${nonce}"`), body: tag(acme), headers: { "content-security-policy": least } }));
  await widget(page).reaches("times");
  await expect(widget(page).times.first()).toBeVisible();
  expect(watch.found()).toEqual([]);
});

test("script-src without the script's origin: nothing runs, and the phone stays visible", async ({ page, site, acme, watch }) => {
  provoke(watch);
  await open({ page, site, acme }, policy(acme, { "script-src": "'wasm-unsafe-eval'" }));
  await expect(phone(page)).toBeVisible();
  expect(await page.evaluate(() => [!!customElements.get("find-a-time"), document.querySelector("find-a-time").shadowRoot])).toEqual([false, null]);
  expect(await acme.requests()).toEqual([]);
});

for (const [what, change, directive, allow] of /** @type {const} */ ([
  ["script-src without 'wasm-unsafe-eval'", () => ({ "script-src": "'self'" }), "script-src", () => ["'wasm-unsafe-eval'"]],
  ["connect-src without the script's origin", (acme) => ({ "connect-src": `${acme.api} ${acme.visits}` }), "connect-src", (_acme, site) => [site.origin]],
  ["connect-src without the API", (acme) => ({ "connect-src": `'self' ${acme.visits}` }), "connect-src", (acme) => [acme.api]],
  // The files and the first reads are requested at the same time, so the diagnostics name both.
  ["no connect-src", () => ({ "connect-src": null }), "connect-src", (acme, site) => [acme.api, site.origin]],
])) {
  test(`${what}: the phone, and a diagnostic that names what to add`, async ({ page, site, acme, watch }) => {
    provoke(watch);
    await open({ page, site, acme }, policy(acme, change(acme)));
    await widget(page).reaches("unavailable");
    await expect(phone(page)).toBeVisible();
    const mends = async () => [...new Set((await told(page)).map(({ mend }) => mend))].sort();
    await expect.poll(mends).toEqual(allow(acme, site).map((origin) => `Add ${origin} to ${directive}.`).sort());
    for (const found of await told(page)) expect(found).toMatchObject({ code: "csp", level: "error", message: expect.stringContaining(directive) });
    expect(await booked(acme)).toEqual([]);
  });
}

test("connect-src without the Visit host: times, and at the booking no second try, the phone, and the diagnostic", async ({ page, site, acme, watch }) => {
  provoke(watch);
  await open({ page, site, acme }, policy(acme, { "connect-src": `'self' ${acme.api}` }));
  await review(page, TUESDAY);
  await widget(page).button("Book this visit").click();
  await expect.poll(() => widget(page).state()).not.toMatch(/sending|review/);
  await expect(widget(page).host.getByRole("link", { name: /206-555-01/ }).first()).toBeVisible();
  await expect.poll(() => told(page)).toEqual([expect.objectContaining({ code: "csp", mend: `Add ${acme.visits} to connect-src.` })]);
  expect(await booked(acme)).toEqual([]);
});

test("a report-only policy changes nothing, and causes no diagnostic", async ({ page, site, acme, watch }) => {
  provoke(watch);
  const headers = { "content-security-policy-report-only": "default-src 'none'; connect-src 'none'" };
  await page.goto(site.page({ head: SCRIPT, body: tag(acme), script: giving(await acme.token("marta")), headers }));
  await widget(page).reaches("times");
  await review(page, TUESDAY);
  await confirm(page);
  expect(await widget(page).codes()).toEqual([]);
});
