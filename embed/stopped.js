/** What an element shows instead of its widget after a panic, without the wasm: words if a booking's outcome is unknown, and the page's help. */

/** @param {string} name @param {Record<string, string>} attributes @param {...(string | Node)} inside */
function element(name, attributes, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

/**
 * @param {ShadowRoot} root
 * @param {{ mountPoint: HTMLElement }} frame gets a new mount point: the wasm may still draw into the old one
 * @param {Record<string, string> | null} words if a booking's outcome is unknown, else `null`
 * @param {number} level of the heading
 */
export function showStopped(root, frame, words, level) {
  const heading = words && element(`h${level}`, { class: "fat-heading", part: "heading", tabindex: "-1" }, words["unconfirmed.heading"]);
  const unknown = heading && [
    heading,
    element("div", { class: "fat-alert fat-danger", part: "alert", role: "alert" },
      element("p", {}, words["unconfirmed.what"]), element("p", { class: "fat-strong" }, words["unconfirmed.do"])),
  ];
  const help = element("div", { class: "fat-help", part: "help" }, element("slot", { name: "help" }));
  const hadFocus = frame.mountPoint.contains(root.activeElement);
  const mountPoint = element("div", { class: "fat-root" }, element("div", { class: "fat-step" }, ...(unknown ?? []), help));
  frame.mountPoint.replaceWith(mountPoint);
  frame.mountPoint = mountPoint;
  if (hadFocus) heading?.focus();
}
