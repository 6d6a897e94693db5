// Compares how the widget looks on pages with different styles, by the position and computed style of every element that it draws.
import { expect, widget } from "./fixtures.js";
import { review, SCRIPT, tag, TUESDAY } from "./host-page.js";

/** Styles that all compared pages share, since the widget takes the page's font and the width of its box. */
export const SAME = "body { margin: 0; font: 16px/1.5 sans-serif } main { display: block; inline-size: 720px; font: 16px/1.5 sans-serif }";
export const PLAIN = `<style>${SAME}</style>`;

/** The computed styles that make up an element's look, besides its position. */
const SEEN = [
  "display", "color", "backgroundColor", "fontFamily", "fontSize", "fontWeight", "fontStyle", "fontVariantCaps", "fontStretch", "letterSpacing", "wordSpacing", "lineHeight",
  "textTransform", "textIndent", "textAlign", "textAlignLast", "textShadow", "textDecorationLine", "whiteSpace", "wordBreak", "hyphens", "listStyleType", "borderTopWidth",
  "borderTopColor", "borderTopLeftRadius", "paddingTop", "paddingLeft", "boxSizing", "cursor", "opacity", "visibility", "pointerEvents", "accentColor", "caretColor", "fontKerning",
  "direction", "unicodeBidi", "writingMode", "textOrientation", "webkitTextFillColor", "webkitTextStrokeWidth", "webkitTextSecurity", "fontSizeAdjust", "textEmphasisStyle", "quotes",
];

/** Every element that the widget draws, one line each. @param {import("@playwright/test").Page} page @returns {Promise<string[]>} */
export const look = (page) =>
  widget(page).host.evaluate((element, names) => {
    const origin = element.shadowRoot.querySelector(".fat").getBoundingClientRect();
    return [...element.shadowRoot.querySelector(".fat").querySelectorAll("*")]
      .filter((inner) => inner.checkVisibility() && !inner.closest(".fat-said"))
      .map((inner) => {
        const { left, top, width, height } = inner.getBoundingClientRect();
        const style = getComputedStyle(inner);
        const box = [left - origin.left, top - origin.top, width, height].map((length) => Math.round(length * 4) / 4);
        return [`${inner.localName}.${inner.className}`, `at ${box}`, ...names.map((name) => `${name}: ${style[name]}`)].join("; ");
      });
  }, SEEN);

/** The differences between two looks: the first few elements, each with only the values that differ. @param {string[]} plain @param {string[]} here */
export function differences(plain, here) {
  const found = plain.length === here.length ? [] : [`${here.length} elements instead of ${plain.length}`];
  for (const [place, line] of plain.entries()) {
    const [was, is] = [line, here[place] ?? "nothing"].map((look) => look.split("; "));
    const changed = was.flatMap((part, nth) => (part === is[nth] ? [] : [`${part} became ${is[nth]}`]));
    if (changed.length && found.length < 6) found.push(`${was[0]}: ${changed.join(", ")}`);
  }
  return found;
}

/** Opens a page with styles, and waits for the times. @param {any} on @param {string} head @param {string} [script] */
export async function openStyled({ page, site, acme }, head, script) {
  await page.goto(site.page({ head: SCRIPT + head, body: `<main>${tag(acme)}</main>`, script }));
  await widget(page).reaches("times");
  // Names and phone numbers may arrive after the times: wait until nothing changes any more.
  let before = "";
  const rests = async () => before === (before = (await look(page)).join("\n"));
  await expect.poll(rests, { intervals: [400] }).toBe(true);
}

/** The look of each of three steps. @param {import("@playwright/test").Page} page @returns {Promise<Record<string, string[]>>} */
export async function eachStep(page) {
  const times = await look(page);
  await review(page, TUESDAY);
  const reviewed = await look(page);
  await widget(page).button("Back").first().click();
  await widget(page).reaches("patient");
  return { times, review: reviewed, patient: await look(page) };
}
