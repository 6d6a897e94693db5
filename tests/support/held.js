// A wasm that is still on its way: what the script does meanwhile.

/**
 * Keeps the wasm on its way.
 * @param {import("@playwright/test").Page} page
 * @returns {Promise<() => void>} lets it arrive
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

/** Addresses of requests to Acme's API host that the page gave up. @param {import("@playwright/test").Page} page @param {import("./acme.js").Acme} acme */
export function abortedReads(page, acme) {
  const aborted = [];
  page.on("requestfailed", (request) => request.url().startsWith(acme.api) && aborted.push(new URL(request.url()).pathname));
  return aborted;
}
