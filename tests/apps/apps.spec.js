// Tests the npm package in each bundler and framework, in a project as the tool's own documentation starts one: a patient books on the
// served build, and under the development server. `cargo xtask test apps` builds the projects and prints the table of results.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../support/acme.js";
import { expect, test, widget } from "../support/fixtures.js";
import { booked, bookIn, TUESDAY } from "../support/host-page.js";
import { Site } from "../support/site.js";
import { SET_UPS } from "./set-ups.js";

const APPS = process.env.FAT_APPS ?? "";
/** The health system's hosts in the apps' own pages, and the host of Acme that answers for each. @type {[string, "api" | "visits"][]} */
const HOSTS = [["https://api.care.example.org", "api"], ["https://ecvapi.care.example.org", "visits"]];

test.setTimeout(150_000);

/** Starts a server and waits until it answers. @param {string} home the app's folder @param {string[]} command run there by Node @param {number} port */
async function started(home, command, port) {
  const origin = `http://127.0.0.1:${port}`;
  let said = "";
  const server = spawn(process.execPath, command, { cwd: home, env: { ...process.env, PORT: String(port), HOST: "127.0.0.1", NUXT_TELEMETRY_DISABLED: "1", NEXT_TELEMETRY_DISABLED: "1", ASTRO_TELEMETRY_DISABLED: "1", NG_CLI_ANALYTICS: "false" }, stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (text) => (said += text));
  const answers = () => fetch(origin).then(({ status }) => status, () => (server.exitCode === null ? "not yet" : `it ended: ${said}`));
  await expect.poll(answers, { message: `${command.join(" ")} answers`, timeout: 90_000 }).toBe(200);
  return {
    origin,
    async stop() {
      const ended = new Promise((exit) => server.once("exit", exit));
      if (server.exitCode === null && server.kill()) await ended;
    },
  };
}

/** Serves a folder as any static server does. @param {string} folder */
async function served(folder) {
  const site = await Site.start(folder);
  return { origin: site.origin, stop: () => site.stop() };
}

/** Redirects the page's requests for the health system's hosts to this Acme, and answers `/session`, the app's own sign-in, with a token. */
async function connect({ page, acme, watch }, origin) {
  watch.allowOrigin(origin, ...HOSTS.map(([host]) => host));
  // Package names in these addresses can look like patients' names.
  watch.addresses.ignore(origin);
  for (const [host, which] of HOSTS) {
    await page.route(`${host}/**`, async (route) => {
      const response = await route.fetch({ url: acme[which] + route.request().url().slice(host.length) });
      await route.fulfill({ response });
    });
  }
  const accessToken = await acme.token("marta");
  await page.route(`${origin}/session`, (route) => route.fulfill({ json: { accessToken } }));
}

/**
 * Opens the app, and checks one column of the table of results after another. `says`: what the server's scripts may print in the console.
 * @param {{ page: import("@playwright/test").Page, acme: import("../support/acme.js").Acme, watch: import("../support/watch.js").Watch }} on @param {string} address
 */
async function visit(on, address, says) {
  const { page, acme, watch } = on;
  /** What works so far, by the table's columns. @type {Record<string, boolean>} */
  const held = { times: false, style: false, Spanish: false, booking: false, "clean console": false };
  const note = { type: "held", description: JSON.stringify(held) };
  test.info().annotations.push(note);
  const holds = (/** @type {string} */ column) => {
    held[column] = true;
    note.description = JSON.stringify(held);
  };
  if (says) watch.allowConsole(says);
  await connect(on, new URL(address).origin);
  await page.goto(address);
  const it = widget(page);
  await it.reaches("times");
  await expect(it.times.first()).toBeVisible();
  await expect(it.host.getByText("To book, call")).toBeHidden();
  holds("times");
  // Without the stylesheet a button has neither of these styles.
  await expect(it.times.first()).toHaveCSS("min-height", "48px");
  await expect(it.times.first()).toHaveCSS("font-variant-numeric", "tabular-nums");
  holds("style");
  await page.evaluate(() => void (document.documentElement.lang = "es"));
  await expect(it.times.first()).toHaveAccessibleName(/martes|miércoles|lunes/);
  holds("Spanish");
  await page.evaluate(() => void (document.documentElement.lang = "en"));
  await bookIn(page, TUESDAY);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
  holds("booking");
  expect(await it.codes()).toEqual([]);
  await watch.look(page.context());
  // Leave the page before the server stops: a development server's script on the page would report the lost connection.
  await page.goto("about:blank");
  expect(watch.found()).toEqual([]);
  holds("clean console");
}

for (const { name, tool, builds, dev, says } of SET_UPS) {
  test.describe(name, () => {
    const home = join(APPS, name);
    test.skip(!existsSync(join(home, "node_modules/.stamp")), "not built: `cargo xtask test apps` does that");
    test.beforeEach(({}, { annotations }) => {
      const { version } = JSON.parse(readFileSync(join(home, "node_modules", tool, "package.json"), "utf8"));
      annotations.push({ type: "set-up", description: `${tool} ${version}` });
    });

    for (const [title, build] of Object.entries(builds)) {
      for (const path of build.paths ?? ["/"]) {
        test(`${title}${path === "/" ? "" : `, ${path}`}: Marta sees times with their looks, reads Spanish, and books`, async ({ page, acme, watch }, { annotations }) => {
          annotations.push({ type: "mode", description: title + (path === "/" ? "" : ", server-rendered") });
          const port = await freePort();
          const server = "folder" in build ? await served(join(home, build.folder)) : await started(home, build.start(port), port);
          try {
            await visit({ page, acme, watch }, server.origin + path, undefined);
          } finally {
            await server.stop();
          }
        });
      }
    }

    if (dev) {
      test("development server: Marta sees times with their looks, reads Spanish, and books", async ({ page, acme, watch }, { annotations }) => {
        annotations.push({ type: "mode", description: "development server" });
        const port = await freePort();
        const server = await started(home, dev(port), port);
        try {
          await visit({ page, acme, watch }, `${server.origin}/`, says);
        } finally {
          await server.stop();
        }
      });
    }
  });
}
