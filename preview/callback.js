/**
 * The end of signing in, in the pop-up: hands what the identity provider answered to the page that asked, by a channel that
 * only pages of this origin hear (an opener may be out of reach when the provider isolates itself), and closes.
 */
const answer = new URLSearchParams(location.search);
// Nothing of it stays in the address or the history.
history.replaceState(null, "", location.pathname);

const state = answer.get("state") ?? "";
const channel = new BroadcastChannel("find-a-time-preview sign-in");
channel.postMessage({ state, code: answer.get("code"), error: answer.get("error"), iss: answer.get("iss") });

if (state.startsWith("es.")) {
  document.documentElement.lang = "es";
  // The page that asked may close this one meanwhile.
  const words = await fetch(new URL("./words/es.json", import.meta.url)).then((response) => response.json()).catch(() => ({}));
  for (const element of document.querySelectorAll("[data-words]")) element.textContent = words[element.dataset.words] ?? element.textContent;
}
close();
