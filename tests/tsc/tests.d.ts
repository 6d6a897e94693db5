/** What a test knows better than tsc. Playwright types the element of a locator as any HTML or SVG element. */

import "playwright-core";

declare module "playwright-core" {
  interface Locator {
    evaluate<R, Arg>(run: (element: any, arg: Arg) => R, arg: Arg): Promise<Awaited<R>>;
    evaluate<R>(run: (element: any) => R): Promise<Awaited<R>>;
    evaluateAll<R, Arg>(run: (elements: any[], arg: Arg) => R, arg: Arg): Promise<Awaited<R>>;
    evaluateAll<R>(run: (elements: any[]) => R): Promise<Awaited<R>>;
  }
}

declare module "../../embed/find-a-time.js" {
  interface FindATimeElement {
    /** Open. The script attaches it when it defines the element; a test that reads it earlier fails at once. */
    readonly shadowRoot: ShadowRoot;
  }
}

declare global {
  interface HTMLElement {
    /**
     * What tests keep on a page's `body`: the patient's token, and the function that passes a token to an element that waits for it. A test
     * that calls the function before the page has set it fails at once.
     */
    token?: string | null;
    give(token: string | null): void;
  }
}
