// Reads how parts of the widget look: their computed styles, with colors as they appear on the background. It runs in any browser.

/** The properties that make up the visible look of a box and its text. */
const PROPERTIES = [
  "color", "background-color", "border-top-color", "border-left-color", "border-top-width", "border-left-width", "border-top-style", "border-top-left-radius",
  "min-height", "padding-left", "font-size", "font-weight", "text-align",
];

/** Selectors of the compared parts on two steps, the times and the patient step. */
export const TIMES = ['[part~="slot"]', '[part~="container"]', '[part~="help"]'];
export const FORM = ['[part~="field"]', '[part~="button-primary"]', '[part~="summary"]', '[part~="alert"]', ".fat-choice-text", ".fat-flaw", ".fat-hint"];

/**
 * Reads the computed styles of the first visible element that matches each selector. Runs in the page.
 * @param {string[]} selectors @param {string[]} properties
 * @returns {Record<string, Record<string, string>>} by selector; a selector that matches nothing visible is left out
 */
function read(selectors, properties) {
  const root = document.querySelector("find-a-time").shadowRoot;
  const found = selectors.flatMap((selector) => [...root.querySelectorAll(selector)].filter((element) => element.getClientRects().length).slice(0, 1).map((element) => [selector, element]));
  const looks = found.map(([selector, element]) => {
    const style = getComputedStyle(element);
    return [selector, Object.fromEntries(properties.map((name) => [name, style.getPropertyValue(name)]))];
  });
  return Object.fromEntries(looks);
}

/** `rgb(1, 2, 3)`, `rgba(1, 2, 3, 0.5)` or `color(srgb 0.1 0.2 0.3)` → red, green, blue, alpha. @param {string} color */
function channels(color) {
  const numbers = color.match(/[\d.]+(?:e-\d+)?/g)?.map(Number) ?? [];
  const scale = color.startsWith("color(") ? 255 : 1;
  return [...numbers.slice(0, 3).map((number) => number * scale), numbers[3] ?? 1];
}

/** A colour as it appears on a background, rounded. @param {string} color @param {string} ground */
function seen(color, ground) {
  const [below, above] = [channels(ground), channels(color)];
  return [0, 1, 2].map((at) => Math.round(above[at] * above[3] + below[at] * (1 - above[3]))).join(" ");
}

/**
 * @param {{ evaluate: Function }} page of either driver @param {string[]} selectors
 * @returns {Promise<Record<string, Record<string, string>>>} with each colour as it appears on the widget's background
 */
export async function looks(page, selectors) {
  const text = `(${read})(${JSON.stringify(["[part~=container]", ...selectors])}, ${JSON.stringify(PROPERTIES)})`;
  const all = await page.evaluate(text);
  const ground = all["[part~=container]"]["background-color"];
  const entries = Object.entries(all).map(([selector, styles]) => [
    selector,
    Object.fromEntries(Object.entries(styles).map(([name, value]) => [name, name.endsWith("color") ? seen(value, ground) : value])),
  ]);
  return Object.fromEntries(entries);
}
