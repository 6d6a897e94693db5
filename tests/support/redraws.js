// Counts the mutations in the widget's shadow root during a redraw, and checks which nodes survive it.

/**
 * Starts counting, and remembers the nodes that `kept` selects. For a page with one element.
 * @param {import("@playwright/test").Page} page @param {string[]} [kept] selectors of sections in which a redraw must keep every node
 */
export const watchRedraws = (page, kept = []) =>
  page.evaluate((selectors) => {
    const root = document.querySelector("find-a-time").shadowRoot;
    const nodes = selectors.map((selector) => [...root.querySelectorAll(`${selector}, ${selector} *`)]);
    const records = [];
    const observer = new MutationObserver((list) => records.push(...list));
    observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
    window[Symbol.for("redraws")] = { root, nodes, records, observer, selectors };
  }, kept);

/**
 * The mutations so far, without those of the live region, and the selectors of sections that have lost a node.
 * @param {import("@playwright/test").Page} page
 * @returns {Promise<{ mutations: number, where: string[], lost: string[] }>}
 */
export const redraws = (page) =>
  page.evaluate(() => {
    const { root, nodes, records, observer, selectors } = window[Symbol.for("redraws")];
    records.push(...observer.takeRecords());
    const seen = records.filter(({ target }) => !(target instanceof Element ? target : target.parentElement)?.closest(".fat-said"));
    const name = (target) => (target instanceof Element ? target : target.parentElement)?.className || target.nodeName;
    const lost = selectors.filter((_, place) => !nodes[place].length || nodes[place].some((node) => !root.contains(node)));
    return { mutations: seen.length, where: [...new Set(seen.map(({ type, target, attributeName }) => `${name(target)} ${attributeName ?? type}`))], lost };
  });
