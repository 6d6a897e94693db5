// Walks through the steps of choosing and booking a time on a preview page, and calls back at each step, for axe and for screenshots.
import { readFileSync } from "node:fs";
import { widget } from "./fixtures.js";
import { toReview } from "./journey.js";

/** The widget's own words in a language. @param {string} lang @returns {Record<string, string>} */
export const wordsOf = (lang) => JSON.parse(readFileSync(`${process.env.FAT_DIST}/locales/${lang}.txt`, "utf8"));

/**
 * @typedef {{ page: import("@playwright/test").Page, site: import("./site.js").Site, acme: import("./acme.js").Acme }} On
 * @typedef {(step: string) => Promise<void>} Visit
 */

/** Opens the page, waits for its times, and sets what its `getToken` returns. @param {On} on @param {string} path @param {string} lang @param {string | null} patient */
async function open({ page, site, acme }, path, lang, patient) {
  await page.goto(`${site.origin}${path}?lang=${lang}`);
  await widget(page).reaches("times");
  await widget(page).times.first().waitFor();
  await give(page, patient && (await acme.token(patient)));
}

const give = (page, token) => page.evaluate((token) => void (document.querySelector("find-a-time").getToken = () => token), token);

/** Walks from the times to the form, as a patient without a record. @param {On} on @param {string} path @param {string} lang @param {Visit} visit */
export async function walkIn(on, path, lang, visit) {
  const { page, acme } = on;
  const [it, words] = [widget(page), wordsOf(lang)];
  await open(on, path, lang, null);
  await visit("1-times");
  await it.button(words.filters).click();
  await visit("2-filters");
  await it.host.getByRole("checkbox").first().check();
  await visit("3-filtered");
  await it.times.first().click();
  await it.button(words["signin.button"]).waitFor();
  await visit("4-sign-in");
  await give(page, await acme.token("ruth"));
  await it.button(words["signin.button"]).click();
  await it.reaches("patient");
  await visit("5-form");
  await it.button(words["details.go-on"]).click();
  await it.alert.waitFor();
  await visit("6-form-flaws");
}

/**
 * Walks from the details of a patient with a record to the confirmation; the first time that she chooses turns out to be taken.
 * @param {On} on @param {string} path @param {string} lang @param {Visit} visit
 */
export async function walkOn(on, path, lang, visit) {
  const { page, acme } = on;
  const [it, words] = [widget(page), wordsOf(lang)];
  const own = { reason: words["field.reason"], goOn: words["details.go-on"] };
  await open(on, path, lang, "marta");
  await it.times.first().click();
  await it.reaches("patient");
  await visit("7-summary");
  await it.field(own.reason).fill(lang === "es" ? "Dolor de garganta" : "Sore throat");
  await it.button(own.goOn).click();
  await it.reaches("review");
  await visit("8-review");
  await acme.fault({ path: "/api/", method: "POST", kind: "status", status: 409, body: { error: "SlotUnavailable" }, times: 2 });
  await it.button(words["review.book"]).click();
  await it.reaches("taken");
  await it.times.first().waitFor();
  await acme.clearFaults();
  await visit("9-taken");
  await it.times.first().click();
  await it.reaches("review");
  await acme.fault({ path: "/api/", method: "POST", kind: "status", status: 429 });
  await it.button(words["review.book"]).click();
  await it.alert.waitFor();
  await visit("10-review-failed");
  await acme.fault({ path: "/api/", method: "POST", kind: "delay", ms: 1500 });
  await it.button(words["review.book"]).click();
  await it.reaches("sending");
  await visit("11-sending");
  await it.reaches("booked");
  await visit("12-booked");
}

/** Walks to the steps in which something goes wrong: an unknown outcome, a refusal, an API that is down. @param {On} on @param {string} path @param {string} lang @param {Visit} visit */
export async function walkOff(on, path, lang, visit) {
  const { page, acme, site } = on;
  const [it, words] = [widget(page), wordsOf(lang)];
  const own = { reason: words["field.reason"], goOn: words["details.go-on"] };
  await open(on, path, lang, "dev");
  await toReview(page, { words: own });
  await acme.fault({ path: "/api/", method: "POST", kind: "status", status: 500 });
  await it.button(words["review.book"]).click();
  await it.reaches("unconfirmed");
  await visit("13-unconfirmed");
  await open(on, path, lang, "lars");
  await toReview(page, { words: own });
  await it.button(words["review.book"]).click();
  await it.reaches("unavailable");
  await visit("14-refused");
  await acme.fault({ path: "/v", kind: "status", status: 503, times: 0 });
  await page.goto(`${site.origin}${path}?lang=${lang}`);
  await it.reaches("unavailable");
  await visit("15-unavailable");
}
