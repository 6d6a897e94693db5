/**
 * The words that the builder shows only sometimes. The page contains them, hidden, with `data-words` like all others, so that
 * language.js translates them and the English is written once.
 */

/** @param {string} key without `builder.` @param {Record<string, string | number>} [places] values for placeholders such as `{name}` */
export function word(key, places = {}) {
  /** @type {string} */
  const text = document.querySelector(`[data-words="builder.${key}"]`)?.textContent ?? "";
  return text.replace(/\{(\w+)\}/g, (place, name) => String(places[name] ?? place));
}

/** Calls `changed` when the page's language has changed. @param {() => void} changed */
export const onLanguage = (changed) => new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ["lang"] });
