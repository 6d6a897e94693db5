/**
 * `<find-a-time>` in Preact's JSX. `import "find-a-time/preact"` is `import "find-a-time"` with these types; where the script comes
 * from elsewhere, `import type {} from "find-a-time/preact"` gives the types alone.
 *
 * Attributes are written as in HTML (`visit-type`). A ref sets `getToken`, `strings`, `questions` and `cardToken`.
 */
import type { ClassAttributes, HTMLAttributes } from "preact";
import type { FindATimeAttributes, FindATimeElement, FindATimeEventMap } from "./find-a-time.js";

export * from "./find-a-time.js";

/** `onfindatime-booked` and so on: Preact listens for what follows `on`. */
export type FindATimeListeners = {
  [Name in keyof FindATimeEventMap as `on${Name}` | `on${Name}Capture`]?: ((event: FindATimeEventMap[Name]) => void) | undefined;
};

export interface FindATimeJSX
  extends FindATimeAttributes, FindATimeListeners, Omit<HTMLAttributes<FindATimeElement>, keyof FindATimeAttributes | keyof FindATimeListeners | "ref">, ClassAttributes<FindATimeElement> {}

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements {
      "find-a-time": FindATimeJSX;
    }
  }
}
