/**
 * Sets the page's language before the first paint. It is a classic script, since modules run after the page is parsed. The
 * widget uses `<html lang>`, so it too starts in the right language.
 */
{
  const { documentElement } = document;
  if (new URLSearchParams(location.search).get("lang") === "es") {
    documentElement.lang = "es";
    documentElement.dataset.words = "coming";
  }
}
