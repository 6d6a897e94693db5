/**
 * "Sign in" in the header: shows who is signed in, and the errors that sign-in.js reports. Holds no token.
 */
import { say } from "./language.js";

/** @type {Partial<Record<import("./sign-in.js").News, [key: string, text: string]>>} */
const NOTICES = {
  blocked: ["account.blocked", "Your browser blocked the sign-in window. Allow pop-up windows for this site and try again."],
  failed: ["account.failed", "Sign-in did not work. Please try again."],
};

/**
 * @param {{ name: () => string | null, getToken: () => unknown, forget: () => void }} signIn
 * @param {{ onSignedIn: () => void, onSignOut: () => void }} page
 * @returns {(news: import("./sign-in.js").News) => void} to call when sign-in.js reports something
 */
export function startAccount(signIn, { onSignedIn, onSignOut }) {
  const find = (/** @type {string} */ name) => document.querySelector(`[data-${name}]`);
  const [account, button, who, name, out, notice] = ["account", "sign-in", "who", "name", "sign-out", "notice"].map(find);

  function show() {
    const signedIn = signIn.name();
    const focused = [button, out].includes(document.activeElement);
    button.hidden = signedIn !== null;
    out.hidden = signedIn === null;
    who.hidden = !signedIn;
    name.textContent = signedIn ?? "";
    account.dataset.account = signedIn === null ? "out" : "in";
    // The pressed button is hidden now: move the focus to the other one.
    if (focused) (signedIn === null ? button : out).focus();
  }

  button.addEventListener("click", async () => {
    if (await signIn.getToken()) onSignedIn();
  });
  out.addEventListener("click", () => {
    signIn.forget();
    onSignOut();
  });
  show();

  return async (news) => {
    const said = NOTICES[news];
    notice.textContent = said ? await say(...said) : "";
    show();
    if (news === "late") onSignedIn();
  };
}
