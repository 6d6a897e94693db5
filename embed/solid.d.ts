/**
 * Types of `<find-a-time>` in Solid's JSX. `import "find-a-time/solid"` loads the script like `import "find-a-time"`, and adds
 * these types. If the page loads the script in another way, `import type {} from "find-a-time/solid"` adds the types alone.
 *
 * Write attributes as in HTML (`visit-type`), properties such as `getToken` as `prop:getToken`, and listeners as
 * `on:findatime-booked`.
 */
import type { JSX } from "solid-js";
import type { FindATimeAttributes, FindATimeElement, FindATimeEventMap, FindATimeProperties } from "./find-a-time.js";

export * from "./find-a-time.js";

/** Listeners, such as `on:findatime-booked`. */
export type FindATimeListeners = {
  [Name in keyof FindATimeEventMap as `on:${Name}`]?: ((event: FindATimeEventMap[Name]) => void) | undefined;
};

type Settable = FindATimeProperties & Pick<FindATimeElement, "getToken" | "strings" | "questions" | "cardToken">;

/** Properties, such as `prop:getToken`. */
export type FindATimeProps = { [Name in keyof Settable & string as `prop:${Name}`]?: Settable[Name] };

/** What the tag accepts: its attributes, properties, listeners, and what every HTML element has. */
export interface FindATimeJSX
  extends FindATimeAttributes, FindATimeListeners, FindATimeProps, Omit<JSX.HTMLAttributes<FindATimeElement>, keyof FindATimeAttributes | keyof FindATimeListeners> {}

declare module "solid-js" {
  namespace JSX {
    interface IntrinsicElements {
      "find-a-time": FindATimeJSX;
    }
  }
}
