/**
 * Signs in at the health system's identity provider, as a host page would: OAuth 2 authorization code with PKCE in a pop-up. Only
 * a variable in this module holds the token: no storage, cookie, address or log does. The module does not depend on the widget
 * or the page.
 *
 * @typedef {import("./environment.js").IdentityProvider} IdentityProvider
 * @typedef {{ popup: Window, state: string, nonce: string, verifier: string, channel: BroadcastChannel, watch: number,
 *             settle: (token: string | null) => void, result: Promise<string | null>, late: boolean }} Attempt
 * @typedef {"changed" | "late" | "blocked" | "failed"} News  `late`: signed in after `getToken` had returned null
 */

const CHANNEL = "find-a-time-preview sign-in";
const SCOPE = "openid profile";
/**
 * `LOOK`: milliseconds between two checks whether the pop-up is closed. `GRACE`: milliseconds until `getToken` then returns null, since the
 * answer may still be on its way.
 */
const LOOK = 250;
const GRACE = 750;
const EXCHANGE_DEADLINE = 15_000;
/** A token is not used in the last tenth of its lifetime, or in its last 30 seconds if that is shorter. */
const MARGIN = { share: 0.1, seconds: 30 };
/** The longest delay of a timer, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

const base64url = (/** @type {Uint8Array} */ bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const random = (/** @type {number} */ bytes) => base64url(crypto.getRandomValues(new Uint8Array(bytes)));

async function challengeOf(/** @type {string} */ verifier) {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

/**
 * The claims of an id token. Its signature need not be checked, since it comes directly from the token endpoint over TLS (OpenID
 * Connect Core, 3.1.3.7).
 * @param {unknown} token @returns {Record<string, any>}
 */
function claimsOf(token) {
  const payload = String(token).split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(payload), (character) => character.charCodeAt(0))));
}

/** Puts the pop-up in the middle of this window. */
function placement() {
  const [width, height] = [480, 680];
  const left = Math.round(screenX + (outerWidth - width) / 2);
  const top = Math.round(screenY + (outerHeight - height) / 2);
  return `popup,width=${width},height=${height},left=${left},top=${top}`;
}

/**
 * @param {IdentityProvider} idp
 * @param {{ redirect: string, language: () => string, tell: (news: News) => void }} page `redirect`: the address of callback.html
 */
export function createSignIn(idp, { redirect, language, tell }) {
  /** @type {{ token: string, name: string, until: number, timer: number } | null} */
  let held = null;
  /** @type {Attempt | null} */
  let attempt = null;

  function forget() {
    if (!held) return;
    clearTimeout(held.timer);
    held = null;
    tell("changed");
  }

  /** @param {string} token @param {number} seconds @param {string} name */
  function hold(token, seconds, name) {
    if (held) clearTimeout(held.timer);
    const life = (seconds - Math.min(MARGIN.seconds, seconds * MARGIN.share)) * 1000;
    held = { token, name, until: Date.now() + life, timer: setTimeout(forget, Math.min(life, LONGEST_TIMER)) };
  }

  /** @param {Attempt} one */
  function end(one) {
    clearInterval(one.watch);
    one.channel.close();
    if (attempt === one) attempt = null;
  }

  /** Trades the code for a token. @param {Attempt} one @param {string} code */
  async function exchange({ verifier, nonce }, code) {
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
    const answer = await response.json();
    const claims = claimsOf(answer.id_token);
    const mine = [claims.aud].flat().includes(idp.clientId) && (!idp.issuer || claims.iss === idp.issuer);
    if (!mine || claims.nonce !== nonce) throw new Error("the id token is not for this sign-in");
    const { access_token: token, expires_in: seconds } = answer;
    if (typeof token !== "string" || !token) throw new Error("no token in the answer");
    hold(token, Number(seconds) || 300, claims.given_name ?? String(claims.name ?? "").split(" ")[0]);
    return token;
  }

  /**
   * Handles a message of callback.html. Other attempts and other tabs get the message too, so its `state` must match.
   * @param {Attempt} one @param {any} message
   */
  async function arrive(one, message) {
    if (message?.state !== one.state) return;
    end(one);
    one.popup.close();
    try {
      // If the answer names its provider (RFC 9207), it must be this one.
      if (message.iss && idp.issuer && message.iss !== idp.issuer) throw new Error("an answer from another provider");
      if (typeof message.code !== "string") throw new Error("refused or cancelled");
      const token = await exchange(one, message.code);
      one.settle(token);
      tell(one.late ? "late" : "changed");
    } catch {
      one.settle(null);
      // A patient who pressed "cancel" at the identity provider needs no message.
      if (message.error !== "access_denied") tell("failed");
    }
  }

  /** Opens the pop-up. Must run inside a click, with no `await` before `open`: browsers block it otherwise. @returns {Attempt | null} */
  function begin() {
    const popup = open("", "", placement());
    if (!popup) {
      tell("blocked");
      return null;
    }
    // The provider's pages must not have access to this one.
    popup.opener = null;
    // `state` tells the callback page its language. The redirect address cannot: providers allow only the exact address.
    const state = `${language()}.${random(16)}`;
    /** @type {Attempt["settle"]} */
    let settle = () => {};
    const result = new Promise((resolve) => (settle = resolve));
    const channel = new BroadcastChannel(CHANNEL);
    const one = { popup, state, nonce: random(16), verifier: random(32), channel, settle, result, late: false, watch: 0 };
    channel.onmessage = ({ data }) => arrive(one, data);
    // If the provider isolates itself (COOP), the pop-up looks closed while the patient is typing a password there. So `getToken`
    // returns null then, but the attempt stays valid, and a code that arrives later still signs in.
    one.watch = setInterval(() => {
      if (!popup.closed) return;
      clearInterval(one.watch);
      setTimeout(() => {
        one.late = true;
        settle(null);
      }, GRACE);
    }, LOOK);
    go(one).catch(() => {
      end(one);
      popup.close();
      settle(null);
      tell("failed");
    });
    return one;
  }

  /** @param {Attempt} one */
  async function go({ popup, state, nonce, verifier }) {
    const url = new URL(idp.authorize);
    const parameters = {
      response_type: "code",
      client_id: idp.clientId,
      redirect_uri: redirect,
      scope: SCOPE,
      state,
      nonce,
      code_challenge: await challengeOf(verifier),
      code_challenge_method: "S256",
      ui_locales: language(),
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    popup.location.replace(url);
  }

  return {
    /** The given name of the signed-in person: "" if the provider does not send it, null if nobody is signed in. */
    name: () => held && held.name,

    /**
     * For the widget, which calls it inside the patient's click. Returns the token while it is valid; otherwise opens a pop-up, and
     * returns null if it is closed or blocked.
     * @returns {string | Promise<string | null>}
     */
    getToken() {
      if (held && Date.now() < held.until) return held.token;
      forget();
      if (attempt && !attempt.late && !attempt.popup.closed) {
        attempt.popup.focus();
        return attempt.result;
      }
      if (attempt) end(attempt);
      attempt = begin();
      return attempt ? attempt.result : Promise.resolve(null);
    },

    /** Forgets the token. The provider's own session stays. */
    forget,
  };
}
