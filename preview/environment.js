/**
 * What the site points to: environment.json beside the pages. Whoever deploys the site edits that file; nothing else
 * here knows an address.
 *
 * @typedef {{ issuer?: string, authorize: string, token: string, clientId: string }} IdentityProvider
 * @typedef {{ api: string, visits?: string, scheduling?: string, brand?: string, tier?: string,
 *             idp?: IdentityProvider }} Environment
 */

/** The keys that become attributes of the widget. */
export const ATTRIBUTES = ["api", "visits", "scheduling", "brand", "tier"];

const isText = (value) => typeof value === "string" && value !== "";

/**
 * Reads the file. What is not text is left out; an identity provider without its addresses is none.
 * @returns {Promise<Environment>} rejects when the file is missing or is no JSON object
 */
export async function loadEnvironment() {
  const response = await fetch(new URL("./environment.json", import.meta.url));
  if (!response.ok) throw new Error(`environment.json: ${response.status}`);
  const file = await response.json();
  const environment = Object.fromEntries(ATTRIBUTES.filter((key) => isText(file[key])).map((key) => [key, file[key]]));
  const { issuer, authorize, token, clientId } = file.idp ?? {};
  if ([authorize, token, clientId].every(isText)) environment.idp = { issuer, authorize, token, clientId };
  return environment;
}
