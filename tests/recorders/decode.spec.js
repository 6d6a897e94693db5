// Tests that the search finds a canary in every form in which recorders send it, and finds nothing if there is no canary.
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { search } from "./decode.js";

const CANARIES = { reason: "Plimsor fever", phone: "(206) 555-0177" };
const EVENT = JSON.stringify({ type: 3, data: { text: "Plimsor fever" }, phone: "2065550177" });
const multipart = (/** @type {Buffer} */ body) => Buffer.concat([Buffer.from('--x\r\nContent-Disposition: form-data; name="segment"\r\n\r\n'), body, Buffer.from("\r\n--x--")]);

/** @type {[string, Buffer][]} */
const FORMS = [
  ["plain", Buffer.from(EVENT)],
  ["gzip", gzipSync(EVENT)],
  ["zlib inside a multipart body", multipart(deflateSync(EVENT))],
  ["zlib that was cut at the end", deflateSync(EVENT + " ".repeat(2000)).subarray(0, -8)],
  ["raw deflate", deflateRawSync(EVENT)],
  ["brotli", brotliCompressSync(EVENT)],
  ["base64 in a form", Buffer.from(`data=${encodeURIComponent(Buffer.from(EVENT).toString("base64"))}`)],
  ["gzip as a string inside JSON", Buffer.from(JSON.stringify([{ event: gzipSync(EVENT).toString("latin1") }]))],
  ["gzip in base64 inside gzip", gzipSync(JSON.stringify({ events: [gzipSync(EVENT).toString("base64")] }))],
  ["JSON inside JSON", Buffer.from(JSON.stringify({ events: [JSON.stringify(EVENT)] }))],
  ["a key at a time", gzipSync(JSON.stringify([..."Plimsor fever", ..."2065550177"].map((key) => ({ key }))))],
  ["lines of an envelope", Buffer.from(`{"sent_at":"x"}\n{"type":"replay_event"}\n${EVENT}`)],
];

for (const [name, bytes] of FORMS) {
  test(`a canary is found: ${name}`, { tag: "@sample" }, () => {
    expect(search([bytes], CANARIES)).toEqual(["reason", "phone"]);
  });
}

test("nothing is found where there is nothing", { tag: "@sample" }, () => {
  const other = JSON.stringify({ text: "****** *****", phone: "206-555-0142" });
  expect(search([Buffer.from(other), gzipSync(other), deflateRawSync(other)], CANARIES)).toEqual([]);
});
