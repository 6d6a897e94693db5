// A static web server for host pages: it serves what a test puts there, else the files of a folder. It uses no framework, so that a
// test can choose exactly which wrong answer it sends: a 404, another MIME type, a policy, a dropped connection.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webp": "image/webp",
};

/** The strict Content Security Policy under which the widget works. @param {string} [api] origins of the API, separated by spaces */
export const strictPolicy = (api = "") =>
  [
    "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", `connect-src 'self' ${api}`, "style-src 'self'", "img-src data:",
    "base-uri 'none'", "object-src 'none'", "form-action 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
  ].join("; ");

/**
 * What the site serves at a path, instead of the folder's file if there is one.
 * @typedef {{ body?: string | Uint8Array, type?: string | null, status?: number, headers?: Record<string, string>,
 *             drop?: boolean, hang?: boolean, dropBody?: boolean, held?: Promise<void> }} Entry `type`: null sends no type;
 *             `drop`: cut the connection; `hang`: never answer; `dropBody`: answer only HEAD requests; `held`: answer once this is resolved
 */

export class Site {
  /** Its address. */
  origin = "";
  /** The folder to serve. @type {string | undefined} */
  root;
  server = createServer((request, response) => void this.#answer(request, response));
  /** @type {Map<string, Entry>} */
  #entries = new Map();
  /** More folders, keyed by path prefix. @type {Map<string, string>} */
  #mounts = new Map();
  /** Every request since the last `reset`. @type {{ method: string, path: string, headers: import("node:http").IncomingHttpHeaders }[]} */
  requests = [];
  /** Headers sent with every answer, until `reset`. @type {Record<string, string>} */
  headers = {};

  /** @param {string | undefined} root the folder to serve; without it, only what tests put @returns {Promise<Site>} */
  static async start(root) {
    const site = new Site();
    site.root = root;
    await new Promise((listening) => site.server.listen(0, "127.0.0.1", () => listening(undefined)));
    site.origin = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (site.server.address()).port}`;
    return site;
  }

  /** @param {string} path @param {Entry | string} entry a string is a body with the type of the path's extension */
  put(path, entry) {
    this.#entries.set(path, typeof entry === "string" ? { body: entry } : entry);
  }

  /** Serves another folder under a prefix, until `reset`. @param {string} prefix ends with a slash @param {string} folder */
  mount(prefix, folder) {
    this.#mounts.set(prefix, folder);
  }

  /** Removes an entry, so that the folder's file is served again. @param {string} path */
  take(path) {
    this.#entries.delete(path);
  }

  /**
   * Holds back answers at this path until released, then serves what is there at that moment.
   * @param {string} path @returns {() => void} releases the answers
   */
  hold(path) {
    const before = this.#entries.get(path);
    let answer = () => {};
    const held = { held: new Promise((done) => (answer = () => done(undefined))) };
    this.#entries.set(path, held);
    return () => {
      if (this.#entries.get(path) === held) {
        if (before) this.#entries.set(path, before);
        else this.#entries.delete(path);
      }
      answer();
    };
  }

  /**
   * Puts a host page. Its script, if any, is a separate module, since a strict policy allows no inline script.
   * @param {{ path?: string, body: string, head?: string, lang?: string, script?: string, headers?: Record<string, string> }} page
   * @returns {string} its address
   */
  page({ path = "/page.html", body, head = "", lang = "en", script, headers }) {
    const own = path.replace(/\.html$/, ".own.js");
    if (script) this.put(own, script);
    this.put(path, {
      headers,
      body: `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A clinic's page</title>
<link rel="icon" href="data:,">${script ? `<script type="module" src="${own}"></script>` : ""}${head}</head><body>${body}</body></html>`,
    });
    return this.origin + path;
  }

  /** Counts the requests whose path contains a text. @param {string} part */
  count(part) {
    return this.requests.filter(({ path }) => path.includes(part)).length;
  }

  reset() {
    this.#entries.clear();
    this.#mounts.clear();
    this.requests = [];
    this.headers = {};
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  /** @param {import("node:http").IncomingMessage} request @param {import("node:http").ServerResponse} response */
  async #answer(request, response) {
    const path = decodeURIComponent(new URL(request.url ?? "/", this.origin).pathname);
    this.requests.push({ method: request.method ?? "", path, headers: request.headers });
    await this.#entries.get(path)?.held;
    const entry = this.#entries.get(path);
    if (entry?.drop || (entry?.dropBody && request.method !== "HEAD")) return void request.socket.destroy();
    if (entry?.hang) return;
    const type = entry?.type === null ? {} : { "content-type": entry?.type ?? TYPES[extname(path)] ?? "application/octet-stream" };
    const headers = { "cache-control": "no-store", ...type, ...this.headers, ...entry?.headers };
    if (entry) return void response.writeHead(entry.status ?? 200, headers).end(request.method === "HEAD" ? undefined : entry.body);
    const file = await this.#file(path);
    if (!file) return void response.writeHead(404, { "content-type": "text/plain" }).end("Not found");
    response.writeHead(200, { ...headers, "content-type": TYPES[extname(file)] ?? headers["content-type"] });
    createReadStream(file).on("error", () => response.destroy()).pipe(response);
  }

  /** @param {string} path */
  async #file(path) {
    const [prefix, root] = [...this.#mounts].find(([prefix]) => path.startsWith(prefix)) ?? ["/", this.root];
    if (!root) return undefined;
    const inside = join(root, normalize(path.slice(prefix.length - 1)));
    if (!inside.startsWith(root)) return undefined;
    for (const file of [inside, join(inside, "index.html")]) {
      if (await stat(file).then((found) => found.isFile(), () => false)) return file;
    }
    return undefined;
  }
}
