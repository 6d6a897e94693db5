// Helpers for tests in which a patient looks for times around a place.
import { widget } from "./fixtures.js";

/** Attributes of a page that asks for a place and offers visits for illness. */
export const NEAR = { npi: null, near: "", "visit-type": "Illness", brand: "northlake" };

/** Types a place and searches around it. @param {import("@playwright/test").Page} page @param {string} place */
export async function lookAround(page, place, { label = "ZIP code or town", go = "Find times" } = {}) {
  const it = widget(page);
  await it.field(label).fill(place);
  await it.button(go).click();
}

/**
 * The searches around a place as Acme received them: `query` and `body` have only the members that the widget sent.
 * @param {import("./acme.js").Acme} acme
 */
export const searches = async (acme) =>
  (await acme.requests())
    .filter(({ method, path }) => method !== "OPTIONS" && path.startsWith("/v1/availability/"))
    .map(({ method, path, query, body, status }) => ({ method, path, query, ...(body ? { body } : {}), status }));

/** Method and path of each request except preflights, in order. @param {import("./acme.js").Acme} acme */
export const asked = async (acme) =>
  (await acme.requests()).filter(({ method }) => method !== "OPTIONS").map(({ method, path }) => `${method} ${path}`);

/**
 * Replaces `navigator.geolocation` in the page: it reports a location, fails, or never answers. On the page's <html>, counts the calls in
 * `data-asked`, and writes into `data-precise` whether the last call asked for high accuracy.
 * @param {import("@playwright/test").Page} page
 * @param {{ latitude: number, longitude: number } | { code: number } | null} tells the location, or the code of the error;
 * `null`: no answer
 */
export const device = (page, tells) =>
  page.addInitScript((tells) => {
    const getCurrentPosition = (told, failed, options) => {
      const { dataset } = document.documentElement;
      dataset.asked = String(Number(dataset.asked ?? 0) + 1);
      dataset.precise = String(!!options?.enableHighAccuracy);
      if (tells) setTimeout(() => ("code" in tells ? failed(tells) : told({ coords: tells })), 0);
    };
    Object.defineProperty(navigator, "geolocation", { configurable: true, value: { getCurrentPosition } });
  }, tells);
