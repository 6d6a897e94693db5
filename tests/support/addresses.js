// What the requested addresses of a test must not hold: names, birth dates, contact details, reasons, tokens, and locations
// finer than two decimals. Recorders and monitoring scripts on a page keep every address.

/** Letters and digits alone: however an address writes it. @param {string} text */
const bare = (text) => text.toLowerCase().normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "");
/** @param {string} text */
const words = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").split(/[^\p{L}\p{N}]+/u);

/** Path, query and fragment, without escapes. @param {string} address */
function readable(address) {
  const { pathname, search, hash } = new URL(address);
  const text = (pathname + search + hash).replaceAll("+", " ");
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const TOKEN = /eyJ[\w-]+\.eyJ[\w-]+/;
/** What looks like something personal, whoever it is about: [what, pattern]. @type {[string, RegExp][]} */
const PATTERNS = [
  ["a token", TOKEN],
  ["a birth date", /(?<!\d)(19\d\d|20[01]\d)-?(0[1-9]|1[0-2])-?([0-2]\d|3[01])(?!\d)/],
  ["a location finer than two decimals", /(?<![\d.:])-?\d{1,3}\.\d{3,}(?![\d.])/],
];

export class Addresses {
  /** @type {Set<string>} */
  #asked = new Set();
  /** Text → what it is. @type {Map<string, string>} */
  #secrets = new Map();
  /** @type {Set<string>} */
  #ignored = new Set();

  /** @param {string} address that was requested */
  add(address) {
    if (/^https?:/.test(address)) this.#asked.add(address);
  }

  /** For a server that only another script of the page asks. @param {string} origin */
  ignore(origin) {
    this.#ignored.add(origin);
  }

  /** No address may hold this. @param {string} what it is @param {...(string | null | undefined)} texts */
  keepOut(what, ...texts) {
    for (const text of texts) if (text && bare(text).length > 1) this.#secrets.set(text, what);
  }

  /** One of Acme's patients, and whoever the patient books for. @param {any} patient as Acme's control port has them */
  keepOutPatient({ demographics, patientGuid, dependant }) {
    const { name = {}, birthdate, email, homePhone, mobilePhone, addresses = [] } = demographics ?? {};
    this.keepOut("the id of a patient's record", patientGuid);
    this.keepOut("a name", name.given, name.family);
    this.keepOut("a birth date", birthdate);
    this.keepOut("an email", email);
    this.keepOut("a phone number", homePhone, mobilePhone);
    this.keepOut("a street", ...addresses.map(({ line1 }) => line1));
    if (dependant) this.keepOutPatient(dependant);
  }

  /**
   * What of it a text holds. Half a word is in any long text by chance: only what is long enough counts.
   * @param {string} text @returns {string[]}
   */
  within(text) {
    const long = [...this.#secrets].filter(([secret, what]) => bare(secret).length >= (what === "a name" ? 4 : 8));
    const found = long.filter(([secret, what]) => finder(what, secret)(text)).map(([, what]) => what);
    if (TOKEN.test(text)) found.push("a token");
    return [...new Set(found)];
  }

  /** Every address that holds what it must not. */
  found() {
    const secrets = [...this.#secrets].map(([text, what]) => ({ what, isIn: finder(what, text) }));
    const checked = [...this.#asked].filter((address) => !this.#ignored.has(new URL(address).origin));
    return checked.flatMap((address) => {
      const text = readable(address);
      const found = PATTERNS.filter(([, pattern]) => pattern.test(text)).map(([what]) => what);
      for (const { what, isIn } of secrets) if (isIn(text)) found.push(what);
      return [...new Set(found)].map((what) => `${what} in the address ${address}`);
    });
  }
}

/** Names are short, and found as words; anything else is found however it is cut. @param {string} what @param {string} secret @returns {(text: string) => boolean} */
function finder(what, secret) {
  if (what !== "a name") return (text) => bare(text).includes(bare(secret));
  const name = words(secret).filter(Boolean).join(" ");
  return (text) => ` ${words(text).join(" ")} `.includes(` ${name} `);
}
