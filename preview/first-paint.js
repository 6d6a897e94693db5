/**
 * The page's language, before anything is painted: a classic script, since modules run after the page is parsed. The
 * widget follows `<html lang>`, so it too starts in the right language.
 */
{
  const { documentElement } = document;
  if (new URLSearchParams(location.search).get("lang") === "es") {
    documentElement.lang = "es";
    documentElement.dataset.words = "coming";
  }
}
