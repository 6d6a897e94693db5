// Moving, removing and adding an element again at the worst moments. contract/live.spec.js covers moves while times load or a
// patient types; here: many moves at once, and moves while a booking is being sent.
import { expect, test, widget } from "../../support/fixtures.js";
import { booked, confirm, DOCTOR, repeated, asked, TUESDAY } from "../../support/host-page.js";
import { bookings, ends, heard, openHost, toReview } from "../../support/journey.js";

test("twenty quick moves: the same widget, nothing requested twice, nothing lost", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta"), wait: null });
  const move = (pause) =>
    page.evaluate(async (pause) => {
      const element = document.querySelector("find-a-time");
      const places = [document.querySelector("main"), document.body.appendChild(document.createElement("section"))];
      for (let moves = 0; moves < 20; moves += 1) {
        places[moves % 2 ? 0 : 1].prepend(element);
        if (pause === "frame") await new Promise(requestAnimationFrame);
        if (pause === "microtask") await null;
      }
    }, pause);
  // Moves while the element loads.
  await move("none");
  await widget(page).reaches("times");
  await expect(widget(page).times.first()).toBeVisible();
  await toReview(page, { time: TUESDAY });
  for (const pause of ["none", "microtask", "frame"]) {
    await move(pause);
    expect(await widget(page).state(), pause).toBe("review");
  }
  await expect(widget(page).host.getByText("Sore throat since Sunday")).toBeVisible();
  await confirm(page);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
  expect(repeated(await asked(acme))).toEqual([]);
  expect((await heard(page)).filter(({ name }) => name === "shown")).toHaveLength(1);
});

/** Sends a booking that Acme answers after `ms`, and removes the element meanwhile; the page keeps a reference to it. @param {any} on @param {number} ms */
async function sending({ page, site, acme }, ms) {
  await openHost({ page, site, acme }, { token: await acme.token("marta") });
  await toReview(page, { time: TUESDAY });
  await acme.fault({ path: "/api/7/visits/providerbooking", method: "POST", kind: "delay", ms });
  await page.evaluate(() => {
    const element = (document[Symbol.for("kept")] = document.querySelector("find-a-time"));
    // Outside the page, its events reach only listeners on the element itself.
    const told = (document[Symbol.for("told")] = []);
    for (const name of ["submit", "booked", "conflict", "unconfirmed", "failed"]) element.addEventListener(`findatime-${name}`, () => told.push(name));
  });
  await widget(page).button("Book this visit").click();
  await widget(page).reaches("sending");
  await page.evaluate(() => document[Symbol.for("kept")].remove());
}

const kept = (page, read) => page.evaluate(`(${read})(document[Symbol.for("kept")])`);
const told = (page) => page.evaluate(() => document[Symbol.for("told")]);
/** Whether the browser would ask before leaving the page now. @param {import("@playwright/test").Page} page */
const holds = (page) => page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));

test("removed while its booking is sent: the visit is booked, listeners on the element get the event, and the page may be left", async ({ page, site, acme }) => {
  await sending({ page, site, acme }, 1200);
  expect(await holds(page), "leaving now would leave the patient not knowing").toBe(true);
  await expect.poll(() => told(page)).toEqual(["submit", "booked"]);
  expect(await booked(acme)).toEqual(["2026-12-08T10:50:00-08:00"]);
  expect(await holds(page)).toBe(false);
  // A removed element keeps nothing of the patient.
  await expect.poll(() => kept(page, "(element) => element.shadowRoot.querySelector('.fat-root').childElementCount")).toBe(0);
});

test("added again before the answer comes, the element shows the outcome; nothing is sent twice", async ({ page, site, acme }) => {
  await sending({ page, site, acme }, 1500);
  await page.waitForTimeout(200);
  await page.evaluate(() => document.querySelector("main").append(document[Symbol.for("kept")]));
  expect(await widget(page).state()).toBe("sending");
  await widget(page).reaches("booked");
  await expect(widget(page).heading).toHaveText("Your visit is booked");
  expect(await bookings(acme)).toHaveLength(1);
  expect(await ends(page)).toEqual([["booked", undefined]]);
});

test("added again after the answer came, the element shows the confirmation; nothing is sent twice", async ({ page, site, acme }) => {
  await sending({ page, site, acme }, 400);
  await expect.poll(() => told(page)).toEqual(["submit", "booked"]);
  await page.evaluate(() => document.querySelector("main").append(document[Symbol.for("kept")]));
  await widget(page).reaches("booked");
  await expect(widget(page).heading).toHaveText("Your visit is booked");
  expect(await bookings(acme)).toHaveLength(1);
  expect(await widget(page).codes()).toEqual([]);
});

test("two widgets send at once: the browser asks before leaving until both have their outcome", async ({ page, site, acme }) => {
  await openHost({ page, site, acme }, { token: await acme.token("marta"), attributes: DOCTOR });
  await page.evaluate((token) => {
    /** @type {any} */
    const second = document.querySelector("find-a-time").cloneNode(true);
    second.getToken = () => token;
    document.querySelector("main").append(second);
  }, await acme.token("dev"));
  await toReview(page, { time: TUESDAY });
  const second = widget(page, 1);
  await second.times.first().click();
  await second.reaches("patient");
  await second.field("Reason for the visit").fill("Back pain");
  await second.button("Continue").click();
  await second.reaches("review");
  await acme.fault({ path: "/api/7/visits/providerbooking", method: "POST", kind: "delay", ms: 400 });
  await widget(page).button("Book this visit").click();
  await widget(page).reaches("sending");
  await acme.fault({ path: "/api/7/visits/providerbooking", method: "POST", kind: "delay", ms: 2500 });
  await second.button("Book this visit").click();
  await widget(page).reaches("booked");
  expect(await second.state()).toBe("sending");
  expect(await holds(page)).toBe(true);
  await second.reaches("booked");
  expect(await holds(page)).toBe(false);
});
