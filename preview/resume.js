/**
 * A page whose sign-in leaves it: the patient chooses a time, signs in at the identity provider by a full redirect (OAuth 2
 * authorization code with PKCE), and comes back to the chosen time. The page keeps the widget's opaque value (`resume`)
 * meanwhile; the widget itself stores nothing.
 *
 * @typedef {import("./environment.js").IdentityProvider} IdentityProvider
 * @typedef {{ state: string, verifier: string, resume: string, language: string }} Kept
 */
import { ATTRIBUTES, loadEnvironment } from "./environment.js";
import { language, say, startLanguage } from "./language.js";

const KEPT = "northlake-sign-in";
const EXCHANGE_DEADLINE = 15_000;

const widget = document.querySelector("find-a-time");
const redirect = new URL("./resume.html", import.meta.url).href;

const base64url = (/** @type {Uint8Array} */ bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const random = (/** @type {number} */ bytes) => base64url(crypto.getRandomValues(new Uint8Array(bytes)));

/** Reads and removes what `leave` stored; `null` if the identity provider's response has the `state` of another sign-in. @returns {Kept | null} */
function takeKept(/** @type {string | null} */ state) {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  sessionStorage.removeItem(KEPT);
  return kept && kept.state === state ? kept : null;
}

/** Leaves for the identity provider. @param {IdentityProvider} idp @param {string} resume */
async function leave(idp, resume) {
  const kept = { state: random(16), verifier: random(32), resume, language: language() };
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(kept.verifier));
  sessionStorage.setItem(KEPT, JSON.stringify(kept));
  const url = new URL(idp.authorize);
  const parameters = {
    response_type: "code",
    client_id: idp.clientId,
    redirect_uri: redirect,
    scope: "openid profile",
    state: kept.state,
    nonce: random(16),
    code_challenge: base64url(new Uint8Array(digest)),
    code_challenge_method: "S256",
    ui_locales: kept.language,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  location.assign(url);
}

/** Trades the code for a token. @param {IdentityProvider} idp @param {string} code @param {string} verifier */
async function exchange(idp, code, verifier) {
  const response = await fetch(idp.token, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "authorization_code", code, redirect_uri: redirect, client_id: idp.clientId, code_verifier: verifier }),
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
    cache: "no-store",
    signal: AbortSignal.timeout(EXCHANGE_DEADLINE),
  });
  if (!response.ok) throw new Error("the token endpoint refused the code");
  return (await response.json()).access_token;
}

const answer = new URLSearchParams(location.search);
const kept = answer.has("state") ? takeKept(answer.get("state")) : null;
if (answer.has("state")) {
  document.documentElement.lang = kept?.language ?? "en";
  // Remove the identity provider's response (`code` and `state`) from the address bar and the history.
  history.replaceState(null, "", language() === "es" ? "?lang=es" : location.pathname);
}
void startLanguage();

/** @type {import("./environment.js").Environment} */
const environment = await loadEnvironment().catch(() => ({}));
const { idp } = environment;
if (idp) {
  const code = answer.get("code");
  /** A promise of the token. @type {Promise<string | null> | null} */
  let token = kept && code ? exchange(idp, code, kept.verifier).catch(failed) : null;
  widget.getToken = () => token;
  widget.addEventListener("findatime-signin", (event) => {
    // The event also fires after the system has rejected the token: drop the token, so that `getToken` does not return it again.
    token = null;
    event.preventDefault();
    void leave(idp, event.detail.resume);
  });
}
for (const name of ATTRIBUTES) {
  const value = environment[name];
  if (value) widget.setAttribute(name, value);
}
// Set `resume` after `getToken`: the widget acts on `resume` at once.
if (kept) widget.setAttribute("resume", kept.resume);

async function failed() {
  document.querySelector("[data-notice]").textContent = await say("resume.failed", "Sign-in did not work. Please try again.");
  return null;
}
