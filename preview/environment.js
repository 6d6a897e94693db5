/**
 * Reads environment.json beside the pages, the only file with addresses: edit that file to deploy the site.
 *
 * @typedef {{ issuer?: string, authorize: string, token: string, clientId: string }} IdentityProvider
 * @typedef {{ api?: string, visits?: string, scheduling?: string, brand?: string, tier?: string,
 *             idp?: IdentityProvider }} Environment
 */

/** The keys that are set as attributes of the widget. */
export const ATTRIBUTES = /** @type {const} */ (["api", "visits", "scheduling", "brand", "tier"]);

const isText = (/** @type {unknown} */ value) => typeof value === "string" && value !== "";

/**
 * Reads the file. Values that are not texts are ignored, and so is an identity provider without its addresses or `clientId`.
 * @returns {Promise<Environment>} rejects if the file is missing or not JSON
 */
export async function loadEnvironment() {
  const response = await fetch(new URL("./environment.json", import.meta.url));
  if (!response.ok) throw new Error(`environment.json: ${response.status}`);
  const file = await response.json();
  /** @type {Environment} */
  const environment = Object.fromEntries(ATTRIBUTES.filter((key) => isText(file[key])).map((key) => [key, file[key]]));
  const { issuer, authorize, token, clientId } = file.idp ?? {};
  if ([authorize, token, clientId].every(isText)) environment.idp = { issuer, authorize, token, clientId };
  return environment;
}
