// How each set-up in this folder is served after its build and by its own development server. Its package.json names its tools.

/**
 * @typedef {{ folder: string } | { start: (port: number) => string[] }} Server a folder for any static server, or arguments for a Node program, which may also read `PORT`
 * @typedef {object} SetUp
 * @property {string} name the name of its folder
 * @property {string} tool the package whose version the table shows
 * @property {Record<string, Server & { paths?: string[] }>} builds by their names in the table; `paths`: the pages to open, without it only `/`
 * @property {((port: number) => string[]) | undefined} [dev] a development server, run by Node
 * @property {RegExp} [says] what the development server's scripts print in the browser's console for developers
 */

const bin = (name) => (file, ...more) => [`node_modules/${name}/${file}`, ...more];

/** @type {SetUp[]} */
export const SET_UPS = [
  {
    name: "webpack",
    tool: "webpack",
    builds: { build: { folder: "dist" } },
    dev: (port) => bin("webpack-cli")("bin/cli.js", "serve", "--mode=development", `--port=${port}`, "--host=127.0.0.1"),
    says: /\[webpack-dev-server\]|\[HMR\]/,
  },
  {
    name: "rspack",
    tool: "@rspack/core",
    builds: { build: { folder: "dist" } },
    dev: (port) => bin("@rspack/cli")("bin/rspack.js", "serve", `--port=${port}`, "--host=127.0.0.1"),
    says: /\[(webpack|rspack)-dev-server\]|\[HMR\]/,
  },
  { name: "rollup", tool: "rollup", builds: { build: { folder: "dist" } } },
  { name: "esbuild", tool: "esbuild", builds: { "build, copied": { folder: "www" } } },
  {
    name: "parcel",
    tool: "parcel",
    builds: { build: { folder: "dist" } },
    // The development server must not write into `dist`, which holds the build.
    dev: (port) => bin("parcel")("lib/bin.js", "serve", "--dist-dir=.dev", `--port=${port}`, "--host=127.0.0.1"),
  },
  {
    name: "vite",
    tool: "vite",
    builds: { build: { folder: "dist" } },
    dev: (port) => bin("vite")("bin/vite.js", "--host=127.0.0.1", `--port=${port}`, "--strictPort"),
    says: /\[vite\]/,
  },
  {
    name: "next",
    tool: "next",
    builds: {
      "build, Turbopack": { start: (port) => bin("next")("dist/bin/next", "start", "-p", `${port}`, "-H", "127.0.0.1"), paths: ["/", "/doctors/1234567893"] },
      "build, webpack": { start: (port) => ["--env-file=webpack.env", ...bin("next")("dist/bin/next", "start", "-p", `${port}`, "-H", "127.0.0.1")], paths: ["/", "/doctors/1234567893"] },
    },
    dev: (port) => bin("next")("dist/bin/next", "dev", "-p", `${port}`, "-H", "127.0.0.1"),
    says: /React DevTools|\[HMR\]|\[Fast Refresh\]/,
  },
  {
    name: "angular",
    tool: "@angular/core",
    builds: { "build, copied": { folder: "dist/clinic/browser" } },
    dev: (port) => bin("@angular/cli")("bin/ng.js", "serve", `--port=${port}`, "--host=127.0.0.1"),
    says: /\[vite\]|Angular is running in development mode/,
  },
  {
    name: "svelte",
    tool: "@sveltejs/kit",
    builds: { "build, Node server": { start: () => ["build/index.js"] } },
    dev: (port) => bin("vite")("bin/vite.js", "dev", "--host=127.0.0.1", `--port=${port}`, "--strictPort"),
    says: /\[vite\]/,
  },
  {
    name: "astro",
    tool: "astro",
    builds: { "build, static": { folder: "dist" } },
    dev: (port) => bin("astro")("astro.js", "dev", "--host=127.0.0.1", `--port=${port}`),
    says: /\[vite\]/,
  },
  {
    name: "nuxt",
    tool: "nuxt",
    builds: { "build, Node server": { start: () => [".output/server/index.mjs"] } },
    dev: (port) => bin("nuxt")("bin/nuxt.mjs", "dev", "--host=127.0.0.1", `--port=${port}`),
    says: /\[vite\]|<Suspense> is an experimental feature|Vue DevTools|Nuxt DevTools/,
  },
];
