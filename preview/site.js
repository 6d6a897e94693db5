/**
 * The script of all preview pages but resume.html and callback.html: sets the language and the widget's addresses, offers to sign
 * in, and prints the widget's diagnostics. A host page's own script would be about as long.
 */
import { startAccount } from "./account.js";
import { ATTRIBUTES, loadEnvironment } from "./environment.js";
import { language, startLanguage } from "./language.js";
import { isTrusted, readAddress } from "./settings.js";
import { createSignIn } from "./sign-in.js";

const widgets = [...document.querySelectorAll("find-a-time")];

document.addEventListener("findatime-diagnostic", ({ detail }) => {
  console.warn(`find-a-time: ${detail.code}: ${detail.message}`);
});

/** @param {import("./environment.js").Environment} environment @param {Set<string>} kept attributes that the page's address has set */
function point(environment, kept) {
  for (const name of ATTRIBUTES) {
    const value = environment[name];
    if (!value || kept.has(name)) continue;
    for (const widget of widgets) widget.setAttribute(name, value);
  }
}

/** @param {import("./environment.js").IdentityProvider} idp */
function offerSignIn(idp) {
  /** @type {(news: import("./sign-in.js").News) => void} */
  let tell = () => {};
  const redirect = new URL("./callback.html", import.meta.url).href;
  const signIn = createSignIn(idp, { redirect, language, tell: (news) => tell(news) });
  tell = startAccount(signIn, {
    onSignedIn: () => widgets.forEach((widget) => widget.signedIn?.()),
    // The next person must not see what the last one has typed.
    onSignOut: () => widgets.forEach((widget) => widget.reset?.()),
  });
  for (const widget of widgets) {
    widget.getToken = signIn.getToken;
    // The page does not see a 401. If the widget asks for a sign-in while there is a token, or fails as signed out, the system has
    // rejected the token.
    widget.addEventListener("findatime-signin", signIn.forget);
    widget.addEventListener("findatime-failed", ({ detail }) => detail.reason === "signed-out" && signIn.forget());
  }
}

// Read the page's address before the widget's script runs, so that the attributes from it are set when the element is upgraded.
const settings = document.querySelector("[data-builder]");
const fromAddress = settings ? readAddress(widgets[0]) : new Set();
void startLanguage();

// Without the file the widget reports what is missing, and its fallback with the phone number stays visible.
/** @type {import("./environment.js").Environment} */
const environment = await loadEnvironment().catch(() => ({}));
const trusted = !settings || isTrusted(widgets[0], environment);
point(environment, fromAddress);
if (environment.idp && trusted) offerSignIn(environment.idp);
if (settings) (await import("./builder/builder.js")).startBuilder(settings, widgets[0], environment);
