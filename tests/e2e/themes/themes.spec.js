// Two looks in the preview, made with the public names only, meet what docs/theming.md requires of colours.
import { readFileSync } from "node:fs";
import { axe, expect, test, widget } from "../../support/fixtures.js";
import { CUSTOM_PROPERTIES, PARTS } from "../../contract/names.js";

const THEMES = ["warm", "night"];
const css = (theme) => readFileSync(new URL(`../../../preview/themes/${theme}.css`, import.meta.url), "utf8");

for (const theme of THEMES) {
  test(`${theme} styles the element by its public names only`, () => {
    const text = css(theme).replace(/\/\*[\s\S]*?\*\//g, "");
    const selectors = [...text.matchAll(/([^{}]+)\{/g)].map(([, selector]) => selector.trim());
    expect(selectors.length).toBeGreaterThan(2);
    for (const selector of selectors) {
      const [, part] = /^find-a-time(?:::part\(([\w-]+)\)| \[slot\] a)?$/.exec(selector) ?? [undefined, "no rule of the element"];
      if (part) expect(PARTS).toContain(part);
    }
    for (const [name] of text.matchAll(/--[\w-]+/g)) expect(CUSTOM_PROPERTIES).toContain(name);
  });

  for (const scheme of /** @type {const} */ (["light", "dark"])) {
    test(`${theme}, ${scheme}: every step has enough contrast`, async ({ page, site, acme }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.goto(`${site.origin}/preview/themes.html?look=${theme}`);
      const it = widget(page);
      await it.reaches("times");
      // Borders and tinted backgrounds too, which axe does not check.
      expect(await weak(page)).toEqual([]);
      expect(await axe(page)).toEqual([]);
      const token = await acme.token("marta");
      await it.host.evaluate((element, token) => void (element.getToken = () => token), token);
      await it.times.first().click();
      await it.reaches("patient");
      expect(await axe(page)).toEqual([]);
    });
  }
}

test("the page shows one look at a time, with its stylesheet to copy", async ({ page, site, acme }) => {
  await page.goto(`${site.origin}/preview/themes.html`);
  const it = widget(page);
  await it.reaches("times");
  const radius = () => it.times.first().evaluate((time) => getComputedStyle(time).borderTopLeftRadius);
  expect(await radius()).toBe("18px");
  await page.getByRole("radio", { name: "Night, high contrast" }).check();
  await expect.poll(radius).toBe("0px");
  await expect(page.getByRole("link", { name: "Its stylesheet" })).toHaveAttribute("href", "./themes/night.css");
  await page.getByRole("radio", { name: "This site’s own" }).check();
  await expect.poll(radius).toBe("10px");
  await expect(page.getByRole("link", { name: "Its stylesheet" })).toBeHidden();
  expect((await acme.requests()).filter(({ query }) => JSON.stringify(query).includes("themes")).length).toBeGreaterThan(0);
});

/** The colour pairs of docs/theming.md with too little contrast, as the browser computes the colours. @param {import("@playwright/test").Page} page */
const weak = (page) =>
  page.locator("find-a-time").evaluate((element) => {
    const probe = element.shadowRoot.querySelector(".fat").appendChild(document.createElement("i"));
    const canvas = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true }));
    const light = (name) => {
      probe.style.color = `var(--fat-${name})`;
      canvas.fillStyle = getComputedStyle(probe).color;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    /** @type {[string, string, number][]} */
    const pairs = [
      ["text", "surface", 4.5], ["muted", "surface", 4.5], ["accent", "surface", 4.5], ["on-accent", "accent", 4.5],
      ["danger", "surface", 4.5], ["success", "surface", 4.5], ["border", "surface", 3], ["accent", "wash", 4.5],
    ];
    const found = pairs.flatMap(([one, other, least]) => {
      const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
      const ratio = (high + 0.05) / (low + 0.05);
      return ratio < least ? [`${one} on ${other}: ${ratio.toFixed(2)} of ${least}`] : [];
    });
    probe.remove();
    return found;
  });
