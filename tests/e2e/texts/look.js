// Inspects what the element has drawn: elements, attributes, links and texts; and lists scripts that ran.
import { NEVER_SHOWN } from "./payloads.js";

/**
 * @typedef {object} Look
 * @property {Record<string, number>} elements how many elements there are of each name
 * @property {string[]} attributes `element[attribute]`, each once
 * @property {string[]} fields the ids of all fields of a form
 * @property {string[]} links every `href`
 * @property {string} text all text that is visible or read by a screen reader
 * @property {number} longest length of the longest text
 * @property {number} outside number of elements in the page outside the element
 * @property {unknown[]} ran calls of scripts that ran
 */

/** The names of all elements that the widget draws in these journeys. */
const DRAWN = new Set("a button dd div dl dt fieldset form h2 h3 h4 h5 header input label legend li option p section select slot small span textarea ul".split(" "));
/** Attributes that run code, load something or send something. */
const DANGEROUS = /^(on.*|style|src|srcdoc|srcset|action|formaction|background|data|xlink:href|is|http-equiv|content|poster|manifest|ping)$/;

/** Records calls of `alert` and similar functions, since every script in a payload calls one. @param {import("@playwright/test").Page} page */
export const hearAlerts = (page) =>
  page.addInitScript(() => {
    const ran = (document[Symbol.for("ran")] = []);
    for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = (...given) => void ran.push([name, ...given]);
  });

/** @param {import("@playwright/test").Page} page @returns {Promise<Look>} */
export const lookAt = (page) =>
  page.locator("find-a-time").first().evaluate((/** @type {import("../../../embed/find-a-time.js").FindATimeElement} */ host) => {
    const all = [...host.shadowRoot.querySelectorAll("*")];
    /** @type {Record<string, number>} */
    const elements = {};
    for (const { localName } of all) elements[localName] = (elements[localName] ?? 0) + 1;
    const attributes = new Set(all.flatMap(({ localName, attributes }) => [...attributes].map(({ name }) => `${localName}[${name}]`)));
    const fields = all.filter((element) => element.matches('[part~="field"]')).map(({ id }) => id);
    const links = all.filter((element) => element.hasAttribute("href")).map((element) => element.getAttribute("href"));
    const SPOKEN = ["aria-label", "aria-description", "title", "placeholder", "alt", "value"];
    // The value of an option, which is a code, is neither visible nor read: the option's text is.
    const texts = all.flatMap((element) => [
      ...[...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map(({ data }) => data),
      ...SPOKEN.filter((name) => name !== "value" || !element.matches("option")).map((name) => element.getAttribute(name) ?? ""),
      element.matches("option,select") ? "" : (element.value ?? ""),
    ]);
    return {
      elements,
      attributes: [...attributes],
      fields,
      links,
      text: texts.join("\n"),
      longest: Math.max(...texts.map(({ length }) => length)),
      outside: document.querySelectorAll("*").length - host.querySelectorAll("*").length,
      ran: document[Symbol.for("ran")],
    };
  });

const total = (/** @type {Look} */ { elements }) => Object.values(elements).reduce((sum, count) => sum + count, 0);

/**
 * The most UTF-16 units that one piece of text may have: the widget's own words around two texts of an answer, such as a street and
 * its town, with the apartment, state and ZIP code. The widget cuts each of the two after 300 characters, which have at most two units each.
 */
const LONGEST = 1_400;

/**
 * Lists what the element should not have drawn, in words.
 * @param {Look} here
 * @param {{ plain?: Look, local: string[] }} known `plain`: the look at the same step with harmless texts, `local`: the origins of Acme's waiting room
 * @returns {string[]}
 */
export function flaws(here, { plain, local }) {
  // The form asks again for a text of the record that is too long to be sent, so it may have a field more than with harmless texts:
  // then do not compare elements and attributes.
  if (plain) {
    const { fields } = plain;
    if (here.fields.some((name) => !fields.includes(name))) plain = { ...plain, elements: here.elements, attributes: here.attributes };
  }
  const found = here.ran.map((call) => `a script ran: ${JSON.stringify(call)}`);
  for (const name of Object.keys(here.elements)) if (!DRAWN.has(name)) found.push(`an element <${name}>`);
  for (const one of here.attributes) {
    if (DANGEROUS.test(one.slice(one.indexOf("[") + 1, -1)) || (plain && !plain.attributes.includes(one) && !MAY_COME.includes(one))) found.push(`an attribute ${one}`);
  }
  for (const link of here.links) {
    if (!/^(https:\/\/[^/]|tel:\+?\d|mailto:)/.test(link) && !local.some((origin) => link.startsWith(`${origin}/`))) found.push(`a link to ${link.slice(0, 80)}`);
  }
  const hidden = NEVER_SHOWN.exec(here.text);
  if (hidden) found.push(`U+${hidden[0].codePointAt(0)?.toString(16)} in ${JSON.stringify(here.text.slice(Math.max(0, hidden.index - 40), hidden.index + 40))}`);
  if (here.longest > LONGEST) found.push(`a text of ${here.longest} letters`);
  if (plain && total(here) > total(plain)) found.push(`${total(here)} elements instead of ${total(plain)}: ${difference(plain, here)}`);
  if (plain && here.outside !== plain.outside) found.push(`${here.outside - plain.outside} more elements outside the element`);
  return found;
}

/** Attributes that a payload may add: in place of a phone number, a text with seven or more digits becomes a link to call. */
const MAY_COME = ["a[href]", "a[class]"];

/** @param {Look} plain @param {Look} here */
const difference = (plain, here) =>
  [...new Set([...Object.keys(plain.elements), ...Object.keys(here.elements)])]
    .filter((name) => here.elements[name] !== plain.elements[name])
    .map((name) => `${name} ${plain.elements[name] ?? 0} to ${here.elements[name] ?? 0}`)
    .join(", ");
