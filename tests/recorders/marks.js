// Removes the marks from the built script: with this script recorders must record what the marks keep from them in the real one.
import { ATTRIBUTES, CLASSES } from "../../embed/marks.js";

/** @param {string} script @returns {string} */
export function withoutMarks(script) {
  return [...CLASSES, ...Object.keys(ATTRIBUTES)].reduce((text, mark, place) => {
    const [before, after, ...more] = text.split(`"${mark}"`);
    if (after === undefined || more.length) throw new Error(`the built script does not hold "${mark}" exactly once`);
    return `${before}"data-bare-${place}"${after}`;
  }, script);
}
