// Runs axe and IBM's accessibility checker on the states that `steps.spec.js` does not reach: in whole journeys, and in journeys
// that end before a booking. In English with the light color scheme and in Spanish with the dark one.
import { axe, expect, test, widget } from "../../support/fixtures.js";
import { openHost } from "../../support/journey.js";
import { openPractice, PRACTICE } from "../../support/on-demand.js";
import { wordsOf } from "../../support/walk.js";
import { button, host, inside, JOURNEYS, PATIENT, press, REVIEW, TIMES, walk } from "../../support/whole-journeys.js";

/** A script for the page: `getToken` returns the token that `hold` has put on the page's body, or null if there is none. */
const HOLDS = 'document.querySelector("find-a-time").getToken = () => document.body.token ?? null;';
const hold = async ({ page, acme }, /** @type {string} */ patient) => page.evaluate((token) => void (document.body.token = token), await acme.token(patient));
const chooses = ({ page }) => widget(page).times.first().click();
const alert = ({ page }) => widget(page).alert.first();
const heading = (/** @type {string} */ key) => ({ page, words }) => widget(page).host.getByRole("heading", { name: words[key], exact: true });

/** @type {Record<string, import("../../support/whole-journeys.js").Journey>} */
const WAYS_THAT_END = {
  "signing in, and the record cannot be read": {
    open: async (on) => openHost(on, { lang: on.lang, script: HOLDS, wait: null }),
    provoked: /status of 503/,
    steps: [
      TIMES,
      { name: "waiting for the sign-in", act: chooses, state: "sign-in", shows: (on) => button(on, "signin.button") },
      {
        name: "failed", act: async (on) => {
          await hold(on, "marta");
          await on.acme.fault({ path: "/v1/patient", kind: "status", status: 503, times: 0 });
          await press("signin.button")(on);
        }, shows: (on) => button(on, "retry"),
      },
    ],
  },
  "signed out at the submit": {
    open: async (on) => openHost(on, { lang: on.lang, script: HOLDS, wait: null }),
    provoked: /status of 401/,
    steps: [
      TIMES,
      { ...PATIENT, act: async (on) => (await hold(on, "marta"), await chooses(on)) },
      REVIEW,
      { name: "expired", act: async (on) => (await on.acme.expireTokens("marta"), await press("review.book")(on)), state: "sign-in", shows: alert },
    ],
  },
  "a time that the page takes over": {
    open: async (on) => openHost(on, {
      lang: on.lang, attributes: { booking: "event" }, wait: null,
      script: 'document.addEventListener("findatime-selected", ({ detail }) => void detail.slot);',
    }),
    steps: [TIMES, { name: "given away", act: chooses, shows: heading("given.heading") }],
  },
  "a time that can only be booked by phone": {
    open: async (on) => openHost(on, { lang: on.lang, attributes: { booking: "event" }, wait: null }),
    steps: [TIMES, { name: "call to book", act: chooses, state: "unavailable", shows: heading("call-to-book.heading") }],
  },
  "a time that is looked up before it is booked": {
    open: host({ "provider-slots": "v5" }, "marta"),
    provoked: /status of 503/,
    steps: [
      TIMES,
      { name: "looked up", act: async (on) => (await on.acme.fault({ path: "/v4/providers/", kind: "delay", ms: 4000, times: 1 }), await chooses(on)), shows: heading("resolving.heading") },
    ],
  },
  "a line that can only be joined by phone": {
    open: (on) => openPractice(on, { lang: on.lang, wait: null }),
    steps: [{ name: "call to be seen", act: press("queue.join-video"), state: "unavailable", shows: heading("queue.call.heading") }],
  },
  "waits that cannot be read": {
    open: async (on) => {
      await on.acme.fault({ path: "/api/9/regions/waittimes", kind: "status", status: 503, times: 0 });
      await openPractice(on, { lang: on.lang, wait: null });
    },
    provoked: /status of 503/,
    steps: [{ name: "unread", state: "queue", shows: alert }],
  },
  "by any of three ways": {
    open: host({ mode: "both", near: "98107", practice: PRACTICE, region: "WA" }, "marta"),
    steps: [
      { name: "ways", state: "times", shows: (on) => inside(on, "[name=way]").first() },
      { name: "around a place", act: (on) => inside(on, "[name=way]").nth(1).check(), shows: TIMES.shows },
      { name: "on demand", act: (on) => inside(on, "[name=way]").last().check(), state: "queue" },
    ],
  },
  "among a brand's clinics": {
    open: host({ npi: null, brand: "northlake", "visit-type": null }, "marta"),
    steps: [
      { name: "clinics", state: "times", shows: (on) => inside(on, ".fat-card button").first() },
      { name: "the nearest first", act: (on) => inside(on, "[name=order]").last().check(), shows: (on) => button(on, "clinics.go") },
      { name: "picked", act: (on) => inside(on, ".fat-card button").first().click(), shows: TIMES.shows },
    ],
  },
};

for (const [lang, colorScheme] of /** @type {const} */ ([["en", "light"], ["es", "dark"]])) {
  test.describe(`in ${lang}, ${colorScheme}`, () => {
    test.use({ colorScheme });

    for (const [name, journey] of Object.entries({ ...JOURNEYS, ...WAYS_THAT_END })) {
      test(name, async ({ page, site, acme, watch }) => {
        if (journey.provoked) watch.allowConsole(journey.provoked);
        const found = {};
        await walk({ page, site, acme, lang, words: wordsOf(lang) }, journey, async (step) => void (found[step] = await axe(page)));
        expect(Object.keys(found)).toHaveLength(journey.steps.length);
        expect(Object.fromEntries(Object.entries(found).filter(([, flaws]) => flaws.length))).toEqual({});
      });
    }
  });
}
