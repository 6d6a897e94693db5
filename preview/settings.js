/**
 * What the address of the standalone page may set on its widget, and which hosts a token may go to. What the page then offers to
 * choose is builder/'s.
 */

/** Which of them say what to look for; one in the address takes the place of the page's own. */
const PRIMARY = ["npi", "department", "near", "practice", "brand"];

/**
 * The attributes that an address may set. `assets` is not among them: a link must not choose which code runs here.
 * `lang` is the page's language where the page speaks it.
 */
const ALLOWED = [
  ...PRIMARY,
  ...["api", "visits", "scheduling", "tier", "tenant", "domain", "api-key", "product", "provider-slots", "mode", "clinic-line", "clinician-line"],
  ...["visit-type", "patient-type", "specialty", "gender", "clinic-type", "radius", "region", "days", "max-days", "view", "booking", "lang"],
  ...["time-zone", "heading-level", "interpreter", "event-details", "resume", "loading", "doctor"],
];
const PAGE_LANGUAGES = ["en", "es"];
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Puts what the page's address asks for on the widget.
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
 * Whether a token may go where the widget points. Anybody can write a link that names an API host; only the environment
 * file, and the machine itself, say which hosts are this preview's.
 * @param {HTMLElement} widget with what the address set, before the environment is put on it
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
