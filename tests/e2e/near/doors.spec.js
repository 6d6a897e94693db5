// A search has two request forms, GET and POST, and an API host may answer only one of them. The widget sends GET first, which needs
// no preflight; if the host refuses it, the widget sends POST, then and for all later searches. On a page with an API key, which
// needs a preflight anyway, it sends POST first.
import { expect, test, widget } from "../../support/fixtures.js";
import { lookAround, NEAR, searches } from "../../support/elsewhere.js";
import { openHost } from "../../support/journey.js";

const SLOTS = "/v1/availability/slots";
const doors = async (acme) => (await searches(acme)).map(({ method, path, status }) => `${method} ${path} ${status}`);

for (const [what, shut, status] of /** @type {const} */ ([
  ["wants a key (401)", (acme) => acme.fault({ path: SLOTS, method: "GET", kind: "status", status: 401, times: 0 }), 401],
  ["wants a key (403)", (acme) => acme.availability({ get: "key" }), 403],
  ["is absent (404)", (acme) => acme.availability({ get: "absent" }), 404],
  ["answers with a page of a gateway", (acme) => acme.fault({ path: SLOTS, method: "GET", kind: "html", times: 0 }), 200],
])) {
  test(`where GET ${what}, POST finds the same, and is sent first from then on`, async ({ page, site, acme, watch }) => {
    watch.allowConsole(/status of 40\d|Failed to load|Cross-Origin Request Blocked/);
    await shut(acme);
    await openHost({ page, site, acme }, { attributes: NEAR });
    const it = widget(page);
    await lookAround(page, "98107");
    await it.times.first().waitFor();
    await expect(it.host.getByRole("heading", { name: /^Northlake Clinic Ballard/ }).first()).toBeVisible();
    const [get, post] = await searches(acme);
    expect(get).toMatchObject({ method: "GET", path: SLOTS, status });
    expect(post).toEqual({
      method: "POST",
      path: SLOTS,
      query: { product: ["test-page"] },
      body: { postalCode: "98107", radius: 30, visitTypeNames: ["Illness"], startDate: "2026-12-07", endDate: "2026-12-20" },
      status: 200,
    });
    await acme.forgetRequests();
    await it.button("Change the place").click();
    await lookAround(page, "98004");
    await expect(it.host.getByText("Near 98004, within 30 miles")).toBeVisible();
    await it.times.first().waitFor();
    const after = await doors(acme);
    expect(after[0]).toBe(`POST ${SLOTS} 200`);
    expect(after.filter((line) => line.startsWith("GET"))).toEqual([]);
  });
}

test("POST needs visit types by name: if none is chosen they are read first", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 40\d|Failed to load|Cross-Origin Request Blocked/);
  await acme.availability({ get: "absent" });
  await openHost({ page, site, acme }, { attributes: { ...NEAR, near: "98107", "visit-type": null } });
  await widget(page).times.first().waitFor();
  const [get, types, slots] = await searches(acme);
  expect(get).toMatchObject({ method: "GET", status: 404 });
  expect(types).toEqual({
    method: "POST",
    path: "/v1/availability/providers",
    query: { product: ["test-page"] },
    body: { postalCode: "98107", radius: 30 },
    status: 200,
  });
  expect(slots.body.visitTypeNames.length).toBeGreaterThan(3);
});

test("with a key POST comes first, and carries the key", async ({ page, site, acme }) => {
  await acme.availability({ get: "key", post: "key" });
  await openHost({ page, site, acme }, { attributes: { ...NEAR, near: "98107", "api-key": "acme-key" } });
  await widget(page).times.first().waitFor();
  expect((await doors(acme))[0]).toBe(`POST ${SLOTS} 200`);
  expect((await doors(acme)).filter((line) => line.startsWith("GET"))).toEqual([]);
});

test("where neither GET nor POST works, the patient has the phone and can try another place", async ({ page, site, acme, watch }) => {
  watch.allowConsole(/status of 40\d|Failed to load|Cross-Origin Request Blocked/);
  await acme.availability({ get: "key", post: "key" });
  await openHost({ page, site, acme }, { attributes: { ...NEAR, near: "98107" }, wait: null });
  const it = widget(page);
  await it.reaches("unavailable");
  expect((await doors(acme)).map((line) => line.split(" ")[0])).toEqual(["GET", "POST"]);
  await expect(it.alert).toBeVisible();
  await expect(page.getByRole("link", { name: "206-555-0142" })).toBeVisible();
  await acme.availability({ get: "open" });
  await it.button("Change the place").click();
  await lookAround(page, "98004");
  await it.times.first().waitFor();
});
