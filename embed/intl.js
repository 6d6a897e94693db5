/** Makes the page's first `Intl` objects, which takes long, while the wasm downloads, in the widget's language. */
import { after } from "./net.js";

let isBegun = false;

/** Makes the objects, once for each page. @param {() => string} locale */
export function warmIntl(locale) {
  if (isBegun) return;
  isBegun = true;
  // Each in its own task, so that the element's first paint and requests come first. A browser's first `Intl` object reads much of its data
  // about languages, which blocks the page for longer than a frame. Each of these steps reads a part.
  for (const make of [
    () => new Intl.Locale(locale()).maximize(),
    () => new Intl.Locale(locale()).hourCycle,
    () => new Intl.NumberFormat(locale()),
    () => new Intl.DateTimeFormat(locale(), { timeZone: "America/New_York", timeZoneName: "longGeneric" }),
  ])
    after(0, () => {
      try {
        make();
      } catch {
        // An old browser, in which the widget shows the zone's id.
      }
    });
}
