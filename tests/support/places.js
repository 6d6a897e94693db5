// Collects the texts in which another script of the page could find what a patient typed, except requests and what is on screen.

/**
 * Collects the texts, keyed by place. Runs in the page.
 * @returns {Promise<Record<string, string>>}
 */
async function collect() {
  /** @type {Record<string, string>} */
  const places = {
    "the page's address": location.href,
    "the referrer": document.referrer,
    "the history's state": JSON.stringify(history.state) ?? "",
    "the window's name": window.name,
    "the names of performance entries": performance.getEntries().map(({ name }) => name).join("\n"),
    "the names on window": Object.getOwnPropertyNames(window).join("\n"),
    "the events": JSON.stringify(document[Symbol.for("heard")] ?? []),
  };
  const quietly = async (/** @type {string} */ place, /** @type {() => unknown} */ read) => {
    try {
      places[place] = String(await read());
    } catch {
      // A page without an origin has no storage.
    }
  };
  await quietly("the local storage", () => JSON.stringify({ ...localStorage }));
  await quietly("the session storage", () => JSON.stringify({ ...sessionStorage }));
  await quietly("the cookies", () => decodeURIComponent(document.cookie));
  await quietly("the databases", async () => JSON.stringify(await indexedDB.databases()));
  await quietly("the caches", async () => JSON.stringify(await caches.keys()));
  const attributes = (/** @type {ParentNode} */ root) =>
    [...root.querySelectorAll("*")].flatMap((element) => [...element.attributes].map(({ name, value }) => `${name}=${value}`)).join("\n");
  const widgets = [...document.querySelectorAll("find-a-time")];
  places["the element's attributes"] = widgets.flatMap((widget) => [...widget.attributes].map(({ name, value }) => `${name}=${value}`)).join("\n");
  places["attributes inside the element"] = widgets.map(({ shadowRoot }) => (shadowRoot ? attributes(shadowRoot) : "")).join("\n");
  // Collect only what is inside the tag: other content belongs to the page, and the preview shows the name of the person who signed in.
  places["what stands inside the tag"] = widgets.map(({ innerHTML }) => innerHTML).join("\n");
  return places;
}

/** The texts of every open page, with their places. @param {import("@playwright/test").BrowserContext} context @returns {Promise<[string, string][]>} */
export async function placesOf(context) {
  const pages = context.pages().filter((page) => !page.isClosed() && /^https?:/.test(page.url()));
  // A page that is navigating away cannot be evaluated.
  const all = await Promise.all(pages.map((page) => page.evaluate(collect).catch(() => ({}))));
  return all.flatMap((places) => Object.entries(places));
}
