// The script is on a page more than once, as tag managers and page builders cause it: the first one runs, and reports the others.
import { expect, test, widget } from "../../support/fixtures.js";
import { bookIn, booked, giving, SCRIPT, tag, TUESDAY } from "../../support/host-page.js";
import { built } from "../../support/parts.js";

const AT = (folder) => `<script type="module" src="${folder}/find-a-time.js"></script>`;

/** The files that the script fetches for a booking. */
const FILES = ["find-a-time.wasm", "find-a-time-errand.wasm", "find-a-time-shared.wasm", "locales/en.txt"];

/**
 * Puts a copy of the release into a folder, or one that claims another version.
 * @param {import("../../support/site.js").Site} site @param {string} folder @param {string} [version]
 */
function put(site, folder, version) {
  const script = built("find-a-time.js").toString();
  const other = version ? script.replaceAll(/"\d+\.\d+\.\d+"/g, `"${version}"`) : script;
  if (version) expect(other).not.toBe(script);
  site.put(`${folder}/find-a-time.js`, other);
  for (const name of FILES) site.put(`${folder}/${name}`, { body: built(name) });
}

for (const [how, head, told] of /** @type {const} */ ([
  ["by the same tag twice", SCRIPT.repeat(2), []],
  ["from two addresses", SCRIPT + AT("/copy"), ["loaded-twice"]],
  ["from one address with two queries", SCRIPT + SCRIPT.replace(".js", ".js?ver=6.4"), ["loaded-twice"]],
  ["in two versions", SCRIPT + AT("/next"), ["loaded-twice"]],
  ["as a preload and a tag", `<link rel="modulepreload" href="/find-a-time.js">${SCRIPT}`, []],
])) {
  test(`included ${how}, it starts once and books`, async ({ page, site, acme }) => {
    put(site, "/copy");
    put(site, "/next", "0.99.0");
    await page.goto(site.page({ head, body: `<h1>Clinic</h1>${tag(acme)}`, script: giving(await acme.token("marta")) }));
    await widget(page).reaches("times");
    await bookIn(page, TUESDAY);
    expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
    expect(await widget(page).codes()).toEqual(told);
    for (const name of FILES) expect(site.count(name), name).toBe(1);
  });
}

test("added once more in mid-journey, the script disturbs nothing", async ({ page, site, acme }) => {
  put(site, "/next", "0.99.0");
  await page.goto(site.page({ head: SCRIPT, body: `<h1>Clinic</h1>${tag(acme)}`, script: giving(await acme.token("marta")) }));
  const it = widget(page);
  await it.button(TUESDAY).click();
  await it.reaches("patient");
  await it.field("Reason for the visit").fill("Sore throat since Sunday");
  await page.evaluate(() => import("/next/find-a-time.js").then(() => {}));
  await expect(it.field("Reason for the visit")).toHaveValue("Sore throat since Sunday");
  expect(await it.codes()).toEqual(["loaded-twice"]);
  await it.button("Continue").click();
  await it.reaches("review");
});
