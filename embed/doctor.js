/**
 * The `doctor` panel: the diagnostics of this element, for the page's owner. It is in English, set as text and never as HTML (it repeats
 * values of attributes), and short: every visitor downloads this file, and no visitor should see the panel.
 */
import { mark } from "./marks.js";

/** Levels, the worst first, each with the word for its count. */
const LEVELS = [["error", "error"], ["warning", "warning"], ["info", "note"]];

/** System colours have enough contrast on any page, light or dark, and without the stylesheet. */
export const DOCTOR = `.fat-doctor{margin-block-start:16px;padding:16px;border:2px dashed;background:Canvas;color:CanvasText;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
.fat-doctor *{margin:0;padding:0;font-size:1em}
.fat-doctor h2{font-size:1.25em}
.fat-doctor li{list-style:none;margin-block-start:16px;padding-inline-start:12px;border-inline-start:6px solid #767676}
.fat-doctor .fat-error{border-color:#d32f2f}
.fat-doctor .fat-warning{border-color:#b26a00}
`;

/** @param {string} name @param {...(string | Node)} inside */
function element(name, ...inside) {
  const made = document.createElement(name);
  made.append(...inside);
  return made;
}

/**
 * @param {ShadowRoot} root
 * @param {import("./diagnostics.js").Diagnostic[] | null} found `null` removes the panel
 */
export function showDoctor(root, found) {
  root.querySelector(".fat-doctor")?.remove();
  if (!found) return;
  const counts = [];
  const list = element("ul");
  list.setAttribute("role", "list");
  for (const [level, word] of LEVELS) {
    /** Repeated diagnostics are listed once, with their number. @type {Map<string, import("./diagnostics.js").Diagnostic & { times: number }>} */
    const told = new Map();
    for (const one of found) {
      const key = one.code + one.message;
      if (one.level === level) told.set(key, { ...one, times: (told.get(key)?.times ?? 0) + 1 });
    }
    if (told.size) counts.push(`${told.size} ${word}${told.size > 1 ? "s" : ""}`);
    for (const { code, message, mend, times } of told.values()) {
      const name = element("p", element("strong", word, " ", element("code", code)), times > 1 ? `, ${times} times` : "");
      const item = element("li", name, element("p", message), element("p", "To fix: ", mend));
      item.className = `fat-${level}`;
      list.append(item);
    }
  }
  const owner = `find-a-time ${__VERSION__}, for whoever looks after this page. docs/troubleshooting.md explains each code. Take the doctor attribute away before patients see this.`;
  const panel = element("section", element("h2", `Doctor: ${counts.join(", ") || "nothing found"}`), element("p", owner), list);
  panel.className = "fat-doctor";
  panel.lang = "en";
  panel.dir = "ltr";
  panel.setAttribute("aria-label", "Doctor");
  root.append(mark(panel));
}
