// A booking succeeds and its answer is lost, a hundred times: there are a hundred visits, and no patient reads that there is none.
import { expect, NOW, test as base, widget } from "../../support/fixtures.js";
import { ends, listen } from "../../support/journey.js";
import { CALLS } from "./calls.js";

const test = base.extend({ frozenAt: null });

const TIMES = Number(process.env.FAT_TIMES ?? 100);

for (const name of /** @type {const} */ (["book-clinician", "book-clinic"])) {
  for (const mode of /** @type {const} */ (["once", "always"])) {
    // If the browser repeats the request, the host may refuse the second one for either of two reasons: the patient has a visit
    // then, or the slot is taken.
    for (const order of mode === "once" ? /** @type {const} */ (["patient", "slot"]) : /** @type {const} */ (["patient"])) {
      const call = CALLS[name];
      test(`${call.name}, carried out and then dropped ${mode}, ${TIMES} times; of two conflicts the ${order}'s is named`, { tag: "@exhaustive" }, async ({ page, site, acme, watch }) => {
        test.setTimeout(TIMES * 15_000);
        watch.allowConsole(/Failed to load resource|net::ERR_|Cross-Origin Request Blocked|NetworkError/);
        await page.clock.install({ time: new Date(NOW) });
        await listen(page);
        /** How often each outcome occurred. @type {Record<string, number>} */
        const outcomes = {};
        let visits = 0;
        for (let time = 0; time < TIMES; time++) {
          await acme.reset();
          await acme.conflictOrder(order);
          await call.before({ page, site, acme }, {});
          await acme.fault({ path: call.path, method: "POST", kind: "drop-after", times: mode === "once" ? 1 : 0 });
          await call.press({ page, site, acme }, {});
          await expect.poll(() => widget(page).state(), { timeout: 20_000 }).not.toBe("sending");
          await expect.poll(async () => (await ends(page).catch(() => [])).length, { timeout: 20_000 }).toBe(1);
          const [[end, reason]] = await ends(page);
          const outcome = [end, reason].filter(Boolean).join(" ");
          outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
          expect(end, `outcome of ${time + 1}`).not.toBe("failed");
          await expect(widget(page).host.getByText(/Nothing is booked/), `words of ${time + 1}`).toHaveCount(0);
          visits += (await acme.visitsBooked()).length;
        }
        console.log(`${call.name}, ${mode}, ${order}: ${visits} visits of ${TIMES}; ${JSON.stringify(outcomes)}`);
        expect(visits).toBe(TIMES);
      });
    }
  }
}
