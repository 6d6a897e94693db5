/**
 * Reads what an environment offers, from its public endpoints: clinics, their clinicians, visit types, practices. Like the
 * element, this module sends simple requests, without cookies or a token; the headers `domain` and `x-api-key` only if the environment
 * needs them.
 *
 * @typedef {{ value: string, label: string, phone?: string, visitTypes?: Option[], regions?: Option[] }} Option
 * @typedef {{ api: string, visits?: string, brand?: string, domain?: string, "api-key"?: string }} Where
 */

const PRODUCT = "snippet-builder";
/** The most options that a list shows: nobody could choose from a longer one. */
const MOST = 500;

/** A failed read. `status` is the answer's, or undefined if the host could not be reached. */
export class Unread extends Error {
  /** @param {number} [status] */
  constructor(status) {
    super("not read");
    this.status = status;
  }
}

/** @param {string} host @param {string} path @param {Record<string, string>} query @param {Where} where @returns {Promise<any>} */
async function read(host, path, query, where) {
  /** @type {Record<string, string>} */
  const headers = {};
  if (where.domain) headers.domain = where.domain;
  if (where["api-key"]) headers["x-api-key"] = where["api-key"];
  let response;
  try {
    response = await fetch(`${host.replace(/\/+$/, "")}${path}?${new URLSearchParams({ ...query, product: PRODUCT })}`, {
      credentials: "omit", redirect: "error", referrerPolicy: "no-referrer", cache: "no-store", headers, signal: AbortSignal.timeout(8_000),
    });
  } catch {
    throw new Unread();
  }
  if (!response.ok) throw new Unread(response.status);
  return response.json().catch(() => {
    throw new Unread(response.status);
  });
}

const isText = (/** @type {unknown} */ value) => typeof value === "string" && value.trim() !== "";
/** The objects in a list of an answer. @param {unknown} value @returns {any[]} */
const listOf = (value) => (Array.isArray(value) ? value.filter((one) => one && typeof one === "object").slice(0, MOST) : []);

/** Removes duplicate and incomplete options, and sorts by label. @param {Option[]} options @returns {Option[]} */
function tidy(options) {
  const once = new Map(options.filter(({ value, label }) => isText(value) && isText(label)).map((option) => [option.value, option]));
  return [...once.values()].sort((one, other) => one.label.localeCompare(other.label));
}

/** The visit types of some rows. Rows without a short name are left out: the element could not look for them. */
const visitTypes = (/** @type {unknown} */ rows) => tidy(listOf(rows).map(({ shortName, name }) => ({ value: shortName, label: name })));

/** The brand's clinics. @param {Where} where @returns {Promise<Option[]>} each with a `urlName` as its value */
export async function clinics(where) {
  const rows = await read(where.api, "/v4/departments", { brand: where.brand ?? "" }, where);
  return tidy(
    listOf(rows).map(({ urlName, displayName, phone, allowedVisitTypes }) => ({
      value: urlName, label: displayName, phone: isText(phone) ? phone : undefined, visitTypes: visitTypes(allowedVisitTypes),
    })),
  );
}

/** The clinicians of a clinic. @param {Where} where @param {string} urlName @returns {Promise<Option[]>} each with an NPI as its value */
export async function clinicians(where, urlName) {
  const clinic = await read(where.api, `/v4/departments/${encodeURIComponent(urlName)}/departmentInfo`, { withProviders: "true" }, where);
  return tidy(
    listOf(clinic?.providers).map(({ nationalId, title, firstName, lastName, credential }) => {
      const name = [title, firstName, lastName].filter(isText).join(" ");
      return { value: nationalId, label: isText(credential) ? `${name}, ${credential}` : name };
    }),
  );
}

/** The visit types that a clinician offers. @param {Where} where @param {string} npi @returns {Promise<Option[]>} each with a short name as its value */
export const offeredBy = async (where, npi) =>
  visitTypes((await read(where.api, `/v1/providers/${encodeURIComponent(npi)}`, {}, where))?.visitTypes);

/** The visit types that at least one of the clinics offers. @param {Option[]} offered @returns {Option[]} */
export const offeredAnywhere = (offered) => tidy(offered.flatMap(({ visitTypes = [] }) => visitTypes));

/** @param {Where} where @param {string} id @returns {Promise<Option>} */
export async function practice(where, id) {
  const { displayName, practiceRegions } = (await read(where.visits ?? "", `/api/9/practices/${encodeURIComponent(id)}`, {}, where)) ?? {};
  const regions = listOf(practiceRegions).filter(({ active }) => active !== false);
  return {
    value: id,
    label: isText(displayName) ? displayName : id,
    regions: tidy(regions.map(({ regionCode, displayName }) => ({ value: regionCode, label: isText(displayName) ? displayName : regionCode }))),
  };
}

/** At most 12 practices that have a wait now: DexCare publishes no list of practices. @param {Where} where @returns {Promise<Option[]>} */
export async function practices(where) {
  const waits = await read(where.visits ?? "", "/api/9/regions/waittimes", {}, where);
  const ids = [...new Set(listOf(waits).map(({ practiceId }) => practiceId).filter(isText))].slice(0, 12);
  // Leave out a practice that cannot be read.
  const asked = await Promise.allSettled(ids.map((id) => practice(where, id)));
  return tidy(asked.flatMap((one) => (one.status === "fulfilled" ? one.value : [])));
}
