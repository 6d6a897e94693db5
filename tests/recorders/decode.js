// Turns what a recorder sent into searchable text: inflates it, and opens base64 and JSON inside strings, nested up to `DEEPEST` times.
import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from "node:zlib";

/** A body sent while the page unloads may be cut off: inflate as much as arrived. */
const LENIENT = { finishFlush: constants.Z_SYNC_FLUSH };
const DEEPEST = 6;

/** @param {() => Buffer} inflate @returns {Buffer | undefined} */
function inflated(inflate) {
  try {
    const result = inflate();
    return result.length ? result : undefined;
  } catch {
    return undefined;
  }
}

/** Finds gzip and zlib streams anywhere in the bytes, since a multipart body has headers before each stream; yields what each inflates to. @param {Buffer} bytes */
function* streams(bytes) {
  for (let at = 0; at < bytes.length - 2; at += 1) {
    const [first, second, third] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    const found =
      first === 0x1f && second === 0x8b && third === 8
        ? inflated(() => gunzipSync(bytes.subarray(at), LENIENT))
        : first === 0x78 && [0x01, 0x5e, 0x9c, 0xda].includes(second)
          ? inflated(() => inflateSync(bytes.subarray(at), LENIENT))
          : undefined;
    if (found) yield found;
  }
}

const isReadable = (text) => /^[\t\n\r\x20-\ufffc]*$/.test(text.slice(0, 200));

/** @param {Buffer} bytes @returns {string[]} every text in the bytes */
export function texts(bytes, depth = 0) {
  if (depth > DEEPEST || !bytes.length) return [];
  const found = [];
  for (const stream of streams(bytes)) found.push(...texts(stream, depth + 1));
  if (!depth && !found.length) {
    // Raw deflate and brotli have no header to recognise: accept the result if it is text.
    for (const inflate of [inflateRawSync, brotliDecompressSync]) {
      const result = inflated(() => inflate(bytes));
      if (result && isReadable(result.toString())) found.push(...texts(result, depth + 1));
    }
  }
  const text = bytes.toString();
  found.push(text, ...opened(text, depth));
  return found;
}

/** The texts that a text encodes, if it is JSON (one value, or one on each line) or a form. @param {string} text @param {number} depth @returns {string[]} */
function opened(text, depth) {
  if (depth > DEEPEST) return [];
  for (const lines of [[text], text.split("\n")]) {
    const values = lines.flatMap((line) => (/^\s*[[{"]/.test(line) ? (parsed(line) ?? []) : []));
    if (values.length) return values.flatMap((value) => strings(value, depth));
  }
  if (!/^[?]?[\w.$-]+=/.test(text)) return [];
  // A form, or the query of an address. Read it twice, since a plus sign may stand for a space or belong to base64.
  const values = [text, text.replaceAll("+", "%2B")].flatMap((form) => [...new URLSearchParams(form).values()]);
  return values.flatMap((value) => [value, ...inside(value, depth)]);
}

function parsed(text) {
  try {
    return [JSON.parse(text)];
  } catch {
    return undefined;
  }
}

/** The strings in a value, and all single letters joined, since typing may be recorded key by key. @param {unknown} value @param {number} depth */
function strings(value, depth) {
  /** @type {string[]} */
  const values = [];
  /** @type {string[]} */
  const names = [];
  const walk = (one) => {
    if (typeof one === "string") values.push(one);
    else if (Array.isArray(one)) one.forEach(walk);
    else if (one && typeof one === "object") {
      for (const [name, inner] of Object.entries(one)) {
        names.push(name);
        walk(inner);
      }
    }
  };
  walk(value);
  return [[...values, ...names].join(" "), values.filter((one) => one.length === 1).join(""), ...values.flatMap((one) => inside(one, depth))];
}

/** @param {string} text @param {number} depth @returns {string[]} */
function inside(text, depth) {
  if (text.length < 12) return [];
  // Compressed bytes stored as a string, one character for each byte.
  if (/^(\x1f\x8b|\x78[\x01\x5e\x9c\xda])/.test(text)) return texts(Buffer.from(text, "latin1"), depth + 1);
  if (/^\s*[[{]/.test(text)) return opened(text, depth + 1);
  const base64 = text.replace(/^data:[^,]*;base64,/, "");
  if (base64.length % 4 === 0 && /^[\w+/-]+={0,2}$/.test(base64)) {
    const bytes = Buffer.from(base64, "base64");
    if (isReadable(bytes.toString()) || [0x1f, 0x78].includes(bytes[0])) return texts(bytes, depth + 1);
  }
  return [];
}

/** Letters and digits only, so that escapes and number formats do not matter. @param {string} text */
const bare = (text) => text.toLowerCase().normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "");

/**
 * Which canaries occur in what was recorded.
 * @param {Buffer[]} recorded @param {Record<string, string>} canaries by their kind
 * @returns {string[]}
 */
export function search(recorded, canaries) {
  const all = recorded.flatMap((bytes) => texts(bytes)).map(bare);
  return Object.entries(canaries)
    .filter(([, canary]) => all.some((text) => text.includes(bare(canary))))
    .map(([what]) => what);
}
