/** Makes the page's first `Intl` objects, which takes long, while the wasm downloads, in the widget's language. */
import { after } from "./net.js";

let isBegun = false;

/** Makes the objects, once for each page. @param {() => string} locale */
export function warmIntl(locale) {
  if (isBegun) return;
  isBegun = true;
  // Each in its own task, so that the element's first paint and requests come first.
  const warm = (/** @type {() => object} */ make) =>
    after(0, () => {
      try {
        make();
      } catch {
        // An old browser, in which the widget shows the zone's id.
      }
    });
  warm(() => new Intl.DateTimeFormat(locale(), { timeZone: "America/New_York", timeZoneName: "longGeneric" }));
  warm(() => new Intl.NumberFormat(locale()));
}
