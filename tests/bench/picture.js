// Draws the benchmark's chart: for each scene (a connection and a first or second visit) a bar for each page, which ends when all times
// are there; its dark part ends at the first time.
import { CONTENDERS, TITLES } from "./contenders.js";

const SCENES = { "phone first": "1.6 Mbit/s, first visit", "phone second": "1.6 Mbit/s, second visit", "slow-3g first": "slow 3G, first visit" };
const WIDTH = 860;
const LEFT = 230;
const RIGHT = 90;
const BAR = 22;
const GAP = 8;
const HEAD = 40;

/** @param {Record<string, Record<string, any>>} results of the suite `load` @returns {string} SVG */
export function picture(results) {
  const parts = [];
  let top = 16;
  for (const [scene, title] of Object.entries(SCENES)) {
    const most = Math.max(...CONTENDERS.map((name) => results[scene][name].all.median));
    const scale = (WIDTH - LEFT - RIGHT) / most;
    parts.push(`<text x="0" y="${top + 16}" class="title">${title}</text>`);
    top += HEAD - GAP;
    for (const name of CONTENDERS) {
      const { first, all } = results[scene][name];
      const own = name === "tag" || name === "hints";
      const seconds = (/** @type {number} */ milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;
      parts.push(
        `<text x="${LEFT - 10}" y="${top + 16}" text-anchor="end">${TITLES[name]}</text>`,
        `<rect x="${LEFT}" y="${top}" width="${(all.median * scale).toFixed(1)}" height="${BAR}" class="all"/>`,
        `<rect x="${LEFT}" y="${top}" width="${(first.median * scale).toFixed(1)}" height="${BAR}" class="${own ? "own" : "first"}"/>`,
        `<text x="${(LEFT + all.median * scale + 8).toFixed(1)}" y="${top + 16}">${seconds(first.median)}</text>`,
      );
      top += BAR + GAP;
    }
    top += 2 * GAP;
  }
  parts.push(`<text x="0" y="${top + 12}" class="note">Dark: until the first time can be pressed (the number). Pale: until every time and name is there. Shorter is better.</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top + 24}" role="img" aria-label="How long until times are on screen">
<style>svg { background: #fff } text { font: 14px system-ui, sans-serif; fill: #1a1f24 } .title { font-weight: 700 } .note { font-size: 12px; fill: #56606b } .first { fill: #56606b } .own { fill: #0b5c8a } .all { fill: #d5dae0 }</style>
${parts.join("\n")}
</svg>
`;
}
