/**
 * Types of `<find-a-time>` in React's JSX. `import "find-a-time/react"` loads the script like `import "find-a-time"`, and adds
 * these types. If the page loads the script in another way, `import type {} from "find-a-time/react"` adds the types alone.
 *
 * Write attributes as in HTML (`visit-type`), which works before and after the element is defined. Set `getToken`, `strings`,
 * `questions` and `cardToken` in a ref. They are not props, since React ignores a function or an object until the element is
 * defined, and always in server-rendered pages.
 */
import type { ClassAttributes, HTMLAttributes } from "react";
import type { FindATimeAttributes, FindATimeElement, FindATimeEventMap } from "./find-a-time.js";

export * from "./find-a-time.js";

/** Listeners, such as `onfindatime-booked`: React takes the event's name from what follows `on`. */
export type FindATimeListeners = {
  [Name in keyof FindATimeEventMap as `on${Name}` | `on${Name}Capture`]?: ((event: FindATimeEventMap[Name]) => void) | undefined;
};

/** What the tag accepts: its attributes, listeners, and what every HTML element has. */
export interface FindATimeJSX
  extends FindATimeAttributes, FindATimeListeners, Omit<HTMLAttributes<FindATimeElement>, keyof FindATimeAttributes>, ClassAttributes<FindATimeElement> {}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "find-a-time": FindATimeJSX;
    }
  }
}
