// Finding a time around a place, among a brand's clinics, or again after signing in elsewhere; and looking at visits.
import { widget } from "./fixtures.js";

/** A page that asks where, for people who feel ill. */
export const NEAR = { npi: null, near: "", "visit-type": "Illness", brand: "northlake" };

/** Types a place and looks around it. @param {import("@playwright/test").Page} page @param {string} place */
export async function lookAround(page, place, { label = "ZIP code or town", go = "Find times" } = {}) {
  const it = widget(page);
  await it.field(label).fill(place);
  await it.button(go).click();
}

/**
 * The searches around a place, as Acme received them; a part that is missing was not sent.
 * @param {import("./acme.js").Acme} acme
 */
export const searches = async (acme) =>
  (await acme.requests())
    .filter(({ method, path }) => method !== "OPTIONS" && path.startsWith("/v1/availability/"))
    .map(({ method, path, query, body, status }) => ({ method, path, query, ...(body ? { body } : {}), status }));

/** Method and path of each request but preflights, in order. @param {import("./acme.js").Acme} acme */
export const asked = async (acme) =>
  (await acme.requests()).filter(({ method }) => method !== "OPTIONS").map(({ method, path }) => `${method} ${path}`);

/**
 * A device that tells where it is, or does not: `navigator.geolocation` as the page finds it. How often it was asked is on
 * the page's <html>, as `data-asked`.
 * @param {import("@playwright/test").Page} page
 * @param {{ latitude: number, longitude: number } | { code: number } | null} tells `null` = it never answers
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
