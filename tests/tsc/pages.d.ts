/**
 * What the scripts of pages know better than tsc: which element a selector finds. A wrong selector fails at once, in the browser
 * tests.
 */

import type { FindATimeElement } from "../../embed/find-a-time.js";

declare global {
  interface ParentNode {
    querySelector(selectors: "find-a-time"): FindATimeElement;
    querySelector(selectors: string): any;
    querySelectorAll(selectors: "find-a-time"): NodeListOf<FindATimeElement>;
    querySelectorAll(selectors: string): NodeListOf<any>;
  }
  interface Document {
    getElementById(id: string): any;
  }
  interface Element {
    closest(selectors: string): any;
  }
  interface Event {
    /** Of a `CustomEvent`. */
    readonly detail: any;
  }
}
