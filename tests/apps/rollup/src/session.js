/** The access token of the page's own sign-in, or null when nobody is signed in. */
export async function accessToken() {
  const response = await fetch("/session");
  return response.ok ? (await response.json()).accessToken : null;
}
