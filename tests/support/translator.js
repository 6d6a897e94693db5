// Simulates a page translator such as Chrome's, which replaces every text of the page, and every text that is drawn later, with two
// elements of its own. Also lists what a patient reads on the element, to compare it with an untranslated page.
import { widget } from "./fixtures.js";

/**
 * Translates every page opened from now on. The translation equals the original, so that a journey finds its controls. Bugs
 * still show: a text that the widget updates after the translator has detached it stays old, and one that the widget inserts
 * beside its translation appears twice.
 *
 * Some versions of Chrome's and Google's translators enter open shadow roots, others do not. This simulation does.
 * @param {import("@playwright/test").Page} page
 */
export const translate = (page) =>
  page.addInitScript(() => {
    const LEFT_ALONE = "script, style, noscript, textarea, input, code, [translate=no], .notranslate";
    const wrapper = () => {
      const font = document.createElement("font");
      font.style.verticalAlign = "inherit";
      return font;
    };
    const replace = (/** @type {Text} */ text) => {
      const around = text.parentElement;
      // Text inside a wrapper is translated already.
      if (!/\S/.test(text.data) || !around || around.localName === "font" || around.closest(LEFT_ALONE)) return;
      const [outer, inner] = [wrapper(), wrapper()];
      inner.append(text.data);
      outer.append(inner);
      text.replaceWith(outer);
    };
    const visit = (/** @type {Node} */ node) => {
      if (node instanceof Text) return replace(node);
      const within = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      const texts = [];
      while (within.nextNode()) texts.push(/** @type {Text} */ (within.currentNode));
      texts.forEach(replace);
    };
    const observer = new MutationObserver((records) => {
      for (const { target, addedNodes } of records) [...addedNodes, target].forEach((node) => (node === target && !(node instanceof Text) ? undefined : visit(node)));
    });
    const enter = (/** @type {Node} */ root) => {
      visit(root);
      observer.observe(root, { subtree: true, childList: true, characterData: true });
    };
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (init) {
      const root = attachShadow.call(this, init);
      if (init.mode === "open") enter(root);
      return root;
    };
    enter(document);
  });

/**
 * What the element shows, an entry for each line of text, in the page's order: texts, accessible names, and the values of controls.
 * The live region's entry begins with `status:`.
 * @param {import("@playwright/test").Page} page
 * @returns {Promise<string[]>}
 */
export const linesOf = (page) =>
  widget(page).host.evaluate((host) => {
    const NAMES = ["aria-label", "aria-description", "placeholder", "title", "alt"];
    const lines = [];
    /** The element that holds the last text; another text in the same element continues the same line. @type {Element | null} */
    let owner = null;
    const read = (/** @type {Node} */ node, /** @type {Element} */ within) => {
      if (node instanceof Text) {
        if (!/\S/.test(node.data)) return;
        if (owner === within) lines.push(lines.pop() + node.data);
        else lines.push((within.matches("[part~=status]") ? "status: " : "") + node.data);
        owner = within;
        return;
      }
      if (!(node instanceof Element) || node.localName === "style") return;
      if (node.localName === "font") return node.childNodes.forEach((child) => read(child, within));
      owner = null;
      if (node.localName !== "slot" && !node.checkVisibility()) return;
      for (const name of NAMES) if (node.hasAttribute(name)) lines.push(`${name}: ${node.getAttribute(name)}`);
      if (node instanceof HTMLSelectElement) {
        lines.push(...[...node.options].map((option) => `${option.selected ? "chosen" : "option"}: ${option.text}`));
      } else if (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement) {
        lines.push(`${node.name}: ${/** @type {HTMLInputElement} */ (node).checked || node.value}`);
      } else {
        const within = node instanceof HTMLSlotElement && node.assignedNodes().length ? node.assignedNodes() : node.childNodes;
        within.forEach((child) => read(child, node));
      }
      owner = null;
    };
    host.shadowRoot.childNodes.forEach((child) => read(child, host));
    return lines.map((line) => line.replaceAll(/\s+/g, " ").trim());
  });

/**
 * The element's texts that the translator has not replaced, or has replaced twice.
 * @param {import("@playwright/test").Page} page
 * @returns {Promise<string[]>}
 */
export const untranslated = (page) =>
  widget(page).host.evaluate(({ shadowRoot }) => {
    const found = [];
    const walker = document.createTreeWalker(shadowRoot, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = /** @type {Text} */ (walker.currentNode);
      if (!/\S/.test(text.data) || text.parentElement?.closest("style, textarea")) continue;
      let wrappers = 0;
      for (let around = text.parentElement; around?.localName === "font"; around = around.parentElement) wrappers++;
      if (wrappers !== 2) found.push(`${text.data}: in ${wrappers} wrappers`);
    }
    return found;
  });

/** Changes the page's language, and waits until the element shows it. @param {import("@playwright/test").Page} page @param {string} lang */
export async function turn(page, lang) {
  await page.evaluate((lang) => void (document.documentElement.lang = lang), lang);
  await widget(page).host.evaluate(async ({ shadowRoot }, lang) => {
    while (!shadowRoot.querySelector(`[part=container]:lang(${lang})`)) await new Promise((frame) => requestAnimationFrame(frame));
  }, lang);
}
