/**
 * The addresses of the reads that the widget sends first, if the attributes alone determine them. Each address must equal the one that the
 * widget requests: a test compares both lists byte for byte. If a read is missing here, the widget sends it itself, only later.
 */

/** API hosts as nearly all pages write them: https, or http on loopback; no user, query or fragment. The widget accepts a few more forms. */
const HOST = /^(https:\/\/[\w.-]+|http:\/\/(localhost|127\.0\.0\.1|\[::1]))(:\d+)?(\/[\w./~%-]*)?$/i;

/** Whether a text is an NPI: ten digits, of which the last is the check digit (Luhn, with the prefix 80840, which adds 24). @param {string} text */
const isNpi = (text) => /^\d{10}$/.test(text) && [...text].reduce((sum, digit, place) => sum + (place % 2 ? +digit : (+digit * 2) % 9 || +digit), 24) % 10 === 0;

/** Percent-encodes all characters but RFC 3986's unreserved ones. @param {string} text */
const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * The addresses in the order in which the widget sends the reads, each once.
 * @param {(name: string) => string | null} attribute
 * @param {Date} now a clinician's first times are those from today on, by the device's calendar
 * @returns {Set<string>} empty if requests need a preflight, or if the attributes do not determine the reads. Rust and JavaScript disagree on
 * whether U+0085 and U+FEFF are white space: if a text has one of them, the address may differ from the widget's, and the read is then aborted
 * @throws if a text has half a surrogate pair
 */
export function firstReads(attribute, now) {
  /** @type {Set<string>} */
  const reads = new Set();
  /** @param {string} name */
  const text = (name) => (attribute(name) ?? "").trim();
  /** @param {string} name */
  const words = (name) => text(name).match(/\S+/g) ?? [];

  const api = text("api");
  if (!HOST.test(api) || ["api-key", "domain", "resume"].some(text) || /on-demand/i.test(text("mode"))) return reads;

  const product = encode(text("product") || "find-a-time");
  /** @param {string} path @param {string} [query] */
  const add = (path, query = "") => reads.add(`${api.replace(/\/+$/, "")}/${path}?${query}product=${product}`);
  /** @param {number} later */
  const day = (later) => new Date(+now - now.getTimezoneOffset() * 60_000 + later * 86_400_000).toISOString().slice(0, 10);

  const visitType = encode(text("visit-type").split(",").map((name) => name.trim()).find(Boolean) ?? "");
  const clinics = words("department").map(encode);
  const named = words("npi");
  const clinicians = named.filter(isNpi);
  const days = text("max-days");
  // The last day of a clinician's first read, counted from today: 13 (14 days in all), or `max-days` if that is less.
  const furthest = /^\+?0*([1-9]|1[0-2])$/.test(days) ? +days : 13;

  if (named.length) {
    if (!clinicians.length) return reads;
    // Few pages set `provider-slots="v5"`: their times are not read ahead.
    if (visitType && !/v5/i.test(text("provider-slots"))) {
      for (const npi of clinicians) add(`v4/providers/${npi}/timeslots`, `startDate=${day(0)}&endDate=${day(furthest)}&visitType=${visitType}&`);
    }
    for (const npi of clinicians) add(`v1/providers/${npi}`);
  } else if (visitType) {
    for (const clinic of clinics) add(`v2/departments/${clinic}/timeslots`, `visitTypeName=${visitType}&`);
  }
  for (const clinic of clinics) add(`v4/departments/${clinic}/departmentInfo`, "withProviders=true&");
  return reads;
}
