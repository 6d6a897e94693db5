// What the page's server knows and the app does not at build time, written into the page as JSON.

export interface Settings {
  api: string;
  visits: string;
  /** The session's access token; `null` = nobody is signed in. */
  token: string | null;
}

export const readSettings = (): Settings => JSON.parse(document.getElementById("settings")?.textContent ?? "{}") as Settings;
