/**
 * `<find-a-time>` in Vue's templates, checked by vue-tsc and the editor. `import "find-a-time/vue"` is `import "find-a-time"`
 * with these types; where the script comes from elsewhere, `import type {} from "find-a-time/vue"` gives the types alone.
 */
import type { HTMLAttributes, ReservedProps } from "vue";
import type { FindATimeAttributes, FindATimeElement, FindATimeEventMap, FindATimeProperties } from "./find-a-time.js";

export * from "./find-a-time.js";

type Pascal<Name extends string> = Name extends `${infer Word}-${infer Rest}` ? `${Capitalize<Word>}${Pascal<Rest>}` : Capitalize<Name>;

/** `@findatime-booked` and so on. */
export type FindATimeListeners = {
  [Name in keyof FindATimeEventMap as `on${Pascal<Name>}`]?: ((event: FindATimeEventMap[Name]) => void) | undefined;
};

/** For `:getToken.prop` and so on. */
export type FindATimeProps = Partial<FindATimeProperties & Pick<FindATimeElement, "getToken" | "strings" | "questions" | "cardToken">>;

declare module "vue" {
  interface GlobalComponents {
    "find-a-time": new () => {
      $props: FindATimeAttributes & FindATimeProps & FindATimeListeners & Omit<HTMLAttributes, keyof FindATimeAttributes> & ReservedProps;
    };
  }
}
