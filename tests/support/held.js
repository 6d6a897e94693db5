// Delays the wasm, to see what the script does meanwhile.

/**
 * Holds the answer with the wasm back until the test releases it.
 * @param {import("@playwright/test").Page} page
 * @returns {Promise<() => void>} releases the wasm
 */
export async function holdWasm(page) {
  let release = () => {};
  const released = new Promise((now) => (release = () => now(undefined)));
  await page.route(/find-a-time\.wasm$/, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/**
 * Returns a list that collects, from now on, the path of each request to Acme's API host that the page aborts or that fails.
 * @param {import("@playwright/test").Page} page @param {import("./acme.js").Acme} acme
 */
export function abortedReads(page, acme) {
  const aborted = [];
  page.on("requestfailed", (request) => request.url().startsWith(acme.api) && aborted.push(new URL(request.url()).pathname));
  return aborted;
}
