/** The page's first `Intl` objects take long to make: they are made while the wasm downloads, in the language of the widget. */
import { after } from "./net.js";

let isBegun = false;

/** Once a page. @param {() => string} locale */
export function warmIntl(locale) {
  if (isBegun) return;
  isBegun = true;
  // In tasks of their own: the element's first paint and its requests come first.
  const warm = (/** @type {() => object} */ make) =>
    after(0, () => {
      try {
        make();
      } catch {
        // An old browser. The widget shows the zone's own name there.
      }
    });
  warm(() => new Intl.DateTimeFormat(locale(), { timeZone: "America/New_York", timeZoneName: "longGeneric" }));
  warm(() => new Intl.NumberFormat(locale()));
}
