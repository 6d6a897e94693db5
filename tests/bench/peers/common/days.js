// Turns slots as the API sends them into what a patient reads: open days, each with a block for each clinic.
import { words } from "./words.js";

/** The number of open days on the page, as many as the element shows at first. */
const DAYS = 10;

/**
 * @typedef {{ key: string, clock: string, label: string }} Time
 * @typedef {{ key: string, name: string, times: Time[] }} Place
 * @typedef {{ key: string, name: string, count: string, places: Place[] }} Day
 */

/**
 * @param {any} schedule the answer of the read for times
 * @param {any} clinician the answer of the read for the clinician; `null` until it has arrived
 * @param {string} lang the page's language
 * @returns {Day[]}
 */
export function openDays(schedule, clinician, lang) {
  const text = words(lang, schedule.timezone);
  /** @type {Map<string, any[]>} */
  const byDay = new Map();
  for (const { timeSlots } of schedule.scheduleDays) {
    for (const slot of timeSlots) {
      const date = slot.slotDateTime.slice(0, 10);
      if (!byDay.has(date)) byDay.set(date, []);
      /** @type {any[]} */ (byDay.get(date)).push({ ...slot, at: new Date(slot.slotDateTime) });
    }
  }
  return [...byDay].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, DAYS).map(([date, slots]) => {
    slots.sort((a, b) => a.at - b.at);
    const day = text.day(slots[0].at);
    /** @type {Map<string, any[]>} */
    const byPlace = new Map();
    for (const slot of slots) {
      if (!byPlace.has(slot.departmentId)) byPlace.set(slot.departmentId, []);
      /** @type {any[]} */ (byPlace.get(slot.departmentId)).push(slot);
    }
    return {
      key: date,
      name: text.capital(day),
      count: text.count("times", slots.length),
      places: [...byPlace].map(([id, slots]) => ({
        key: id,
        name: clinician?.departments.find(({ departmentId }) => departmentId === id)?.name ?? "\u00a0",
        times: slots.map((slot) => {
          const clock = text.clock(slot.at);
          const label = [clock, day, ...(clinician ? [clinicianName(clinician)] : []), text.count("minutes", slot.duration)];
          return { key: slot.id, clock, label: label.join(", ") };
        }),
      })),
    };
  });
}

/** @param {any} clinician */
export const clinicianName = ({ name, credentials }) => `${name}, ${credentials}`;

/** The text that says which time zone the times are in. @param {any} schedule @param {string} lang */
export function zoneLine({ timezone, scheduleDays }, lang) {
  const first = scheduleDays.flatMap(({ timeSlots }) => timeSlots)[0];
  return first ? words(lang, timezone).zone(new Date(first.slotDateTime)) : "";
}
