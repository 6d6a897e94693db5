/**
 * Sets the look of the element on this page: the default, one of the two themes, or the visitor's own colours. It uses a
 * stylesheet made by script, which a strict `style-src` allows. The same rules go into the snippet.
 */
import { colour, pairs, rules, shown } from "./contrast.js";
import { word } from "./words.js";

const NAMES = ["accent", "on-accent", "surface", "text"];
/** Removes the site's colours from the element, since a page with the copied tag does not have them. */
const PLAIN = `find-a-time { ${["accent", "on-accent", "surface", "text", "muted", "border", "danger", "success", "radius"]
  .map((name) => `--findatime-${name}: initial;`).join(" ")} }\n`;

/** @type {Map<string, string>} */
const themes = new Map();

/** @param {string} look @returns {Promise<string>} the theme's rules; empty if they cannot be read */
async function theme(look) {
  if (!themes.has(look)) {
    const response = await fetch(new URL(`../themes/${look}.css`, import.meta.url)).catch(() => undefined);
    if (!response?.ok) return "";
    themes.set(look, (await response.text()).replace(/\/\*[\s\S]*?\*\/\s*/g, "").trim());
  }
  return themes.get(look) ?? "";
}

/**
 * @param {HTMLElement} root
 * @param {() => void} changed called when the rules have changed
 * @returns {{ rules: () => string, translate: () => void }}
 */
export function startLooks(root, changed) {
  const select = root.querySelector("[data-look]");
  const own = root.querySelector("[data-own]");
  const list = root.querySelector("[data-contrast]");
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  let text = "";
  const typed = (/** @type {string} */ name) => own.querySelector(`[data-colour="${name}"]`);
  const picker = (/** @type {string} */ name) => own.querySelector(`[data-picker="${name}"]`);

  /** @returns {import("./contrast.js").Colours | undefined} */
  function colours() {
    /** @type {[string, string | undefined][]} */
    const read = NAMES.map((name) => [name, colour(typed(name).value)]);
    for (const [name, hex] of read) {
      typed(name).setAttribute("aria-invalid", String(!hex));
      if (hex) picker(name).value = hex;
    }
    return read.every(([, hex]) => hex) ? /** @type {import("./contrast.js").Colours} */ (/** @type {unknown} */ (Object.fromEntries(read))) : undefined;
  }

  /** @param {ReturnType<typeof colours>} chosen */
  function judge(chosen) {
    const rows = chosen
      ? pairs(chosen).map(({ front, back, ratio, need, passes }) => {
          const row = document.createElement("li");
          row.dataset.passes = String(passes);
          const said = word(passes ? "passes" : "fails", { ratio: shown(ratio), need });
          row.textContent = `${word("pair", { front: word(`colour-${front}`), back: word(`colour-${back}`) })}: ${said}`;
          return row;
        })
      : [Object.assign(document.createElement("li"), { textContent: word("no-colour") })];
    list.replaceChildren(...rows);
  }

  async function wear() {
    const look = select.value;
    own.hidden = look !== "own";
    if (look === "own") {
      const chosen = colours();
      judge(chosen);
      if (chosen) text = rules(chosen);
    } else {
      const read = look ? await theme(look) : "";
      // The visitor has chosen another look meanwhile.
      if (select.value !== look) return;
      text = read;
    }
    sheet.replaceSync(PLAIN + text);
    changed();
  }

  select.addEventListener("change", wear);
  for (const name of NAMES) {
    typed(name).addEventListener("input", wear);
    picker(name).addEventListener("input", () => {
      typed(name).value = picker(name).value;
      void wear();
    });
  }
  void wear();
  return { rules: () => text, translate: () => !own.hidden && judge(colours()) };
}
