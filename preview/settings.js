/**
 * The standalone page's own: the widget's attributes from the page's address, and the panel that says what the page points to.
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
  ...["time-zone", "heading-level", "interpreter", "event-details", "resume", "doctor"],
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
export function isTrusted(widget, environment) {
  const known = [environment.api, environment.visits].map((address) => parse(address)?.origin);
  return ["api", "visits"].every((name) => {
    const url = parse(widget.getAttribute(name));
    return !url || known.includes(url.origin) || LOOPBACK.includes(url.hostname);
  });
}

/** The tag as somebody would paste it, without its children. @param {HTMLElement} widget */
function tagOf(widget) {
  const attributes = [...widget.attributes].filter(({ name }) => !name.startsWith("data-"));
  const lines = attributes.map(({ name, value }) => (value ? `${name}="${value.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"` : name));
  return `<find-a-time\n  ${lines.join("\n  ")}>\n  …\n</find-a-time>`;
}

/**
 * Fills the panel.
 * @param {HTMLElement} panel
 * @param {HTMLElement} widget
 * @param {import("./environment.js").Environment} environment
 * @param {boolean} trusted
 */
export function showSettings(panel, widget, environment, trusted) {
  const of = (/** @type {string} */ name) => widget.getAttribute(name) ?? "–";
  const rows = [
    ["tier", widget.getAttribute("tier") ?? "prd"],
    ...["api", "visits", "scheduling", "brand"].map((name) => [name, of(name)]),
    ["idp", environment.idp?.issuer ?? environment.idp?.authorize ?? "–"],
  ];
  const list = panel.querySelector("[data-environment]");
  list.replaceChildren(
    ...rows.map(([name, value]) => {
      const row = document.createElement("div");
      const [term, description] = ["dt", "dd"].map((tag) => document.createElement(tag));
      term.textContent = name;
      description.textContent = value;
      row.append(term, description);
      return row;
    }),
  );
  panel.querySelector("[data-tag]").textContent = tagOf(widget);
  panel.querySelector("[data-untrusted]").hidden = trusted;
  if (!trusted) panel.open = true;
}
