// The script loads, the element is upgraded and connected, and its attributes and properties are set, in every order: the widget is
// always the same.
import { expect, test, widget } from "../../support/fixtures.js";
import { attributes } from "../../support/host-page.js";

/** @template T @param {T[]} all @returns {T[][]} */
const permutations = (all) => (all.length < 2 ? [all] : all.flatMap((one, place) => permutations(all.toSpliced(place, 1)).map((rest) => [one, ...rest])));

// A step is a letter: the script is Loaded, the element Connected, its Attributes set, its Properties set. The steps follow each other
// at once, or with a pause in which other tasks run; the script loads for all elements at the same time.
const ORDERS = permutations([..."LCAP"]).flatMap((order) => ["at once", "with a pause"].map((pace) => ({ order: order.join(""), pace })));

/**
 * Makes one element for each order, all with the same script load. Runs in the page.
 * @param {{ orders: typeof ORDERS, given: Record<string, string>, token: string }} all
 */
async function build({ orders, given, token }) {
  const split = Object.entries(given);
  const steps = {
    C: (element) => document.querySelector("main").append(element),
    A: (element) => split.filter((_, place) => place % 2).forEach(([name, value]) => element.setAttribute(name, value)),
    P: (element) => {
      for (const [name, value] of split.filter((_, place) => place % 2 === 0)) element[name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())] = value;
      element.getToken = () => token;
      element.strings = { "choosing.heading": "Pick a time" };
    },
  };
  const made = orders.map(({ order, pace }) => ({ element: document.createElement("find-a-time"), before: [...order.split("L")[0]], after: [...order.split("L")[1]], pace }));
  const play = (/** @type {"before" | "after"} */ which) =>
    Promise.all(made.map(async ({ element, pace, [which]: list }) => {
      for (const step of list) {
        steps[step](element);
        if (pace === "with a pause") await new Promise((done) => setTimeout(done, 20));
      }
    }));
  await play("before");
  await import("/find-a-time.js");
  // An element that was made before the load and is not in the page is upgraded when it is connected, or here.
  for (const [place, { element }] of made.entries()) if (place % 3 === 0) customElements.upgrade(element);
  await play("after");
  // Put them in the order in which they were made.
  for (const { element } of made) document.querySelector("main").append(element);
}

/** State, attributes, properties and texts of every widget, by which the test compares them. @param {import("@playwright/test").Page} page */
const widgets = (page) =>
  page.locator("find-a-time").evaluateAll((all) =>
    all.map((element) => ({
      state: element.state,
      attributes: [...element.attributes].map(({ name, value }) => `${name}=${value}`).sort().join(" "),
      own: Object.getOwnPropertyNames(element).join(),
      token: typeof element.getToken,
      text: element.shadowRoot.querySelector(".fat-root").textContent,
      names: [...element.shadowRoot.querySelectorAll('[part~="slot"]')].map((time) => time.getAttribute("aria-label")).join(),
    })),
  );

test(`${ORDERS.length} orders of script, connection, attributes and properties give the same widget`, async ({ page, site, acme }) => {
  await page.goto(site.page({ body: "<main><h1>Orders</h1></main>" }));
  await page.evaluate(build, { orders: ORDERS, given: attributes(acme), token: await acme.token("marta") });
  for (const nth of ORDERS.keys()) await expect(widget(page, nth).times.first(), JSON.stringify(ORDERS[nth])).toBeVisible();
  // Compare once names and phone numbers have arrived.
  await expect(async () => {
    const [first, ...others] = await widgets(page);
    expect(first).toMatchObject({ state: "times", own: "", token: "function", text: expect.stringContaining("Pick a time") });
    for (const [place, other] of others.entries()) expect(other, JSON.stringify(ORDERS[place + 1])).toEqual(first);
  }).toPass({ timeout: 10_000 });
  // Every element can book: with the page's token, a press on its first slot leads to the patient step.
  await page.locator("find-a-time").evaluateAll((all) => all.forEach((element) => element.shadowRoot.querySelector('[part~="slot"]').click()));
  for (const nth of ORDERS.keys()) await widget(page, nth).reaches("patient");
  const after = await widgets(page);
  for (const [place, other] of after.entries()) expect(other, JSON.stringify(ORDERS[place])).toEqual(after[0]);
});

const LIVE = permutations(["api", "npi", "visit-type", "product"]);

test(`set one by one on a connected element, ${LIVE.length} orders lead to the same times`, async ({ page, site, acme }) => {
  await page.goto(site.page({ head: '<script type="module" src="/find-a-time.js"></script>', body: "<main><h1>Orders</h1></main>" }));
  await page.evaluate(
    async ({ orders, given }) => {
      await customElements.whenDefined("find-a-time");
      const made = orders.map(() => document.querySelector("main").appendChild(document.createElement("find-a-time")));
      for (const element of made) element.setAttribute("visits", given.visits);
      for (let step = 0; step < 4; step += 1) {
        for (const [place, order] of orders.entries()) {
          const name = order[step];
          // Alternately as an attribute and as a property.
          if ((place + step) % 2) made[place].setAttribute(name, given[name]);
          else made[place][name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())] = given[name];
        }
        await new Promise((done) => setTimeout(done, 120));
      }
    },
    { orders: LIVE, given: attributes(acme) },
  );
  for (const nth of LIVE.keys()) await expect(widget(page, nth).times.first(), LIVE[nth].join(", ")).toBeVisible();
  await expect.poll(async () => new Set((await widgets(page)).map((one) => JSON.stringify(one))).size, "different widgets").toBe(1);
  expect((await widgets(page))[0]).toMatchObject({ state: "times", own: "", names: expect.stringContaining("Dana Whitfield") });
});
