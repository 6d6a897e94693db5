// Inherited styles that make no sense, set by a page's stylesheet on the element and on everything around it. What is inside the
// element inherits only the font family, the text size (at least 16 px), the colour scheme, `visibility` and `pointer-events`. So a
// page can hide the element.
import { expect, test, widget } from "../../support/fixtures.js";
import { booked, confirm, giving, review, TUESDAY } from "../../support/host-page.js";
import { differences, eachStep, openStyled, PLAIN, SAME } from "../../support/looks.js";

const AROUND = "html, body, main, find-a-time";

/** Each would spoil what is inside the element, if the element let the style in. */
const NONSENSE = {
  "text of no size": `${AROUND} { font-size: 0 !important }`,
  "text that nobody can see": `${AROUND} { color: transparent; -webkit-text-fill-color: transparent; -webkit-text-stroke: 9px red; text-shadow: 0 0 9px red; -webkit-text-security: disc; caret-color: transparent; text-emphasis: filled red }`,
  "lines and letters on top of each other": `${AROUND} { line-height: 0; letter-spacing: -40px; word-spacing: -90px; text-indent: -9999px; white-space: pre; tab-size: 99; text-align: right; hanging-punctuation: first }`,
  "letters of another kind": `${AROUND} { text-transform: full-width; font-variant: all-petite-caps; font-style: oblique 40deg; font-weight: 1; font-stretch: ultra-condensed; font-size-adjust: 3; font-feature-settings: "zero"; quotes: "x" "y"; list-style: georgian inside }`,
  "from right to left by the stylesheet": `${AROUND} { direction: rtl; unicode-bidi: bidi-override }`,
  "a language that is hyphenated anywhere": `${AROUND} { hyphens: auto; word-break: break-all; line-break: anywhere; overflow-wrap: anywhere; text-wrap: nowrap; widows: 9; orphans: 9; cursor: none; user-select: none; empty-cells: hide; border-collapse: collapse }`,
  "everything in motion": `@keyframes spin { to { color: transparent; letter-spacing: 1em; line-height: 0 } } ${AROUND} { animation: spin 1ms infinite alternate; transition: all 60s }`,
  "names of the element's own": `:root { --fat-text: transparent; --fat-surface: red; --fat-accent: transparent; --fat-space: 0px } .fat, .fat-root, .fat-time, .fat-step { display: none !important }`,
  "a cover over everything but the element's own ground": `body::after { content: ""; position: fixed; inset: 0; z-index: -1; background: red } * { z-index: 0 }`,
};

test("with inherited nonsense all around it, every step looks as on a bare page", async ({ page, site, acme }) => {
  test.slow();
  const script = giving(await acme.token("marta"));
  await openStyled({ page, site, acme }, PLAIN, script);
  const plain = await eachStep(page);
  expect(plain.times.length).toBeGreaterThan(50);
  for (const [what, css] of Object.entries(NONSENSE)) {
    await openStyled({ page, site, acme }, `<style>${SAME} ${css}</style>`, script);
    const here = await eachStep(page);
    for (const step of Object.keys(plain)) expect.soft(differences(plain[step], here[step]), `${what}: ${step}`).toEqual([]);
  }
});

test("a page that hides all that it wrote inside the tag hides its own fallback, and a visit is booked", async ({ page, site, acme }) => {
  await openStyled({ page, site, acme }, `<style>${SAME} find-a-time { all: unset } find-a-time * { all: unset; display: none !important }</style>`, giving(await acme.token("marta")));
  await review(page, TUESDAY);
  await confirm(page);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
});

for (const [what, css] of [["visibility: hidden", "visibility: hidden"], ["display: none", "display: none"]]) {
  test(`a page that sets ${what} on the element hides all of it, and shows all of it again`, async ({ page, site, acme }) => {
    await openStyled({ page, site, acme }, PLAIN, giving(await acme.token("marta")));
    await page.addStyleTag({ content: `.hides find-a-time { ${css} }` });
    const shown = () => widget(page).host.evaluate((element) => [...element.shadowRoot.querySelectorAll("*")].filter((inner) => inner.checkVisibility({ visibilityProperty: true })).length);
    const before = await shown();
    expect(before).toBeGreaterThan(50);
    await page.evaluate(() => void (document.documentElement.className = "hides"));
    expect(await shown(), "what is still seen").toBe(0);
    await page.evaluate(() => void (document.documentElement.className = ""));
    expect(await shown()).toBe(before);
    await review(page, TUESDAY);
    await confirm(page);
  });
}
