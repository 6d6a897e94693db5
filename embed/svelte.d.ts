/**
 * `<find-a-time>` in Svelte's templates, checked by svelte-check and the editor. `import "find-a-time/svelte"` is
 * `import "find-a-time"` with these types; where the script comes from elsewhere, `import type {} from "find-a-time/svelte"` gives
 * the types alone.
 *
 * Svelte sets a property where the element has one of that name (`getToken`), and else the attribute (`visit-type`).
 */
import type { HTMLAttributes } from "svelte/elements";
import type { FindATimeAttributes, FindATimeElement, FindATimeEventMap, FindATimeProperties } from "./find-a-time.js";

export * from "./find-a-time.js";

/** `onfindatime-booked` and so on; `on:findatime-booked` where Svelte is older. */
export type FindATimeListeners = {
  [Name in keyof FindATimeEventMap as `on${Name}` | `on:${Name}`]?: ((event: FindATimeEventMap[Name]) => void) | undefined;
};

type Settable = FindATimeProperties & Pick<FindATimeElement, "getToken" | "strings" | "questions" | "cardToken">;

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "find-a-time": FindATimeAttributes & FindATimeListeners & Partial<Omit<Settable, keyof FindATimeAttributes>> & Omit<HTMLAttributes<FindATimeElement>, keyof FindATimeAttributes>;
  }
}
