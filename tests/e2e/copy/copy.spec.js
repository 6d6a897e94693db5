// Runs `npx find-a-time copy FOLDER` from the package that `cargo xtask dist` made: its messages, and the folder's content afterwards.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "../../support/fixtures.js";
import { booked, bookIn, giving, tag, TUESDAY, DOCTOR } from "../../support/host-page.js";

const PACKAGE = join(process.env.FAT_DIST ?? "", "npm");
const RELEASE = JSON.parse(readFileSync(join(PACKAGE, "integrity.json"), "utf8"));
const NAMES = [...Object.keys(RELEASE.files), "integrity.json"].sort();

test.skip(({ browserName }) => browserName !== "chromium", "no browser, or any, reads what the command says");

/** @type {string} */
let site;
test.beforeEach(() => void (site = mkdtempSync(join(tmpdir(), "find-a-time-copy-"))));
test.afterEach(() => rmSync(site, { recursive: true, force: true }));

/** Runs the command in the site's folder. @param {string[]} words @param {{ from?: string, uid?: number }} [how] */
function run(words, { from = PACKAGE, uid } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(from, "copy.mjs"), ...words], { cwd: site, encoding: "utf8", uid });
  return { status, said: stdout + stderr };
}
const copy = (folder, how) => run(["copy", folder], how);
const files = (folder) => readdirSync(join(site, folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(join(site, folder).length + 1)).sort();

/** Makes a folder of an older release, with one more file and another wasm. @param {string} folder */
function olderRelease(folder) {
  copy(folder);
  const list = JSON.parse(readFileSync(join(site, folder, "integrity.json"), "utf8"));
  writeFileSync(join(site, folder, "find-a-time.css"), ".fat{}");
  writeFileSync(join(site, folder, "find-a-time.wasm"), "the wasm of before");
  writeFileSync(join(site, folder, "integrity.json"), JSON.stringify({ version: "0.0.9", files: { ...list.files, "find-a-time.css": "sha384-abc" } }));
}

test("a new folder gets every file of the release as it is, and the value of `assets` is printed", () => {
  const { status, said } = copy("public/find-a-time");
  expect([status, said]).toEqual([0, expect.stringContaining('Set assets="/find-a-time"')]);
  expect(said).toContain(RELEASE.version);
  expect(files("public/find-a-time")).toEqual(NAMES);
  for (const name of NAMES) expect(readFileSync(join(site, "public/find-a-time", name)).equals(readFileSync(join(PACKAGE, name))), name).toBe(true);
});

for (const [folder, address] of [["static/booking/files", "/booking/files"], ["dist", "/"], ["app/assets", "/assets"], ["./public/find-a-time/", "/find-a-time"]]) {
  test(`for ${folder} the printed address is ${address}`, () => {
    expect(copy(folder).said).toContain(`Set assets="${address}"`);
  });
}

test("what an earlier release left is removed, and its other files are replaced", () => {
  olderRelease("public/find-a-time");
  const { status, said } = copy("public/find-a-time");
  expect([status, said]).toEqual([0, expect.stringContaining("removed 1 of an earlier release")]);
  expect(files("public/find-a-time")).toEqual(NAMES);
  expect(readFileSync(join(site, "public/find-a-time/find-a-time.wasm")).equals(readFileSync(join(PACKAGE, "find-a-time.wasm")))).toBe(true);
});

test("a second run changes nothing, and a copy that was broken off is completed", () => {
  copy("public/find-a-time");
  expect(copy("public/find-a-time").status).toBe(0);
  rmSync(join(site, "public/find-a-time/integrity.json"));
  rmSync(join(site, "public/find-a-time/find-a-time.wasm"));
  expect(copy("public/find-a-time").status).toBe(0);
  expect(files("public/find-a-time")).toEqual(NAMES);
});

test("a folder that holds anything else is refused, and left as it was", () => {
  mkdirSync(join(site, "public"));
  writeFileSync(join(site, "public/index.html"), "<h1>Our clinics</h1>");
  expect(copy("public")).toEqual({ status: 1, said: expect.stringMatching(/public holds files that .* did not put there: index\.html\. Name a new folder, such as public.find-a-time/) });
  expect(files("public")).toEqual(["index.html"]);

  olderRelease("with-notes");
  writeFileSync(join(site, "with-notes/notes.txt"), "ours");
  expect(copy("with-notes")).toEqual({ status: 1, said: expect.stringContaining("notes.txt") });
  expect(readFileSync(join(site, "with-notes/find-a-time.wasm"), "utf8")).toBe("the wasm of before");

  mkdirSync(join(site, "own"));
  writeFileSync(join(site, "own/find-a-time.js"), "somebody's own file of that name");
  expect(copy("own")).toEqual({ status: 1, said: expect.stringContaining("find-a-time.js") });
});

test("a link in the folder is not written through", () => {
  copy("public/find-a-time");
  const outside = join(site, "outside.wasm");
  writeFileSync(outside, "somebody's");
  rmSync(join(site, "public/find-a-time/find-a-time.wasm"));
  symlinkSync(outside, join(site, "public/find-a-time/find-a-time.wasm"));
  expect(copy("public/find-a-time").status).toBe(0);
  expect(readFileSync(outside, "utf8")).toBe("somebody's");
});

test("a folder inside the package is refused, also by another path", () => {
  cpSync(PACKAGE, join(site, "node_modules/find-a-time"), { recursive: true });
  symlinkSync(join(site, "node_modules/find-a-time"), join(site, "link"));
  for (const folder of ["node_modules/find-a-time/public", "node_modules/find-a-time", "link/public"]) {
    expect(copy(folder, { from: join(site, "node_modules/find-a-time") })).toEqual({ status: 1, said: expect.stringContaining("lies inside the package itself") });
  }
  expect(existsSync(join(site, "node_modules/find-a-time/public"))).toBe(false);
});

test("a folder that may not be written to, and a file in its place, are refused", () => {
  chmodSync(site, 0o755);
  mkdirSync(join(site, "locked"), { mode: 0o555 });
  // Root may write anywhere, so run the command as `nobody`.
  const uid = process.getuid?.() === 0 ? 65534 : undefined;
  expect(copy("locked/find-a-time", { uid })).toEqual({ status: 1, said: expect.stringContaining("cannot be written to") });
  writeFileSync(join(site, "public"), "a file");
  for (const folder of ["public", "public/find-a-time"]) expect(copy(folder)).toEqual({ status: 1, said: expect.stringContaining("is a file") });
});

test("any other command says how it is used", () => {
  for (const words of [[], ["copy"], ["publish", "public"], ["copy", "--help"], ["copy", "public/a", "public/b"]]) {
    expect(run(words)).toEqual({ status: 1, said: expect.stringContaining("usage: npx find-a-time copy FOLDER") });
  }
});

test("from a copied folder, named by `assets`, Marta books", async ({ page, site: server, acme }) => {
  copy("public/find-a-time");
  server.mount("/find-a-time/", join(site, "public/find-a-time"));
  // The script inside an app's bundle, with no files beside it.
  server.put("/app/bundle.js", readFileSync(join(PACKAGE, "find-a-time.js"), "utf8").replaceAll("import.meta.url", '"file:///home/ana/app/node_modules/find-a-time/find-a-time.js"'));
  const script = giving(await acme.token("marta"));
  await page.goto(server.page({ head: '<script type="module" src="/app/bundle.js"></script>', body: tag(acme, { ...DOCTOR, assets: "/find-a-time" }), script }));
  await bookIn(page, TUESDAY);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
});
