// A page whose stylesheet resets and forbids everything: the widget looks and works there as on a page without styles.
import { expect, test, widget } from "../../support/fixtures.js";
import { booked, confirm, giving, review, SCRIPT, tag, TUESDAY } from "../../support/host-page.js";
import { differences, eachStep, openStyled, PLAIN, SAME } from "../../support/looks.js";

/** Styles as they occur on real pages: resets, old frameworks, overrides with `!important`. */
const HOSTILE = {
  "*{all:unset}": `* { all: unset } style, script, head, title, meta { display: none } ${SAME}`,
  "everything forbidden with !important": `button, input, select, textarea, section, header, fieldset, h2, h3, p, ul { display: none !important }
    .fat, .fat-root, .fat-step, .fat-time { display: none !important; font-size: 4px !important }
    main { display: block !important } ${SAME}`,
  "html{font-size:62.5%}": `html { font-size: 62.5% } body { font-size: 1.6rem } ${SAME}`,
  "letters, lines and boxes of one's own": `* { box-sizing: content-box; letter-spacing: 2px; word-spacing: 4px; line-height: 1; text-transform: uppercase; text-indent: 8px;
    text-align: center; font-style: italic; font-weight: 700; font-variant: small-caps; text-shadow: 1px 1px 2px red; white-space: nowrap; list-style: square;
    word-break: break-all; hyphens: auto; border-collapse: collapse; caption-side: bottom; text-decoration: none; cursor: wait; font-stretch: condensed; tab-size: 1;
    text-align-last: right; line-break: anywhere; text-wrap: nowrap; font-kerning: none; quotes: none; color: red; accent-color: red; caret-color: red } ${SAME.replaceAll("16px/1.5 sans-serif", "italic small-caps 700 16px/1 sans-serif")}`,
  "a dark page that says nothing of its scheme": `html, body { background: #101216; color: #e8e8e8 } a { color: #fc0 } button, input { background: #333; color: #fff; border: 0 } ${SAME}`,
};

test("on each hostile page every step looks as on a bare one", async ({ page, site, acme }) => {
  test.slow();
  const script = giving(await acme.token("marta"));
  await openStyled({ page, site, acme }, PLAIN, script);
  const plain = await eachStep(page);
  expect(plain.times.length).toBeGreaterThan(50);
  for (const [what, css] of Object.entries(HOSTILE)) {
    await openStyled({ page, site, acme }, `<style>${css}</style>`, script);
    const here = await eachStep(page);
    for (const step of Object.keys(plain)) expect(differences(plain[step], here[step]), `${what}: ${step}`).toEqual([]);
  }
});

test("on a dark page with all hostile styles at once, a visit is booked", async ({ page, site, acme }) => {
  const all = Object.values(HOSTILE).join("\n");
  await openStyled({ page, site, acme }, `<style>${all} :root { color-scheme: dark }</style>`, giving(await acme.token("marta")));
  // Light text on the widget's own dark background.
  const { ground, text } = await widget(page).host.evaluate((element) => {
    const { backgroundColor, color } = getComputedStyle(element.shadowRoot.querySelector(".fat"));
    return { ground: backgroundColor, text: color };
  });
  expect([ground, text]).toEqual(["rgb(22, 25, 29)", "rgb(240, 242, 244)"]);
  const heights = await widget(page).times.evaluateAll((times) => times.map((time) => time.getBoundingClientRect().height));
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
  await review(page, TUESDAY);
  await confirm(page);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
});

test("in a row of flex items, on a page that sets their minimum width to 0, the element still has its width", async ({ page, site, acme }) => {
  const css = "* { min-width: 0; min-inline-size: 0 } .row { display: flex; gap: 24px } .row p { inline-size: 200px; flex: none }";
  await page.goto(site.page({ head: `${SCRIPT}<style>${css}</style>`, body: `<div class="row"><p>Family medicine in Ballard.</p>${tag(acme)}</div>` }));
  await widget(page).reaches("times");
  await expect(widget(page).times.first()).toBeVisible();
  expect(await widget(page).host.evaluate((element) => element.getBoundingClientRect().width)).toBeGreaterThanOrEqual(272);
});
