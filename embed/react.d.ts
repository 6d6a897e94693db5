/**
 * `<find-a-time>` in JSX. `import "find-a-time/react"` is `import "find-a-time"` with these types; where the script comes
 * from elsewhere, `import type {} from "find-a-time/react"` gives the types alone.
 *
 * Attributes are written as in HTML (`visit-type`): that works before and after the element is defined. `getToken`,
 * `strings`, `questions` and `cardToken` are not props on purpose: React drops a function or an object as long as the element
 * is not defined, and in server-rendered pages always. A ref sets them.
 */
import type { ClassAttributes, HTMLAttributes } from "react";
import type { FindATimeAttributes, FindATimeElement, FindATimeEventMap } from "./find-a-time.js";

export * from "./find-a-time.js";

/** `onfindatime-booked` and so on: React listens for what follows `on`. */
export type FindATimeListeners = {
  [Name in keyof FindATimeEventMap as `on${Name}` | `on${Name}Capture`]?: ((event: FindATimeEventMap[Name]) => void) | undefined;
};

export interface FindATimeJSX
  extends FindATimeAttributes, FindATimeListeners, Omit<HTMLAttributes<FindATimeElement>, keyof FindATimeAttributes>, ClassAttributes<FindATimeElement> {}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "find-a-time": FindATimeJSX;
    }
  }
}
