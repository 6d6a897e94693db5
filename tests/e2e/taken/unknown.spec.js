// No answer, or an unreadable one: the visit may be booked. Nothing is sent again, and nothing on screen can send it.
import { expect, test, widget } from "../../support/fixtures.js";
import { bookings, ends, openHost, toReview } from "../../support/journey.js";

const PROVIDER = "/api/7/visits/providerbooking";

/** @param {import("@playwright/test").Page} page */
async function expectUnconfirmed(page) {
  const it = widget(page);
  await it.reaches("unconfirmed");
  await expect(it.heading).toHaveText("We could not confirm your visit");
  await expect(it.heading).toBeFocused();
  await expect(it.alert).toContainText("We sent your booking, but got no clear answer. Your visit may be booked.");
  await expect(it.alert).toContainText("Do not book again. Call the clinic to check.");
  await expect(it.alert.getByRole("link", { name: "206-555-0142" })).toHaveAttribute("href", "tel:+12065550142");
  await expect(it.host.getByText("Northlake Clinic Ballard")).toBeVisible();
  await expect(it.host.getByRole("button")).toHaveCount(0);
  expect(await ends(page)).toEqual([["unconfirmed", undefined]]);
}

test("the answer breaks off after the visit was booked", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/ERR_CONTENT_LENGTH_MISMATCH|ERR_INCOMPLETE|Failed to load/);
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  await toReview(page);
  await acme.fault({ path: PROVIDER, kind: "truncate" });
  await widget(page).button("Book this visit").click();
  await expectUnconfirmed(page);
  expect(await acme.visitsBooked()).toHaveLength(1);
  expect(await bookings(acme)).toHaveLength(1);
});

test("the connection breaks off after the visit was booked", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/ERR_|Failed to load|Cross-Origin Request/);
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  await toReview(page);
  // A browser repeats the request by itself when a kept-alive connection closes without a byte; the page does not see that.
  await acme.fault({ path: PROVIDER, kind: "drop-after", times: 2 });
  const posts = [];
  page.on("request", (request) => request.method() === "POST" && posts.push(new URL(request.url()).pathname));
  await widget(page).button("Book this visit").click();
  await expectUnconfirmed(page);
  expect(await acme.visitsBooked()).toHaveLength(1);
  expect(posts, "the widget's own").toEqual([PROVIDER]);
});

test("no answer comes for thirty seconds after the visit was booked", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await toReview(page);
  await acme.fault({ path: PROVIDER, kind: "hang-after" });
  await it.button("Book this visit").click();
  await expect.poll(async () => (await acme.visitsBooked()).length).toBe(1);
  expect(await it.state()).toBe("sending");
  const locked = it.button("Booking…");
  await expect(locked).toHaveAttribute("aria-disabled", "true");
  await locked.click({ force: true });
  await page.clock.fastForward(31_000);
  await expectUnconfirmed(page);
  expect(await bookings(acme)).toHaveLength(1);
});

for (const [what, fault] of Object.entries({
  "an error of the server": { kind: "status", status: 500, body: { error: "Oops" } },
  "a gateway that gave up": { kind: "status", status: 504 },
  "a success without a visit": { kind: "empty" },
  "a gateway's page instead of an answer": { kind: "html" },
})) {
  test(`${what} is no answer either`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(/status of 50/);
    await openHost({ page, site, acme }, { token: await acme.token("marta") });
    await toReview(page);
    await acme.fault({ path: PROVIDER, ...fault });
    await widget(page).button("Book this visit").click();
    await expectUnconfirmed(page);
    expect(await bookings(acme)).toHaveLength(1);
  });
}

test("two presses on the button send one booking", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await toReview(page);
  await it.button("Book this visit").dblclick();
  await it.reaches("booked");
  expect(await ends(page)).toEqual([["booked", undefined]]);
  expect(await bookings(acme)).toHaveLength(1);
  expect(await acme.visitsBooked()).toHaveLength(1);
});
