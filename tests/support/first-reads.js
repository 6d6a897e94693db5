// Reads cases from standard input, and writes the addresses that the script would read ahead for each: a test in `src/net`
// compares them with the widget's own. The zone is the variable TZ's.
import { firstReads } from "../../embed/reads.js";

let text = "";
for await (const piece of process.stdin.setEncoding("utf8")) text += piece;
/** @type {{ now: number, attributes: Record<string, string> }[]} */
const cases = JSON.parse(text);
function read({ now, attributes }) {
  try {
    return [...firstReads((name) => attributes[name] ?? null, new Date(now))];
  } catch {
    // As in embed/early.js: nothing is read ahead.
    return [];
  }
}
process.stdout.write(JSON.stringify(cases.map(read)));
