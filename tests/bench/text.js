// Formats figures and tables in Markdown.

/** @typedef {import("./stats.js").Figure} Figure */

/** How many decimals a figure of milliseconds has: one if it is below 10 ms, else none. @param {Figure} figure */
const decimals = ({ median }) => (median < 10 ? 1 : 0);

/** @param {Figure} figure */
export const milliseconds = (figure) => {
  const [median, low, high] = [figure.median, figure.low, figure.high].map((value) => value.toFixed(decimals(figure)));
  return `${median} ms${low === high ? "" : ` (${low}–${high})`}`;
};

/** @param {number} bytes */
export const kilobytes = (bytes) => `${(bytes / 1000).toFixed(Math.abs(bytes) < 10_000 ? 1 : 0)} KB`;

/** @param {Figure} figure @param {Figure} to */
export const ratio = ({ median }, to) => (median / to.median).toFixed(2);

/** A ratio that was computed in each round. @param {Figure} figure */
export const times = ({ median, low, high, rounds }) => `${median.toFixed(2)}${rounds > 1 ? ` (${low.toFixed(2)}–${high.toFixed(2)})` : ""}`;

/** @param {string[]} head @param {(string | number)[][]} rows */
export const table = (head, rows) =>
  [head, head.map((_, place) => (place ? "--:" : "---")), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
