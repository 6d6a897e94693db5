// Computes figures from several rounds.

/** @typedef {{ median: number, low: number, high: number, rounds: number }} Figure the median, and the middle half of the rounds */

/** @param {number[]} values @param {number} share */
function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (above - below) * (place - Math.floor(place));
}

/** @param {number[]} values @returns {Figure} */
export const figure = (values) => ({ median: quantile(values, 0.5), low: quantile(values, 0.25), high: quantile(values, 0.75), rounds: values.length });

/**
 * One figure for each key in the rounds; a round without the key counts as 0.
 * @param {Record<string, number>[]} rounds @returns {Record<string, Figure>}
 */
export function figures(rounds) {
  const keys = [...new Set(rounds.flatMap(Object.keys))];
  return Object.fromEntries(keys.map((key) => [key, figure(rounds.map((round) => round[key] ?? 0))]));
}

/** Rotates the list by the round's number, so that no entry is always first. @template T @param {T[]} list @param {number} round @returns {T[]} */
export const inTurn = (list, round) => list.map((_, place) => list[(place + round) % list.length]);
