// Checks that no address that a test's page requests contains a name, birth date, contact detail, reason, token, or a location
// finer than two decimals: session recorders and monitoring scripts on a page keep every address.

/** Letters and digits only, so that separators and accents in an address do not matter. @param {string} text */
const bare = (text) => text.toLowerCase().normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "");
/** @param {string} text */
const words = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").split(/[^\p{L}\p{N}]+/u);

/** The only path that holds an entry of the patient: the API verifies a coupon by its code (API reference §2.40). */
const COUPON = /\/api\/v2\/coupon\/[^/]+\/verify/g;

/** Path, query and fragment, decoded. @param {string} address */
function readable(address) {
  const { pathname, search, hash } = new URL(address.replace(COUPON, "/"));
  const text = (pathname + search + hash).replaceAll("+", " ");
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const TOKEN = /eyJ[\w-]+\.eyJ[\w-]+/;
/** Patterns that match personal data of anybody: [what, pattern]. @type {[string, RegExp][]} */
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

  /** @param {string} address of a request */
  add(address) {
    if (/^https?:/.test(address)) this.#asked.add(address);
  }

  /** Makes the check skip requests to this server. For servers to which the widget sends no patient's data. @param {string} origin */
  ignore(origin) {
    this.#ignored.add(origin);
  }

  /** Adds texts that no address may hold.  @param {string} what it is @param {...(string | null | undefined)} texts */
  keepOut(what, ...texts) {
    for (const text of texts) if (text && bare(text).length > 1) this.#secrets.set(text, what);
  }

  /** Adds the data of one of Acme's patients, and of the patient's dependant. @param {any} patient as Acme's control port lists it */
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
   * The kinds of personal data in a text. A short secret occurs in any long text by chance, so only names of at least four characters and
   * other secrets of at least eight count.
   * @param {string} text @returns {string[]}
   */
  within(text) {
    text = text.replace(COUPON, "/");
    const long = [...this.#secrets].filter(([secret, what]) => bare(secret).length >= (what === "a name" ? 4 : 8));
    const found = long.filter(([secret, what]) => finder(what, secret)(text)).map(([, what]) => what);
    if (TOKEN.test(text)) found.push("a token");
    return [...new Set(found)];
  }

  /** Every address that holds personal data, with the kind of data. */
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

/**
 * Makes the check for one secret: a name must occur as whole words; of anything else only the letters and digits are compared.
 * @param {string} what @param {string} secret @returns {(text: string) => boolean}
 */
function finder(what, secret) {
  if (what !== "a name") return (text) => bare(text).includes(bare(secret));
  const name = words(secret).filter(Boolean).join(" ");
  return (text) => ` ${words(text).join(" ")} `.includes(` ${name} `);
}
