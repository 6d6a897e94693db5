/** Reads addresses from attributes, among them the folder of the release's files. */

/** @param {string | null | undefined} text @returns {URL | undefined} */
export function address(text) {
  try {
    if (text?.trim()) return new URL(text.trim(), document.baseURI);
  } catch {
    // Not an address.
  }
}

/** The folder that `assets` names. @param {string | null} text @returns {URL | null} `null` if the text is empty or not an http(s) address */
export function assetsFolder(text) {
  const folder = text?.trim() && address(text.trim().replace(/\/?$/, "/"));
  return folder && /^https?:$/.test(folder.protocol) ? folder : null;
}
