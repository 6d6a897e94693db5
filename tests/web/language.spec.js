// Which words and which language tag the widget gets, and when.
import { expect, test, widget } from "../support/fixtures.js";
import { HEBREW, PACKS, putLoader } from "../support/bundle.js";

const LOADER = '<script type="module" src="/widget/find-a-time.js"></script>';

test.beforeEach(({ site }) => putLoader(site));

const spoken = (page) =>
  widget(page).host.evaluate((e) => {
    const { locale, words } = e.shadowRoot.querySelector(".fat-root").fake;
    return [locale, words.choose, e.shadowRoot.querySelector(".fat").lang];
  });

for (const [lang, body, expected] of [
  ["es", "<find-a-time></find-a-time>", "es"],
  ["es-MX", "<find-a-time></find-a-time>", "es-MX"],
  ["en_US", "<find-a-time></find-a-time>", "en-US"],
  ["fr-CA", "<find-a-time></find-a-time>", "en"],
  ["en", '<div lang="es-us"><find-a-time></find-a-time></div>', "es-US"],
  ["es", '<find-a-time lang="en-GB"></find-a-time>', "en-GB"],
  ["es", '<div lang=""><find-a-time></find-a-time></div>', "es"],
]) {
  test(`a page in ${lang} with ${body} gets ${expected}`, async ({ page, site }) => {
    await page.goto(site.page({ body, lang, head: LOADER }));
    await widget(page).reaches("times");
    const pack = expected.slice(0, 2);
    expect(await spoken(page)).toEqual([expected, PACKS[pack].choose, expected]);
    expect(site.requests.map(({ path }) => path).filter((path) => path.includes("locales"))).toEqual([`/widget/locales/${pack}.txt`]);
  });
}

test("the language follows `lang` wherever it changes, across shadow roots", async ({ page, site }) => {
  await page.goto(site.page({ body: '<section><div id="host"></div></section>', head: LOADER }));
  await page.evaluate(() => {
    const root = document.querySelector("#host").attachShadow({ mode: "open" });
    const inner = document.createElement("p");
    inner.append(document.createElement("find-a-time"));
    root.append(inner);
  });
  await widget(page).reaches("times");
  const change = async (set, expected) => {
    await page.evaluate(set);
    await expect.poll(() => spoken(page)).toEqual(expected);
  };
  await change(() => (document.documentElement.lang = "es"), ["es", "Elija una hora", "es"]);
  await change(() => (document.querySelector("section").lang = "en-US"), ["en-US", "Choose a time", "en-US"]);
  await change(() => (document.querySelector("#host").shadowRoot.querySelector("p").lang = "es-PR"), ["es-PR", "Elija una hora", "es-PR"]);
  await change(() => document.querySelector("#host").shadowRoot.querySelector("find-a-time").setAttribute("lang", "en"), ["en", "Choose a time", "en"]);
  const calls = await widget(page).host.evaluate((e) => e.shadowRoot.querySelector(".fat-root").fake.calls);
  expect(calls).toEqual(["speak", "speak", "speak", "speak"]);
});

test("a language changed while the widget loads is used from the start", async ({ page, site }) => {
  site.put("/widget/find-a-time.wasm", { drop: true });
  await page.goto(site.page({ body: "<find-a-time></find-a-time>" }));
  await putLoader(site);
  await page.evaluate(async () => {
    await import("/widget/find-a-time.js");
    document.documentElement.lang = "es";
  });
  await widget(page).reaches("times");
  await expect.poll(() => spoken(page)).toEqual(["es", "Elija una hora", "es"]);
});

test("the last of two quick changes wins, whichever pack arrives first", async ({ page, site }) => {
  await page.goto(site.page({ body: "<find-a-time></find-a-time>", head: LOADER }));
  await widget(page).reaches("times");
  await page.evaluate(() => (document.documentElement.lang = "es"));
  await page.evaluate(() => (document.documentElement.lang = "en-AU"));
  await expect.poll(() => spoken(page)).toEqual(["en-AU", "Choose a time", "en-AU"]);
  await page.waitForTimeout(200);
  expect(await spoken(page)).toEqual(["en-AU", "Choose a time", "en-AU"]);
});

test("a missing pack is reported, and English is used for all words", async ({ page, site, watch }) => {
  watch.allowConsole(/Failed to load resource|integrity/);
  site.take("/widget/locales/es.txt");
  await page.goto(site.page({ body: "<find-a-time></find-a-time>", lang: "es", head: LOADER }));
  await widget(page).reaches("times");
  expect(await spoken(page)).toEqual(["en", "Choose a time", "en"]);
  const told = await widget(page).host.evaluate((e) => e.diagnostics.map(({ code, message }) => `${code} ${message}`));
  expect(new Set(told)).toEqual(new Set([expect.stringMatching(/^asset-missing locales\/es\.txt .*404/)]));
});

test("without any words the fallback stays", async ({ page, site, watch }) => {
  watch.allowConsole(/integrity/i);
  site.put("/widget/locales/en.txt", "<html>");
  await page.goto(site.page({ body: '<find-a-time><a href="tel:+1">Call</a></find-a-time>', head: LOADER }));
  await widget(page).reaches("unavailable");
  await expect(page.getByRole("link", { name: "Call" })).toBeVisible();
  expect(await widget(page).codes()).toEqual(["asset-integrity", "asset-integrity"]);
});

test("an invalid language tag is reported, and English used", async ({ page, site }) => {
  await page.goto(site.page({ body: "<find-a-time></find-a-time>", lang: "!!", head: LOADER }));
  await widget(page).reaches("times");
  expect((await spoken(page))[0]).toBe("en");
  expect(await widget(page).codes()).toEqual(["lang-invalid"]);
});

test("the host page's own wording overrides every pack", async ({ page, site }) => {
  await page.goto(site.page({ body: "<find-a-time></find-a-time>", head: LOADER }));
  await widget(page).reaches("times");
  await widget(page).host.evaluate((e) => (e.strings = { choose: "Pick a visit", broken: 7 }));
  await expect.poll(() => spoken(page)).toEqual(["en", "Pick a visit", "en"]);
  const words = await widget(page).host.evaluate((e) => e.shadowRoot.querySelector(".fat-root").fake.words);
  expect(words).toEqual({ choose: "Pick a visit", help: "Call us" });
  await page.evaluate(() => (document.documentElement.lang = "es"));
  await expect.poll(() => spoken(page)).toEqual(["es", "Pick a visit", "es"]);
  await widget(page).host.evaluate((e) => (e.strings = null));
  await expect.poll(() => spoken(page)).toEqual(["es", "Elija una hora", "es"]);
});

test("words have their language's direction on any page, from the start and when the language changes", async ({ page, site }) => {
  await putLoader(site, { packs: { ...PACKS, ...HEBREW } });
  await page.goto(site.page({ body: '<find-a-time><p slot="help">اتصل بنا</p></find-a-time>', lang: "ar", head: LOADER }));
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  await widget(page).reaches("times");
  const runs = () =>
    widget(page).host.evaluate((e) => {
      const container = e.shadowRoot.querySelector(".fat");
      return [container.lang, container.dir, getComputedStyle(container).direction, getComputedStyle(e).direction];
    });
  expect(await runs(), "English, the page having no words of ours").toEqual(["en", "ltr", "ltr", "rtl"]);
  await page.evaluate(() => (document.documentElement.lang = "he"));
  await expect.poll(runs).toEqual(["he", "rtl", "rtl", "rtl"]);
  await page.evaluate(() => (document.documentElement.lang = "es"));
  await expect.poll(runs).toEqual(["es", "ltr", "ltr", "rtl"]);
});

test("in a browser that does not know a language's direction, a list is used", async ({ page, site }) => {
  await putLoader(site, { packs: { ...PACKS, ...HEBREW } });
  await page.addInitScript(() => {
    delete Intl.Locale.prototype.getTextInfo;
    delete Intl.Locale.prototype.textInfo;
  });
  await page.goto(site.page({ body: "<find-a-time></find-a-time>", lang: "he-IL", head: LOADER }));
  await widget(page).reaches("times");
  const dir = () => widget(page).host.evaluate((e) => e.shadowRoot.querySelector(".fat").dir);
  expect(await dir()).toBe("rtl");
  await page.evaluate(() => (document.documentElement.lang = "en"));
  await expect.poll(dir).toBe("ltr");
});
