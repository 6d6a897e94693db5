// Serves the apps that contain the npm package, as `cargo xtask` has built them: a static server sends them with the settings that
// an app's own server would write into the page. Also starts the apps' development servers.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { freePort } from "./acme.js";
import { expect, widget } from "./fixtures.js";
import { booked, bookIn, TUESDAY } from "./host-page.js";

export const PHONE_LINK = "206-555-0142";

/** The folder in which `cargo xtask` built an app. @param {string} name */
function home(name) {
  if (!process.env.FAT_APPS) throw new Error("FAT_APPS must name the folder of the built apps; `cargo xtask test e2e` sets it");
  return join(process.env.FAT_APPS, name);
}

/** The settings that the page passes to the app: this Acme, and Marta's token. @param {import("./acme.js").Acme} acme */
const settingsOf = async (acme) => ({ api: acme.api, visits: acme.visits, token: await acme.token("marta") });

/** @param {string} html @param {object} settings @param {string} [inside] the app's HTML, if a server has rendered it */
const filled = (html, settings, inside = "") =>
  html.replace('id="settings">{}', () => `id="settings">${JSON.stringify(settings)}`).replace('<div id="root">', (root) => root + inside);

/**
 * Opens a page of a built app.
 * @param {{ page: import("@playwright/test").Page, site: import("./site.js").Site, acme: import("./acme.js").Acme }} on
 * @param {string} name of the app @param {string} file the page
 * @param {{ rendered?: boolean }} [how] `rendered`: whether the app's own server part, which runs in Node, renders the page
 * @returns {Promise<string>} the HTML that the server rendered
 */
export async function openApp({ page, site, acme }, name, file, { rendered = false } = {}) {
  const folder = join(home(name), "dist");
  const settings = await settingsOf(acme);
  const server = rendered && (await import(pathToFileURL(join(folder, "server/server.js")).href));
  const inside = server ? await server.render(settings) : "";
  site.mount(`/${name}/`, folder);
  site.put(`/${name}/${file}`, filled(readFileSync(join(folder, file), "utf8"), settings, inside));
  // Do not wait for the load event: a test may hold a script back.
  await page.goto(`${site.origin}/${name}/${file}`, { waitUntil: "domcontentloaded" });
  return inside;
}

/** Holds the element's script back, as a slow network would. @param {import("@playwright/test").Page} page @returns {Promise<() => void>} releases the script */
export async function holdScript(page) {
  const script = /\/assets\/find-a-time-[^/]*\.js$/;
  let release = () => {};
  const released = new Promise((now) => (release = () => now(undefined)));
  await page.route(script, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** Books Tuesday's time as Marta, and checks that the app has handled `findatime-booked`. @param {import("@playwright/test").Page} page @param {import("./acme.js").Acme} acme */
export async function bookInApp(page, acme) {
  await bookIn(page, TUESDAY);
  await expect(page.getByText("Thank you. Please bring your insurance card.")).toBeVisible();
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
}

/** Chooses another clinician in the app's own select, and checks that the same element shows other times. @param {import("@playwright/test").Page} page */
export async function chooseAnotherClinician(page) {
  const it = widget(page);
  await expect(it.times.first()).toHaveAccessibleName(/Dana Whitfield/);
  await it.host.evaluate((element) => void (element[Symbol.for("same")] = true));
  await page.getByLabel("Clinician").selectOption("Tobias Lindqvist, MD");
  await expect(it.times.first()).toHaveAccessibleName(/Tobias Lindqvist/);
  for (const time of await it.times.all()) await expect(time).toHaveAccessibleName(/Tobias Lindqvist/);
  expect(await it.host.evaluate((element) => element[Symbol.for("same")])).toBe(true);
}

/**
 * Opens an app under Vite's development server, which serves the package's files unbundled.
 * @param {{ page: import("@playwright/test").Page, acme: import("./acme.js").Acme, watch: import("./watch.js").Watch }} on
 * @param {string} name of the app @param {() => Promise<void>} then runs while the page is open
 */
export async function underDev({ page, acme, watch }, name, then) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const vite = ["node_modules/vite/bin/vite.js", "--host", "127.0.0.1", "--port", String(port), "--strictPort"];
  const server = spawn(process.execPath, vite, { cwd: home(name), stdio: "ignore" });
  try {
    await expect.poll(() => fetch(origin).then(({ status }) => status, () => server.exitCode), { message: "Vite answers" }).toBe(200);
    watch.allowOrigin(origin);
    // Package names in these addresses can look like patients' names.
    watch.addresses.ignore(origin);
    // Messages of Vite and the frameworks to developers.
    watch.allowConsole(/\[vite\]|React DevTools|development build of Vue/);
    // Write the settings by a script instead of `page.route`: a page that `page.route` answers does not come from the network, and the browser
    // does not let it request addresses of this machine.
    await page.addInitScript((settings) => {
      const write = (_, observer) => {
        const script = document.getElementById("settings");
        if (!script) return;
        script.textContent = settings;
        observer.disconnect();
      };
      new MutationObserver(write).observe(document, { childList: true, subtree: true });
    }, JSON.stringify(await settingsOf(acme)));
    await page.goto(`${origin}/`);
    await then();
  } finally {
    server.kill();
  }
}
