// The times in hand-written JavaScript: the days are drawn when the times arrive, and again when the names arrive after them.
import { readClinician, readTimes } from "../common/api.js";
import { clinicianName, openDays, zoneLine } from "../common/days.js";
import { words } from "../common/words.js";

/** @param {string} name @param {string} className @param {...(Node | string)} children */
function el(name, className, ...children) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** @param {import("../common/days.js").Time} time */
function drawTime({ clock, label }) {
  const button = el("button", "time", clock);
  button.setAttribute("type", "button");
  button.setAttribute("aria-label", label);
  return button;
}

/** @param {import("../common/days.js").Day} day */
function drawDay({ name, count, places }) {
  const blocks = places.flatMap(({ name, times }) => [el("h4", "place", name), el("div", "times", ...times.map(drawTime))]);
  return el("div", "day", el("h3", "day-name", `${name} `, el("span", "quiet", count)), ...blocks);
}

const root = /** @type {HTMLElement} */ (document.getElementById("times"));
const settings = /** @type {import("../common/api.js").Settings} */ (/** @type {unknown} */ (root.dataset));
const lang = document.documentElement.lang;
const { texts } = words(lang);

const who = el("p", "strong");
const zone = el("p", "quiet");
const days = el("div", "days", el("p", "quiet", texts.reading));
root.replaceChildren(el("h2", "heading", texts.heading), who, zone, days);

/** @type {any} */
let schedule = null;
/** @type {any} */
let clinician = null;

function draw() {
  if (clinician) who.textContent = clinicianName(clinician);
  if (!schedule) return;
  zone.textContent = zoneLine(schedule, lang);
  days.replaceChildren(...openDays(schedule, clinician, lang).map(drawDay));
}

const failed = () => days.replaceChildren(el("p", "quiet", texts.failed));
readTimes(settings).then((answer) => { schedule = answer; draw(); }, failed);
readClinician(settings).then((answer) => { clinician = answer; draw(); }, () => {});
