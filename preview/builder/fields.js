/**
 * A field that offers what was read, and always lets somebody type: a list with "Type it" at its end, and a text field that
 * stands in the list's place when nothing could be read.
 */
import { word } from "./words.js";

/** No option's value is this: values are trimmed. */
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
    this.select = field.querySelector("select");
    this.input = field.querySelector("input");
    this.pick = this.select.closest("[data-pick]");
    this.type = this.input.closest("[data-type]");
    this.empty = empty;
    this.select.addEventListener("change", () => {
      this.#show();
      if (this.select.value === TYPED) this.input.focus();
    });
    this.offer([], "");
  }

  /**
   * @param {import("./environment-options.js").Option[]} options
   * @param {string} [value] what is chosen from now on; else what was typed stays, and what was chosen if it is offered again
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

  /** What was chosen, as it was read; nothing of what was typed. */
  get chosen() {
    return this.options.find(({ value }) => value === this.value);
  }

  get value() {
    const { select, input, options } = this;
    return options?.length && select.value !== TYPED ? select.value : input.value.trim();
  }

  /** The options' own words, in the page's language. */
  translate() {
    for (const one of this.select.querySelectorAll("[data-key]")) one.textContent = word(one.dataset.key);
  }

  #show() {
    const none = !this.options.length;
    this.pick.hidden = none;
    this.type.hidden = !none && this.select.value !== TYPED;
  }
}
