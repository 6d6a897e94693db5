// The server that recorders send to: keeps every address and body, and answers as each maker's server does for a
// recorded page.
import { createServer } from "node:http";
import { requireValue } from "../support/values.js";

/** Answers that make the recorders record. The first pattern that matches the path is used. */
const ANSWERS = /** @type {[RegExp, () => object][]} */ ([
  // OpenReplay. The large `compressionThreshold` keeps it from compressing, which may not finish before the page is left.
  [/\/v1\/web\/start$/, () => ({ token: "token", userUUID: "user", projectID: "1", sessionID: "1", delay: 0, startTimestamp: Date.now(), beaconSizeLimit: 1_000_000, compressionThreshold: 10_000_000 })],
  // PostHog
  [/\/(array\/[^/]+\/config|flags\/|decide\/)/, () => ({
    supportedCompression: ["gzip-js"], hasFeatureFlags: false, featureFlags: {}, heatmaps: true, autocapture_opt_out: false, surveys: false,
    sessionRecording: { endpoint: "/s/", recorderVersion: "v2" },
  })],
  // New Relic
  [/\/1\/recorders$/, () => ({ app: { agents: [{ entityGuid: "guid" }], nrServerTime: Date.now() }, stn: 1, err: 1, ins: 1, spa: 1, sr: 1, srs: 1, sts: 1, log: 1 })],
  // Amplitude
  [/\/events$/, () => ({ code: 200 })],
  [/\/config/, () => ({ configs: { sessionReplay: { sr_sampling_config: { sample_rate: 1, capture_enabled: true } } } })],
  // Mixpanel, and recorders that expect no particular answer
  [/./, () => ({ status: 1, error: null })],
]);

export class Sink {
  /** Its address. */
  origin = "";
  server = createServer((request, response) => void this.#answer(request, response));
  /** What arrived since the last `reset`: addresses with their queries, and bodies. @type {{ address: string, body: Buffer }[]} */
  arrived = [];
  #last = 0;

  /** @returns {Promise<Sink>} */
  static async start() {
    const sink = new Sink();
    await new Promise((listening) => sink.server.listen(0, "127.0.0.1", () => listening(undefined)));
    sink.origin = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (sink.server.address()).port}`;
    return sink;
  }

  reset() {
    this.arrived = [];
    this.#last = Date.now();
  }

  /** Waits until nothing has arrived for a while. @param {number} ms */
  async quiet(ms) {
    const deadline = Date.now() + 8000;
    while (Date.now() < deadline && Date.now() - this.#last < ms) await new Promise((later) => setTimeout(later, 50));
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  /** @param {import("node:http").IncomingMessage} request @param {import("node:http").ServerResponse} response */
  async #answer(request, response) {
    const { method, headers, url = "/" } = request;
    const open = {
      "access-control-allow-origin": headers.origin ?? "*",
      "access-control-allow-credentials": "true",
      "access-control-allow-methods": "GET, POST, PUT, OPTIONS",
      "access-control-allow-headers": headers["access-control-request-headers"] ?? "*",
    };
    if (method === "OPTIONS") return void response.writeHead(204, open).end();
    const parts = [];
    try {
      for await (const part of request) parts.push(part);
    } catch {
      // The page was left during the request: keep what arrived.
    }
    this.arrived.push({ address: url, body: Buffer.concat(parts) });
    this.#last = Date.now();
    const path = new URL(url, this.origin).pathname;
    const [, answer] = requireValue(ANSWERS.find(([pattern]) => pattern.test(path)), `answer for ${path}`);
    response.writeHead(200, { ...open, "content-type": "application/json" }).end(JSON.stringify(answer()));
  }
}
