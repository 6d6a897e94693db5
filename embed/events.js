/** Makes the element's events, with details that no listener can change. */

/** Freezes plain objects and arrays, with everything in them. @param {any} value */
export function freeze(value) {
  if (value && typeof value === "object" && (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype)) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}

/**
 * @param {string} name
 * @param {object} detail
 * @param {string} product the page's use case
 * @param {boolean} [cancelable]
 * @param {PropertyDescriptorMap} [more] properties of the detail that are not plain values
 */
export function event(name, detail, product, cancelable = false, more = {}) {
  const whole = { ...detail, version: 1, product };
  Object.values(whole).forEach(freeze);
  Object.freeze(Object.defineProperties(whole, more));
  return new CustomEvent(name, { bubbles: true, composed: true, cancelable, detail: whole });
}
