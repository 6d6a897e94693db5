// Draws numbers from a seed: the same seed gives the same numbers on every machine.

export class Chance {
  #state;

  /** @param {number} seed a whole number */
  constructor(seed) {
    this.#state = Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995;
  }

  /** Mulberry32. @returns {number} at least 0, below 1 */
  draw() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** @param {number} from @param {number} to both included */
  between(from, to) {
    return from + Math.floor(this.draw() * (to - from + 1));
  }

  /** @param {number} share of a hundred */
  percent(share) {
    return this.draw() * 100 < share;
  }

  /** @template T @param {readonly T[]} list @returns {T} */
  pick(list) {
    return at(list, this.draw());
  }

  /** Picks one of the values, each in proportion to its weight. @template T @param {readonly (readonly [number, T])[]} weighted @returns {T} */
  weighted(weighted) {
    let left = this.draw() * weighted.reduce((sum, [weight]) => sum + weight, 0);
    return (weighted.find(([weight]) => (left -= weight) < 0) ?? weighted[weighted.length - 1])[1];
  }
}

/** The element of a list at a fraction of its length. @template T @param {readonly T[]} list @param {number} share at least 0, below 1 @returns {T} */
export const at = (list, share) => list[Math.floor(share * list.length)];
