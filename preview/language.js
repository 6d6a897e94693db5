/**
 * The page's own words. English is in the pages themselves; words/es.json has the Spanish under the keys that the pages
 * name: `data-words` for an element's text, `data-words-alt` and its like for an attribute. Text only, never markup.
 */

const LANGUAGES = ["en", "es"];
const ATTRIBUTES = ["alt", "aria-label", "content"];

/** The Spanish words, once fetched. @type {Promise<Record<string, string>> | undefined} */
let spanish;

/** What the page said before it was translated. @type {Map<string, string>} */
const english = new Map();

/** @returns {string} `en` or `es` */
export const language = () => document.documentElement.lang;

/**
 * Visits every place of the page that has words.
 * @param {(key: string, read: () => string, write: (text: string) => void) => void} visit
 */
function places(visit) {
  for (const element of document.querySelectorAll("[data-words]")) {
    if (element === document.documentElement) continue;
    visit(element.dataset.words, () => element.textContent, (text) => (element.textContent = text));
  }
  for (const name of ATTRIBUTES) {
    for (const element of document.querySelectorAll(`[data-words-${name}]`)) {
      visit(element.getAttribute(`data-words-${name}`), () => element.getAttribute(name), (text) => element.setAttribute(name, text));
    }
  }
}

/** Fetches the Spanish words once; a failed fetch is tried again when they are next wanted. */
function fetchSpanish() {
  spanish ??= fetch(new URL("./words/es.json", import.meta.url)).then((response) => {
    if (!response.ok) throw new Error(`words/es.json: ${response.status}`);
    return response.json();
  });
  spanish.catch(() => (spanish = undefined));
  return spanish;
}

/** Links within the site keep the language. */
function followInLinks(to) {
  for (const link of document.querySelectorAll("a[data-page]")) {
    const url = new URL(link.href);
    if (to === "en") url.searchParams.delete("lang");
    else url.searchParams.set("lang", to);
    link.href = url.href;
  }
  const other = LANGUAGES.find((one) => one !== to);
  for (const link of document.querySelectorAll("a[data-language]")) {
    const url = new URL(location.href);
    url.hash = "";
    url.searchParams.set("lang", other);
    link.href = url.href;
    link.lang = link.hreflang = other;
    link.textContent = other === "es" ? "Español" : "English";
  }
}

/**
 * Shows the page in a language; when its words cannot be had, the page stays as it is.
 * @param {string} to `en` or `es`
 */
async function show(to) {
  const root = document.documentElement;
  try {
    const words = to === "en" ? Object.fromEntries(english) : await fetchSpanish();
    places((key, read, write) => {
      if (!english.has(key)) english.set(key, read());
      if (Object.hasOwn(words, key)) write(words[key]);
    });
    root.lang = to;
  } catch {
    if (!english.size) root.lang = "en";
  } finally {
    delete root.dataset.words;
    followInLinks(language());
  }
}

/** @param {string} key @param {string} text the English @returns {Promise<string>} the text in the page's language */
export async function say(key, text) {
  if (language() !== "es") return text;
  const words = await fetchSpanish().catch(() => ({}));
  return words[key] ?? text;
}

/**
 * Translates the page when its address asks for it, and lets the language link change it in place: a reload would cost the
 * patient the sign-in, which lives in memory only, and the time already chosen.
 */
export async function startLanguage() {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-language]") : null;
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const { href, hreflang } = link;
    show(hreflang).then(() => history.replaceState(history.state, "", href));
  });
  if (language() === "es") await show("es");
  else followInLinks("en");
}
