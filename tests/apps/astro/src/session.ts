/** The access token of the page's own sign-in, or null when nobody is signed in. */
export async function accessToken(): Promise<string | null> {
  const response = await fetch("/session");
  return response.ok ? ((await response.json()) as { accessToken: string }).accessToken : null;
}
