/** Modules without types here: packages of other folders, which the tests of those folders install, and what a bundler or a page provides. */

declare module "@amplitude/*";
declare module "@datadog/browser-rum";
declare module "@newrelic/browser-agent/*";
declare module "@openreplay/tracker";
declare module "@sentry/browser";
declare module "clarity-js";
declare module "custom-element-jet-brains-integration";
declare module "custom-element-vs-code-integration";
declare module "lighthouse" {
  const lighthouse: any;
  export default lighthouse;
  export const startFlow: any;
  export type Result = any;
}
declare module "mixpanel-browser";
declare module "posthog-js";
declare module "posthog-js/*";
declare module "puppeteer-core" {
  const puppeteer: any;
  export default puppeteer;
  export type Browser = any;
  export type Page = any;
  export type ElementHandle<T> = any;
}
declare module "rrweb";
declare module "sanitize-html";
declare module "vscode-html-languageservice";
/** The script, at the address that a test's site gives it. */
declare module "/*";
declare module "find-a-time-parts";

/** The data layer of Google Tag Manager. */
declare const dataLayer: any[];

/** Constants of the fake glue (`support/fake-glue.js`). */
declare const __FAKE_HAS_PART__: boolean;
declare const __FAKE_WASM_VERSION__: string;
