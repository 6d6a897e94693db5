// Collects everything that must not happen on a page with the widget. The listeners that it adds to the page report by console
// messages that begin with a mark, so that nothing is added to `window`.
import { Addresses } from "./addresses.js";
import { placesOf } from "./places.js";

const MARK = "\u2063watch:";

/** The kind of personal data in a field of the host page, by `autocomplete`; a text area holds a reason or an answer. @type {Record<string, string>} */
const PERSONAL = {
  "given-name": "a name", "family-name": "a name", email: "an email", tel: "a phone number", "address-line1": "a street", reason: "a reason",
};
/** The kind of personal data in a field of the element, by its name without the prefix of a person; other fields are named. @type {Record<string, string>} */
const OWN = { given: "a name", family: "a name", email: "an email", phone: "a phone number", line1: "a street", reason: "a reason" };
/** The fields of the element that narrow a public list or say where to look: addresses may hold what is typed there. */
const SEARCHES = ["place", "insurer-search"];

export class Watch {
  /** @type {string[]} */
  #exceptions = [];
  /** @type {string[]} */
  #violations = [];
  /** @type {string[]} */
  #console = [];
  /** @type {Set<string>} */
  #origins = new Set();
  /** @type {Set<string>} */
  #known = new Set();
  /**
   * Chromium's note about the identity provider's sign-in page, if a test focuses a field there before the browser does.
   * @type {RegExp[]}
   */
  #consoleAllowed = [/^info: Autofocus processing was blocked/];
  /** The requested addresses, and the texts that no address may hold. */
  addresses = new Addresses();
  #violationsAllowed = false;
  /** @type {string[]} */
  #leaks = [];
  #exceptionsAllowed = false;
  /** The parts of the birth dates that were entered, by the prefix of the person. @type {Record<string, Record<string, string>>} */
  #born = {};

  /** @param {...string} origins that requests may go to */
  allowOrigin(...origins) {
    for (const origin of origins) this.#known.add(origin);
  }

  /** @param {RegExp} pattern what the browser may print by itself, for example "Failed to load resource" */
  allowConsole(pattern) {
    this.#consoleAllowed.push(pattern);
  }

  /** Allows policy violations, which browsers also print. */
  allowViolations() {
    this.#violationsAllowed = true;
    this.allowConsole(/content.security.policy/i);
  }

  /** Allows exceptions, for a host page that throws. */
  allowExceptions() {
    this.#exceptionsAllowed = true;
    this.allowConsole(/error/i);
  }

  exceptions() {
    return [...this.#exceptions];
  }

  /** Every origin that received a request. */
  origins() {
    return [...this.#origins];
  }

  /** Console lines, allowed ones included. */
  said() {
    return [...this.#console];
  }

  /** @param {import("@playwright/test").BrowserContext} context */
  async begin(context) {
    await context.addInitScript(([mark, personal]) => {
      const { debug } = console;
      const tell = (kind, text) => debug.call(console, `${mark}${kind} ${text}`);
      addEventListener("error", (event) => tell("exception", event.message ?? "error"));
      addEventListener("unhandledrejection", (event) => tell("exception", `rejected: ${event.reason}`));
      document.addEventListener("securitypolicyviolation", (event) => tell("violation", `${event.effectiveDirective} ${event.blockedURI}`));
      addEventListener("input", (event) => {
        const field = /** @type {HTMLInputElement} */ (event.composedPath()[0]);
        const root = /** @type {ShadowRoot} */ (field.getRootNode());
        const isOwn = root.host?.localName === "find-a-time";
        const kind = field.localName === "textarea" ? "reason" : field.autocomplete;
        // Use no array method: a test may have replaced it.
        if (isOwn) tell("entered", JSON.stringify([field.name, field.type, field.value]));
        else if (personal[kind]) tell("typed", JSON.stringify([kind, field.value]));
      }, true);
    }, /** @type {const} */ ([MARK, PERSONAL]));
    context.on("console", (message) => this.#hear(message));
    context.on("request", (request) => {
      this.addresses.add(request.url());
      const { protocol, origin } = new URL(request.url());
      if (/^https?:$/.test(protocol)) this.#origins.add(origin);
    });
  }

  /** @param {import("@playwright/test").ConsoleMessage} message */
  #hear(message) {
    const text = message.text();
    if (!text.startsWith(MARK)) this.#console.push(`${message.type()}: ${text}`);
    else if (text.startsWith(`${MARK}typed`)) this.#typed(JSON.parse(text.slice(`${MARK}typed `.length)));
    else if (text.startsWith(`${MARK}entered`)) this.#entered(JSON.parse(text.slice(`${MARK}entered `.length)));
    else if (text.startsWith(`${MARK}exception`)) this.#exceptions.push(text.slice(MARK.length));
    else this.#violations.push(text.slice(MARK.length));
  }

  /**
   * Forbids a typed text in addresses, unless it has at most three characters: an address may contain so few by chance.
   * @param {[string, string]} entry the kind of field, and its value
   */
  #typed([kind, text]) {
    if (text.length > 3) this.addresses.keepOut(PERSONAL[kind], text);
  }

  /**
   * Forbids what is entered in the element: every text, and a birth date once its parts are known. Two letters of a state or four digits
   * are in any address by chance, so a text must be longer.
   * @param {[string, string, string]} entry the field's name and type, and its value
   */
  #entered([name, type, value]) {
    const [, person, part] = /^(patient-|insured-|)(.*)$/.exec(name) ?? [];
    if (part.startsWith("birth-")) {
      const born = (this.#born[person] ??= {});
      born[part] = value.padStart(2, "0");
      const { "birth-year": year, "birth-month": month, "birth-day": day } = born;
      if (year?.length === 4 && month && day) this.addresses.keepOut("a birth date", `${year}-${month}-${day}`, `${month}/${day}/${year}`);
    } else if (/^text(area)?$/.test(type) && !SEARCHES.includes(name) && value.length > (OWN[part] ? 3 : 4)) {
      this.addresses.keepOut(OWN[part] ?? `what was typed as “${part}”`, value);
    }
  }

  /** Searches all places that another script could read for typed texts and tokens. @param {import("@playwright/test").BrowserContext} context */
  async look(context) {
    const places = [...(await placesOf(context)), ["the console", this.#console.join("\n")]];
    for (const [place, text] of places) this.#leaks.push(...this.addresses.within(text).map((what) => `${what} in ${place}`));
  }

  /** The typed texts and tokens that `look` has found, with their places. */
  leaks() {
    return [...this.#leaks];
  }

  /** Clears what was found, for a test that leaks on purpose. */
  forgive() {
    this.#leaks = [];
    this.#console = [];
  }

  /** Everything that was found and is not allowed. */
  found() {
    return [
      ...this.#leaks,
      ...(this.#exceptionsAllowed ? [] : this.#exceptions),
      ...(this.#violationsAllowed ? [] : this.#violations),
      ...this.#console.filter((line) => !this.#consoleAllowed.some((pattern) => pattern.test(line))).map((line) => `console ${line}`),
      ...[...this.#origins].filter((origin) => !this.#known.has(origin)).map((origin) => `request to ${origin}`),
      ...this.addresses.found(),
    ];
  }
}
