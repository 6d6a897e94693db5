// What a redraw touches: counts the mutations in the widget's shadow root, and remembers nodes to find them again.

/**
 * Begins to count, and remembers the nodes that `kept` selects; a page of one element.
 * @param {import("@playwright/test").Page} page @param {string[]} [kept] selectors of sections that must keep their very nodes
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
 * Mutations since, without those of the live region; and which of the selectors have lost a node.
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
