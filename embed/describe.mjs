// Generates from attributes.json, the one table of the element's attributes, every file and section that repeats the table: in the script,
// the widget, the typings, the manifest and the documents. Usage, in the project's folder: node embed/describe.mjs [--check]
//
// An entry of the table:
//   name      in HTML
//   section   heading of docs/attributes.md under which it has its row
//   type      `text`; `choice` of `values`; a whole `number` from `least` to `most`; `flag`, which is on when present
//   default   the value that applies without the attribute, if there is one
//   without   what applies without the attribute, in words; texts show it instead of `default`
//   meaning   what the attribute does, for pages' authors, in Markdown; {least} and {most} stand for the limits
//   example   in HTML; a flag needs none
import { readFileSync, writeFileSync } from "node:fs";
import { propertyName } from "./attributes.js";

/** @typedef {{ name: string, section: string, type: "text" | "choice" | "number" | "flag", values?: string[], least?: number, most?: number, default?: string | number, without?: string, meaning: string, example?: string }} Attribute */

/** @type {Attribute[]} */
const ALL = JSON.parse(readFileSync("embed/attributes.json", "utf8"));
/** The attributes that the element reflects; HTML itself reflects `lang`. */
const OWN = ALL.filter(({ name }) => name !== "lang");

/** Replaces the text between `from` and `to`. @param {string} text @param {string} from @param {string} to @param {string} between */
function put(text, from, to, between) {
  const start = text.indexOf(from) + from.length;
  const end = text.indexOf(to, start);
  if (start < from.length || end < 0) throw new Error(`There is no place between ${JSON.stringify(from)} and ${JSON.stringify(to)}.`);
  return text.slice(0, start) + between + text.slice(end);
}

/** @param {Attribute} attribute */
const meaning = ({ meaning, least, most }) => meaning.replace("{least}", String(least)).replace("{most}", String(most));

/** What applies without the attribute, in Markdown; an empty text if nothing does. @param {Attribute} attribute */
const otherwise = ({ without, type, default: value }) => without ?? (type === "flag" ? "off" : value === undefined ? "" : `\`${value}\``);

/** The meaning and the default for the typings and the manifest, where links to other documents would not work. @param {Attribute} attribute */
function hint(attribute) {
  const plain = meaning(attribute).replace(/\[([^\]]+)\]\([^)]+\)/g, "$1");
  const words = otherwise(attribute);
  if (words === "required") return `${plain} Required.`;
  return words ? `${plain} Default: ${words}.` : plain;
}

/** The type of the property in the typings. @param {Attribute} attribute */
const propertyType = ({ type, values = [] }) => ({ text: "string | null", flag: "boolean", number: "number", choice: [...values.map((value) => `"${value}"`), "null"].join(" | ") })[type];

/** Formats a text as a doc comment, on several lines if it is too long for one. @param {string} text */
function comment(text) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 130) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length === 1 ? `  /** ${lines[0]} */\n` : ["  /**\n", ...lines.map((line) => `   * ${line}\n`), "   */\n"].join("");
}

/** "inline, link or event" @param {string[]} values */
const listed = (values) => [values.slice(0, -1).join(", "), values.at(-1)].filter(Boolean).join(" or ");

/** For each file with a generated part: a function from the file's present text to its new text. @type {Record<string, (text: string) => string>} */
const FILES = {
  "embed/attribute-table.js": () => {
    /** @param {string[]} types */
    const names = (...types) => `"${OWN.filter(({ type }) => types.includes(type)).map(({ name }) => name).join(" ")}".split(" ")`;
    const numbers = OWN.filter(({ type }) => type === "number").map(({ name, default: value }) => `  "${name}": ${value},\n`).join("");
    return (
      "// Written by `cargo xtask describe` from attributes.json. One text is smaller than a list of texts.\n\n" +
      `export const TEXTS = ${names("text", "choice")};\n\nexport const BOOLEANS = ${names("flag")};\n\n` +
      `/** Numbers, with their defaults. @type {Record<string, number>} */\nexport const NUMBERS = {\n${numbers}};\n`
    );
  },
  "crates/booking/src/attributes.rs": () => {
    /** @param {Attribute} attribute */
    const constant = ({ name, type, values = [], least, most, default: value }) => {
      const title = `\n/// The attribute \`${name}\`.\npub const ${name.toUpperCase().replaceAll("-", "_")}`;
      return type === "number"
        ? `${title}: Number = Number { name: "${name}", least: ${least}, most: ${most}, default: ${value} };\n`
        : `${title}: Choice =\n    Choice { name: "${name}", values: &[${values.map((one) => `"${one}"`).join(", ")}], listed: "${listed(values)}" };\n`;
    };
    // Only numbers and choices have rules that the widget needs from the table.
    const ruled = OWN.filter(({ type }) => type === "number" || type === "choice");
    return `//! Attributes that take a number or a word of a list. Written by \`cargo xtask describe\` from \`embed/attributes.json\`.\n\nuse crate::settings::{Choice, Number};\n${ruled.map(constant).join("")}`;
  },
  "embed/find-a-time.d.ts": (text) => {
    const members = OWN.map((attribute) => `${comment(hint(attribute))}  ${propertyName(attribute.name)}: ${propertyType(attribute)};\n`);
    return put(text, "export interface FindATimeProperties {\n", "}\n", members.join(""));
  },
  "embed/custom-elements.json": (text) => {
    const attributes = ALL.map((attribute) => ({
      name: attribute.name,
      type: { text: attribute.type === "choice" ? propertyType(attribute).replace(" | null", "") : { text: "string", number: "number", flag: "boolean" }[attribute.type] },
      ...(attribute.default === undefined ? {} : { default: String(attribute.default) }),
      description: hint(attribute),
      fieldName: propertyName(attribute.name),
    }));
    const fields = OWN.map((attribute) => ({
      kind: "field",
      name: propertyName(attribute.name),
      type: { text: propertyType(attribute) },
      description: `Reflects \`${attribute.name}\`.`,
      default: { text: "null", choice: "null", flag: "false", number: String(attribute.default) }[attribute.type],
      attribute: attribute.name,
      reflects: true,
    }));
    const { members } = JSON.parse(text).modules[0].declarations[0];
    const others = members.filter((/** @type {{ attribute?: string }} */ member) => !member.attribute);
    /** One line for each entry. @param {object[]} entries */
    const lines = (entries) => entries.map((entry) => `            ${JSON.stringify(entry, null, 1).replace(/\n\s*/g, " ")}`).join(",\n");
    const described = put(text, '          "attributes": [\n', "\n          ]", lines(attributes));
    return put(described, '          "members": [\n', "\n          ]", lines([...fields, ...others]));
  },
  "docs/attributes.md": (text) => {
    let described = text;
    for (const section of new Set(ALL.map((attribute) => attribute.section))) {
      const rows = ALL.filter((attribute) => attribute.section === section).map((attribute) => {
        const { name, type, example } = attribute;
        const kind = { text: "text", choice: "text", number: "number", flag: "on/off" }[type];
        const shown = example ?? (type === "flag" ? name : "");
        const cells = [`\`${name}\``, `\`${propertyName(name)}\` (${kind})`, otherwise(attribute), meaning(attribute), shown && `\`${shown}\``];
        return `|${cells.map((cell) => (cell ? ` ${cell} |` : " |")).join("")}\n`;
      });
      const at = described.indexOf(`\n## ${section}\n`);
      if (at < 0) throw new Error(`docs/attributes.md has no section "${section}".`);
      const table = put(described.slice(at), "|---|---|---|---|---|\n", "\n\n", rows.join("").slice(0, -1));
      described = described.slice(0, at) + table;
    }
    return described;
  },
};

const isCheck = process.argv.includes("--check");
/** @param {string} path */
const read = (path) => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
};
const stale = Object.entries(FILES).filter(([path, write]) => {
  const before = read(path);
  const after = write(before);
  if (before !== after && !isCheck) writeFileSync(path, after);
  return before !== after;
});
for (const [path] of stale) console.log(isCheck ? `${path} does not say what embed/attributes.json says` : `${path}: written`);
if (isCheck && stale.length) {
  console.log("Run `cargo xtask describe`.");
  process.exitCode = 1;
}
