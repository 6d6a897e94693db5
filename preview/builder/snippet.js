/**
 * Writes the texts that the builder offers to copy: the tag, its style, its script, the hints, and the line of the content
 * security policy. It uses no document and sends no requests. builder.js makes the choice.
 *
 * @typedef {"clinician" | "clinic" | "near" | "brand" | "virtual" | "both"} Kind
 * @typedef {{ kind: Kind, api: string, visits?: string, scheduling?: string, brand?: string, tier?: string, domain?: string,
 *             "api-key"?: string, clinic?: string, here?: boolean, npi?: string, "visit-type"?: string, near?: string, radius?: string,
 *             practice?: string, region?: string, product?: string, booking?: string, lang?: string, "heading-level"?: string,
 *             doctor?: boolean, loading?: string, phone?: string, more?: [string, string][] }} Choice `more`: attributes without a control in the builder, unchanged
 * @typedef {"tag" | "div"} Form
 * @typedef {{ address: string, integrity?: string, first?: string[] }} Script `first`: addresses of the files that it fetches first
 */

/** The attributes that a choice may set, in their order in the tag. */
export const MANAGED = [
  ...["api", "visits", "scheduling", "npi", "department", "near", "radius", "practice", "region", "brand", "mode", "visit-type"],
  ...["product", "booking", "tier", "domain", "api-key", "lang", "heading-level", "loading", "doctor"],
];

/** The required fields of each kind of page. @type {Record<Kind, string[]>} */
const NEEDS = {
  clinician: ["npi"], clinic: ["clinic"], near: [], brand: ["brand"], virtual: ["practice", "visits"], both: ["clinic", "practice", "visits"],
};

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];
const DEFAULT_RADIUS = "30";

/** Escapes text for a value in double quotes. @param {string} text */
export const escapeAttribute = (text) =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Escapes text for use between tags. @param {string} text */
export const escapeText = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/**
 * Checks whether the element would accept the address of a host.
 * @param {string} address
 * @returns {"" | "shape" | "http" | "extra"} what is wrong with it
 */
export function addressFlaw(address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return "shape";
  }
  if (url.protocol === "http:" && !LOOPBACK.includes(url.hostname)) return "http";
  if (!["http:", "https:"].includes(url.protocol)) return "shape";
  return url.username || url.password || url.search || url.hash ? "extra" : "";
}

/** The required fields that are empty. @param {Choice} choice @returns {string[]} names of the choice's fields */
export const missing = (choice) => ["api", ...NEEDS[choice.kind]].filter((name) => !(/** @type {Record<string, unknown>} */ (choice)[name]));

/** @param {Choice} choice @returns {[string, string][]} the attributes of the tag */
export function attributesOf(choice) {
  const { kind } = choice;
  const is = (/** @type {Kind[]} */ ...kinds) => kinds.includes(kind);
  /** @type {Record<string, unknown>} */
  const all = {
    ...choice,
    npi: is("clinician") && choice.npi,
    department: (is("clinic", "both") || (is("clinician") && choice.here)) && choice.clinic,
    practice: is("virtual", "both") && choice.practice,
    region: is("virtual", "both") && choice.region,
    radius: is("near") && choice.radius !== DEFAULT_RADIUS && choice.radius,
    mode: is("both") && "both",
    "visit-type": is("clinician", "clinic", "near", "both") && choice["visit-type"],
    tier: choice.tier === "uat" && "uat",
  };
  /** @type {[string, string][]} */
  const pairs = [];
  for (const name of MANAGED) {
    if (name === "near" && is("near")) pairs.push([name, choice.near ?? ""]);
    else if (name === "doctor" ? choice.doctor : name !== "near" && all[name]) pairs.push([name, name === "doctor" ? "" : String(all[name])]);
  }
  const named = new Set(pairs.map(([name]) => name));
  return [...pairs, ...(choice.more ?? []).filter(([name]) => !named.has(name))];
}

/** The `tel:` address for a phone number as people write it. @param {string} phone */
export function telephone(phone) {
  const digits = phone.replace(/\D/g, "");
  if (phone.trim().startsWith("+")) return `tel:+${digits}`;
  if (digits.length === 10) return `tel:+1${digits}`;
  return digits.length === 11 && digits.startsWith("1") ? `tel:+${digits}` : `tel:${digits}`;
}

/** The sentence with the phone number, in the language of the page with the tag. @param {string} phone @param {string} language */
export function fallback(phone, language) {
  const link = `<a href="${escapeAttribute(telephone(phone))}">${escapeText(phone.trim())}</a>`;
  return language.startsWith("es") ? `<p>Para pedir una cita, llame al ${link}.</p>` : `<p>To book, call ${link}.</p>`;
}

/**
 * The element, or the `div` that replaces it where an editor removes unknown tags.
 * @param {[string, string][]} attributes @param {string} inside @param {Form} [form]
 */
export function tag(attributes, inside, form = "tag") {
  // `lang` is HTML's own, on any element.
  const own = (/** @type {string} */ name) => (form === "div" && name !== "lang" ? `data-${name}` : name);
  const lines = attributes.map(([name, value]) => (value || name === "near" ? `${own(name)}="${escapeAttribute(value)}"` : own(name)));
  const [begin, end] = form === "div" ? ["div data-find-a-time", "div"] : ["find-a-time", "find-a-time"];
  return `<${begin}\n  ${lines.join("\n  ")}>\n  ${inside}\n</${end}>`;
}

/** @param {string} look rules of CSS, or nothing @param {Form} [form] */
export function style(look, form = "tag") {
  const selector = form === "div" ? "find-a-time, [data-find-a-time]" : "find-a-time";
  const rules = [`${selector} { display: block; min-block-size: max(40rem, 100svh) }`, ...look.trim().split("\n").filter(Boolean)];
  return `<style>\n${rules.map((rule) => `  ${rule}`).join("\n")}\n</style>`;
}

/**
 * The files of a release that every page needs before times are on screen, the largest first.
 * @param {Record<string, string>} files of the release
 * @param {string} language of the page
 */
function firstFiles(files, language) {
  const words = [language, language.replace(/-.*/, ""), "en"].map((tag) => `locales/${tag}.txt`).find((name) => name in files);
  return ["find-a-time.wasm", words].filter((name) => name && name in files);
}

/**
 * The script's address and, if the release is pinned, its hash and the files that it fetches first.
 * @param {string} folder with the published files
 * @param {{ version: string, files: Record<string, string> } | undefined} release content of integrity.json
 * @param {boolean} pinned whether the address names that release
 * @param {string} [language] of the page
 * @returns {Script}
 */
export function scriptOf(folder, release, pinned, language = "en") {
  const base = folder.endsWith("/") ? folder : `${folder}/`;
  if (!pinned || !release) return { address: `${base}find-a-time.js` };
  const own = `${base}find-a-time-${release.version}/`;
  const first = firstFiles(release.files, language).map((name) => own + name);
  return { address: `${own}find-a-time.js`, integrity: release.files["find-a-time.js"], first };
}

const guarded = (/** @type {Script} */ { integrity }) => (integrity ? ` integrity="${escapeAttribute(integrity)}"` : "");

/** @param {Script} script */
export const scriptTag = (script) =>
  `<script type="module" src="${escapeAttribute(script.address)}"${guarded(script)}${script.integrity ? " crossorigin" : ""}></script>`;

/**
 * Hints with which the browser connects and fetches files early. Besides the script they name files only if the release is pinned:
 * Firefox later takes a preloaded file from its cache, and would fetch the file twice if it could not be cached. The hints for files
 * have no `integrity`, which Chromium would ignore with a warning; the script itself checks the files.
 * @param {Script} script @param {string} api
 */
export const hints = (script, api) =>
  [
    `<link rel="modulepreload" href="${escapeAttribute(script.address)}"${guarded(script)} crossorigin>`,
    ...(script.first ?? []).map((file) => `<link rel="preload" as="fetch" href="${escapeAttribute(file)}" crossorigin>`),
    `<link rel="preconnect" href="${escapeAttribute(new URL(api).origin)}" crossorigin>`,
  ].join("\n");

/** The sources that the page's content security policy must allow. @param {Script} script @param {Choice} choice */
export function policy(script, { api, visits }) {
  const files = new URL(script.address).origin;
  const hosts = [...new Set([files, api, visits].flatMap((address) => (address ? new URL(address).origin : [])))];
  return `script-src ${files} 'wasm-unsafe-eval'; connect-src ${hosts.join(" ")}`;
}

/**
 * All texts to copy. An editor that removes unknown tags removes styles and scripts too, so with the `div` they go into the head.
 * @param {Choice} choice with all required fields
 * @param {{ script: Script, look: string, phone: string, language: string, form?: Form }} more
 */
export function snippet(choice, { script, look, phone, language, form = "tag" }) {
  const element = tag(attributesOf(choice), fallback(phone, choice.lang || language), form);
  const around = [style(look, form), scriptTag(script)];
  const early = hints(script, choice.api);
  return {
    page: (form === "div" ? [element] : [...around, "", element]).join("\n"),
    head: (form === "div" ? [early, ...around] : [early]).join("\n"),
    policy: policy(script, choice),
  };
}
