// The two reads that a page of times needs: the clinician's open times, and the clinician's name and clinics.

/** The number of days that one read covers. */
const WINDOW = 14;

/** @param {string} api @param {string} path @param {Record<string, string>} query */
async function get(api, path, query) {
  const response = await fetch(`${api}${path}?${new URLSearchParams(query)}`, { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

/** A calendar day on the patient's device, as `2026-12-07`. @param {Date} date */
const day = (date) => new Intl.DateTimeFormat("en-CA").format(date);

/**
 * The settings that the page's author gives as `data-` attributes of the container.
 * @typedef {{ api: string, npi: string, visitType: string, product: string }} Settings
 */

/** @param {Settings} settings */
export function readTimes({ api, npi, visitType, product }) {
  const start = new Date();
  const end = new Date(start);
  end.setDate(end.getDate() + WINDOW - 1);
  return get(api, `/v4/providers/${npi}/timeslots`, { startDate: day(start), endDate: day(end), visitType, product });
}

/** @param {Settings} settings */
export const readClinician = ({ api, npi, product }) => get(api, `/v1/providers/${npi}`, { product });
