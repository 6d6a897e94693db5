/**
 * The widget's colours in browsers without `light-dark()`: Chrome before 123, Firefox before 120, Safari before 17.5, so also every
 * iPhone that stays on iOS 16. There the script rewrites the stylesheet's text and follows the page's `color-scheme` itself.
 * See docs/decisions/0035.
 */

/** Matches `light-dark()` of two colours like `#fff`, `red` or `rgb(1, 2, 3)`. */
const PAIR = /light-dark\(([^(),]+(?:\([^()]*\))?),([^(),]+(?:\([^()]*\))?)\)/g;
/** Matches a default colour: `--fat-text: var(--findatime-text, light-dark(#1b2126, #f0f2f4))` */
const DEFAULT = /(--findatime-[\w-]+), ?light-dark\((#\w+), ?(#\w+)/g;
/** Matches a mix: its first colour, and that colour's share. */
const MIX = /color-mix\(in srgb, ?var\(--fat-(\w+)\) (\d+)%[^)]+\)\)/g;

/**
 * One of `--fat-light` and `--fat-dark` is always empty and the other invalid, so that the invalid one's fallback is used. The computed
 * outline colour shows the scheme: the transition fires an event when it changes, for whatever reason, and the animation when the widget is
 * first rendered.
 */
const SWITCH = `.fat,.fat-fallback{--fat-light:initial;--fat-dark: }.fat-in-dark{--fat-light: ;--fat-dark:initial}
.fat{outline-color:Canvas;transition:outline-color 1ms;animation:fat-shown 1ms}@keyframes fat-shown{to{order:0}}`;

/** The default colours, light and dark, by the names of their custom properties. @type {Map<string, string[]>} */
let defaults = new Map();

const has = (/** @type {string} */ color) => CSS.supports("color", color);
const isNew = () => has("light-dark(red,red)");
const withoutPairs = (/** @type {string} */ text) => text.replace(PAIR, "var(--fat-light,$1) var(--fat-dark,$2)");

/** Rewrites the stylesheet's text for this browser. @param {string} text @returns {string} */
export function adapt(text) {
  if (isNew()) return text;
  defaults = new Map(Array.from(text.matchAll(DEFAULT), ([, name, ...pair]) => [name, pair]));
  if (!has("color-mix(in srgb,red,red)")) {
    // Replace each mix with its first colour's default, with the colour's share as its opacity: on the surface that looks like the mix.
    text = text.replace(MIX, (_, name, share) => `light-dark(${defaults.get(`--findatime-${name}`)?.map((color) => color + Math.round(share * 2.55 + 256).toString(16).slice(1))})`);
  }
  return withoutPairs(text) + SWITCH;
}

/** @param {{ currentTarget: any }} event */
function look({ currentTarget: { children, host } }) {
  for (const box of children) {
    // `<` converts the text to a number. If nothing matched, the comparison is false, which means light.
    const [red] = /** @type {any[]} */ (getComputedStyle(children[0]).outlineColor.match(/\d+/) ?? []);
    box.classList.toggle("fat-in-dark", red < 128);
    for (const name of defaults.keys()) {
      // A page may use `light-dark()` in a colour that it sets.
      const own = getComputedStyle(host).getPropertyValue(name);
      box.style.setProperty(name, own.match(PAIR) && withoutPairs(own));
    }
  }
}

/** Updates the colours of a shadow root when its `color-scheme` changes. @param {ShadowRoot} root */
export function followScheme(root) {
  if (isNew()) return;
  for (const name of ["transitionrun", "animationstart"]) root.addEventListener(name, look);
  look({ currentTarget: root });
}
