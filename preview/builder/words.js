/**
 * The builder's words that come and go. They stand in the page, hidden, under `data-words` as all others: so language.js
 * translates them, and English is written once.
 */

/** @param {string} key without `builder.` @param {Record<string, string | number>} [places] fills `{name}` */
export function word(key, places = {}) {
  const text = document.querySelector(`[data-words="builder.${key}"]`)?.textContent ?? "";
  return text.replace(/\{(\w+)\}/g, (place, name) => String(places[name] ?? place));
}

/** Calls when the page has changed its language. @param {() => void} changed */
export const onLanguage = (changed) => new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ["lang"] });
