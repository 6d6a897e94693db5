// Removes the marks from the built script. Beside this script recorders must record what they do not record beside the real one: that
// proves that the marks hide it.
import { ATTRIBUTES, CLASSES } from "../../embed/marks.js";

/** @param {string} script @returns {string} */
export function withoutMarks(script) {
  return [...CLASSES, ...Object.keys(ATTRIBUTES)].reduce((text, mark, place) => {
    const [before, after, ...more] = text.split(`"${mark}"`);
    if (after === undefined || more.length) throw new Error(`the built script does not hold "${mark}" exactly once`);
    return `${before}"data-bare-${place}"${after}`;
  }, script);
}
