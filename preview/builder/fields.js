/**
 * A field with a list of options and a text field: the list ends with "Type it", which shows the text field. If no options could
 * be read, the text field replaces the list.
 */
import { word } from "./words.js";

/** The value of "Type it". It begins with a space, unlike the values of all other options. */
const TYPED = " typed";

/** @param {string} value @param {string} text @param {string} [key] */
function option(value, text, key) {
  const made = new Option(text, value);
  if (key) made.dataset.key = key;
  return made;
}

export class Offer {
  /** @param {HTMLElement} field holds a `<select>` and, in an element of its own, an `<input>` @param {string} empty the word for no choice */
  constructor(field, empty) {
    /** @type {HTMLSelectElement} */
    this.select = field.querySelector("select");
    /** @type {HTMLInputElement} */
    this.input = field.querySelector("input");
    this.pick = this.select.closest("[data-pick]");
    this.type = this.input.closest("[data-type]");
    this.empty = empty;
    /** @type {import("./environment-options.js").Option[]} */
    this.options = [];
    this.select.addEventListener("change", () => {
      this.#show();
      if (this.select.value === TYPED) this.input.focus();
    });
    this.offer([], "");
  }

  /**
   * @param {import("./environment-options.js").Option[]} options
   * @param {string} [value] the new choice. Without it, a typed value stays, and a chosen one if it is among the options
   */
  offer(options, value = this.chosen && !options.some((one) => one.value === this.value) ? "" : this.value) {
    this.options = options;
    const rows = options.map(({ value, label }) => option(value, label));
    this.select.replaceChildren(option("", word(this.empty), this.empty), ...rows, option(TYPED, word("typed"), "typed"));
    const listed = value === "" || options.some((one) => one.value === value);
    this.select.value = listed ? value : TYPED;
    this.input.value = listed ? "" : value;
    this.#show();
  }

  /** The option that has the field's value; undefined if there is none. */
  get chosen() {
    return this.options.find(({ value }) => value === this.value);
  }

  get value() {
    const { select, input, options } = this;
    return options.length && select.value !== TYPED ? select.value : input.value.trim();
  }

  /** Shows the field's own options in the page's language. */
  translate() {
    for (const one of this.select.querySelectorAll("[data-key]")) one.textContent = word(one.dataset.key);
  }

  #show() {
    const none = !this.options.length;
    this.pick.hidden = none;
    this.type.hidden = !none && this.select.value !== TYPED;
  }
}
