// Settings that the app does not know at build time; the page's server writes them into the page as JSON.

export interface Settings {
  api: string;
  visits: string;
  /** The session's access token; `null`: nobody is signed in. */
  token: string | null;
}

export const readSettings = (): Settings => JSON.parse(document.getElementById("settings")?.textContent ?? "{}") as Settings;
