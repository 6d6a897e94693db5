// The widget inside another component's shadow root, open or closed: times, words, events, and a whole booking.
import { expect, test, widget } from "../../support/fixtures.js";
import { attributes, booked, confirm, review, SCRIPT, TUESDAY } from "../../support/host-page.js";

/** A component of the page that creates the widget in its shadow root. @param {Record<string, string>} attributes @param {string} token @param {string} mode */
const component = (attributes, token, mode) => `customElements.define("northlake-profile", class extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: ${JSON.stringify(mode)} });
    const style = document.createElement("style");
    // The component's own rules, as a design system has them.
    style.textContent = "button { display: none } p { color: rgb(1, 2, 3) } :host { display: block; inline-size: 360px }";
    const widget = document.createElement("find-a-time");
    for (const [name, value] of Object.entries(${JSON.stringify(attributes)})) widget.setAttribute(name, value);
    widget.getToken = () => ${JSON.stringify(token)};
    root.append(style, widget);
    document[Symbol.for("kept")] = widget;
  }
});
for (const name of ["findatime-shown", "findatime-booked"]) {
  addEventListener(name, ({ target }) => (document.documentElement.dataset[name.slice(10)] = target.localName));
}`;

test("in an open shadow root a visit is booked, and the page gets the event from the component", async ({ page, site, acme }) => {
  const script = component(attributes(acme), await acme.token("marta"), "open");
  await page.goto(site.page({ head: SCRIPT, body: "<h1>Dr. Dana Whitfield</h1><northlake-profile></northlake-profile>", script }));
  await widget(page).reaches("times");
  await review(page, TUESDAY);
  await confirm(page);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
  await expect(page.locator("html")).toHaveAttribute("data-shown", "northlake-profile");
  await expect(page.locator("html")).toHaveAttribute("data-booked", "northlake-profile");
});

test("in a closed shadow root too, and in Spanish where the component's own `lang` says so", async ({ page, site, acme }) => {
  const script = component(attributes(acme), await acme.token("marta"), "closed");
  await page.goto(site.page({ head: SCRIPT, body: '<h1>Dra. Dana Whitfield</h1><northlake-profile lang="es"></northlake-profile>', script }));
  // No locator sees into a closed root, so the component exposes its widget.
  const element = await page.evaluateHandle(() => document[Symbol.for("kept")]);
  const reaches = (state) => expect.poll(() => element.evaluate((widget) => widget.state), { timeout: 20_000 }).toBe(state);
  const inside = (text) => element.evaluateHandle((widget, text) => [...widget.shadowRoot.querySelectorAll("button, textarea, input")].find((control) => (control.getAttribute("aria-label") ?? control.textContent).includes(text)), text);
  await reaches("times");
  await expect.poll(() => element.evaluate((widget) => widget.shadowRoot.querySelector("h2").textContent)).toBe("Elija un horario");
  await (await inside("10:50")).asElement().click();
  await reaches("patient");
  await element.evaluate((widget) => widget.shadowRoot.querySelector("#reason").focus());
  await page.keyboard.type("Me duele la garganta");
  await (await inside("Continuar")).asElement().click();
  await reaches("review");
  await (await inside("Reservar esta cita")).asElement().click();
  await reaches("booked");
  expect(await acme.visitsBooked()).toHaveLength(1);
  // Composed events leave closed roots too; the page learns only which component they came from.
  await expect(page.locator("html")).toHaveAttribute("data-booked", "northlake-profile");
});

test("two shadow roots deep the element is not cut off in its 360 px", async ({ page, site, acme }) => {
  const script = `${component(attributes(acme), await acme.token("marta"), "open")}
  customElements.define("northlake-page", class extends HTMLElement {
    connectedCallback() { this.attachShadow({ mode: "open" }).append(document.createElement("northlake-profile")); }
  });`;
  await page.goto(site.page({ head: SCRIPT, body: "<h1>Dr. Dana Whitfield</h1><northlake-page></northlake-page>", script }));
  const it = widget(page);
  await it.reaches("times");
  await expect(it.times.first()).toBeVisible();
  const { width, wide } = await it.host.evaluate((element) => ({
    width: element.getBoundingClientRect().width,
    wide: [...element.shadowRoot.querySelectorAll("*")].filter((inner) => !inner.closest(".fat-said") && inner.getBoundingClientRect().right > element.getBoundingClientRect().right + 0.5).length,
  }));
  expect([width, wide]).toEqual([360, 0]);
});
