// Simulates a user who hears one page through the screen reader Orca: presses keys, waits for steps, and keeps a transcript.
import { setTimeout as sleep } from "node:timers/promises";
import { NOW } from "../support/acme.js";
import { tag } from "../support/host-page.js";
import { Room } from "./room.js";

/** The longest wait for a step, in milliseconds. */
const PATIENCE = 40_000;

/** Sets the page's clock to Acme's, sends a request to the site for each step that the element reaches, and loads the script. */
const HEAD = `<script>
  const begun = Date.now() - Date.parse(${JSON.stringify(NOW)});
  const Real = Date;
  Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() - begun); }
    static now() { return Real.now() - begun; }
  };
  document.addEventListener("findatime-step", ({ detail: { to } }) => navigator.sendBeacon("/step/" + to));
</script><script type="module" src="/find-a-time.js"></script>`;

export class Listener {
  /** @type {import("../support/site.js").Site} */
  site;
  /** @type {Room} */
  room;

  /** @type {string[]} */
  transcript = [];
  /** How many of the site's requests an earlier step has already looked at. */
  #seen = 0;

  /**
   * @param {{ site: import("../support/site.js").Site, acme: import("../support/acme.js").Acme, browser: string }} on
   * @param {{ attributes: Record<string, string | null>, patient?: string, lang?: string, title?: string, first?: string }} page
   */
  static async open({ site, acme, browser }, { attributes, patient, lang = "en", title = "Dana Whitfield, MD", first = "times" }) {
    const listener = new Listener();
    listener.site = site;
    const token = patient && (await acme.token(patient));
    const url = site.page({
      lang,
      head: HEAD,
      // Orca 43 falls silent when the text that it read disappears and nothing follows the text in the page; so the page has a footer.
      body: `<main><h1>${title}</h1>${tag(acme, { brand: "northlake", ...attributes })}</main><footer><p>Northlake Health</p></footer>`,
      script: token && `document.querySelector("find-a-time").getToken = () => ${JSON.stringify(token)};`,
    });
    const loaded = async () => {
      await listener.#step(first);
      await sleep(1000);
    };
    listener.room = await Room.open({ browser, url, language: lang, loaded });
    return listener;
  }

  async #step(name) {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const steps = this.site.requests.slice(this.#seen).filter(({ path }) => path.startsWith("/step/"));
      if (steps.some(({ path }) => path === `/step/${name}`)) break;
      if (Date.now() > end) throw new Error(`the step ${name} does not come; since the last: ${steps.map(({ path }) => path).join(" ") || "none"}`);
      await sleep(100);
    }
    this.#seen = this.site.requests.length;
  }

  /** Writes an action, and what Orca has said since the last one, into the transcript. @param {string} action @returns {string[]} what Orca said */
  #write(action) {
    const heard = this.room.hear();
    this.transcript.push(`> ${action}`, ...heard.map((line) => `    ${line.replace(/ +/g, " ")}`));
    return heard;
  }

  /** Presses a key several times. @param {string} key xdotool's name for it @param {number} [times] */
  async press(key, times = 1) {
    for (let nth = 0; nth < times; nth++) {
      await this.room.press(key);
      this.#write(key);
    }
  }

  /** Reads the next lines. @param {number} [times] */
  down = (times) => this.press("Down", times);
  /** Goes to the next controls. @param {number} [times] */
  tab = (times) => this.press("Tab", times);
  /** Goes to the beginning of the page. */
  top = () => this.press("ctrl+Home");

  /** @param {string} text */
  async type(text) {
    await this.room.type(text);
    this.#write(`types ${text}`);
  }

  /** Presses a key that leads to another step, and records what Orca says there. @param {string} key @param {string} step a state of the element */
  async goTo(key, step) {
    await this.room.press(key);
    await this.#step(step);
    await sleep(800);
    await this.room.rest();
    this.#write(`${key}, to the step “${step}”`);
  }

  /** Listens for a while. @param {string} why the text for the transcript @param {number} seconds */
  async wait(why, seconds) {
    await sleep(seconds * 1000);
    await this.room.rest();
    this.#write(why);
  }

  /** Presses a key until Orca says something that matches. @param {string} key @param {RegExp} words @param {number} [most] */
  async seek(key, words, most = 40) {
    let silent = 0;
    for (let nth = 0; nth < most && silent < 3; nth++) {
      await this.room.press(key);
      const heard = this.#write(key);
      if (heard.some((line) => words.test(line))) return;
      silent = heard.length ? 0 : silent + 1;
    }
    throw new Error(`${key}, again and again, does not come to ${words}`);
  }

  close() {
    this.room.close();
  }
}
