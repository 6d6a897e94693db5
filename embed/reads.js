/**
 * The addresses of the reads that the widget sends first, as far as the attributes alone tell them. The widget's own
 * requests decide what is right: a test compares both lists byte for byte. What is left out here costs only time.
 */

/** API hosts as nearly all pages write them: https, or http on this machine; no user, query or fragment. The widget accepts a few more. */
const HOST = /^(https:\/\/[\w.-]+|http:\/\/(localhost|127\.0\.0\.1|\[::1]))(:\d+)?(\/[\w./~%-]*)?$/i;

/** Ten digits, the last the check digit of the others (Luhn, over the prefix 80840, which adds 24). @param {string} text */
const isNpi = (text) => /^\d{10}$/.test(text) && [...text].reduce((sum, digit, place) => sum + (place % 2 ? +digit : (+digit * 2) % 9 || +digit), 24) % 10 === 0;

/** All but RFC 3986's unreserved characters. @param {string} text */
const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * In the order in which the widget sends them, each once.
 * @param {(name: string) => string | null} attribute
 * @param {Date} now a clinician's first times are those from today on, by the device's calendar
 * @returns {Set<string>} empty where requests need a preflight, or where the attributes do not tell what is read
 * @throws for half a surrogate pair. What Rust takes for white space and JavaScript does not (U+0085), or the other way round
 *         (U+FEFF), is read in two ways: then a read may be in vain
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
  // A fortnight, or as far as the page looks ahead if that is less.
  const furthest = /^\+?0*([1-9]|1[0-2])$/.test(days) ? +days : 13;

  if (named.length) {
    if (!clinicians.length) return reads;
    // Pages with v5 are rare: the widget alone reads their times.
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
