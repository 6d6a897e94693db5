// Prints the addresses that the script would read ahead for each case on standard input. `src/host/first_reads_tests.rs` runs
// this program and compares the addresses with the widget's own requests. The environment variable TZ sets the device's time zone.
import { firstReads } from "../../embed/reads.js";

let text = "";
for await (const piece of process.stdin.setEncoding("utf8")) text += piece;
/** @type {{ now: number, attributes: Record<string, string> }[]} */
const cases = JSON.parse(text);
function read({ now, attributes }) {
  try {
    return [...firstReads((name) => attributes[name] ?? null, new Date(now))];
  } catch {
    // `embed/early.js` also reads nothing ahead when this throws.
    return [];
  }
}
process.stdout.write(JSON.stringify(cases.map(read)));
