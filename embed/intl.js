/** Creates the page's first `Intl` objects, in the widget's language, while the wasm downloads: the first ones take long. */
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
        // An old browser does not know `longGeneric`; there the widget shows the time zone's id.
      }
    });
}
