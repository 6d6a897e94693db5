/**
 * Types of `<find-a-time>` in Svelte's templates, for svelte-check and editors. `import "find-a-time/svelte"` loads the script
 * like `import "find-a-time"`, and adds these types. If the page loads the script in another way,
 * `import type {} from "find-a-time/svelte"` adds the types alone.
 *
 * For each name that a template sets, Svelte sets the element's property if there is one (`getToken`), or else the attribute (`visit-type`).
 */
import type { HTMLAttributes } from "svelte/elements";
import type { FindATimeAttributes, FindATimeElement, FindATimeEventMap, FindATimeProperties } from "./find-a-time.js";

export * from "./find-a-time.js";

/** Listeners, such as `onfindatime-booked`; before Svelte 5, `on:findatime-booked`. */
export type FindATimeListeners = {
  [Name in keyof FindATimeEventMap as `on${Name}` | `on:${Name}`]?: ((event: FindATimeEventMap[Name]) => void) | undefined;
};

type Settable = FindATimeProperties & Pick<FindATimeElement, "getToken" | "strings" | "questions" | "cardToken">;

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "find-a-time": FindATimeAttributes & FindATimeListeners & Partial<Omit<Settable, keyof FindATimeAttributes>> & Omit<HTMLAttributes<FindATimeElement>, keyof FindATimeAttributes>;
  }
}
