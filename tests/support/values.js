// Values that a test needs: a text, an attribute, a box on the screen, an event. A test fails at once without such a value, and names
// the missing one.

/**
 * Returns the value. Fails the test if it is null or undefined.
 * @template T @param {T} value @param {string} name what the error calls the value
 * @returns {NonNullable<T>}
 */
export function requireValue(value, name) {
  if (value === null || value === undefined) throw new Error(`there is no ${name}`);
  return value;
}

/** The whole text of an element. @param {import("@playwright/test").Locator} locator */
export const readText = async (locator) => requireValue(await locator.textContent(), `text in ${locator}`);

/** The value of an attribute that the element must have. @param {import("@playwright/test").Locator} locator @param {string} name */
export const readAttribute = async (locator, name) => requireValue(await locator.getAttribute(name), `attribute ${name} in ${locator}`);

/** The box of an element that must be visible. @param {import("@playwright/test").Locator} locator */
export const readBox = async (locator) => requireValue(await locator.boundingBox(), `box on the screen for ${locator}`);
