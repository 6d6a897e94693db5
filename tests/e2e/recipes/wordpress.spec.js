// The WordPress recipe's plugin in a real WordPress: set up through its form, on pages with the block and with the shortcode,
// with hostile authors, and uninstalled without leaving anything.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { blocks, filledIn, integrity, RELEASE, session } from "../../recipes/document.js";
import { missing, WordPress } from "../../recipes/wordpress.js";
import { expect, test, widget } from "../../support/fixtures.js";
import { bookIn, booked, TUESDAY } from "../../support/host-page.js";
import { requireValue } from "../../support/values.js";

// One WordPress for all tests, which run in order.
test.describe.configure({ mode: "default" });

const WHITFIELD = "1234567893";
const FALLBACK = 'To book, call <a href="tel:+12065550142">206-555-0142</a>.';

/** @type {WordPress} */
let wordpress;

test.beforeAll(async () => {
  const need = await missing();
  if (need) process.stderr.write(`\nthe WordPress recipe is not tested here: ${need}\n`);
  test.skip(!!need, need);
  wordpress = await WordPress.start();
  expect(await wordpress.tell("activate")).toBe("active");
});

test.afterAll(async () => {
  await wordpress?.stop();
});

test.beforeEach(({ site, watch }) => {
  watch.allowOrigin(wordpress.origin);
  // Versions in the addresses of WordPress's scripts can look like birth dates.
  watch.addresses.ignore(wordpress.origin);
  // The release's files are on another origin than the pages.
  site.headers = { "access-control-allow-origin": "*" };
});

test.afterEach(() => {
  expect(wordpress.complaints(), "what PHP says of the plugin").toEqual([]);
});

/** What WordPress's own pages print without any plugin: jQuery's message, and a missing icon. */
const ITS_OWN = /JQMIGRATE|status of 404/;

/** @param {import("@playwright/test").Page} page @param {string} user */
async function signIn(page, user) {
  // Post the credentials directly: the form moves the focus while somebody types.
  const at = `${wordpress.origin}/wp-login.php`;
  await page.request.get(at);
  const answer = await page.request.post(at, { form: { log: user, pwd: user, testcookie: "1" } });
  expect(answer.url(), "signed in").toContain("/wp-admin/");
}

/** The settings of a working site. @param {import("../../support/acme.js").Acme} acme @param {import("../../support/site.js").Site} site */
const working = (acme, site) => ({
  api: acme.api, visits: acme.visits, script: `${site.origin}/${RELEASE}/find-a-time.js`, integrity: integrity(RELEASE), room: "40", fallback: FALLBACK,
});

/** Installs the recipe's sign-in snippet and a stand-in for the site's own session. @param {string} token */
async function signedInAs(token) {
  const [snippet] = blocks("wordpress.md", "php");
  const own = `add_action( 'wp_head', function () { echo ${JSON.stringify(session(token)).replaceAll("$", "\\$")}; } );`;
  await writeFile(join(wordpress.root, "wp-content/mu-plugins/sign-in.php"), `<?php\n${snippet}\n${own}\n`);
}

/** The block as the editor saves it. @param {object} attributes @param {string} [inside] */
const block = (attributes, inside = `<!-- wp:paragraph --><p>${FALLBACK}</p><!-- /wp:paragraph -->`) =>
  `<!-- wp:find-a-time/element ${JSON.stringify(attributes).replaceAll("<", "\\u003c").replaceAll(">", "\\u003e").replaceAll("&", "\\u0026").replaceAll("--", "\\u002d\\u002d")} -->
${inside}
<!-- /wp:find-a-time/element -->`;

test("the owner sets up the plugin by its form, which names values that cannot be used", async ({ page, acme, site, watch }) => {
  watch.allowConsole(ITS_OWN);
  await signIn(page, "owner");
  await page.goto(`${wordpress.origin}/wp-admin/options-general.php?page=find_a_time`);
  const wanted = working(acme, site);
  const labels = {
    "API host": wanted.api, "Visit host": wanted.visits, Script: wanted.script, Integrity: wanted.integrity,
    "When nothing can be booked": `${FALLBACK}<script>alert(1)</script>`,
  };
  for (const [label, value] of Object.entries(labels)) await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByRole("button", { name: "Save Changes" }).click();
  await expect(page.getByText("Settings saved.")).toBeVisible();
  for (const [label, value] of Object.entries(labels)) await expect(page.getByLabel(label, { exact: true })).toHaveValue(value.replace(/<\/?script>/g, ""));

  const refused = { "API host": "javascript:alert(1)", "Visit host": "http://ecvapi.care.example.org", Integrity: '" onload="alert(1)', "Reserved height": "40rem}" };
  for (const [label, value] of Object.entries(refused)) await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByRole("button", { name: "Save Changes" }).click();
  for (const label of Object.keys(refused)) await expect(page.getByText(`“${label}” cannot be used as it was entered.`)).toBeVisible();
  for (const label of Object.keys(labels)) await expect(page.getByLabel(label, { exact: true })).toHaveValue(labels[label].replace(/<\/?script>/g, ""));
  await expect(page.getByLabel("Reserved height")).toHaveValue("40");
});

test("an editor cannot change where tokens go, nor can a form without WordPress's nonce", async ({ page, acme, site, watch }) => {
  watch.allowConsole(ITS_OWN);
  watch.allowConsole(/status of 403/);
  const kept = await wordpress.tell("settings", { settings: working(acme, site) });
  await signIn(page, "editor");
  const refused = requireValue(await page.goto(`${wordpress.origin}/wp-admin/options-general.php?page=find_a_time`), "answer");
  expect(refused.status()).toBe(403);
  await page.context().clearCookies();
  await signIn(page, "owner");
  const form = { option_page: "find_a_time", action: "update", "find_a_time[api]": "https://elsewhere.example.com" };
  const forged = await page.request.post(`${wordpress.origin}/wp-admin/options.php`, { form });
  expect(forged.status()).toBe(403);
  expect(await wordpress.tell("settings", { settings: kept })).toEqual(kept);
});

test("a page with the block books a visit, with the script as a module, its hash, and reserved height", async ({ page, acme, site }) => {
  await wordpress.tell("settings", { settings: working(acme, site) });
  await signedInAs(await acme.token("marta"));
  const at = await wordpress.page("Dr. Dana Whitfield", block({ npi: WHITFIELD, visitType: "NewPatient", product: "findadoctor" }));
  await page.goto(at);
  await widget(page).reaches("times");
  const script = page.locator("script#find-a-time-js");
  await expect(script).toHaveAttribute("type", "module");
  await expect(script).toHaveAttribute("integrity", integrity(RELEASE));
  await expect(script).toHaveAttribute("crossorigin", "anonymous");
  await expect(page.locator("head style#find-a-time-inline-css"), "before the content, though this theme's head is older than it").toHaveCount(1);
  await expect(widget(page).host).toHaveCSS("min-block-size", "640px");
  await bookIn(page, TUESDAY);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
  expect(await widget(page).codes()).toEqual([]);
});

test("the shortcode works in a block theme as in the recipe; a page without it has nothing of the plugin", async ({ page, acme, site }) => {
  await wordpress.tell("settings", { settings: working(acme, site) });
  await signedInAs(await acme.token("marta"));
  expect(await wordpress.tell("theme", { theme: "twentytwentythree" })).toBe("twentytwentythree");
  const [shortcode] = blocks("wordpress.md", "text");
  await page.goto(await wordpress.page("Dr. Whitfield", filledIn(shortcode, { acme, assets: site.origin })));
  await widget(page).reaches("times");
  expect(await page.locator("find-a-time").innerHTML()).toBe(FALLBACK);
  expect(await page.locator("find-a-time").evaluate((element) => [...element.attributes].map(({ name }) => name).filter((name) => name !== "class"))).toEqual([
    "api", "visits", "npi", "product",
  ]);
  await bookIn(page, TUESDAY);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);

  const other = await (await page.request.get(await wordpress.page("Parking", "<p>Behind the house.</p>"))).text();
  expect(other).toContain("Behind the house");
  expect(other).not.toContain("find-a-time");
  await wordpress.tell("theme", { theme: "head-before-content" });
});

test("without an API host, and in a feed, there is the phone and no script", async ({ page, acme, site }) => {
  const at = await wordpress.page("Dr. Whitfield", `[find_a_time npi="${WHITFIELD}"]`);
  await wordpress.tell("settings", { settings: { ...working(acme, site), api: "" } });
  const unset = await (await page.request.get(at)).text();
  expect(unset).toContain(FALLBACK);
  expect(unset).not.toContain("<find-a-time");
  expect(unset).not.toContain("find-a-time.js");
  await wordpress.tell("settings", { settings: working(acme, site) });
  expect(await (await page.request.get(at)).text()).toContain(`npi="${WHITFIELD}">${FALLBACK}</find-a-time>`);
  const feed = await (await page.request.get(`${at}&feed=rss2&withoutcomments=1`)).text();
  expect(feed).toContain("<rss");
  expect(feed).not.toContain("<find-a-time");
});

test("a block whose fallback is an empty paragraph, as its template saves it, gets the owner's fallback", async ({ page, acme, site }) => {
  await wordpress.tell("settings", { settings: working(acme, site) });
  const paragraph = (inside) => block({ npi: WHITFIELD }, `<!-- wp:paragraph --><p>${inside}</p><!-- /wp:paragraph -->`);
  const empty = ["", "&nbsp;", "\u00a0", " <strong> </strong><br>"];
  const picture = '<img src="/call.png" alt="Call 206-555-0142">';
  const insides = [];
  for (const at of await wordpress.pages("Dr. Whitfield", [...empty, picture].map(paragraph))) {
    const html = await (await page.request.get(at)).text();
    insides.push(html.match(/<find-a-time [^>]*>(.*?)<\/find-a-time>/s)?.[1].trim());
  }
  const [shown, ...others] = insides.toReversed();
  expect(others).toEqual(empty.map(() => FALLBACK));
  expect(shown, "a picture is a fallback").toMatch(/^<p><img [^>]*><\/p>$/);
});

/** Code that must not run, and must not become a tag, whatever it is put into. */
const CODE = "document.documentElement.dataset.hit=1";
const ATTACKS = [
  `"><script>${CODE}</script>`, `'><script>${CODE}</script>`, `" onmouseover="${CODE}" onfocus="${CODE}" autofocus="`, `' onclick='${CODE}`,
  `x onload=${CODE}`, `javascript:${CODE}`, `&quot;&gt;&lt;img src=x onerror=${CODE}&gt;`, `&#34;><svg/onload=${CODE}>`, `\\"><iframe srcdoc="x">`,
  "]<b>", "</find-a-time>", "\u202e\u0000-->", "$1 \\1 %s {{x}}",
];
const HOSTILE_FALLBACKS = [
  `<script>${CODE}</script>`, `<img src=x onerror="${CODE}">`, `</find-a-time><script>${CODE}</script>`, `</p></div></main></find-a-time><p>Call</p>`,
  `<a href="javascript:${CODE}">Call</a>`, `<iframe srcdoc="&lt;script&gt;parent.${CODE}&lt;/script&gt;"></iframe>`, `<svg onload="${CODE}"></svg>`,
  "<style>body{display:none}</style>", `<form action="https://elsewhere.example.com"><input name="p"></form>`, `<find-a-time api="https://elsewhere.example.com">`,
  `<object data="data:text/html,x"></object>`, "<p>Never closed <b>bold",
];
/** Tried in blocks only: in a shortcode, the comment hides the rest of the author's own page, with or without the plugin. */
const OPEN_COMMENT = "<!-- never closed";
const AUTHORS = ["npi", "department", "near", "practice", "visit-type", "product", "lang", "clinician-line", "interpreter"];
const OWNERS = ["api", "visits", "scheduling", "brand", "tier", "assets", "domain", "api-key", "event-details", "support-reference", "resume", "doctor", "onclick", "style", "is", "id", "slot"];

test("hostile attributes and fallbacks come out as text, in the shortcode and in the block", async ({ page, acme, site, watch }) => {
  watch.allowConsole(/status of 404/);
  site.put("/empty.js", "");
  await wordpress.tell("settings", { settings: { ...working(acme, site), script: `${site.origin}/empty.js`, integrity: "" } });
  const camel = (name) => name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
  const made = ATTACKS.flatMap((attack) => [
    `[find_a_time ${[...AUTHORS, ...OWNERS].map((name) => `${name}="${attack}"`).join(" ")}]Call[/find_a_time]`,
    `[find_a_time ${[...AUTHORS, ...OWNERS].map((name) => `${name}='${attack}'`).join(" ")}]Call[/find_a_time]`,
    block(Object.fromEntries([...AUTHORS, ...OWNERS].map((name) => [camel(name), attack]))),
    block({ npi: [attack], near: { x: attack }, [attack]: attack }),
  ]);
  const fallbacks = HOSTILE_FALLBACKS.flatMap((inside) => [`[find_a_time npi="1"]${inside}[/find_a_time]`, block({ npi: "1" }, inside)]);
  fallbacks.push(block({ npi: OPEN_COMMENT }), block({ npi: "1" }, OPEN_COMMENT));
  // Put each on a page of its own: on a common page, one that breaks the page could hide what the next one breaks.
  const pages = [...made, ...fallbacks].map((content) => `<p>before</p>\n\n${content}\n\n<p id="after">after</p>`);
  const clean = await page.goto(await wordpress.page("Clean", `<p>before</p>\n\n[find_a_time npi="1"]Call[/find_a_time]\n\n<p id="after">after</p>`)).then(() => shape(page));
  expect(clean).toMatchObject({ elements: 1, nested: 0, bad: [], after: true, hit: null });
  const seen = [];
  const ats = await wordpress.pages("Hostile", pages);
  for (const [place, content] of pages.entries()) {
    await page.setContent(await (await page.request.get(ats[place])).text());
    seen.push({ content, ...(await shape(page)) });
  }
  expect(seen.filter(({ bad, hit, nested, scripts }) => bad.length || hit || nested || scripts !== clean.scripts)).toEqual([]);
  expect(seen.filter(({ elements, after }) => elements > 1 || !after)).toEqual([]);
});

/** The parts of a page that a hostile author could change. @param {import("@playwright/test").Page} page */
async function shape(page) {
  // By the load event, handlers for load and error have been called.
  await page.waitForLoadState("load");
  return page.evaluate((owners) => {
    const elements = [...document.querySelectorAll("main find-a-time")];
    const odd = "script, iframe, svg, style, form, input, object[data], embed, link, meta, [onerror], [onload], [onclick], [onmouseover], [onfocus], [href^='javascript' i]";
    const own = ["api", "visits"];
    return {
      elements: elements.length,
      nested: document.querySelectorAll("find-a-time find-a-time").length,
      // Count scripts in the body only: WordPress's emoji script adds scripts to the head at some point.
      scripts: document.body.querySelectorAll("script").length,
      bad: [
        ...[...document.querySelectorAll(odd)].filter((node) => node.closest("main")).map((node) => node.outerHTML),
        ...elements.flatMap((element) => [...element.attributes].filter(({ name }) => owners.includes(name) && !own.includes(name)).map(({ name }) => name)),
        ...elements.flatMap((element) => [...element.attributes].filter(({ name, value }) => own.includes(name) && !/^http:\/\/127\.0\.0\.1:\d+$/.test(value)).map(({ value }) => value)),
      ],
      after: document.querySelector("main #after")?.parentElement?.localName === "main",
      hit: document.documentElement.dataset.hit ?? null,
    };
  }, OWNERS);
}

test("hostile settings in the database come out harmless", async ({ page, acme, site, watch }) => {
  // The script's address and hash are not valid any more.
  watch.allowConsole(/status of 404|CORS|ERR_FAILED|integrity/);
  await wordpress.tell("settings", { settings: working(acme, site) });
  const at = await wordpress.page("Dr. Whitfield", '[find_a_time npi="1"]');
  const attack = `"><script>${CODE}</script>`;
  const stored = { api: `${acme.api}/${attack}`, visits: `javascript:${CODE}`, brand: attack, tier: attack, script: `${site.origin}/empty.js${attack}`, integrity: attack };
  await wordpress.tell("stored", { settings: { ...stored, room: `1}</style><script>${CODE}</script>`, fallback: `<script>${CODE}</script>Call`, extra: attack } });
  await page.goto(at);
  expect(await page.locator("html").getAttribute("data-hit")).toBeNull();
  expect(await page.locator("script").evaluateAll((scripts, code) => scripts.filter(({ textContent }) => textContent.trim() === code).length, CODE)).toBe(0);
  await expect(page.locator("find-a-time")).toHaveAttribute("brand", attack);
  expect(await page.locator("find-a-time").getAttribute("visits")).not.toContain("javascript");
  await wordpress.tell("stored", { settings: "not even a list" });
  expect(requireValue(await page.goto(at), "answer").status()).toBe(200);
});

test("in the editor the block is valid, takes an NPI, and is saved with its fallback", async ({ page, acme, site, watch }) => {
  watch.allowConsole(ITS_OWN);
  await wordpress.tell("settings", { settings: working(acme, site) });
  const [id] = await wordpress.tell("pages", { title: "Dr. Whitfield", contents: [block({ product: "findadoctor" })] });
  await signIn(page, "owner");
  await page.goto(`${wordpress.origin}/wp-admin/post.php?post=${id}&action=edit`);
  // Newer editors show the page in a frame.
  await expect(page.locator(".edit-post-visual-editor")).toBeVisible();
  const framed = await page.locator("iframe[name=editor-canvas]").count();
  const canvas = framed ? page.frameLocator("iframe[name=editor-canvas]") : page;
  await expect(canvas.getByText("Say in the sidebar whose times.")).toBeVisible();
  await expect(canvas.getByText("unexpected or invalid content")).toHaveCount(0);
  await canvas.getByText("Say in the sidebar whose times.").click();
  await page.getByLabel("NPI").fill(WHITFIELD);
  await expect(canvas.getByText(`NPI: ${WHITFIELD}`)).toBeVisible();
  await page.getByRole("button", { name: /^(Update|Save)$/ }).click();
  await expect(page.getByText("Page updated.").first()).toBeVisible();
  const saved = await wordpress.tell("content", { page: id });
  expect(saved).toContain(`<!-- wp:find-a-time/element {"npi":"${WHITFIELD}","product":"findadoctor"} -->`);
  expect(saved).toContain(`<p>${FALLBACK}</p>`);
});

test("deleting the plugin leaves no setting behind", async ({ acme, site }) => {
  await wordpress.tell("settings", { settings: working(acme, site) });
  expect(await wordpress.tell("uninstall")).toEqual([]);
});
