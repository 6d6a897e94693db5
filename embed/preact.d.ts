/**
 * Types of `<find-a-time>` in Preact's JSX. `import "find-a-time/preact"` loads the script like `import "find-a-time"`, and adds
 * these types. If the page loads the script in another way, `import type {} from "find-a-time/preact"` adds the types alone.
 *
 * Write attributes as in HTML (`visit-type`). Set `getToken`, `strings`, `questions` and `cardToken` in a ref.
 */
import type { ClassAttributes, HTMLAttributes } from "preact";
import type { FindATimeAttributes, FindATimeElement, FindATimeEventMap } from "./find-a-time.js";

export * from "./find-a-time.js";

/** Listeners, such as `onfindatime-booked`: Preact takes the event's name from what follows `on`. */
export type FindATimeListeners = {
  [Name in keyof FindATimeEventMap as `on${Name}` | `on${Name}Capture`]?: ((event: FindATimeEventMap[Name]) => void) | undefined;
};

/** What the tag accepts: its attributes, listeners, and what every HTML element has. */
export interface FindATimeJSX
  extends Omit<FindATimeAttributes, "near">, FindATimeListeners, Omit<HTMLAttributes<FindATimeElement>, keyof FindATimeAttributes | keyof FindATimeListeners | "ref">, ClassAttributes<FindATimeElement> {
  /**
   * Empty: asks the patient for a place. Preact sets an empty text for `null`, and when a later render leaves `near` out, so the element
   * asks then too. To stop looking around a place, give the element another `key`, so that Preact makes a new one, or call
   * `removeAttribute("near")` through a ref.
   */
  near?: string;
}

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements {
      "find-a-time": FindATimeJSX;
    }
  }
}
