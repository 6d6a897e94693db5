// Checks a sequence against the promises about bookings, from what the page reported and sent, and from Acme's database.
import { wordsOf } from "../../support/walk.js";
import { BEGINS_ANEW } from "./host.js";
import { READS } from "./plan.js";

/**
 * @typedef {import("./walk.js").Seen} Seen
 * @typedef {Seen["reports"][number]} Report
 * @typedef {{ name: string, life: string, tab: number, ends: Report[], sends: (Report & { status?: number | null })[], isCut: boolean,
 *             posts: any[], visits: { visitId: string, isOpen: boolean }[], openVisits: number }} Intent
 */

/** Faults after which a browser repeats the POST by itself: the connection closes without a byte. */
const CLOSED = ["drop", "reset", "drop-after", "reset-after"];
/** Faults that send the status but not the whole body: nobody could read the answer. */
const CUT = ["truncate", "cut-chunked", "hang-in-body", "drip"];
/** Refusals after which the page may send again, once for each: with a fresh token, a new record, another slot. @type {Record<number, string>} */
const AGAIN = { 400: "the record", 401: "the token", 404: "the record", 409: "the slot" };

/** Texts that say that there is no visit. */
const NOTHING = [
  "failed.card", "failed.contract", "failed.network", "failed.rejected", "failed.server", "failed.signed-out", "refused.locked", "refused.no-record", "refused.panel",
  "refused.nobody-free", "refused.region-busy",
];

/** These texts as a patient reads them: the sentence about a booking or a line is filled in. @param {string} lang */
const sentences = (lang) => {
  const words = wordsOf(lang);
  return NOTHING.flatMap((key) => ["failed.safe", "queue.safe"].map((safe) => words[key].replace("{safe}", words[safe])));
};

/** Every submit, with its ends, requests and visits. @param {Seen} seen @returns {Intent[]} */
export function intentsOf({ reports, intents }) {
  return reports.filter(({ kind }) => kind === "submit").map(({ intent: name, life, tab }) => {
    const own = reports.filter(({ intent }) => intent === name);
    const ends = own.filter(({ kind }) => kind === "end");
    const answers = new Map(own.filter(({ kind }) => kind === "answer").map(({ send, status }) => [send, status]));
    const sends = own.filter(({ kind }) => kind === "send").map((send) => ({ ...send, status: answers.get(send.send) }));
    const [begun, ended] = [own[0], ends[0]].map((report) => reports.indexOf(report));
    // The page was left before the outcome arrived.
    const isCut = reports.slice(begun, ended < 0 ? undefined : ended).some((report) => report.life === life && report.what === "left");
    const acmes = intents.find((intent) => intent.name === name) ?? { posts: [], visits: [], openVisits: 0 };
    return { name: name ?? "", life, tab, ends, sends, isCut, posts: acmes.posts, visits: acmes.visits, openVisits: acmes.openVisits };
  });
}

/**
 * For each POST that the page sent, its last copy that Acme received: repeats by the browser count as one with the original.
 * @param {Intent} intent @returns {(any | undefined)[]} one for each POST sent; `undefined` if it never arrived
 */
function received({ sends, posts }) {
  let place = 0;
  return sends.map((_, send) => {
    const others = sends.length - send - 1;
    while (CLOSED.includes(posts[place]?.fault) && posts.length - place - 1 > others) place++;
    return posts[place++];
  });
}

/** POSTs that the page must not have sent. @param {Intent} intent @returns {string[]} */
function tooMany(intent) {
  const broken = [];
  const last = received(intent);
  const spent = new Set();
  for (const [place, send] of intent.sends.slice(0, -1).entries()) {
    const cause = AGAIN[send.status ?? 0];
    if (!cause) broken.push(`a POST after ${send.status ? `an answer of ${send.status}` : "no answer"}`);
    else if (CUT.includes(last[place]?.fault)) broken.push(`a POST after a ${send.status} whose body was cut (${last[place].fault})`);
    else if (spent.has(cause)) broken.push(`a second POST for ${cause}`);
    spent.add(cause);
  }
  return broken;
}

/** Whether the browser repeated a POST: a connection closed without a byte, and Acme received more POSTs than the page sent. @param {Intent} intent */
const isRepeatedByBrowser = ({ posts, sends }) => posts.length > sends.length && posts.slice(0, -1).some(({ fault }) => CLOSED.includes(fault));

/** The refusals that a repeat of a successful booking gets. */
const CONFLICTS = ["slot-taken", "double-booked", "unknown-conflict"];

/** Whether the page may have failed to read the patient's list of visits as it is: it was offline, or a fault affected that read. @param {Seen} seen */
const mayMissTheList = ({ plan }) => plan.steps.some(({ does, value }) => does === "offline" || (does === "fault" && value.path === READS.list.path));

/**
 * Whether the patient reads a wrong outcome for a known reason (docs/reliability.md): the browser repeated the POST, the first one made
 * a visit, Acme refused the second one for another reason than a conflict, and the page could find the visit in no list.
 * @param {Intent} intent @param {Seen} seen
 */
const isUntrueByRepeat = (intent, seen) =>
  isRepeatedByBrowser(intent) && intent.visits.length > 0 && (intent.posts[0].call !== "retail" || mayMissTheList(seen))
  && intent.ends.some(({ name, reason = "" }) => name === "failed" || (name === "conflict" && !CONFLICTS.includes(reason)));

/** Describes each submit whose outcome was wrong for that known reason, so that a run can count them. @param {Seen} seen */
export const knownUntruths = (seen) => intentsOf(seen).filter((intent) => isUntrueByRepeat(intent, seen)).map(({ ends }) => `${ends[0].name} ${ends[0].reason}, and there is a visit`);

/** @param {Intent} intent @param {Seen} seen @returns {string[]} */
function ofIntent(intent, seen) {
  const { name, ends, isCut, visits, openVisits, sends, posts } = intent;
  const broken = tooMany(intent);
  if (openVisits > 1) broken.push(`${openVisits} open visits`);
  if (visits.length > 1) broken.push(`${visits.length} visits were made`);
  if (ends.length > 1) broken.push(`${ends.length} outcomes: ${ends.map((end) => end.name)}`);
  if (!ends.length && !isCut) broken.push("no outcome");
  const [isRepeated, isKnown] = [isRepeatedByBrowser(intent), isUntrueByRepeat(intent, seen)];
  // If a page is reloaded right after it sent a POST, the report of that POST may be lost.
  if (posts.length > sends.length + Number(isCut) && !isRepeated) broken.push(`Acme received ${posts.length} POSTs, and the page sent ${sends.length}`);
  for (const end of ends) {
    const outcome = [end.name, end.reason].filter(Boolean).join(" ");
    if (end.name === "failed" && visits.length && !isKnown) broken.push(`${outcome}, and there is a visit`);
    // With a clinician, the conflict may be with the visit that the browser's first request made. Such visits are in no list, so
    // the page cannot know, and its text does not say that nothing is booked.
    if (end.name === "conflict" && visits.length && !isKnown && !(isRepeated && posts[0].call === "provider")) broken.push(`${outcome}, and there is a visit`);
    // A fault may have changed the id in the answer.
    const isNamed = visits.some(({ visitId }) => visitId === end.visit || posts.some(({ fault }) => fault === "change"));
    if (end.name === "booked" && !isNamed) {
      // The patient's other page may have booked this very time: the list shows that visit.
      const other = seen.intents.find(({ visits }) => visits.some(({ visitId }) => visitId === end.visit));
      const lives = seen.reports.filter(({ kind, intent }) => kind === "submit" && intent === other?.name).map(({ life }) => life);
      if (visits.length || !lives.length || lives.includes(intent.life)) broken.push(`booked ${end.visit}, which this press has not made`);
    }
  }
  const words = seen.told.find((told) => told.intent === name)?.words ?? "";
  const said = ["en", "es"].flatMap(sentences).find((sentence) => words.includes(sentence));
  if (said && visits.length && !isKnown) broken.push(`“${said}”, and there is a visit`);
  return broken.map((what) => `${name}: ${what}`);
}

/** Finds presses that sent another booking after one whose outcome is unknown, unless the host page began anew in between. @param {Report[]} reports */
function afterUnknown(reports) {
  const broken = [];
  for (const life of new Set(reports.map(({ life }) => life))) {
    let unknown;
    // A change that the page makes while a booking is sent takes effect after the outcome.
    let isAnew = false;
    for (const report of reports.filter((report) => report.life === life)) {
      if (BEGINS_ANEW.includes(report.what ?? "")) isAnew = true;
      if (report.kind === "end") unknown = report.name === "unconfirmed" ? report.intent : undefined;
      if (report.kind !== "submit") continue;
      if (unknown && !isAnew) broken.push(`${report.intent}: pressed after ${unknown} could not be confirmed`);
      isAnew = false;
    }
  }
  return broken;
}

/** Lists each promise about bookings that the sequence broke, as a sentence. @param {Seen} seen @returns {string[]} */
export function broken(seen) {
  const intents = intentsOf(seen);
  const known = intents.map(({ name }) => name);
  const strangers = seen.intents.filter(({ name }) => !known.includes(name));
  const count = (list, name) => list.filter(({ intent }) => (intent ?? null) === name).length;
  return [
    ...intents.flatMap((intent) => ofIntent(intent, seen)),
    ...strangers.map(({ name, posts, visits }) => `${posts.length} POSTs and ${visits.length} visits of ${name ?? "no intent"}`),
    // A POST that did not go through the page's `fetch`.
    ...[...new Set(seen.requests.map(({ intent }) => intent))].filter((name) => count(seen.requests, name) > count(seen.reports.filter(({ kind }) => kind === "send"), name))
      .map((name) => `${name ?? "no intent"}: the browser sent more POSTs than the page's fetch`),
    ...afterUnknown(seen.reports),
    ...seen.states.filter((state) => state === "sending").map(() => "still sending at the end"),
    ...seen.errors.map((error) => `an error in the page: ${error}`),
  ];
}
