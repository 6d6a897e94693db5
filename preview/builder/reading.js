/**
 * Decides which lists the builder reads for a choice, and reports the result. environment-options.js reads the lists.
 */
import * as environment from "./environment-options.js";
import { word } from "./words.js";

/** The lists that each kind of page needs; the builder's note (`status`) reports only on these. */
const LISTS = {
  clinician: ["clinics", "clinicians", "types"], clinic: ["clinics"], near: ["clinics"], brand: ["clinics"], virtual: ["practices"], both: ["clinics", "practices"],
};

/**
 * @param {Record<"clinic" | "npi" | "visit-type" | "practice" | "region", import("./fields.js").Offer>} offers
 * @param {HTMLElement} status
 */
export function createReader(offers, status) {
  /** The inputs with which each list was read; it is read again only if they have changed. @type {Record<string, string>} */
  const readFor = {};
  /** The message for each list. @type {Record<string, [string, Record<string, string | number>]>} */
  const news = {};
  /** @type {import("./environment-options.js").Option[]} */
  let clinics = [];
  /** @type {import("./snippet.js").Kind} */
  let kind = "clinic";

  function say() {
    const said = LISTS[kind].map((list) => news[list]).filter(Boolean);
    const text = said.map(([key, places]) => word(key, places)).join(" ");
    // Setting the same text again would make screen readers repeat it.
    if (status.textContent !== text) status.textContent = text;
    status.classList.toggle("warning", said.some(([key]) => key.startsWith("unread")));
  }

  /**
   * Reads a list, unless the last read of it had the same inputs; keeps the message about the result in `news`.
   * @param {string} list @param {string} host @param {(string | undefined)[]} why the other inputs on which the list depends
   * @param {() => Promise<import("./environment-options.js").Option[]>} read
   * @returns {Promise<import("./environment-options.js").Option[] | undefined>} undefined if the list was already read with this
   * host and `why`
   */
  async function once(list, host, why, read) {
    const wanted = JSON.stringify([host, ...why]);
    if (readFor[list] === wanted) return undefined;
    readFor[list] = wanted;
    delete news[list];
    /** @type {import("./environment-options.js").Option[]} */
    let options = [];
    try {
      options = await read();
      if (!options.length) news[list] = [`empty-${list}`, {}];
      else if (list === "clinics") news[list] = ["read-clinics", { count: options.length, host: new URL(host).host }];
    } catch (error) {
      if (!(error instanceof environment.Unread)) throw error;
      news[list] = error.status ? ["unread-status", { host: new URL(host).host, status: error.status }] : ["unread", { host: new URL(host).host }];
    }
    return options;
  }

  /** The values of the headers with which every list is read. @param {import("./snippet.js").Choice} choice */
  const headers = (choice) => [choice.domain, choice["api-key"]];

  /** @param {import("./snippet.js").Choice} choice */
  async function clinicLists(choice) {
    const { api, brand } = choice;
    if (brand) {
      const read = await once("clinics", api, [brand, ...headers(choice)], () => environment.clinics(choice));
      if (read) offers.clinic.offer((clinics = read));
    } else {
      news.clinics = ["no-brand", {}];
      readFor.clinics = "";
      offers.clinic.offer((clinics = []));
    }
    const clinic = offers.clinic.value;
    if (kind === "clinician") {
      if (clinic) {
        const read = await once("clinicians", api, [clinic, ...headers(choice)], () => environment.clinicians(choice, clinic));
        if (read) offers.npi.offer(read);
      }
      const npi = offers.npi.value;
      const read = npi ? await once("types", api, [npi, ...headers(choice)], () => environment.offeredBy(choice, npi)) : undefined;
      if (read) offers["visit-type"].offer(read);
    } else {
      // The field gets another list below: if the kind becomes `clinician` again, the clinician's visit types must be read again.
      readFor.types = "";
      offers["visit-type"].offer(kind === "near" ? environment.offeredAnywhere(clinics) : offers.clinic.chosen?.visitTypes ?? []);
    }
  }

  /** @param {import("./snippet.js").Choice} choice */
  async function practiceLists(choice) {
    if (!choice.visits) return;
    const read = await once("practices", choice.visits, headers(choice), () => environment.practices(choice));
    if (read) offers.practice.offer(read);
    offers.region.offer(offers.practice.chosen?.regions ?? []);
  }

  return {
    translate: say,
    /** Makes the next `read` read every list again. */
    forget: () => Object.keys(readFor).forEach((list) => delete readFor[list]),
    /** @param {import("./snippet.js").Choice} choice whose addresses are well-formed */
    async read(choice) {
      ({ kind } = choice);
      const lists = LISTS[kind];
      await Promise.all([lists.includes("clinics") && clinicLists(choice), lists.includes("practices") && practiceLists(choice)]);
      say();
    },
  };
}
