// Plays a sequence in a browser and returns everything that was observed: what the page reported and sent, what the patient
// read, and Acme's list of intents.
import { NOW } from "../../support/fixtures.js";
import { PHONE, SCRIPT, tag } from "../../support/host-page.js";
import { at } from "./chance.js";
import { ACTS } from "./host.js";
import { BOOKING, inPage, MARK } from "./in-page.js";

/**
 * @typedef {import("./plan.js").Plan} Plan
 * @typedef {import("./plan.js").Step} Step
 * @typedef {import("./in-page.js").Report} Report
 * @typedef {import("./in-page.js").Control} Control
 * @typedef {{ plan: Plan, steps: string[], reports: (Report & { tab: number })[], requests: { intent: string | null, path: string }[], told: { intent: string, words: string }[],
 *             states: string[], intents: any[], errors: string[] }} Seen
 */

/** How many times faster than real time the page's clock may run while the driver waits. */
const FASTER = 64;
/**
 * The longest time that an element may be busy, in milliseconds on the page's clock: three attempts each for the token, the patient, the
 * record and the time, and then a booking.
 */
const LONGEST = 160_000;
/** The longest real time for a sequence, in milliseconds: many times what any sequence has taken. */
const LIMIT = 60_000;
const BUSY = ["loading", "sending"];

export class Walk {
  /** @type {Seen} */
  seen;
  /** @type {import("@playwright/test").BrowserContext} */
  context;
  /** @type {(import("@playwright/test").Page | null)[]} */
  #pages = [];
  #isOnline = true;
  #products = 0;
  /** The patient's token. */
  token = "";

  /** @param {{ browser: import("@playwright/test").Browser, site: import("../../support/site.js").Site, acme: import("../../support/acme.js").Acme, watch: import("../../support/watch.js").Watch }} on @param {Plan} plan */
  constructor(on, plan) {
    this.browser = on.browser;
    this.site = on.site;
    this.acme = on.acme;
    this.watch = on.watch;
    this.plan = plan;
    this.seen = { plan, steps: [], reports: [], requests: [], told: [], states: [], intents: [], errors: [] };
  }

  /** @param {(walk: Walk, step: number) => Promise<void>} [meddle] called before each step, for tests that break a promise */
  async run(meddle) {
    const before = this.watch.exceptions().length;
    await this.acme.reset();
    this.context = await this.browser.newContext();
    let late;
    const tooLate = new Promise((_, reject) => (late = setTimeout(() => reject(new Error(`it is not over after ${LIMIT / 1000} s`)), LIMIT)));
    try {
      await Promise.race([this.#play(meddle), tooLate]);
    } finally {
      clearTimeout(late);
      await this.context.close();
    }
    this.seen.errors = this.watch.exceptions().slice(before);
    return this.seen;
  }

  /** @param {Parameters<Walk["run"]>[0]} meddle */
  async #play(meddle) {
    await this.#prepare();
    await this.#open(0);
    for (const [place, step] of this.plan.steps.entries()) {
      await meddle?.(this, place);
      await this.#step(step);
    }
    await this.#end();
    await this.watch.look(this.context);
  }

  async #prepare() {
    const { context, seen } = this;
    await this.watch.begin(context);
    await context.clock.install({ time: new Date(NOW) });
    await context.addInitScript(inPage, /** @type {[string, string]} */ ([MARK, BOOKING.source]));
    const tabOf = (page) => this.#pages.indexOf(page);
    context.on("console", (message) => {
      if (!message.text().startsWith(MARK)) return;
      const report = { ...JSON.parse(message.text().slice(MARK.length)), tab: tabOf(message.page()) };
      // Chromium repeats a page's console messages when the page is restored whole.
      if (!seen.reports.some(({ life, number }) => life === report.life && number === report.number)) seen.reports.push(report);
    });
    context.on("request", (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (request.method() === "POST" && BOOKING.test(pathname)) seen.requests.push({ intent: searchParams.get("intent"), path: pathname });
    });
    context.on("page", (page) => page.on("dialog", (dialog) => void dialog.accept().catch(() => {})));
    this.token = await this.acme.token(this.plan.patient);
    this.site.headers = { "cache-control": "max-age=600" };
    this.site.page({ path: "/elsewhere.html", body: "<main><h1>Opening hours</h1></main>" });
  }

  /** Opens the page with the element in its own tab. @param {number} tab */
  async #open(tab) {
    const path = `/walk-${tab}.html`;
    const attributes = { ...this.plan.target.attributes, "event-details": "full", product: `walk-${tab}` };
    const script = `document.querySelector("find-a-time").getToken = () => ${JSON.stringify(this.token)};`;
    const address = this.site.page({ path, head: SCRIPT, body: `<main><h1>Clinic</h1>${tag(this.acme, attributes, PHONE)}</main><footer></footer>`, script });
    const page = await this.context.newPage();
    this.#pages[tab] = page;
    await page.goto(address);
    await this.#rest(tab);
  }

  /** @param {number} tab from 0 */
  page = (tab) => /** @type {import("@playwright/test").Page} */ (this.#pages[tab]);
  /** @param {number} tab @returns {Promise<{ state: string, open: number, now: number }>} */
  #state = (tab) => this.page(tab).evaluate(() => document[Symbol.for("walk")].state());

  /**
   * Advances the page's clock until the element is at rest. Waits at most `patience` milliseconds for open requests, unless the element's
   * state shows that it waits for them.
   * @param {number} tab @param {number} [patience]
   */
  async #rest(tab, patience = 2_000) {
    const page = this.page(tab);
    const { now: begun } = await this.#state(tab);
    // Require the element to be at rest twice in a row, since a press may start something a moment later.
    for (let quiet = 0; ;) {
      const { state, open, now } = await this.#state(tab);
      const passed = now - begun;
      quiet = !BUSY.includes(state) && (!open || passed > patience) ? quiet + 1 : 0;
      if (quiet > 1 || passed > LONGEST) return state;
      await this.#pass(page, passed < 1_000 ? 100 : 1_000);
    }
  }

  /** @param {import("@playwright/test").Page} page @param {number} milliseconds on the page's clock */
  async #pass(page, milliseconds) {
    await page.clock.runFor(milliseconds);
    await new Promise((next) => setTimeout(next, milliseconds / FASTER));
  }

  /** @param {Step} step */
  async #step(step) {
    const tab = step.tab;
    if (!this.#pages[tab]) await this.#online().then(() => this.#open(tab));
    const met = await this.#carryOut(step, tab);
    const value = step.value === undefined ? "" : ` ${typeof step.value === "string" ? step.value : JSON.stringify(step.value)}`;
    this.seen.steps.push(`${tab ? "second tab: " : ""}${step.does}${value}${met ? `: ${met}` : ""}${step.pause === "rest" ? "" : `, then ${step.pause === "none" ? "at once" : `${step.pause} ms`}`}`);
    if (step.pause === "rest") await this.#rest(tab);
    else if (step.pause !== "none") await this.#pass(this.page(tab), step.pause);
    await this.#listen(tab);
  }

  /** Records what the patient reads when an outcome is new. @param {number} tab */
  async #listen(tab) {
    const ends = this.seen.reports.filter((report) => report.kind === "end" && report.tab === tab);
    const last = ends[ends.length - 1]?.intent;
    if (!last || this.seen.told.some(({ intent }) => intent === last)) return;
    this.seen.told.push({ intent: last, words: await this.page(tab).evaluate(() => document[Symbol.for("walk")].says()) });
  }

  /** @param {Step} step @param {number} tab @returns {Promise<string | void>} what happened */
  async #carryOut({ does, rolls, value }, tab) {
    const page = this.page(tab);
    switch (does) {
      case "on": return this.#goOn(page, rolls);
      case "press": return this.#press(page, ({ controls }) => controls.map((_, place) => place), rolls[0]);
      case "twice": return this.#goOn(page, rolls, 2);
      case "fill": return this.#fill(page, rolls);
      case "fault": return void (await this.acme.fault(value));
      case "calm": return this.#calm(tab);
      case "taken": return this.#taken(page);
      case "later":
        await this.acme.clock({ advance: value / 1000 });
        return page.clock.fastForward(value);
      case "offline":
        this.#isOnline = !this.#isOnline;
        await this.context.setOffline(!this.#isOnline);
        return this.#isOnline ? "online again" : "";
      case "token": return this.#token(page, value);
      case "away": return this.act(page, value, value === "another" ? [...at([["npi", "1234986739"], ["visit-type", "FollowUp"]], rolls[0]), `another-${++this.#products}`] : null);
      case "reload": return this.#reload(page, tab);
      case "leave": return this.#leave(page, tab);
      default: return this.act(page, does, value);
    }
  }

  /**
   * Runs one of `ACTS` in the page; if it is `remove` and the element is already removed, puts the element back instead.
   * @param {import("@playwright/test").Page} page @param {string} what @param {any} value
   */
  async act(page, what, value = null) {
    const name = (await page.evaluate(() => document.querySelector("find-a-time") === null)) && what === "remove" ? "put back" : what;
    // An attribute that keeps its value, or has no element to be set on, changes nothing.
    const isChange = name !== "attribute" || (await page.evaluate(([attribute, text]) => ![text, undefined].includes(document.querySelector("find-a-time")?.getAttribute(attribute)), value));
    const report = { kind: "host", what: name !== "attribute" ? name : isChange ? `attribute ${value[0]}` : "no change" };
    await page.evaluate(`document[Symbol.for("walk")].report(${JSON.stringify(report)}); (${ACTS[name]})(${JSON.stringify(value)})`);
    return name === what ? "" : name;
  }

  /**
   * Goes on with the booking: fills the required fields, then presses a time, the primary button or, without these, any button.
   * @param {import("@playwright/test").Page} page @param {number[]} rolls @param {number} [clicks]
   */
  async #goOn(page, [which, entry], clicks = 1) {
    const { state } = await page.evaluate(() => document[Symbol.for("walk")].state());
    if (state === "away") return this.act(page, "put back");
    const filled = ["patient", "review", "queue"].includes(state) ? await page.evaluate((roll) => document[Symbol.for("walk")].fillAll(roll), entry) : 0;
    const met = await this.#press(page, ({ state, controls }) => {
      const places = (is) => controls.flatMap((control, place) => (is(control) ? [place] : []));
      const slots = ["times", "taken"].includes(state) ? places(({ isSlot }) => isSlot).slice(0, 6) : [];
      const primary = places(({ isPrimary }) => isPrimary);
      return [slots, primary].find(({ length }) => length) ?? places(({ kind }) => kind === "button");
    }, which, clicks);
    return `${filled ? `fills ${filled}, ` : ""}${met}`;
  }

  /**
   * Presses one of the offered controls, with the mouse.
   * @param {import("@playwright/test").Page} page @param {(offered: { state: string, controls: Control[] }) => number[]} choose indexes of the controls to choose from @param {number} roll @param {number} [clicks]
   */
  async #press(page, choose, roll, clicks = 1) {
    const offered = await page.evaluate(() => document[Symbol.for("walk")].offered());
    const places = choose(offered);
    const place = places.length ? at(places, roll) : undefined;
    const spot = place === undefined ? null : await page.evaluate((place) => document[Symbol.for("walk")].spot(place), place);
    if (place === undefined || !spot) return `nothing to press at ${offered.state}`;
    await page.mouse.click(spot.x, spot.y, { clickCount: clicks });
    return `presses “${offered.controls[place].name}” at ${offered.state}${clicks > 1 ? " twice" : ""}`;
  }

  /** @param {import("@playwright/test").Page} page @param {number[]} rolls */
  async #fill(page, [which, entry]) {
    const { state, controls } = await page.evaluate(() => document[Symbol.for("walk")].offered());
    const fields = controls.flatMap(({ kind }, place) => (["button", "summary"].includes(kind) ? [] : [place]));
    if (!fields.length) return `nothing to fill at ${state}`;
    const place = at(fields, which);
    await page.evaluate(([place, roll]) => document[Symbol.for("walk")].fill(place, roll), [place, entry]);
    return `“${controls[place].name}” at ${state}`;
  }

  /** Lets somebody else take the time that was chosen last. @param {import("@playwright/test").Page} page */
  async #taken(page) {
    const slot = await page.evaluate(() => document[Symbol.for("walk")].selected());
    if (!slot) return "no time was chosen";
    const [ehrSystemName, departmentId] = slot.department.split("|");
    await this.acme.take({ npi: slot.npi, departmentId, ehrSystemName, slotDateTime: slot.instant });
  }

  /** @param {import("@playwright/test").Page} page @param {string} how */
  async #token(page, how) {
    const other = this.plan.patient === "marta" ? "dev" : "marta";
    if (how === "expired") return void (await this.acme.expireTokens(this.plan.patient));
    const token = how === "another's" ? await this.acme.token(other) : how === "fresh" || how === "promised" ? (this.token = await this.acme.token(this.plan.patient)) : this.token;
    await this.act(page, "token", [how, token]);
  }

  async #online() {
    if (!this.#isOnline) await this.context.setOffline(false);
    this.#isOnline = true;
  }

  /** Removes all faults, and restores the network, the token and the element. @param {number} tab */
  async #calm(tab) {
    await this.acme.clearFaults();
    await this.#online();
    await this.#token(this.page(tab), "fresh");
    await this.act(this.page(tab), "put back");
  }

  /** @param {import("@playwright/test").Page} page @param {number} tab */
  async #reload(page, tab) {
    await this.#online();
    await page.evaluate(() => document[Symbol.for("walk")].report({ kind: "host", what: "left" }));
    await page.reload();
    await this.#token(page, "fresh");
    await this.#rest(tab);
  }

  /** Leaves the page and comes back, through the browser's back-forward cache if it has one. @param {import("@playwright/test").Page} page @param {number} tab */
  async #leave(page, tab) {
    await this.#online();
    await page.evaluate(() => document[Symbol.for("walk")].report({ kind: "host", what: "left" }));
    const here = page.url();
    await page.goto(`${this.site.origin}/elsewhere.html`);
    // The page may go before the call has returned.
    await page.evaluate(() => setTimeout(() => history.back()));
    // A page restored from the cache does not load, and Firefox then reports no navigation.
    const isBack = () => page.evaluate((here) => location.href === here && Symbol.for("walk") in document, here).catch(() => false);
    while (!(await isBack())) await new Promise((next) => setTimeout(next, 20));
    await this.#rest(tab);
  }

  /** Waits until everything is at rest, and reads Acme's intents. */
  async #end() {
    await this.acme.clearFaults();
    await this.#online();
    for (const tab of this.#pages.keys()) {
      if (!this.#pages[tab]) continue;
      await this.act(this.page(tab), "put back");
      // An element that the page replaced by one for something else may still be sending a booking.
      this.seen.states.push(await this.#rest(tab, LONGEST));
      await this.#listen(tab);
    }
    for (;;) {
      this.seen.intents = await this.acme.intents();
      // Acme also carries out a delayed POST that nobody waits for any more.
      if (!this.seen.intents.some(({ posts }) => posts.some(({ fault, did }) => fault === "delay" && did === "nothing"))) return;
      await new Promise((next) => setTimeout(next, 20));
    }
  }
}
