// A patient sees the wait, joins the line by video or phone, and reads how the visit will take place.
import { expect, test, widget } from "../../support/fixtures.js";
import { chooseAndSignIn, ends, focused, heard, listen } from "../../support/journey.js";
import { acceptAndJoin, card, joins, lookAgain, MARTA, openPractice, payWith, PRACTICE, toReview, VIRTUAL } from "../../support/on-demand.js";

test("Marta is seen by video today, with a coupon, and finds the waiting room", async ({ page, site, acme, context }) => {
  await acme.setRegion({ region: "WA", state: "open", wait: 540 });
  await listen(page);
  await page.goto(site.origin + VIRTUAL);
  const it = widget(page);
  await it.reaches("queue");
  await expect(it.heading).toHaveText("See a clinician now");
  await expect(it.host.getByText("Clinicians are licensed by state. Choose the state you are in, even if you are only visiting.")).toBeVisible();
  await expect(it.host.getByText("Choose your state to see the wait.")).toBeVisible();
  await it.field("What state are you in now?").selectOption("Washington");
  await expect(it.host.getByText("The visit costs $49.00.")).toBeVisible();
  // A wait of nine minutes is shown as a range with the time of the estimate, on the patient's clock: New York's.
  await expect(card(page, "By video").locator(".fat-wait")).toHaveText("5 to 10 minutes as of 12:00 PM");
  await expect(card(page, "By phone").locator(".fat-wait")).toHaveText("5 to 10 minutes as of 12:00 PM");

  await chooseAndSignIn(page, "Join by video", "marta");
  await it.field("Reason for the visit").fill("Rash on forearm");
  await payWith(page, { coupon: "NORTH25" });
  await it.button("Continue").click();
  await it.reaches("review");
  for (const told of ["By video, in Washington", "Northlake Virtual Urgent Care", "You pay $24.00", "$49.00, less $25.00 with coupon NORTH25", "Marta Okafor", "Rash on forearm"]) {
    await expect(it.host.getByText(told, { exact: true })).toBeVisible();
  }
  expect(await joins(acme), "nothing is sent before the press").toEqual([]);
  await acceptAndJoin(page);
  await it.reaches("booked");
  await expect(it.heading).toHaveText("You are in line");
  await expect(it.heading).toBeFocused();

  expect(await ends(page)).toEqual([["booked", undefined]]);
  const [visit, ...more] = await acme.visitsBooked();
  expect(more).toEqual([]);
  expect(visit).toMatchObject({ kind: "virtual", patient: "marta", region: "WA", modality: "virtual", product: "virtualcare", cancelled: null });
  expect(visit.body).toEqual({
    patient: MARTA,
    billingInfo: { paymentMethod: "couponcode", couponCode: "NORTH25" },
    visitDetails: {
      acceptedTerms: true, declaration: "self", stateLicensure: "WA", visitReason: "Rash on forearm", visitTypeName: "virtual",
      practiceId: PRACTICE, brand: "northlake", assignmentQualifiers: ["adult"], detectedLanguage: "en-US",
    },
  });

  const room = it.host.getByRole("link", { name: "Go to the waiting room" });
  await expect(room).toHaveAttribute("rel", "noopener noreferrer");
  const opened = context.waitForEvent("page");
  await room.click();
  const waitingRoom = await opened;
  await waitingRoom.waitForLoadState();
  expect(waitingRoom.url()).toContain(visit.visitId);
  expect(await waitingRoom.evaluate(() => opener)).toBeNull();
  await waitingRoom.close();
  // The waiting room stays reachable, and the estimate is now the one for this visit, no longer the one for the line.
  await acme.setWait(visit.visitId, 400);
  await lookAgain(page, acme);
  await expect(it.host.locator(".fat-wait")).toHaveText("5 to 10 minutes as of 12:00 PM");
  await expect(room).toBeVisible();
});

test("Dev joins by phone and reads which number will be called", async ({ page, site, acme }) => {
  await openPractice({ page, site, acme }, { token: await acme.token("dev"), attributes: { product: "virtualcare" } });
  const it = widget(page);
  await toReview(page, { by: "phone", reason: "Cough at night" });
  await expect(it.host.getByText("By phone, in Washington", { exact: true })).toBeVisible();
  await expect(it.host.getByText("$49.00", { exact: true })).toBeVisible();
  await acceptAndJoin(page);
  await it.reaches("booked");
  const [join, ...more] = await joins(acme);
  expect(more).toEqual([]);
  expect(join.body).toEqual({
    patient: {
      firstName: "Dev", lastName: "Patel", gender: "male", dateOfBirth: "1988-12-01", phone: "206-555-0173", email: "dev.patel@example.com",
      address: { line1: "412 Shorewood Dr", city: "Seattle", state: "WA", postalCode: "98177" },
      patientGuid: "91b6c8f0-3d4e-4a52-9e17-6f0a8d5b7c23",
    },
    billingInfo: { paymentMethod: "external-self-pay" },
    visitDetails: {
      acceptedTerms: true, declaration: "self", stateLicensure: "WA", visitReason: "Cough at night", visitTypeName: "phone",
      practiceId: PRACTICE, brand: "northlake", assignmentQualifiers: ["adult"], detectedLanguage: "en-US",
    },
  });
  await expect(it.host.getByText("Keep your phone near. We will call you at 206-555-0173.")).toBeVisible();
  await expect(it.host.getByRole("link", { name: "Go to the waiting room" })).toHaveCount(0);
});

test("missing consent to the terms gets a message at the box, and nothing is sent without it", async ({ page, site, acme }) => {
  await listen(page);
  await openPractice({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await toReview(page);
  const terms = it.host.getByRole("checkbox", { name: "I accept the terms for visits with Northlake Virtual Urgent Care." });
  await it.button("Join the line").click();
  await expect(terms).toBeFocused();
  await expect(terms).toHaveAttribute("aria-invalid", "true");
  await expect(terms).toHaveAccessibleDescription("Accept the terms to join the line.");
  expect(await it.state()).toBe("review");
  expect(await joins(acme)).toEqual([]);
  expect((await heard(page)).filter(({ name }) => name === "submit")).toEqual([]);
  await page.keyboard.press("Space");
  await expect(it.host.getByText("Accept the terms to join the line.")).toHaveCount(0);
  await expect(terms).toBeFocused();
  await it.button("Join the line").click();
  await it.reaches("booked");
  expect(await joins(acme)).toHaveLength(1);
});

for (const { lang, told, pays } of /** @type {const} */ ([
  { lang: "en", told: "The line is full right now. You are not in line. Your details are kept.", pays: "See a clinician now" },
  { lang: "es", told: "La fila está llena en este momento. Usted no está en la fila. No tendrá que volver a escribir sus datos.", pays: "Consulte ahora con un profesional médico" },
])) {
  test(`the region gets busy between the wait and the join: back in the queue, entries kept (${lang})`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(/status of 400/);
    await listen(page);
    await openPractice({ page, site, acme }, { token: await acme.token("marta"), lang });
    const it = widget(page);
    await toReview(page, { lang, reason: "Rash on forearm" });
    await acme.setRegion({ region: "WA", state: "busy", busyMessage: "We are seeing high demand." });
    await acceptAndJoin(page, lang);
    await it.reaches("queue");
    await expect(it.heading).toHaveText(pays);
    await expect(it.heading).toBeFocused();
    await expect(it.alert).toContainText(told);
    await expect(it.host.locator('[part~="status"]')).toHaveText(told);
    await expect(it.host.locator("blockquote")).toHaveText("We are seeing high demand.");
    expect(await ends(page)).toEqual([["conflict", "refused"]]);
    expect((await acme.visitsBooked())).toEqual([]);

    // When the region is open again, the widget does not ask the patient for anything a second time.
    await acme.setRegion({ region: "WA", state: "open", wait: 120 });
    await it.button(lang === "en" ? "Look again" : "Consultar de nuevo").click();
    await it.button(lang === "en" ? "Join by video" : "Entrar en la fila por video").click();
    await it.reaches("review");
    await expect(it.host.getByText("Rash on forearm", { exact: true })).toBeVisible();
    await it.button(lang === "en" ? "Join the line" : "Entrar en la fila").click();
    await it.reaches("booked");
    expect(await joins(acme)).toHaveLength(2);
    expect(await ends(page)).toEqual([["conflict", "refused"], ["booked", undefined]]);
  });
}

for (const [lang, told] of /** @type {const} */ ([["en", "No clinician is free right now. You are not in line. Your details are kept."], ["es", "En este momento no hay ningún profesional médico libre. Usted no está en la fila. No tendrá que volver a escribir sus datos."]])) {
  test(`nobody is free any more at the join (${lang})`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(/status of 409/);
    await openPractice({ page, site, acme }, { token: await acme.token("marta"), lang });
    const it = widget(page);
    await toReview(page, { lang });
    await acme.fault({ path: "/api/9/visits", method: "POST", kind: "status", status: 409, body: "" });
    await acceptAndJoin(page, lang);
    await it.reaches("queue");
    await expect(it.alert).toContainText(told);
  });
}

test("a join without an answer is never sent again: “call to find out”", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 500/);
  await listen(page);
  await openPractice({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await toReview(page);
  await acme.fault({ path: "/api/9/visits", method: "POST", kind: "status", status: 500 });
  await acceptAndJoin(page);
  await it.reaches("unconfirmed");
  await expect(it.heading).toHaveText("We could not confirm your place in line");
  await expect(it.alert).toContainText("We asked to put you in line, but got no clear answer. You may be in line.Do not join again.");
  await expect(it.host.getByText("By video, in Washington", { exact: true })).toBeVisible();
  expect(await joins(acme)).toHaveLength(1);
  expect(await ends(page)).toEqual([["unconfirmed", undefined]]);
});

test("a page without a token source offers the phone for a line, never a dead button", async ({ page, site, acme }) => {
  await openPractice({ page, site, acme }, {});
  const it = widget(page);
  await it.button("Join by video").click();
  await it.reaches("unavailable");
  await expect(it.heading).toHaveText("Call to be seen now");
  await expect(it.host.getByText("You cannot join this line online.")).toBeVisible();
  await expect(page.getByRole("link", { name: "206-555-0142" })).toBeVisible();
});

test("changing video or phone leads back to the line, and at the review nothing is asked again", async ({ page, site, acme }) => {
  await openPractice({ page, site, acme }, { token: await acme.token("marta") });
  const it = widget(page);
  await toReview(page);
  await it.button("Change: Visit").click();
  await it.reaches("queue");
  await expect.poll(() => focused(page)).toBe("See a clinician now");
  await it.button("Join by phone").click();
  await it.reaches("review");
  await expect(it.host.getByText("By phone, in Washington", { exact: true })).toBeVisible();
  await expect(it.host.getByText("Rash on forearm", { exact: true })).toBeVisible();
});
