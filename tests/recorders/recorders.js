// The recorders, with their settings, and how to bundle them for a page.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { devDependencies } = JSON.parse(readFileSync(here("package.json"), "utf8"));

/**
 * `settings`: the tested settings, the maker's default first and the most permissive last. None of them records the bodies or
 * headers of requests: these are not on screen, and no mark affects them.
 * `blind`: settings under which the recorder records no canary even without the marks, since it masks every text.
 * @typedef {{ name: string, library: string, settings: string[], blind?: string[] }} Recorder
 * @type {Recorder[]}
 */
const ALL = [
  { name: "rrweb", library: "rrweb", settings: ["default", "masked", "permissive"] },
  { name: "clarity", library: "clarity-js", settings: ["default", "permissive"] },
  { name: "datadog", library: "@datadog/browser-rum", settings: ["default", "permissive"] },
  { name: "posthog", library: "posthog-js", settings: ["default", "permissive"] },
  { name: "sentry", library: "@sentry/browser", settings: ["default", "permissive"], blind: ["default"] },
  { name: "openreplay", library: "@openreplay/tracker", settings: ["default", "permissive"] },
  { name: "amplitude", library: "@amplitude/plugin-session-replay-browser", settings: ["default", "permissive"] },
  { name: "mixpanel", library: "mixpanel-browser", settings: ["default", "permissive"] },
  { name: "newrelic", library: "@newrelic/browser-agent", settings: ["default", "permissive"] },
];

export const RECORDERS = ALL.map((recorder) => ({ blind: [], ...recorder, version: devDependencies[recorder.library] }));

/** @type {Map<string, Promise<string>>} */
const built = new Map();

/** Bundles one recorder into a file for the page, which puts its `start` where the tests find it. @param {string} name */
export function script(name) {
  if (!built.has(name)) {
    const contents = `import * as recorder from "./entries/${name}.js"; document[Symbol.for("recorder")] = recorder;`;
    const bundle = build({
      stdin: { contents, resolveDir: here(".") },
      bundle: true,
      format: "esm",
      target: "es2022",
      minify: true,
      write: false,
      logLevel: "silent",
      define: { "process.env.NODE_ENV": '"production"' },
    });
    built.set(name, bundle.then(({ outputFiles }) => outputFiles[0].text));
  }
  return built.get(name);
}
