// Serves libraries that remove, copy or morph a page's nodes, from the packages of the tests.
import { readFileSync } from "node:fs";

const FILES = {
  turbo: "@hotwired/turbo/dist/turbo.es2017-umd.js",
  htmx: "htmx.org/dist/htmx.min.js",
  alpine: "alpinejs/dist/cdn.min.js",
  idiomorph: "idiomorph/dist/idiomorph.min.js",
};

/**
 * Serves one of the libraries.
 * @param {import("../../support/site.js").Site} site @param {keyof typeof FILES} name @param {string} [more] attributes of the tag
 * @returns {string} the tag for the page's head
 */
export function library(site, name, more = "") {
  site.put(`/${name}.js`, readFileSync(new URL(`../../node_modules/${FILES[name]}`, import.meta.url), "utf8"));
  return `<script src="/${name}.js" ${more}></script>`;
}

/** A script for the head that gives every element its token, also elements that are added later. @param {string} token */
export const everyToken = (token) =>
  `document.addEventListener("findatime-step", ({ target }) => { target.getToken = () => ${JSON.stringify(token)}; }, true);`;
