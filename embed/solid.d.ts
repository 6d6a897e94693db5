/**
 * `<find-a-time>` in Solid's JSX. `import "find-a-time/solid"` is `import "find-a-time"` with these types; where the script comes
 * from elsewhere, `import type {} from "find-a-time/solid"` gives the types alone.
 *
 * Attributes are written as in HTML (`visit-type`), `getToken` and its like as `prop:getToken`, and `on:findatime-booked` listens.
 */
import type { JSX } from "solid-js";
import type { FindATimeAttributes, FindATimeElement, FindATimeEventMap, FindATimeProperties } from "./find-a-time.js";

export * from "./find-a-time.js";

/** `on:findatime-booked` and so on. */
export type FindATimeListeners = {
  [Name in keyof FindATimeEventMap as `on:${Name}`]?: ((event: FindATimeEventMap[Name]) => void) | undefined;
};

type Settable = FindATimeProperties & Pick<FindATimeElement, "getToken" | "strings" | "questions" | "cardToken">;

/** `prop:getToken` and so on. */
export type FindATimeProps = { [Name in keyof Settable & string as `prop:${Name}`]?: Settable[Name] };

export interface FindATimeJSX
  extends FindATimeAttributes, FindATimeListeners, FindATimeProps, Omit<JSX.HTMLAttributes<FindATimeElement>, keyof FindATimeAttributes | keyof FindATimeListeners> {}

declare module "solid-js" {
  namespace JSX {
    interface IntrinsicElements {
      "find-a-time": FindATimeJSX;
    }
  }
}
