// Starts an Acme on free ports, with its clock stopped, and calls its control port.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

/** The time on the clocks of Acme and of the pages when a test begins: a Monday, 9 in the morning at the Seattle clinics. */
export const NOW = "2026-12-07T17:00:00Z";

/** @returns {Promise<number>} a port that nobody listens on */
export async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", () => listening(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  await new Promise((closed) => server.close(closed));
  return port;
}

export class Acme {
  /** The address of the API host, which is the identity provider too. */
  api = "";
  /** The address of the Visit host. */
  visits = "";
  control = "";
  /** @type {import("node:child_process").ChildProcessByStdio<null, import("node:stream").Readable, import("node:stream").Readable>} */
  process;

  /** @param {string[]} [more] more arguments, for example `--require-key` @returns {Promise<Acme>} */
  static async start(more = []) {
    const binary = process.env.FAT_ACME;
    if (!binary) throw new Error("FAT_ACME must name the acme binary; `cargo xtask test e2e` sets it");
    const [api, visits, control] = await Promise.all([freePort(), freePort(), freePort()]);
    const acme = new Acme();
    acme.api = `http://127.0.0.1:${api}`;
    acme.visits = `http://127.0.0.1:${visits}`;
    acme.control = `http://127.0.0.1:${control}`;
    const host = (port) => `127.0.0.1:${port}`;
    acme.process = spawn(binary, ["--listen", host(api), "--visits", host(visits), "--control", host(control), "--now", NOW, ...more], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    await acme.#ready();
    await acme.reset();
    return acme;
  }

  #ready() {
    let said = "";
    this.process.stderr.on("data", (text) => (said += text));
    return new Promise((ready, failed) => {
      const late = setTimeout(() => failed(new Error(`acme is not ready after 30 s: ${said}`)), 30_000);
      this.process.once("exit", (code) => failed(new Error(`acme ended with ${code}: ${said}`)));
      this.process.once("error", failed);
      createInterface({ input: this.process.stdout }).on("line", (line) => {
        if (!line.startsWith("acme: ready")) return;
        clearTimeout(late);
        ready(undefined);
      });
    });
  }

  async stop() {
    if (this.process.exitCode !== null) return;
    const ended = new Promise((exit) => this.process.once("exit", exit));
    this.process.kill();
    await ended;
  }

  /** @param {string} method @param {string} path @param {unknown} [body] */
  async #say(method, path, body) {
    const response = await fetch(this.control + path, {
      method,
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`acme control: ${method} ${path} answered ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  /** Restores the seed world and Acme's default behaviour, removes all faults, empties the request log and stops the clock at NOW. */
  async reset() {
    await this.#say("POST", "/reset");
    await this.#say("DELETE", "/faults");
    await this.#say("POST", "/cors", { mode: "on" });
    await this.#say("POST", "/clock", { now: NOW, frozen: true });
    await this.#say("DELETE", "/requests");
  }

  /** Called with every token that `token` issues. @type {(token: string) => void} */
  onToken = () => {};
  /** The patients of the seed world; read once. @type {Promise<any[]> | undefined} */
  #patients;
  patients = () => (this.#patients ??= this.world().then(({ patients }) => patients));

  /** Brands, clinics, clinicians, visit types, patients. */
  world = () => this.#say("GET", "/world");
  /** @param {{ now?: string, frozen?: boolean, advance?: number }} [change] without it, the time is read */
  clock = (change) => this.#say(change ? "POST" : "GET", "/clock", change);
  /** Lets somebody else book a time. @param {object} which `{slotId}` or `{npi?, departmentId, slotDateTime}` */
  take = (which) => this.#say("POST", "/slots/take", which);
  /** @param {object} which as in `take` */
  release = (which) => this.#say("POST", "/slots/release", which);
  /** The requests received, oldest first. @returns {Promise<any[]>} */
  requests = async () => listed(await this.#say("GET", "/requests"));
  forgetRequests = () => this.#say("DELETE", "/requests");
  /** The booking POSTs by intent (one press of a patient), each intent with its visits in Acme's database. @returns {Promise<any[]>} */
  intents = async () => listed(await this.#say("GET", "/intents"));
  /** Every booked visit. @returns {Promise<any[]>} */
  visitsBooked = async () => listed(await this.#say("GET", "/visits"));
  /** @param {object} fault `{path, method?, times?, kind, status?, body?, ms?, headers?}` */
  fault = (fault) => this.#say("POST", "/faults", fault);
  clearFaults = () => this.#say("DELETE", "/faults");
  /** @param {string} [patient] without it, everybody's tokens expire */
  expireTokens = (patient) => this.#say("POST", "/tokens/expire", { patient });
  /** Issues a token without the sign-in page. @param {string} patient @returns {Promise<string>} */
  token = async (patient) => {
    const { token } = await this.#say("POST", "/tokens/issue", { patient });
    this.onToken(token);
    return token;
  };
  /** @param {"E1" | "E2" | "E3" | "E4" | "E5" | "text" | "cycle"} variant of the error envelope */
  envelope = (variant) => this.#say("POST", "/envelope", { variant });
  /**
   * Sets which conflict Acme reports if a booking has both: "patient", another visit of the patient at that time, or "slot", a
   * taken slot.
   * @param {"patient" | "slot"} order
   */
  conflictOrder = (order) => this.#say("POST", "/conflict-order", { order });
  /** Sets whether a region's line can be joined, and its wait. @param {object} what `{region, state, wait?, busyMessage?, modality?, practiceId?}` */
  setRegion = (what) => this.#say("POST", "/regions", what);
  /** Sets the estimated wait of a virtual visit. @param {string} visitId @param {number} seconds */
  setWait = (visitId, seconds) => this.#say("POST", "/waits", { visitId, seconds });
  /** Sets the status of a virtual visit. @param {string} visitId @param {string} status */
  setStatus = (visitId, status) => this.#say("POST", "/virtual", { visitId, status });
  /** @param {object} what `{code, status?, discountAmount?, answer?}` */
  setCoupon = (what) => this.#say("POST", "/coupons", what);
  /** Sets how the searches around a place, and the calls of v5, answer requests without a key. @param {{ get?: "open" | "key" | "absent", post?: "open" | "key", v5?: "open" | "key" }} how */
  availability = (how) => this.#say("POST", "/availability", how);
  /** Expires every `searchContext` issued so far. */
  expireContexts = () => this.#say("POST", "/contexts/expire", {});
  /** The queries with which the scheduling pages were opened. @returns {Promise<{ at: string, query: Record<string, string[]> }[]>} */
  handoffs = async () => listed(await this.#say("GET", "/handoffs"));
  /** Sets whether Acme refuses a booking whose patient is described otherwise than in the record. @param {"on" | "off"} mode */
  comparison = (mode) => this.#say("POST", "/comparison", { mode });
  /** @param {"on" | "off"} mode */
  cors = (mode) => this.#say("POST", "/cors", { mode });

  /** The `environment.json` with which the preview's pages find this Acme. */
  environment() {
    const api = this.api;
    return {
      api,
      visits: this.visits,
      scheduling: api,
      brand: "northlake",
      tenant: "northlake",
      idp: { issuer: api, authorize: `${api}/oauth2/authorize`, token: `${api}/oauth2/token`, clientId: "find-a-time-preview" },
    };
  }
}

/**
 * The list in an answer of the control port: the answer itself, or the first of its members that is an array.
 * @param {any} answer @returns {any[]}
 */
const listed = (answer) => (Array.isArray(answer) ? answer : /** @type {any[]} */ (Object.values(answer).find(Array.isArray)));
