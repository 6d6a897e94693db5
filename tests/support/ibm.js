// Runs IBM's accessibility engine in addition to axe: another company's reading of WCAG 2.2, with rules that axe does not have.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/**
 * The engine's source. The debugger evaluates it, since a page's policy would block it as a script. The block around it keeps it from
 * adding anything to `window`.
 */
const ENGINE = `{
  ${readFileSync(createRequire(import.meta.url).resolve("accessibility-checker-engine/ace.js"), "utf8").replace("var ace;", "let ace;")}
  document[Symbol.for("ace")] = ace;
  undefined;
}`;

/**
 * Rules whose "potential violations" people have reviewed. Such a finding asks a question that no program can answer, so it is
 * no failure by itself. A finding of any other rule fails the test until somebody has reviewed it and written down here why
 * it may stay.
 */
const LOOKED_AT = {
  style_viewport_resizable: "asks about every stylesheet with `vw` or `vh`; the project's own use them for the page's room, not for text",
  style_focus_visible: "asks about every rule with `outline` or `border`; the ring has tests of its own",
  style_color_misuse: "asks about every stylesheet with a colour; what is chosen is also bold, and a flaw is also a text",
  element_tabbable_visible: "a skip link, which shows itself on focus",
  element_tabbable_unobscured: "a part of the page that the window's edge cuts, and that the browser scrolls to on focus",
  text_block_heading: "a date and an hour in bold, which are what the section is about and not its name",
  form_submit_button_exists: "the builder's form: what is chosen shows at once, and nothing is sent",
  input_checkboxes_grouped: "the builder's two boxes that stand alone, each a question of its own",
  text_sensory_misuse: "'above' and 'below' in the builder, where they are the order of reading too",
  target_spacing_sufficient: "the builder's native boxes inside a label, which is the target",
  blockquote_cite_exists: "the words of a region about itself, which stand nowhere else",
  input_label_visible: "a <textarea> with a visible <label for>; the same label satisfies the rule at an <input>",
};

/**
 * Violations of WCAG 2.2, A and AA, as text. In Chromium only: the engine reads the document, which is the same in every browser.
 * @param {import("@playwright/test").Page} page
 * @returns {Promise<string[]>}
 */
export async function ibm(page) {
  if (page.context().browser()?.browserType().name() !== "chromium") return [];
  if (!(await page.evaluate(() => Symbol.for("ace") in document))) await page.evaluate(ENGINE);
  const results = await page.evaluate(async () => {
    // The engine reads a colour made by `color-mix()`, `color(srgb …)`, as white, so its contrast findings on such colours are
    // wrong. axe can read these colours and checks their contrast.
    const isMixed = (/** @type {Element | null} */ element) => {
      if (!element) return false;
      const { color, backgroundColor } = getComputedStyle(element);
      if (color.startsWith("color(") || backgroundColor.startsWith("color(")) return true;
      const isSeenThrough = backgroundColor === "rgba(0, 0, 0, 0)";
      return isSeenThrough && isMixed(element.parentElement ?? /** @type {ShadowRoot} */ (element.getRootNode()).host ?? null);
    };
    const { results } = await new document[Symbol.for("ace")].Checker().check(document, ["WCAG_2_2"]);
    return results
      // Drop findings about invisible elements: the engine takes the content of closed <details> for visible.
      .filter(({ node }) => !(node instanceof Element) || node.checkVisibility() || node.closest("head"))
      .filter(({ ruleId, node }) => ruleId !== "text_contrast_sufficient" || !isMixed(node instanceof Element ? node : node.parentElement))
      .map(({ ruleId, value: [level, outcome], message, path }) => ({ ruleId, level, outcome, message, place: path.dom }));
  });
  return results
    .filter(({ ruleId, level, outcome }) => level === "VIOLATION" && (outcome === "FAIL" || (outcome === "POTENTIAL" && !(ruleId in LOOKED_AT))))
    .map(({ ruleId, message, place }) => `ibm ${ruleId}: ${message} (${place})`);
}
