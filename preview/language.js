/**
 * Translates the page. The pages contain the English words; words/es.json has the Spanish ones under the keys in the pages:
 * `data-words` for an element's text, `data-words-alt` and so on for an attribute. Words are text, never markup.
 */

const ATTRIBUTES = ["alt", "aria-label", "content"];

/** The Spanish words, once fetched. @type {Promise<Record<string, string>> | undefined} */
let spanish;

/** The page's English words by key, kept when it is translated. @type {Map<string, string>} */
const english = new Map();

/** @returns {string} `en` or `es` */
export const language = () => document.documentElement.lang;

/**
 * Calls `visit` for every text and every attribute of the page that is translated.
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

/** Fetches the Spanish words once. After a failure the next call tries again. */
function fetchSpanish() {
  spanish ??= fetch(new URL("./words/es.json", import.meta.url)).then((response) => {
    if (!response.ok) throw new Error(`words/es.json: ${response.status}`);
    return response.json();
  });
  spanish.catch(() => (spanish = undefined));
  return spanish;
}

/** Makes links within the site keep the language. @param {string} to */
function followInLinks(to) {
  for (const link of document.querySelectorAll("a[data-page]")) {
    const url = new URL(link.href);
    if (to === "en") url.searchParams.delete("lang");
    else url.searchParams.set("lang", to);
    link.href = url.href;
  }
  const other = to === "en" ? "es" : "en";
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
 * Shows the page in a language. If its words cannot be fetched, the page keeps the words that it has.
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
  /** @type {Record<string, string>} */
  const words = await fetchSpanish().catch(() => ({}));
  return words[key] ?? text;
}

/**
 * Translates the page if its address says so, and makes the language link translate it without a reload: a reload would lose the
 * sign-in, which is only in memory, and the chosen time.
 */
export async function startLanguage() {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-language]") : null;
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const { href, hreflang } = link;
    void show(hreflang).then(() => history.replaceState(history.state, "", href));
  });
  if (language() === "es") await show("es");
  else followInLinks("en");
}
