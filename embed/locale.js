/** Chooses an element's language: the nearest `lang`, its pack of words, and the tag for `Intl`. */

/** The tags of the languages that have a pack. @type {string[]} */
const PACKS = __LOCALES__;
export const DEFAULT = PACKS.includes("en") ? "en" : PACKS[0];

/**
 * The nearest `lang` that is not empty, beginning with the element's own, across shadow hosts.
 * @param {Element} element
 * @returns {string} "" if there is none
 */
export function nearestLang(element) {
  for (let node = /** @type {Element | undefined} */ (element); node; ) {
    const said = node.closest('[lang]:not([lang=""])');
    if (said) return (said.getAttribute("lang") ?? "").trim();
    node = /** @type {ShadowRoot} */ (node.getRootNode()).host;
  }
  return "";
}

/**
 * Chooses the pack and the tag for `Intl`. A page in `es-MX` gets the Spanish pack, and `es-MX` for dates and numbers; a page in a language
 * without a pack gets the default language for both, so that no sentence mixes two languages.
 * @param {string} lang
 * @returns {{ pack: string, locale: string, valid: boolean }}
 */
export function choose(lang) {
  if (!lang) return { pack: DEFAULT, locale: DEFAULT, valid: true };
  try {
    // Many content systems write `en_US`.
    const [locale] = Intl.getCanonicalLocales(lang.replaceAll("_", "-"));
    for (let tag = locale; tag; tag = tag.slice(0, Math.max(0, tag.lastIndexOf("-")))) {
      if (PACKS.includes(tag)) return { pack: tag, locale, valid: true };
    }
    return { pack: DEFAULT, locale: DEFAULT, valid: true };
  } catch {
    return { pack: DEFAULT, locale: DEFAULT, valid: false };
  }
}

/** Languages written from right to left, for browsers whose `Intl.Locale` does not know the direction. */
const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/;

/** The direction of a language, `ltr` or `rtl`. @param {string} locale */
export function direction(locale) {
  try {
    const known = /** @type {any} */ (new Intl.Locale(locale));
    const { direction } = known.getTextInfo?.() ?? known.textInfo;
    if (direction) return direction;
  } catch {
    // This browser has no `Intl.Locale`.
  }
  return RIGHT_TO_LEFT.test(locale) ? "rtl" : "ltr";
}

/**
 * Calls `changed` when a `lang` attribute changes in the document or shadow root that contains the element, or in one around that.
 * @param {Element} element
 * @param {() => void} changed
 * @returns {MutationObserver | undefined} `undefined` if a script of the page has replaced `MutationObserver` with something that cannot
 * observe
 */
export function watchLang(element, changed) {
  try {
    return observeLang(element, new MutationObserver(changed));
  } catch {
    // The element keeps its language.
  }
}

/** @param {Element} element @param {MutationObserver} observer */
function observeLang(element, observer) {
  for (let root = element.getRootNode(); root; root = /** @type {ShadowRoot} */ (root).host?.getRootNode()) {
    observer.observe(root, { subtree: true, attributes: true, attributeFilter: ["lang"] });
  }
  return observer;
}
