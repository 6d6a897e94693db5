/**
 * The last page of signing in, in the pop-up: sends the identity provider's answer to the page that opened the pop-up, and closes.
 * It uses a channel that only pages of this origin can read, since `opener` is null: sign-in.js clears it.
 */
const answer = new URLSearchParams(location.search);
// Remove the identity provider's answer (`code` and `state`) from the address bar and the history.
history.replaceState(null, "", location.pathname);

const state = answer.get("state") ?? "";
const channel = new BroadcastChannel("find-a-time-preview sign-in");
channel.postMessage({ state, code: answer.get("code"), error: answer.get("error"), iss: answer.get("iss") });

if (state.startsWith("es.")) {
  document.documentElement.lang = "es";
  // The page that opened the pop-up may close it meanwhile.
  const words = await fetch(new URL("./words/es.json", import.meta.url)).then((response) => response.json()).catch(() => ({}));
  for (const element of document.querySelectorAll("[data-words]")) element.textContent = words[element.dataset.words] ?? element.textContent;
}
close();
