/**
 * Decides which attributes the address of the snippet builder's page may set on its widget, and to which hosts a token may be sent.
 * builder/ has the page's controls.
 */

/** The attributes that say what to look for. If the address sets one of them other than `brand`, those that the page wrote are removed. */
const PRIMARY = ["npi", "department", "near", "practice", "brand"];

/**
 * The attributes that an address may set. `assets` is not one of them: a link must not decide which code runs here.
 * `lang=en` and `lang=es` set the page's language instead.
 */
const ALLOWED = [
  ...PRIMARY,
  ...["api", "visits", "scheduling", "tier", "tenant", "domain", "api-key", "product", "provider-slots", "mode", "clinic-line", "clinician-line"],
  ...["visit-type", "patient-type", "specialty", "gender", "clinic-type", "radius", "region", "days", "max-days", "view", "booking", "lang"],
  ...["backup-times", "people", "support-reference", "time-zone", "heading-level", "interpreter", "event-details", "resume", "loading", "doctor"],
];
const PAGE_LANGUAGES = ["en", "es"];
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Sets the attributes in the page's address on the widget.
 * @param {HTMLElement} widget
 * @returns {Set<string>} the attributes it set
 */
export function readAddress(widget) {
  const asked = [...new URLSearchParams(location.search)].filter(
    ([name, value]) => ALLOWED.includes(name) && !(name === "lang" && PAGE_LANGUAGES.includes(value)),
  );
  const names = new Set(asked.map(([name]) => name));
  if (PRIMARY.some((name) => name !== "brand" && names.has(name))) {
    for (const name of [...PRIMARY, "visit-type"]) widget.removeAttribute(name);
  }
  for (const [name, value] of asked) widget.setAttribute(name, value);
  return names;
}

/** @param {string | null | undefined} address @returns {URL | null} */
function parse(address) {
  try {
    return new URL(address ?? "");
  } catch {
    return null;
  }
}

/**
 * Whether a token may be sent to the widget's hosts. Anybody can write a link that names an API host, so only the hosts of the
 * environment file and this machine are trusted.
 * @param {HTMLElement} widget with the address's attributes, before those of the environment are set
 * @param {import("./environment.js").Environment} environment
 */
export const isTrusted = (widget, environment) => trusts(environment, [widget.getAttribute("api"), widget.getAttribute("visits")]);

/** @param {import("./environment.js").Environment} environment @param {(string | null | undefined)[]} addresses */
export function trusts(environment, addresses) {
  const known = [environment.api, environment.visits].map((address) => parse(address)?.origin);
  return addresses.every((address) => {
    const url = parse(address);
    return !url || known.includes(url.origin) || LOOPBACK.includes(url.hostname);
  });
}
