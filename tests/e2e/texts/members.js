// Finds the texts in Acme's answers, knows which of them a journey depends on, and counts which pairs of a member and a payload
// have arrived.
import { PAYLOADS } from "./payloads.js";

/**
 * Members whose text decides what happens: ids, dates, zones, codes, addresses. A hostile text there may end a journey, so they
 * are changed in one answer at a time. All members that are not listed here are changed together.
 */
export const DECIDES = [
  // Who, what and where.
  "id", "slotId", "visitId", "departmentId", "epicDepartmentId", "departmentIdentifier", "urlName", "brandName", "brand", "ehrSystemName", "epicInstanceName",
  "instanceId", "providerId", "emrId", "nationalId", "providerNationalId", "npi", "visitTypeId", "shortName", "visitTypeName", "slotType", "practiceId",
  "regionCode", "patientGuid", "system", "value", "type", "identifier", "visitTypeGuid", "specialties", "assignmentQualifiers", "searchContext", "modality",
  "departmentUuid", "departmentEmrId", "departmentEhrIdentifier", "ehrInstance", "visitTypeEmrId", "visitTypeUuids", "sessionId", "stringCode", "payerId",
  // When.
  "timezone", "date", "slotDateTime", "duration", "start", "end", "startTime", "endTime", "day", "birthdate", "startDate", "endDate", "estimateGeneratedAt", "nextStartDate", "previousEndDate",
  // Which kind.
  "ageUnit", "gender", "status", "reason", "clinicType", "isActive",
  // The widget tells errors apart by these texts.
  "error", "code", "message", "msg",
  // The element itself checks these before it sends them.
  "email", "mobilePhone", "homePhone", "state", "postalCode", "zipCode", "ssn", "emailValidationRegex",
  "visitRedirectUrl", "joinUrl", "joinUrlShort",
];

/**
 * Every text in an answer, with its path.
 * @param {unknown} value @param {string} [path]
 * @returns {[path: string, text: string][]}
 */
export function texts(value, path = "$") {
  if (typeof value === "string") return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((one) => texts(one, `${path}[]`));
  if (value && typeof value === "object") return Object.entries(value).flatMap(([name, one]) => texts(one, `${path}.${/\d{5}/.test(name) ? "{id}" : name}`));
  return [];
}

/** Whether a member on the path decides what happens. @param {string} path */
export const decides = (path) => path.split(".").some((part) => DECIDES.includes(part.replaceAll("[]", "")));

/** The path of an address, with `{id}` in place of the parts that differ each time. @param {string} url */
const endpoint = (url) => new URL(url).pathname.replace(/\/(\d{6,}|[\da-f]{8}-[\da-f-]{27}|(?<=departments\/)[^/]+)(?=\/|$)/g, "/{id}");

/** Collects every answer that a page receives. */
export class Answers {
  /** Endpoint → its paths → the texts received. @type {Map<string, Map<string, Set<string>>>} */
  #heard = new Map();
  /** @type {Promise<void>[]} */
  #reading = [];

  /** @param {import("@playwright/test").Page} page @param {string[]} origins of the hosts that answer */
  constructor(page, origins) {
    const hear = (/** @type {import("@playwright/test").Response} */ response) => {
      if (origins.includes(new URL(response.url()).origin) && response.request().method() !== "OPTIONS") this.#reading.push(this.#read(response));
    };
    page.on("response", hear);
    /** Stops collecting. */
    this.end = () => void page.off("response", hear);
  }

  /** @param {import("@playwright/test").Response} response */
  async #read(response) {
    // The body is gone if the page has left; an answer without a body has no texts.
    const body = await response.text().catch(() => "");
    let value;
    try {
      value = JSON.parse(body);
    } catch {
      return;
    }
    const key = `${response.request().method()} ${endpoint(response.url())}`;
    const paths = this.#heard.get(key) ?? new Map();
    this.#heard.set(key, paths);
    for (const [path, text] of texts(value)) {
      if (!paths.has(path)) paths.set(path, new Set());
      paths.get(path).add(text);
    }
  }

  /** @returns {Promise<Map<string, Map<string, Set<string>>>>} endpoint → its paths → the texts received */
  async heard() {
    await Promise.all(this.#reading);
    return this.#heard;
  }
}

const nameOf = new Map(PAYLOADS.map(({ name, text }) => [text, name]));

/** Counts the pairs of a member and a payload that arrived, and lists the missing ones. */
export class Pairs {
  /** Endpoint and path → names of payloads. @type {Map<string, Set<string>>} */
  #arrived = new Map();

  /** @param {Map<string, Map<string, Set<string>>>} heard @param {(path: string) => boolean} [counts] */
  add(heard, counts = () => true) {
    for (const [endpoint, paths] of heard) {
      for (const [path, came] of paths) {
        if (!counts(path)) continue;
        const key = `${endpoint} ${path}`;
        const names = this.#arrived.get(key) ?? new Set();
        this.#arrived.set(key, names);
        for (const text of came) {
          const name = nameOf.get(text);
          if (name !== undefined) names.add(name);
        }
      }
    }
  }

  /** Members, with the number of payloads that each still lacks. @returns {[string, number][]} */
  missing() {
    return [...this.#arrived].map(([key, { size }]) => /** @type {[string, number]} */ ([key, PAYLOADS.length - size])).filter(([, count]) => count > 0);
  }

  get members() {
    return this.#arrived.size;
  }

  /** The number of pairs that arrived. */
  get count() {
    return [...this.#arrived.values()].reduce((sum, { size }) => sum + size, 0);
  }
}
