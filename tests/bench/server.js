// The web server of the benchmark's pages: it sends every file with the best brotli compression and the cache headers that a
// release's folder should have, so that the element and the compared pages are served alike. Also a server in front of Acme that
// can answer with many slots.
import { createServer, request as ask } from "node:http";
import { extname } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

/** @param {Uint8Array} bytes */
const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });

/** @param {import("node:http").Server} server @returns {Promise<string>} its origin */
async function listen(server) {
  await new Promise((listening) => server.listen(0, "127.0.0.1", () => listening(undefined)));
  return `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
}

/** @param {import("node:http").Server} server */
async function close(server) {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
}

export class Files {
  origin = "";
  /** @type {import("node:http").Server} */
  server;

  /** @type {Map<string, { body: Uint8Array, bytes: number }>} */
  #files = new Map();

  static async start() {
    const files = new Files();
    files.server = createServer((request, response) => {
      const path = new URL(request.url ?? "/", "http://host").pathname;
      const file = files.#files.get(path);
      if (!file) return void response.writeHead(404).end();
      response.writeHead(200, {
        "content-type": TYPES[extname(path)] ?? "application/octet-stream",
        "content-encoding": "br",
        "content-length": file.body.length,
        "access-control-allow-origin": "*",
        // Pages are revalidated each time. What they load is cached for a year, as on a live page, where its address has the release's version.
        "cache-control": path.endsWith(".html") ? "no-cache" : "public, max-age=31536000, immutable",
      });
      response.end(request.method === "HEAD" ? undefined : file.body);
    });
    files.origin = await listen(files.server);
    return files;
  }

  /** @param {string} path @param {Uint8Array | string} contents @param {Uint8Array} [compressed] its brotli file, if there is one */
  put(path, contents, compressed) {
    const bytes = typeof contents === "string" ? Buffer.from(contents) : contents;
    this.#files.set(path, { body: compressed ?? brotli(bytes), bytes: bytes.length });
  }

  /** @param {string} path @returns {number | undefined} its compressed length */
  length(path) {
    return this.#files.get(path)?.body.length;
  }

  stop = () => close(/** @type {import("node:http").Server} */ (this.server));
}

/** The number of days that `manySlots` fills, beginning with `first`. */
const DAYS = 14;

/**
 * The API's answer to a read of a clinician's times, with `count` slots.
 * @param {number} count @param {{ npi: string, visitType: string, first: string }} what `first`: the first day
 */
export function manySlots(count, { npi, visitType, first }) {
  const perDay = Math.ceil(count / DAYS);
  const dates = Array.from({ length: DAYS }, (_, nth) => new Date(Date.parse(`${first}T12:00:00Z`) + nth * 86_400_000).toISOString().slice(0, 10));
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  let left = count;
  const scheduleDays = dates.map((date) => {
    const timeSlots = Array.from({ length: Math.min(perDay, left) }, (_, nth) => {
      // One slot for each minute from 9 to 21 o'clock, then again at the next clinic.
      const minute = 9 * 60 + (nth % 720);
      const departmentId = String(100_210 + Math.floor(nth / 720));
      return {
        departmentId,
        departmentIdentifier: `org.northlake.epic.main|${departmentId}`,
        duration: 30,
        id: Buffer.from(`${date} ${nth} MBV0XPXTzjm4zZrEyl`).toString("base64"),
        providerId: "32261",
        providerNationalId: npi,
        slotDateTime: `${date}T${two(Math.floor(minute / 60))}:${two(minute % 60)}:00-08:00`,
        slotType: visitType,
        visitTypeId: "4378",
      };
    });
    left -= timeSlots.length;
    return { date: `${date}T00:00:00-08:00`, timeSlots };
  });
  return { startDate: dates[0], endDate: dates[DAYS - 1], providerNationalId: npi, timezone: "America/Los_Angeles", scheduleDays };
}

/** A server in front of Acme that changes the clinician's times: the first read gets `count` slots, reads of later days get none. */
export class ManySlots {
  /** @param {string} api Acme's @param {number} count @param {{ npi: string, visitType: string, first: string }} what */
  static async start(api, count, what) {
    const full = JSON.stringify(manySlots(count, what));
    const none = JSON.stringify({ ...manySlots(0, what), scheduleDays: [] });
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? "/", api);
      if (url.pathname.endsWith("/timeslots")) {
        const body = (url.searchParams.get("startDate") ?? "") <= what.first ? full : none;
        return void response.writeHead(200, { "content-type": "application/json", "access-control-allow-origin": "*" }).end(body);
      }
      const onward = ask(url, { method: request.method, headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on("error", () => response.destroy());
      request.pipe(onward);
    });
    return { api: await listen(server), stop: () => close(server) };
  }
}
