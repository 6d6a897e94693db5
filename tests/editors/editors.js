// Runs editors and sanitizers: for each there is a function that takes the author's HTML and returns the HTML that would be saved.
// Each editor has its default settings, unless its name says otherwise.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import sanitizeHtml from "sanitize-html";
import { unpacked } from "../recipes/wordpress.js";

const HERE = dirname(fileURLToPath(import.meta.url));

/** @typedef {{ page: import("@playwright/test").Page, site: import("../support/site.js").Site }} On */

/**
 * Opens a page with a library.
 * @param {On} on @param {string} name of the npm package @param {string} head the tags that load it @param {string} body
 */
async function open({ page, site }, name, head, body = "") {
  site.mount(`/${name}/`, join(HERE, "node_modules", name));
  await page.goto(site.page({ path: `/${name}.html`, head, body }));
}

/** @param {On} on @param {string} html @param {boolean} isPasted pasted into the text, otherwise typed into the source */
async function tinymce({ page, site }, html, isPasted) {
  await open({ page, site }, "tinymce", '<script src="/tinymce/tinymce.min.js"></script>', "<textarea></textarea>");
  return page.evaluate(async ([html, isPasted]) => {
    const { tinymce } = /** @type {any} */ (globalThis);
    const [editor] = await tinymce.init({ selector: "textarea", license_key: "gpl", promotion: false });
    if (isPasted) editor.execCommand("mceInsertClipboardContent", false, { html });
    else editor.setContent(html);
    return editor.getContent();
  }, /** @type {const} */ ([html, isPasted]));
}

/** @param {On} on @param {string} html @param {boolean} [allow] whether the site allows data- attributes */
async function ckeditor({ page, site }, html, allow = false) {
  await open({ page, site }, "ckeditor5", '<script src="/ckeditor5/dist/browser/ckeditor5.umd.js"></script>', '<div id="editor"></div>');
  return page.evaluate(async ([html, allow]) => {
    const { ClassicEditor, Essentials, Paragraph, Link, GeneralHtmlSupport } = /** @type {any} */ (globalThis).CKEDITOR;
    const htmlSupport = { allow: allow ? [{ name: "div", attributes: /^data-.+$/ }] : [] };
    const editor = await ClassicEditor.create(document.querySelector("#editor"), {
      licenseKey: "GPL", plugins: [Essentials, Paragraph, Link, ...(allow ? [GeneralHtmlSupport] : [])], htmlSupport,
    });
    // Insert the text through the editor's own model, as the editor does with pasted text.
    const view = editor.data.processor.toView(html);
    editor.model.insertContent(editor.data.toModel(view));
    const saved = editor.getData();
    await editor.destroy();
    return saved;
  }, /** @type {const} */ ([html, allow]));
}

/** @param {On} on @param {string} html */
async function purify({ page, site }, html) {
  await open({ page, site }, "dompurify", '<script src="/dompurify/dist/purify.min.js"></script>');
  return page.evaluate((html) => /** @type {any} */ (globalThis).DOMPurify.sanitize(html), html);
}

/** @param {string} html @returns {Promise<string>} */
async function kses(html) {
  const php = spawn("php", [join(HERE, "kses.php"), join(await unpacked(), "usr/share/wordpress")], { stdio: ["pipe", "pipe", "inherit"] });
  php.stdin.end(html);
  let kept = "";
  for await (const piece of php.stdout) kept += piece;
  return kept;
}

/** By name: the function that saves a text, and whether the saved text keeps the div. @type {Record<string, { save: (on: On, html: string) => Promise<string>, keepsDiv: boolean, needsPhp?: boolean }>} */
export const EDITORS = {
  "TinyMCE 8, typed into its source": { save: (on, html) => tinymce(on, html, false), keepsDiv: true },
  "TinyMCE 8, pasted": { save: (on, html) => tinymce(on, html, true), keepsDiv: true },
  "DOMPurify": { save: purify, keepsDiv: true },
  "WordPress, by an author without unfiltered HTML (wp_kses_post)": { save: (_, html) => kses(html), keepsDiv: true, needsPhp: true },
  "CKEditor 5 that allows data- attributes of a div": { save: (on, html) => ckeditor(on, html, true), keepsDiv: true },
  "CKEditor 5": { save: (on, html) => ckeditor(on, html), keepsDiv: false },
  "sanitize-html": { save: async (_, html) => sanitizeHtml(html), keepsDiv: false },
  "sanitize-html that allows data- attributes": {
    save: async (_, html) => sanitizeHtml(html, { allowedAttributes: { ...sanitizeHtml.defaults.allowedAttributes, div: ["data-*"] } }),
    keepsDiv: true,
  },
};
