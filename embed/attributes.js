/** The attributes of the public contract and the properties that reflect them. Their values are validated elsewhere, mostly in the widget. */

import { BOOLEANS, NUMBERS, TEXTS } from "./attribute-table.js";

/** All attributes but `lang`: HTML itself reflects `lang`, and `watchLang` observes it on the element and all its ancestors. */
export const ATTRIBUTES = [...TEXTS, ...BOOLEANS, ...Object.keys(NUMBERS)];

/** `visit-type` → `visitType` @param {string} attribute */
export const propertyName = (attribute) => attribute.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

/** Whether a boolean attribute is present and not `"false"`. @param {string | null} value */
export const isOn = (value) => value !== null && !isFalse(value);
/** @param {string | null} value */
export const isFalse = (value) => value?.trim().toLowerCase() === "false";

/** Gives `prototype` one reflecting property for each attribute. @param {object} prototype */
export function reflect(prototype) {
  for (const name of ATTRIBUTES) {
    Object.defineProperty(prototype, propertyName(name), {
      configurable: true,
      enumerable: true,
      /** @this {HTMLElement} */
      get() {
        const value = this.getAttribute(name);
        if (BOOLEANS.includes(name)) return isOn(value);
        if (!(name in NUMBERS)) return value;
        return value?.trim() && Number.isFinite(+value) ? +value : NUMBERS[name];
      },
      /** `null` and `undefined` (which frameworks set for a missing value) remove the attribute. @this {HTMLElement} */
      set(value) {
        // Not `toggleAttribute`: it would leave an attribute whose value is "false" as it is, and that value turns the attribute off.
        if (BOOLEANS.includes(name)) value = value && value !== "false" ? "" : null;
        if (value == null) this.removeAttribute(name);
        else this.setAttribute(name, String(value));
      },
    });
  }
}
