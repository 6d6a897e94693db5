/** Shows what replaces the widget after a panic, without the wasm: a message if a booking's outcome is unknown, the outcomes that were on screen, and the page's help. */

/** @param {string} name @param {Record<string, string>} attributes @param {...(string | Node)} inside */
function element(name, attributes, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

/** Copies the outcomes that are drawn, in full, then in brief (hidden under another errand), without their buttons, forms and waits, which no longer work. @param {HTMLElement} drawn @returns {HTMLElement[]} */
function outcomes(drawn) {
  return [".fat-outcome", ".fat-outcomes:not(:empty)"].flatMap((which) =>
    [...drawn.querySelectorAll(which)].map((outcome) => {
      const kept = /** @type {HTMLElement} */ (outcome.cloneNode(true));
      kept.hidden = false;
      for (const dead of kept.querySelectorAll("button, form, .fat-waits")) dead.remove();
      return kept;
    }));
}

/**
 * @param {ShadowRoot} root
 * @param {{ mountPoint: HTMLElement }} frame gets a new mount point, since the wasm may still draw into the old one
 * @param {Record<string, string> | null} words for the message that a booking's outcome is unknown; `null` if no outcome is unknown
 * @param {number} level of the heading
 * @returns {boolean} whether an outcome in full, or the message of an unknown one, is on screen
 */
export function showStopped(root, frame, words, level) {
  const drawn = frame.mountPoint;
  const kept = outcomes(drawn);
  const isFull = kept[0]?.matches(".fat-outcome");
  if (words && !isFull) {
    kept.unshift(element("section", { class: "fat-step fat-outcome" },
      element(`h${level}`, { class: "fat-heading", part: "heading", tabindex: "-1" }, words["unconfirmed.heading"]),
      element("div", { class: "fat-alert fat-danger", part: "alert", role: "alert" },
        element("p", {}, words["unconfirmed.what"]), element("p", { class: "fat-strong" }, words["unconfirmed.do"]))));
  }
  const help = element("div", { class: "fat-help", part: "help" }, element("slot", { name: "help" }));
  const hadFocus = drawn.contains(root.activeElement);
  frame.mountPoint = element("div", { class: "fat-root" }, element("div", { class: "fat-screen" }, ...kept, help));
  drawn.replaceWith(frame.mountPoint);
  if (hadFocus) /** @type {HTMLElement | null} */ (frame.mountPoint.querySelector("[tabindex]"))?.focus();
  return !!(isFull || words);
}
