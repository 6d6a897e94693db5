// Helpers for host pages that hold widgets: the tag, a whole booking in any of several widgets, and a check that nothing
// overflows the page's layout.
import { expect, widget } from "./fixtures.js";
import { WHITFIELD } from "./journey.js";

export const SCRIPT = '<script type="module" src="/find-a-time.js"></script>';
export const PHONE = '<p>Call <a href="tel:+12065550142">206-555-0142</a></p>';

/** Attributes for new patients of Dr. Whitfield, and for flu shots with anybody in Ballard. */
export const DOCTOR = { npi: WHITFIELD, "visit-type": "NewPatient" };
export const FLU = { department: "NorthlakeBallard", "visit-type": "FluShot" };

/** Match the accessible names of two times that are free in the seed world: TUESDAY for DOCTOR, MONDAY for FLU. */
export const TUESDAY = /^10:50 AM, Tuesday, December 8/;
export const MONDAY = /^10:00 AM, Monday, December 7/;

/**
 * The attributes of a tag as an object, for pages whose script makes the element.
 * @param {import("./acme.js").Acme} acme @param {Record<string, string | null>} [more] null leaves an attribute out
 * @returns {Record<string, string>}
 */
export function attributes(acme, more = DOCTOR) {
  const all = { api: acme.api, visits: acme.visits, product: "test-page", ...more };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

/** The HTML of a `<find-a-time>` tag. @param {import("./acme.js").Acme} acme @param {Record<string, string | null>} [more] null leaves an attribute out @param {string} [inside] the fallback */
export function tag(acme, more = DOCTOR, inside = PHONE) {
  const text = Object.entries(attributes(acme, more)).map(([name, value]) => ` ${name}="${value}"`);
  return `<find-a-time${text.join("")}>${inside}</find-a-time>`;
}

/** A script for the page that gives the token to every widget. @param {string} token */
export const giving = (token) => `for (const widget of document.querySelectorAll("find-a-time")) widget.getToken = () => ${JSON.stringify(token)};`;

/**
 * Goes from the times to the review, in one of the page's widgets.
 * @param {import("@playwright/test").Page} page @param {RegExp} time @param {{ nth?: number, reason?: string }} [how]
 */
export async function review(page, time, { nth = 0, reason = "Sore throat since Sunday" } = {}) {
  const it = widget(page, nth);
  await it.button(time).first().click();
  await it.reaches("patient");
  await it.field("Reason for the visit").fill(reason);
  await it.button("Continue").click();
  await it.reaches("review");
}

/** Goes from the times to the confirmation. @param {import("@playwright/test").Page} page @param {RegExp} time @param {{ nth?: number, reason?: string }} [how] */
export async function bookIn(page, time, how = {}) {
  await review(page, time, how);
  await confirm(page, how.nth);
}

/** Presses "Book this visit" on the review, and waits for the confirmation. @param {import("@playwright/test").Page} page @param {number} [nth] */
export async function confirm(page, nth = 0) {
  const it = widget(page, nth);
  await it.button("Book this visit").click();
  await it.reaches("booked");
  await expect(it.heading).toHaveText("Your visit is booked");
}

/** The start of each visit that Acme has, oldest first. @param {import("./acme.js").Acme} acme @returns {Promise<string[]>} */
export const booked = async (acme) => (await acme.visitsBooked()).map(({ slot }) => slot.slotDateTime);

/** The widget's requests with query and body, preflights left out. @param {import("./acme.js").Acme} acme */
export const asked = async (acme) =>
  (await acme.requests())
    .filter(({ method }) => method !== "OPTIONS")
    .map(({ method, path, query, body }) => `${method} ${path} ${JSON.stringify(query)} ${JSON.stringify(body ?? null)}`);

/** The entries that a list holds more than once. @param {string[]} list */
export const repeated = (list) => list.filter((one, place) => list.indexOf(one) !== place);

/**
 * Lists what overflows the box that the page gave the widget, an element inside the widget, or the window. The list must be empty.
 * @param {import("@playwright/test").Page} page @param {string} box selector of the page's box @param {number} [nth] which widget
 * @returns {Promise<string[]>}
 */
export const cutOff = (page, box, nth = 0) =>
  page.evaluate(
    ([box, nth]) => {
      const found = [];
      const element = document.querySelectorAll("find-a-time")[nth];
      const bounds = element.closest(box).getBoundingClientRect();
      const sideways = /** @type {Element} */ (document.scrollingElement).scrollWidth - document.documentElement.clientWidth;
      if (sideways > 0) found.push(`the page scrolls ${sideways} px sideways`);
      for (const inner of element.shadowRoot.querySelectorAll("*")) {
        // The live region, which is for screen readers only, is clipped on purpose.
        if (inner.closest(".fat-said") || !inner.checkVisibility()) continue;
        const { left, right, width } = inner.getBoundingClientRect();
        // A button that looks like a link has 4 px of padding before its text; only the text must be aligned.
        const before = inner.matches(".fat-link") ? 4 : 0;
        if (width && (left + before < bounds.left - 0.5 || right > bounds.right + 0.5)) found.push(`${inner.localName}.${inner.className} from ${left} to ${right}`);
        const hides = getComputedStyle(inner).overflowX !== "visible";
        if (!hides && inner.scrollWidth > inner.clientWidth + 1 && inner.clientWidth > 0 && getComputedStyle(inner).display !== "inline") {
          found.push(`${inner.localName}.${inner.className} holds ${inner.scrollWidth} px in ${inner.clientWidth}`);
        }
      }
      return found;
    },
    /** @type {const} */ ([box, nth]),
  );
