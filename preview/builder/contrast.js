/**
 * Computes the contrast of colours (WCAG 2.2, 1.4.3 and 1.4.11).
 *
 * @typedef {{ accent: string, "on-accent": string, surface: string, text: string }} Colours as `#rrggbb`
 * @typedef {{ front: string, back: string, ratio: number, need: number, passes: boolean }} Pair
 */

/** The element's default colors for what it shows on a page's surface, in light and dark schemes (docs/theming.md). */
const DEFAULTS = {
  light: { muted: "#55606a", danger: "#a4231c", success: "#17693b", border: "#8a949d" },
  dark: { muted: "#b2bcc5", danger: "#ffb4ab", success: "#86d9a4", border: "#78838d" },
};

/** @param {string} text @returns {string | undefined} `#rrggbb`, from `#rrggbb` or `#rgb` with or without `#`; undefined if it is neither */
export function colour(text) {
  const hex = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1].toLowerCase();
  if (!hex) return undefined;
  return `#${hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex}`;
}

/** Relative luminance. @param {string} hex `#rrggbb` */
function luminance(hex) {
  const [red, green, blue] = [1, 3, 5].map((from) => {
    const part = parseInt(hex.slice(from, from + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {string} one @param {string} other @returns {number} from 1 to 21 */
export function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** The scheme whose default colours suit a surface. @param {string} surface */
export const schemeOf = (surface) => (contrast(surface, "#000000") < contrast(surface, "#ffffff") ? "dark" : "light");

/**
 * The pairs of colours to show: always the chosen ones; the element's defaults only if their contrast is too low.
 * @param {Colours} colours
 * @returns {Pair[]}
 */
export function pairs(colours) {
  const own = DEFAULTS[schemeOf(colours.surface)];
  /** @type {[front: string, back: string, one: string, other: string, need: number][]} */
  const wanted = [
    ["text", "surface", colours.text, colours.surface, 4.5],
    ["accent", "surface", colours.accent, colours.surface, 4.5],
    ["on-accent", "accent", colours["on-accent"], colours.accent, 4.5],
    ...Object.entries(own).map(([name, hex]) => /** @type {typeof wanted[0]} */ ([name, "surface", hex, colours.surface, name === "border" ? 3 : 4.5])),
  ];
  const measured = wanted.map(([front, back, one, other, need]) => {
    const ratio = contrast(one, other);
    return { front, back, ratio, need, passes: ratio >= need };
  });
  return measured.filter(({ front, passes }) => !Object.hasOwn(own, front) || !passes);
}

/** Two decimals, rounded down, so that a ratio that fails is never shown as one that passes. @param {number} ratio */
export const shown = (ratio) => (Math.floor(ratio * 100) / 100).toFixed(2);

/** The colours as CSS rules. @param {Colours} colours */
export const rules = (colours) =>
  [
    "find-a-time {",
    `  color-scheme: ${schemeOf(colours.surface)};`,
    ...Object.entries(colours).map(([name, hex]) => `  --findatime-${name}: ${hex};`),
    "}",
    "find-a-time [slot] a { color: var(--findatime-accent) }",
  ].join("\n");
