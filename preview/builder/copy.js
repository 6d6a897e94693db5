/**
 * The copy buttons: each copies the block with its name.
 */

/**
 * @param {HTMLElement} root with `[data-copy="…"]` buttons and, for each, the `[data-snippet="…"]` that it copies
 * @param {(done: boolean, button: HTMLElement) => void} tell
 */
export function startCopying(root, tell) {
  for (const button of root.querySelectorAll("[data-copy]")) {
    const block = root.querySelector(`[data-snippet="${button.dataset.copy}"]`);
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(block.textContent);
        tell(true, button);
      } catch {
        // Not allowed, or not a secure page: select the text, so that the visitor can copy it with the keyboard.
        getSelection()?.selectAllChildren(block);
        tell(false, button);
      }
    });
  }
}
