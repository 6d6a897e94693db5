/**
 * The marks that make session recorders and click trackers leave an element out. A recorder looks for its own mark on the
 * element and on everything around it, so marking what stands directly in the shadow root covers the whole widget.
 * The page's element is not marked: its attributes and its light DOM belong to the page.
 *
 * Where a recorder knows both, the mark blocks (nothing inside is recorded) rather than masks (shapes are recorded, texts
 * are replaced). docs/privacy-and-security.md shows the same table to the owners of pages.
 */

const CLASSES = "rr-block sentry-block ph-no-capture fs-exclude";
const ATTRIBUTES = "data-dd-privacy=hidden data-clarity-mask=true data-hj-suppress data-private data-sentry-block";

/**
 * Marks an element that is about to be put into the shadow root.
 * @template {Element} E
 * @param {E} element
 * @returns {E}
 */
export function mark(element) {
  element.classList.add(...CLASSES.split(" "));
  for (const attribute of ATTRIBUTES.split(" ")) {
    const [name, value = ""] = attribute.split("=");
    element.setAttribute(name, value);
  }
  return element;
}
