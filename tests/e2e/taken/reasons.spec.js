// Every reason for which the system refuses a booking: what the host page receives and what the patient reads.
import { expect, test, widget } from "../../support/fixtures.js";
import { ends, openHost, toReview } from "../../support/journey.js";
import { wordsOf } from "../../support/walk.js";

const REASONS = /** @type {const} */ ([
  { reason: "slot-taken", status: 409, marker: "SlotUnavailable", key: "refused.taken", state: "taken" },
  { reason: "double-booked", status: 409, marker: "PatientDoubleBooked", key: "refused.double", state: "taken" },
  { reason: "unknown-conflict", status: 409, marker: "UnknownAppointmentConflict", key: "refused.conflict", state: "taken" },
  { reason: "not-on-panel", status: 412, marker: "Not on the panel", key: "refused.panel", state: "unavailable" },
  { reason: "account-locked", status: 423, marker: "Locked", key: "refused.locked", state: "unavailable" },
  { reason: "no-links", status: 400, marker: "Patient has no links", key: "refused.no-record", state: "unavailable" },
]);

for (const lang of ["en", "es"]) {
  for (const { reason, status, marker, key, state } of REASONS) {
    test(`${reason}, ${lang}: one event with the reason, and the words for it`, async ({ page, site, acme, watch }) => {
      watch.allowConsole(new RegExp(`status of ${status}`));
      await openHost({ page, site, acme }, { attributes: { "event-details": "full" }, token: await acme.token("marta"), lang });
      const words = wordsOf(lang);
      await toReview(page, { words: { reason: words["field.reason"], goOn: words["details.go-on"] } });
      await acme.fault({ path: "/api/7/visits/providerbooking", kind: "status", status, body: { error: marker }, times: 0 });
      const it = widget(page);
      await it.button(words["review.book"]).click();
      await it.reaches(state);
      await expect(it.alert.first()).toContainText(words[key].replace("{safe}", words["failed.safe"]));
      expect(await ends(page)).toEqual([["conflict", reason]]);
      expect(await acme.visitsBooked()).toEqual([]);
    });
  }
}

test("without full details the event says that the booking was refused, and not why", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 423/);
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  await toReview(page);
  await acme.fault({ path: "/api/7/visits/providerbooking", kind: "status", status: 423, body: { error: "Locked" }, times: 0 });
  await widget(page).button("Book this visit").click();
  await widget(page).reaches("unavailable");
  expect(await ends(page)).toEqual([["conflict", "refused"]]);
});
