/**
 * Types of `<find-a-time>` in Vue's templates, for vue-tsc and editors. `import "find-a-time/vue"` loads the script like
 * `import "find-a-time"`, and adds these types. If the page loads the script in another way,
 * `import type {} from "find-a-time/vue"` adds the types alone.
 */
import type { HTMLAttributes, ReservedProps } from "vue";
import type { FindATimeAttributes, FindATimeElement, FindATimeEventMap, FindATimeProperties } from "./find-a-time.js";

export * from "./find-a-time.js";

type Pascal<Name extends string> = Name extends `${infer Word}-${infer Rest}` ? `${Capitalize<Word>}${Pascal<Rest>}` : Capitalize<Name>;

/** Listeners, such as `@findatime-booked`. */
export type FindATimeListeners = {
  [Name in keyof FindATimeEventMap as `on${Pascal<Name>}`]?: ((event: FindATimeEventMap[Name]) => void) | undefined;
};

/** Properties, such as `:getToken.prop`. */
export type FindATimeProps = Partial<FindATimeProperties & Pick<FindATimeElement, "getToken" | "strings" | "questions" | "cardToken">>;

declare module "vue" {
  interface GlobalComponents {
    "find-a-time": new () => {
      $props: FindATimeAttributes & FindATimeProps & FindATimeListeners & Omit<HTMLAttributes, keyof FindATimeAttributes> & ReservedProps;
    };
  }
}
